package dev.gradus.testkit;

import dev.gradus.runtime.spi.Batch;
import dev.gradus.runtime.spi.CommitListener;
import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.LostListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Writes down, in order, what a store answered to appends and what it said of leases; any thread
 * may use it.
 */
public final class Answers {
    private static final long PATIENCE_SECONDS = 30;

    /** What was heard: an answer to the append of that name, or, with the name, of a lease. */
    public sealed interface Answer {
        /** The name given to the append or the lease. */
        String name();

        /** The batch became durable at this place of its shard. */
        record Committed(String name, long seq) implements Answer {}

        /** The outcome of the batch is unknown. */
        record Lost(String name, Throwable cause) implements Answer {}

        /** The lease was lost. */
        record LeaseLost(String name, Throwable cause) implements Answer {}
    }

    private final StoreUnderTest store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition heard = lock.newCondition();
    private final List<Answer> answers = new ArrayList<>();

    /** Listens for the tests of one store. */
    public Answers(StoreUnderTest store) {
        this.store = store;
    }

    /** A listener for one append. */
    public CommitListener batch(String name) {
        return new CommitListener() {
            @Override
            public void committed(long seq) {
                add(new Answer.Committed(name, seq));
            }

            @Override
            public void lost(Throwable cause) {
                add(new Answer.Lost(name, cause));
            }
        };
    }

    /** A listener for one lease. */
    public LostListener lease(String name) {
        return cause -> add(new Answer.LeaseLost(name, cause));
    }

    /** Appends a batch and returns its place when it is committed; fails if it is lost. */
    public long commit(Lease lease, Consumer<Batch> fill) {
        var name = "commit-" + all().size();
        var batch = lease.newBatch();
        fill.accept(batch);
        lease.append(batch, batch(name));
        return switch (await(name)) {
            case Answer.Committed committed -> committed.seq();
            case Answer.Lost lost -> throw new AssertionError("a batch was lost", lost.cause());
            case Answer.LeaseLost lost -> throw new AssertionError("no such batch", lost.cause());
        };
    }

    /** The first answer of this name, waited for. */
    public Answer await(String name) {
        store.settle();
        long leftNanos = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        lock.lock();
        try {
            while (true) {
                for (var answer : answers) {
                    if (answer.name().equals(name)) {
                        return answer;
                    }
                }
                if (leftNanos <= 0 || !store.threaded()) {
                    throw new AssertionError("no answer for " + name + "; heard " + answers);
                }
                leftNanos = heard.awaitNanos(leftNanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + name, e);
        } finally {
            lock.unlock();
        }
    }

    /** All answers up to now, in the order in which they were heard. */
    public List<Answer> all() {
        lock.lock();
        try {
            return List.copyOf(answers);
        } finally {
            lock.unlock();
        }
    }

    /** The names of the batches that were committed, in that order. */
    public List<String> committed() {
        return all().stream().filter(Answer.Committed.class::isInstance).map(Answer::name).toList();
    }

    private void add(Answer answer) {
        lock.lock();
        try {
            answers.add(answer);
            heard.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
