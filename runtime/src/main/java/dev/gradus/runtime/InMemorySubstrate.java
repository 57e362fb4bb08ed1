package dev.gradus.runtime;

import dev.gradus.runtime.spi.CommitStats;
import dev.gradus.runtime.spi.Health;
import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.LostListener;
import dev.gradus.runtime.spi.Placement;
import dev.gradus.runtime.spi.Substrate;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.View;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/**
 * A store that keeps everything in memory and nothing after it is closed: the reference for the
 * contract of {@link Substrate}, and what {@code --in-memory} runs on.
 *
 * <p>Commits run on the given executor, whose threads then call the listeners. With {@code
 * Runnable::run} the listeners are called within {@code append}; with a pool, shards commit side by
 * side, each of them in order. The executor stays its owner's: closing the store does not stop it.
 */
public final class InMemorySubstrate implements Substrate {
    /** The limit on one batch: {@code BATCH_BYTES}, 8 MiB. */
    static final int BATCH_BYTES_MAX = 8 << 20;

    private final List<InMemoryShard> shards;
    private final CommitMeter meter = new CommitMeter();
    private volatile boolean closed;

    /** Makes an empty store. */
    public InMemorySubstrate(int shardCount, Executor commits) {
        if (shardCount < 1) {
            throw new IllegalArgumentException("shardCount must be 1 or more, not " + shardCount);
        }
        this.shards =
                IntStream.range(0, shardCount)
                        .mapToObj(shard -> new InMemoryShard(shard, commits, meter))
                        .toList();
    }

    @Override
    public int shardCount() {
        return shards.size();
    }

    @Override
    public int maxBatchBytes() {
        return BATCH_BYTES_MAX;
    }

    /** Always throws: there is no form on disk that the copy could have. */
    @Override
    public void checkpoint(Path emptyFolder) {
        throw new SubstrateException(
                "an in-memory store cannot be copied to "
                        + emptyFolder
                        + "; start with a data folder to have backups");
    }

    @Override
    public Health health() {
        long storedBytes = shards.stream().mapToLong(InMemoryShard::bytes).sum();
        CommitStats commits = meter.read();
        return closed
                ? new Health(
                        Health.Status.CLOSED, "the store is closed", Long.MAX_VALUE, 0, commits)
                : new Health(Health.Status.OK, "", Long.MAX_VALUE, storedBytes, commits);
    }

    @Override
    public Lease acquire(int shard, LostListener onLost) {
        return shard(shard).acquire(onLost);
    }

    @Override
    public Optional<View> follower(int shard) {
        return Optional.of(shard(shard).view());
    }

    @Override
    public Placement placement() {
        return Placement.allHere(shards.size());
    }

    @Override
    public void close() {
        closed = true;
        shards.forEach(InMemoryShard::close);
    }

    private InMemoryShard shard(int shard) {
        if (shard < 0 || shard >= shards.size()) {
            throw new IllegalArgumentException(
                    "shard " + shard + " is not one of 0 to " + (shards.size() - 1));
        }
        return shards.get(shard);
    }
}
