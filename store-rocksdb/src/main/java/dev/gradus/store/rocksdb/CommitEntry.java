package dev.gradus.store.rocksdb;

import dev.gradus.runtime.CommitMeter;
import dev.gradus.runtime.spi.CommitListener;
import dev.gradus.runtime.spi.LostListener;
import dev.gradus.runtime.spi.SubstrateException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** Something in line for the committer. */
sealed interface CommitEntry {

    /** A batch of a lease. */
    record Append(RocksLease lease, RocksBatch batch, CommitListener listener, long atNanos)
            implements CommitEntry {}

    /**
     * A batch that was appended to a lease after it was closed: it only keeps its place in line.
     */
    record Late(RocksLease lease, CommitListener listener) implements CommitEntry {}

    /** A claim of a shard's next epoch, which fences the lease before. */
    record Claim(
            int shard,
            LostListener onLost,
            BiFunction<Long, LostListener, RocksLease> makeLease,
            CompletableFuture<RocksLease> claimed)
            implements CommitEntry {}

    default boolean isAppend() {
        return switch (this) {
            case Append _, Late _ -> true;
            case Claim _ -> false;
        };
    }

    /** What it adds to a group, roughly. */
    default int bytes() {
        return switch (this) {
            case Append append -> append.batch.bytes();
            case Late _, Claim _ -> 0;
        };
    }

    /** Answers it without having written it, or without knowing whether it was. */
    default void refuse(Throwable cause, CommitMeter meter) {
        switch (this) {
            case Append append -> {
                append.lease.answered(meter);
                append.listener.lost(cause);
            }
            case Late late -> {
                late.lease.answered(meter);
                late.listener.lost(new SubstrateException("the lease is closed"));
            }
            case Claim claim -> claim.claimed.completeExceptionally(cause);
        }
    }
}
