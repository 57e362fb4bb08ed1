package dev.gradus.testkit;

import dev.gradus.runtime.Platform;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The time, threads and randomness of one simulated node: everything runs as tasks of its process,
 * so that a crash of the process takes all of it away.
 */
public final class SimPlatform implements Platform {
    private final SimScheduler scheduler;
    private final SimScheduler.SimProcess process;

    public SimPlatform(SimScheduler scheduler, SimScheduler.SimProcess process) {
        this.scheduler = scheduler;
        this.process = process;
    }

    @Override
    public long wallMillis() {
        return scheduler.instant().toEpochMilli();
    }

    @Override
    public long monotonicNanos() {
        return scheduler.nanoTime();
    }

    @Override
    public Executor shards() {
        return process;
    }

    @Override
    public Executor reads() {
        return process;
    }

    @Override
    public Executor calls() {
        return process;
    }

    @Override
    public Cancellable runLater(Duration delay, Runnable work) {
        return process.schedule(delay, work)::run;
    }

    @Override
    public long randomLong() {
        return scheduler.random().nextLong();
    }
}
