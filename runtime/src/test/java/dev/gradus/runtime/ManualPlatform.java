package dev.gradus.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/** Time and work that a test moves by hand; for what needs no random order. */
final class ManualPlatform implements Platform {
    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Later> later =
            new PriorityQueue<>(Comparator.comparingLong(Later::dueMillis));
    private long millis = 1_800_000_000_000L;
    private long randoms;

    private record Later(long dueMillis, Runnable work) {}

    @Override
    public long wallMillis() {
        return millis;
    }

    @Override
    public long monotonicNanos() {
        return millis * 1_000_000;
    }

    @Override
    public Executor shards() {
        return ready::addLast;
    }

    @Override
    public Executor reads() {
        return ready::addLast;
    }

    @Override
    public Executor calls() {
        return ready::addLast;
    }

    @Override
    public Cancellable runLater(Duration delay, Runnable work) {
        var entry = new Later(millis + delay.toMillis(), work);
        later.add(entry);
        return () -> later.remove(entry);
    }

    @Override
    public long randomLong() {
        return randoms++;
    }

    /** Runs what is ready, and what that makes ready. */
    void run() {
        for (var work = ready.poll(); work != null; work = ready.poll()) {
            work.run();
        }
    }

    /** Lets time pass, and runs what comes due on the way. */
    void advance(Duration time) {
        long until = millis + time.toMillis();
        run();
        while (!later.isEmpty() && later.element().dueMillis() <= until) {
            millis = Math.max(millis, later.element().dueMillis());
            later.remove().work().run();
            run();
        }
        millis = until;
    }
}
