package dev.gradus.store.rocksdb;

import dev.gradus.runtime.CommitMeter;
import dev.gradus.runtime.spi.Batch;
import dev.gradus.runtime.spi.CommitListener;
import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.LostListener;
import dev.gradus.runtime.spi.View;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A lease whose appends go to the committer. One thread at a time appends; the committer's thread
 * loses it, and counts the answers.
 */
final class RocksLease implements Lease {
    private static final int MAX_IN_FLIGHT = 2;

    private final ShardState shard;
    private final long epoch;
    private final View view;
    private final LostListener onLost;
    private final Consumer<CommitEntry> committer;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean released;
    private volatile @Nullable Throwable lostBy;

    RocksLease(
            ShardState shard,
            long epoch,
            View view,
            LostListener onLost,
            Consumer<CommitEntry> committer) {
        this.shard = shard;
        this.epoch = epoch;
        this.view = view;
        this.onLost = onLost;
        this.committer = committer;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public View view() {
        return view;
    }

    @Override
    public Batch newBatch() {
        return new RocksBatch(this, shard.number());
    }

    @Override
    public void append(Batch batch, CommitListener listener) {
        if (inFlight.get() >= MAX_IN_FLIGHT) {
            throw new IllegalStateException(
                    MAX_IN_FLIGHT + " batches of shard " + shard.number() + " are in flight");
        }
        var sealed = RocksBatch.seal(batch, this, RocksSubstrate.BATCH_BYTES_MAX);
        inFlight.incrementAndGet();
        committer.accept(
                released
                        ? new CommitEntry.Late(this, listener)
                        : new CommitEntry.Append(this, sealed, listener, System.nanoTime()));
    }

    @Override
    public int maxInFlight() {
        return MAX_IN_FLIGHT;
    }

    @Override
    public void close() {
        released = true;
    }

    ShardState shard() {
        return shard;
    }

    /** Why it writes no more; empty while it may. */
    Optional<Throwable> lostBy() {
        return Optional.ofNullable(lostBy);
    }

    void lose(Throwable cause) {
        lostBy = cause;
    }

    void tellLost(Throwable cause) {
        if (!released) {
            onLost.lost(cause);
        }
    }

    /** One batch less is without an answer; called before the listener, who may append the next. */
    void answered(CommitMeter meter) {
        inFlight.decrementAndGet();
        meter.answered();
    }
}
