package dev.gradus.server;

import dev.gradus.runtime.Platform;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The machine's own time, threads and randomness.
 *
 * <p>Shards and reads have platform threads, because the store's calls pin a virtual thread's
 * carrier; calls to integrations, which wait for minutes, have a virtual thread each.
 */
final class ThreadPlatform implements Platform, AutoCloseable {
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final int SHARD_THREADS = Math.max(2, CORES);
    private static final int READ_THREADS = Math.max(4, 2 * CORES);

    private final SecureRandom random = new SecureRandom();
    private final ExecutorService shards =
            Executors.newFixedThreadPool(SHARD_THREADS, named("shard"));
    private final ExecutorService reads = Executors.newFixedThreadPool(READ_THREADS, named("read"));
    private final ExecutorService calls =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("call-", 0).factory());
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, named("timer"));

    ThreadPlatform() {
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }

    @Override
    public Executor shards() {
        return shards;
    }

    @Override
    public Executor reads() {
        return reads;
    }

    @Override
    public Executor calls() {
        return calls;
    }

    @Override
    public Cancellable runLater(Duration delay, Runnable work) {
        var future = timer.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public long randomLong() {
        return random.nextLong();
    }

    byte[] randomBytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Ends the threads; what they were doing is not waited for. */
    @Override
    public void close() {
        timer.shutdownNow();
        calls.shutdownNow();
        shards.shutdown();
        reads.shutdown();
    }

    private static ThreadFactory named(String name) {
        return Thread.ofPlatform().name(name + "-", 0).daemon().factory();
    }

    /** Lets a main thread wait for ever, until the process is told to end. */
    static void parkUntilInterrupted() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
    }
}
