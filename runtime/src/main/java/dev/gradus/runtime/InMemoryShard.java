package dev.gradus.runtime;

import dev.gradus.runtime.spi.Batch;
import dev.gradus.runtime.spi.CommitListener;
import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.LostListener;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.View;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One shard of an {@link InMemorySubstrate}.
 *
 * <p>Who may touch what: everything mutable, the leases included, is guarded by {@code lock}; only
 * {@code state} and {@code readable} are also read without it. One queue holds, in order, what the
 * listeners are to be told. Whoever finds nobody at it becomes its drainer and calls them one by
 * one, without the lock.
 */
final class InMemoryShard {
    private static final int MAX_IN_FLIGHT = 2;

    private final int shard;
    private final Executor commits;
    private final CommitMeter meter;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final ArrayDeque<Telling> queue = new ArrayDeque<>();
    private @Nullable Thread drainer;
    private long told;
    private @Nullable MemoryLease holder;
    private long lastEpoch;
    private boolean closed;
    private volatile RowsView.State state = RowsView.State.EMPTY;
    private volatile boolean readable = true;

    InMemoryShard(int shard, Executor commits, CommitMeter meter) {
        this.shard = shard;
        this.commits = commits;
        this.meter = meter;
    }

    /** What a listener is to be told; what became of an append is decided when its turn comes. */
    private sealed interface Telling {
        record Appended(MemoryLease lease, RowsBatch batch, CommitListener listener, long atNanos)
                implements Telling {}

        record Refused(MemoryLease lease, CommitListener listener, Throwable cause)
                implements Telling {}

        record LeaseLost(MemoryLease lease, Throwable cause) implements Telling {}
    }

    View view() {
        return RowsView.following(() -> {
            if (!readable) {
                throw new SubstrateException("the store is closed");
            }
            return state;
        });
    }

    long bytes() {
        return state.rows().bytes();
    }

    Lease acquire(LostListener onLost) {
        MemoryLease lease;
        lock.lock();
        try {
            refuseListeners("acquire");
            if (closed) {
                throw new SubstrateException("the store is closed");
            }
            fenceHolder(new SubstrateException("another claim took shard " + shard));
            lease = new MemoryLease(++lastEpoch, onLost);
            holder = lease;
            // One listener of the old lease may be running; those behind it are fenced already.
            long seen = told;
            while (drainer != null && told == seen) {
                progress.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        commits.execute(this::drain);
        return lease;
    }

    void close() {
        lock.lock();
        try {
            refuseListeners("close");
            closed = true;
            fenceHolder(new SubstrateException("the store was closed"));
        } finally {
            lock.unlock();
        }
        drain();
        lock.lock();
        try {
            while (drainer != null || !queue.isEmpty()) {
                progress.awaitUninterruptibly();
            }
            readable = false;
        } finally {
            lock.unlock();
        }
    }

    private void append(MemoryLease lease, Batch batch, CommitListener listener) {
        boolean open;
        lock.lock();
        try {
            open = !closed;
            if (lease.inFlight >= MAX_IN_FLIGHT) {
                throw new IllegalStateException(
                        MAX_IN_FLIGHT + " batches of shard " + shard + " are in flight already");
            }
            var rows = RowsBatch.seal(batch, lease, InMemorySubstrate.BATCH_BYTES_MAX);
            lease.inFlight++;
            meter.queued();
            queue.add(
                    lease.released
                            ? new Telling.Refused(
                                    lease, listener, new SubstrateException("the lease is closed"))
                            : new Telling.Appended(lease, rows, listener, System.nanoTime()));
        } finally {
            lock.unlock();
        }
        if (open) {
            commits.execute(this::drain);
        } else {
            drain(); // the executor may be gone with the store
        }
    }

    private void fenceHolder(SubstrateException cause) {
        var fenced = holder;
        if (fenced != null) {
            fenced.lostBy = cause;
            if (!fenced.released) {
                queue.add(new Telling.LeaseLost(fenced, cause));
            }
        }
        holder = null;
    }

    private void drain() {
        for (var telling = takeNext(); telling != null; telling = takeNext()) {
            boolean threw = true;
            try {
                telling.run();
                threw = false;
            } finally {
                finish(threw);
            }
        }
    }

    /** The next thing to tell, with this thread as the drainer; null if none, or another drains. */
    private @Nullable Runnable takeNext() {
        lock.lock();
        try {
            var head = drainer == null ? queue.poll() : null;
            if (head == null) {
                return null;
            }
            drainer = Thread.currentThread();
            return decide(head);
        } finally {
            lock.unlock();
        }
    }

    private void finish(boolean threw) {
        lock.lock();
        try {
            drainer = null;
            told++;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
        if (threw) {
            commits.execute(this::drain); // the others are told all the same
        }
    }

    private Runnable decide(Telling telling) {
        return switch (telling) {
            case Telling.Appended appended -> decide(appended);
            case Telling.Refused refused -> {
                answered(refused.lease);
                yield () -> refused.listener.lost(refused.cause);
            }
            case Telling.LeaseLost lost ->
                    lost.lease.released ? () -> {} : () -> lost.lease.onLost.lost(lost.cause);
        };
    }

    private Runnable decide(Telling.Appended appended) {
        answered(appended.lease);
        var lostBy = appended.lease.lostBy;
        if (lostBy != null) {
            return () -> appended.listener.lost(lostBy);
        }
        long seq = state.seq() + 1;
        state = new RowsView.State(appended.batch.applyTo(state.rows()), seq);
        meter.written();
        meter.committed(appended.batch.bytes(), System.nanoTime() - appended.atNanos);
        return () -> appended.listener.committed(seq);
    }

    private void answered(MemoryLease lease) {
        lease.inFlight--;
        meter.answered();
    }

    private void release(MemoryLease lease) {
        lock.lock();
        try {
            lease.released = true;
        } finally {
            lock.unlock();
        }
    }

    private void refuseListeners(String method) {
        if (Thread.currentThread().equals(drainer)) {
            throw new IllegalStateException(method + " must not be called from a listener");
        }
    }

    private final class MemoryLease implements Lease {
        private final long epoch;
        private final LostListener onLost;
        private int inFlight;
        private boolean released;
        private @Nullable SubstrateException lostBy;

        MemoryLease(long epoch, LostListener onLost) {
            this.epoch = epoch;
            this.onLost = onLost;
        }

        @Override
        public long epoch() {
            return epoch;
        }

        @Override
        public View view() {
            return InMemoryShard.this.view();
        }

        @Override
        public Batch newBatch() {
            return new RowsBatch(this);
        }

        @Override
        public void append(Batch batch, CommitListener listener) {
            InMemoryShard.this.append(this, batch, listener);
        }

        @Override
        public int maxInFlight() {
            return MAX_IN_FLIGHT;
        }

        @Override
        public void close() {
            release(this);
        }
    }
}
