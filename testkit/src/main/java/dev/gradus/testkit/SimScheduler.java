package dev.gradus.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Time and order of a simulated world: a virtual clock, and one thread that runs what is ready in
 * an order drawn from a seed. The same seed and the same program give the same run.
 *
 * <p>Tasks that are ready at one moment run in any order, as they could on threads; whoever needs
 * an order keeps a queue. A task belongs to a {@link SimProcess}, so that a crash takes all of a
 * process's tasks away and leaves those of the world outside.
 *
 * <p>Not thread-safe: one thread drives it, and every task runs on that thread.
 */
public final class SimScheduler implements InstantSource {
    private record Task(SimProcess owner, Runnable work, long dueNanos, long number)
            implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int order = Long.compare(dueNanos, other.dueNanos);
            return order == 0 ? Long.compare(number, other.number) : order;
        }
    }

    private final long seed;
    private final Random random;
    private final Instant start;
    private final PriorityQueue<Task> later = new PriorityQueue<>();
    private final List<Task> ready = new ArrayList<>();
    private long nowNanos;
    private Duration wallOffset = Duration.ZERO;
    private long scheduled;
    private long steps;

    /** A world that begins at the given moment. */
    public SimScheduler(long seed, Instant start) {
        this.seed = seed;
        this.random = new Random(seed);
        this.start = start;
    }

    /** Something that runs in the simulated world and can crash: a server, a client, a worker. */
    public final class SimProcess implements Executor {
        private final String name;
        private boolean crashed;

        private SimProcess(String name) {
            this.name = name;
        }

        /** Runs a task as soon as its turn comes; after a crash, never. */
        @Override
        public void execute(Runnable task) {
            var _ = schedule(Duration.ZERO, task);
        }

        /**
         * Runs a task when so much time has passed; returns what cancels it. A delay below zero
         * counts as zero.
         */
        public Runnable schedule(Duration delay, Runnable task) {
            if (crashed) {
                return () -> {};
            }
            long dueNanos = nowNanos + Math.max(0, delay.toNanos());
            var added = new Task(this, task, dueNanos, scheduled++);
            later.add(added);
            return () -> {
                later.remove(added);
                ready.remove(added);
            };
        }

        /** Ends the process: what it had scheduled never runs, and what it schedules is ignored. */
        public void crash() {
            crashed = true;
            later.removeIf(task -> task.owner.equals(this));
            ready.removeIf(task -> task.owner.equals(this));
        }

        /** Whether {@link #crash()} was called. */
        public boolean crashed() {
            return crashed;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Starts a process. */
    public SimProcess process(String name) {
        return new SimProcess(name);
    }

    /** The wall clock, which {@link #jumpWallClock} can set forward and back. */
    @Override
    public Instant instant() {
        return start.plusNanos(nowNanos).plus(wallOffset);
    }

    /** The monotonic clock in nanoseconds: 0 at the start, never set. */
    public long nanoTime() {
        return nowNanos;
    }

    /** Sets the wall clock forward or back; what is scheduled does not move. */
    public void jumpWallClock(Duration by) {
        wallOffset = wallOffset.plus(by);
    }

    /** A random source for the world, in step with the seed. */
    public Random random() {
        return random;
    }

    /** The seed that repeats this run. */
    public long seed() {
        return seed;
    }

    /** How many tasks have run. */
    public long steps() {
        return steps;
    }

    /** Runs one task that is ready now; says whether there was one. The clock stands still. */
    public boolean runOne() {
        while (!later.isEmpty() && later.element().dueNanos <= nowNanos) {
            ready.add(later.remove());
        }
        if (ready.isEmpty()) {
            return false;
        }
        int last = ready.size() - 1;
        int chosen = random.nextInt(ready.size());
        var task = ready.get(chosen);
        ready.set(chosen, ready.get(last));
        ready.remove(last);
        steps++;
        task.work.run();
        return true;
    }

    /**
     * Runs everything that is ready, and what that makes ready, with the clock standing still.
     *
     * @throws AssertionError after a million steps: the tasks feed each other for ever
     */
    public void runUntilIdle() {
        for (long limit = 1_000_000; runOne(); limit--) {
            if (limit == 0) {
                throw new AssertionError(this + " is never idle");
            }
        }
    }

    /** Lets so much time pass, and runs what becomes due on the way at its due time. */
    public void advance(Duration by) {
        long untilNanos = nowNanos + by.toNanos();
        runUntilIdle();
        while (!later.isEmpty() && later.element().dueNanos <= untilNanos) {
            nowNanos = later.element().dueNanos;
            runUntilIdle();
        }
        nowNanos = untilNanos;
    }

    /**
     * Runs tasks, letting time pass to the next due one when none is ready, until the condition
     * holds; says whether it does. It gives up after so many steps, and when nothing is left to
     * run.
     */
    public boolean runUntil(BooleanSupplier condition, long maxSteps) {
        for (long left = maxSteps; !condition.getAsBoolean(); left--) {
            if (left <= 0 || !runOneOrPassTime()) {
                return false;
            }
        }
        return true;
    }

    private boolean runOneOrPassTime() {
        if (runOne()) {
            return true;
        }
        if (later.isEmpty()) {
            return false;
        }
        nowNanos = Math.max(nowNanos, later.element().dueNanos);
        return runOne();
    }

    /** One line that repeats the run. */
    @Override
    public String toString() {
        return "simulation with seed %d, step %d, at %s".formatted(seed, steps, instant());
    }
}
