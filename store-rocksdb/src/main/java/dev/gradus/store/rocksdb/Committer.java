package dev.gradus.store.rocksdb;

import dev.gradus.runtime.CommitMeter;
import dev.gradus.runtime.spi.SubstrateException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes: it takes whatever is ready, of any shard, makes it durable with one
 * synced write, and tells the listeners in the order of the appends. It waits for nothing else:
 * while one group is being written, the next one gathers.
 *
 * <p>Who may touch what: {@code lock} guards the fields marked so; any thread submits. Everything
 * else, {@link CommitGroup} and {@link ShardState} included, belongs to the thread. After a failed
 * write nothing is written again, because what RocksDB and the kernel then hold is not known:
 * everything is lost, and the process must end.
 */
final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    /** A group is closed when it has so many bytes, so that one write stays bounded. */
    private static final int GROUP_BYTES_MAX = 16 << 20;

    private final GroupWriter writer;
    private final CommitMeter meter;
    private final Consumer<Throwable> onFatal;
    private final List<ShardState> shards;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final ArrayDeque<CommitEntry> queue = new ArrayDeque<>(); // guarded by lock
    private @Nullable Throwable failure; // guarded by lock
    private boolean stopping; // guarded by lock
    private boolean ended; // guarded by lock
    private boolean failureTold;

    Committer(
            GroupWriter writer,
            List<ShardState> shards,
            CommitMeter meter,
            Consumer<Throwable> onFatal) {
        this.writer = writer;
        this.shards = shards;
        this.meter = meter;
        this.onFatal = onFatal;
        this.thread =
                Thread.ofPlatform().name("gradus-committer").daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Puts an entry in line; after the end, it is answered on the caller's thread. */
    void submit(CommitEntry entry) {
        if (entry.isAppend()) {
            meter.queued();
        }
        boolean late;
        lock.lock();
        try {
            late = ended;
            if (!late) {
                queue.add(entry);
                work.signal();
            }
        } finally {
            lock.unlock();
        }
        if (late) {
            tell(() -> entry.refuse(new SubstrateException("the store is closed"), meter));
        }
    }

    /** Nothing will be written any more; what is in line and what comes is lost. */
    void fail(Throwable cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Why nothing is written any more; empty while all is well. */
    Optional<Throwable> failure() {
        lock.lock();
        try {
            return Optional.ofNullable(failure);
        } finally {
            lock.unlock();
        }
    }

    boolean isCommitterThread() {
        return Thread.currentThread().equals(thread);
    }

    /**
     * Writes and answers what is in line, tells every lease that it is lost, and ends the thread.
     */
    void stop() {
        lock.lock();
        try {
            stopping = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true; // the answers are owed all the same
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (var taken = take(); taken.isPresent(); taken = take()) {
            var failed = failure();
            if (failed.isPresent()) {
                refuse(taken.get(), failed.get());
                tellFailure(failed.get());
            } else {
                commit(taken.get());
            }
        }
    }

    /** Waits for work; nothing at all means that the thread is to end. */
    private Optional<List<CommitEntry>> take() {
        lock.lock();
        try {
            while (queue.isEmpty() && !stopping && (failure == null || failureTold)) {
                work.awaitUninterruptibly();
            }
            if (!queue.isEmpty() || (failure != null && !failureTold)) {
                return Optional.of(takeGroup());
            }
        } finally {
            lock.unlock();
        }
        // Stopping, and all is answered. A lease that is told may append once more.
        loseAll(new SubstrateException("the store was closed"));
        lock.lock();
        try {
            ended = queue.isEmpty();
            return ended ? Optional.empty() : Optional.of(takeGroup());
        } finally {
            lock.unlock();
        }
    }

    private List<CommitEntry> takeGroup() {
        var group = new ArrayList<CommitEntry>();
        int bytes = 0;
        while (!queue.isEmpty() && bytes < GROUP_BYTES_MAX) {
            var entry = queue.remove();
            bytes += entry.bytes();
            group.add(entry);
        }
        return group;
    }

    private void commit(List<CommitEntry> entries) {
        var group = new CommitGroup(shards, meter);
        entries.forEach(group::add);
        try {
            if (group.hasRows()) {
                writer.write(group.joined());
                meter.written();
            }
        } catch (RuntimeException | Error e) {
            fail(e);
            refuse(entries, e);
            return;
        }
        group.answers().forEach(Committer::tell);
    }

    private void refuse(List<CommitEntry> entries, Throwable cause) {
        entries.forEach(entry -> tell(() -> entry.refuse(cause, meter)));
    }

    private void tellFailure(Throwable cause) {
        if (!failureTold) {
            LOG.error("store=failed action=stop-writing", cause);
            loseAll(cause);
            failureTold = true;
            // On a thread of its own: it ends the process, and that waits for this one to close.
            Thread.ofPlatform()
                    .name("gradus-store-failed")
                    .daemon(true)
                    .start(() -> onFatal.accept(cause));
        }
    }

    private void loseAll(Throwable cause) {
        for (var shard : shards) {
            shard.fence(cause).ifPresent(lease -> tell(() -> lease.tellLost(cause)));
        }
    }

    /** A listener must not throw; one that does is a bug that must not stop the others. */
    private static void tell(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | Error e) {
            LOG.error("bug=listener-threw", e);
        }
    }
}
