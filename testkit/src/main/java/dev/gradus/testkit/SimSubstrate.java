package dev.gradus.testkit;

import dev.gradus.runtime.CommitMeter;
import dev.gradus.runtime.RowsView;
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
import java.util.stream.IntStream;

/**
 * A durable store in the simulated world, as bad as its contract allows: it delays, it loses
 * batches before they are durable or only the answer after, and a crash keeps any legal prefix of
 * what was in flight. All choices are drawn from the scheduler's seed.
 *
 * <p>Its process crashes with it: run the code that uses it in the same {@link
 * SimScheduler.SimProcess}, call {@link #crash}, and start again on the store that it returns. Used
 * on the scheduler's thread.
 */
public final class SimSubstrate implements Substrate {
    private static final int BATCH_BYTES_MAX = 8 << 20;

    private final SimScheduler scheduler;
    private final SimScheduler.SimProcess process;
    private final SimFaults faults;
    private final CommitMeter meter = new CommitMeter();
    private final List<SimShard> shards;
    private boolean closed;
    private boolean lowSpace;

    private SimSubstrate(
            SimScheduler scheduler,
            SimScheduler.SimProcess process,
            SimFaults faults,
            List<SimShard.Kept> contents) {
        this.scheduler = scheduler;
        this.process = process;
        this.faults = faults;
        this.shards =
                contents.stream()
                        .map(kept -> new SimShard(scheduler, process, faults, kept, meter))
                        .toList();
    }

    /** Makes an empty store that is opened by the given process. */
    public static SimSubstrate create(
            SimScheduler scheduler,
            SimScheduler.SimProcess process,
            SimFaults faults,
            int shardCount) {
        var nothing = new SimShard.Kept(RowsView.State.EMPTY, 0);
        return new SimSubstrate(
                scheduler,
                process,
                faults,
                IntStream.range(0, shardCount).mapToObj(_ -> nothing).toList());
    }

    /**
     * Crashes the process of this store, and returns what the given new process finds: all that was
     * reported committed, and for each shard a prefix, drawn from the seed, of what was in flight.
     */
    public SimSubstrate crash(SimScheduler.SimProcess next) {
        return crash(next, faults);
    }

    /**
     * Crashes as {@link #crash(SimScheduler.SimProcess)} does; the next store behaves differently.
     */
    public SimSubstrate crash(SimScheduler.SimProcess next, SimFaults nextFaults) {
        process.crash();
        closed = true;
        return new SimSubstrate(
                scheduler, next, nextFaults, shards.stream().map(SimShard::crash).toList());
    }

    /** From now on it says that little space is left, or that there is enough. */
    public void setLowSpace(boolean low) {
        lowSpace = low;
    }

    /** How badly it behaves. */
    public SimFaults faults() {
        return faults;
    }

    /** Opens the store again after an orderly {@link #close}. */
    public SimSubstrate reopen(SimScheduler.SimProcess next) {
        if (!closed) {
            throw new IllegalStateException("close the store before it is opened again");
        }
        return new SimSubstrate(
                scheduler, next, faults, shards.stream().map(SimShard::kept).toList());
    }

    @Override
    public int shardCount() {
        return shards.size();
    }

    @Override
    public int maxBatchBytes() {
        return BATCH_BYTES_MAX;
    }

    /** Always throws: the simulated world has no folders. */
    @Override
    public void checkpoint(Path emptyFolder) {
        throw new SubstrateException("a simulated store cannot be copied to " + emptyFolder);
    }

    @Override
    public Health health() {
        var commits = meter.read();
        if (closed) {
            return new Health(
                    Health.Status.CLOSED, "the store is closed", Long.MAX_VALUE, 0, commits);
        }
        return lowSpace
                ? new Health(Health.Status.LOW_SPACE, "free some space", 1, 0, commits)
                : new Health(Health.Status.OK, "", Long.MAX_VALUE, 0, commits);
    }

    @Override
    public Lease acquire(int shard, LostListener onLost) {
        if (closed) {
            throw new SubstrateException("the store is closed");
        }
        return shard(shard).acquire(onLost, BATCH_BYTES_MAX);
    }

    @Override
    public Optional<View> follower(int shard) {
        return Optional.of(shard(shard).view());
    }

    @Override
    public Placement placement() {
        return Placement.allHere(shards.size());
    }

    /** Makes some of what is in flight durable and loses the rest, and tells each listener, now. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            shards.forEach(SimShard::close);
        }
    }

    private SimShard shard(int shard) {
        if (shard < 0 || shard >= shards.size()) {
            throw new IllegalArgumentException(
                    "shard " + shard + " is not one of 0 to " + (shards.size() - 1));
        }
        return shards.get(shard);
    }
}
