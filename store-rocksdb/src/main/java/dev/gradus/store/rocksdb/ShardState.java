package dev.gradus.store.rocksdb;

import dev.gradus.runtime.spi.SubstrateException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the store knows of one shard while it is open: its epoch, its holder, its last batch.
 * Belongs to the committer's thread; only {@link #appliedSeq} is read by others.
 */
final class ShardState {
    private static final byte EPOCH_ROW_VERSION = 1;

    private final int number;
    private long epoch;
    private @Nullable RocksLease holder;
    private volatile long appliedSeq;

    /**
     * The state when the store is opened. Sequences go on from RocksDB's own count of records,
     * which is at least the number of batches that any shard ever had.
     */
    ShardState(int number, long epoch, long appliedSeq) {
        this.number = number;
        this.epoch = epoch;
        this.appliedSeq = appliedSeq;
    }

    int number() {
        return number;
    }

    long appliedSeq() {
        return appliedSeq;
    }

    /** Counts a batch that is durable and returns its place. */
    long applied() {
        long next = appliedSeq + 1;
        appliedSeq = next;
        return next;
    }

    long nextEpoch() {
        epoch++;
        return epoch;
    }

    void hold(RocksLease lease) {
        holder = lease;
    }

    /** Ends the lease that holds the shard, if one does, and returns it. */
    Optional<RocksLease> fence(Throwable cause) {
        var fenced = Optional.ofNullable(holder);
        holder = null;
        fenced.ifPresent(lease -> lease.lose(cause));
        return fenced;
    }

    static byte[] epochRow(long epoch) {
        return ByteBuffer.allocate(9).put(EPOCH_ROW_VERSION).putLong(epoch).array();
    }

    static long epochOf(Optional<byte[]> row, int shard) {
        if (row.isEmpty()) {
            return 0;
        }
        var bytes = ByteBuffer.wrap(row.get());
        if (bytes.remaining() != 9 || bytes.get() != EPOCH_ROW_VERSION) {
            throw new SubstrateException(
                    "the epoch of shard %d is not readable: restore the data folder from a backup"
                            .formatted(shard));
        }
        return bytes.getLong();
    }
}
