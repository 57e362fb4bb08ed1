package dev.gradus.testkit;

import dev.gradus.runtime.CommitMeter;
import dev.gradus.runtime.RowsBatch;
import dev.gradus.runtime.RowsView;
import dev.gradus.runtime.spi.Batch;
import dev.gradus.runtime.spi.CommitListener;
import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.LostListener;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.View;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One shard of a {@link SimSubstrate}. A batch waits in {@code appended} until a drawn moment makes
 * it durable, then in {@code unreported} until another tells its listener; a crash, a claim or a
 * drawn loss may come between. Used on the scheduler's thread.
 */
final class SimShard {
    private static final int MAX_IN_FLIGHT = 2;

    /** What outlives the process. */
    record Kept(RowsView.State state, long lastEpoch) {}

    private record Append(SimLease lease, RowsBatch batch, CommitListener listener, long atNanos) {}

    private record Durable(Append append, long seq) {}

    private final SimScheduler scheduler;
    private final SimScheduler.SimProcess process;
    private final SimFaults faults;
    private final CommitMeter meter;
    private final ArrayDeque<Append> appended = new ArrayDeque<>();
    private final ArrayDeque<Durable> unreported = new ArrayDeque<>();
    private final ArrayDeque<Runnable> tellings = new ArrayDeque<>();
    private RowsView.State state;
    private long lastEpoch;
    private @Nullable SimLease holder;
    private boolean closed;

    SimShard(
            SimScheduler scheduler,
            SimScheduler.SimProcess process,
            SimFaults faults,
            Kept kept,
            CommitMeter meter) {
        this.scheduler = scheduler;
        this.process = process;
        this.faults = faults;
        this.meter = meter;
        this.state = kept.state;
        this.lastEpoch = kept.lastEpoch;
    }

    Lease acquire(LostListener onLost, int batchBytesMax) {
        lose(new SubstrateException("another claim took the shard"));
        lastEpoch++;
        if (drawn(faults.failAcquire())) {
            throw new SubstrateException("the simulated claim failed");
        }
        var lease = new SimLease(lastEpoch, onLost, batchBytesMax);
        holder = lease;
        return lease;
    }

    View view() {
        return RowsView.following(() -> {
            if (closed) {
                throw new SubstrateException("the store is closed");
            }
            return state;
        });
    }

    void close() {
        lose(new SubstrateException("the store was closed"));
        closed = true;
        while (!tellings.isEmpty()) {
            tellings.remove().run();
        }
    }

    Kept kept() {
        return new Kept(state, lastEpoch);
    }

    Kept crash() {
        keepSome();
        closed = true;
        return kept();
    }

    private void append(SimLease lease, Batch batch, CommitListener listener) {
        if (lease.inFlight >= MAX_IN_FLIGHT) {
            throw new IllegalStateException(MAX_IN_FLIGHT + " batches are in flight already");
        }
        var rows = RowsBatch.seal(batch, lease, lease.batchBytesMax);
        lease.inFlight++;
        meter.queued();
        if (lease.lostBy != null || lease.released) {
            var cause = lease.lostBy == null ? "the lease is closed" : "the lease is lost";
            tell(() -> lost(lease, listener, new SubstrateException(cause)));
        } else {
            appended.add(new Append(lease, rows, listener, scheduler.nanoTime()));
            later(this::makeDurable);
        }
    }

    private void makeDurable() {
        var head = appended.poll();
        if (head == null) {
            return; // it was lost in between
        }
        if (drawn(faults.loseBefore())) {
            appended.addFirst(head);
            lose(new SubstrateException("simulated loss of a write"));
            return;
        }
        apply(head);
        if (drawn(faults.loseAfter())) {
            lose(new SubstrateException("simulated loss of an answer"));
        } else {
            later(this::report);
        }
    }

    private void apply(Append append) {
        long seq = state.seq() + 1 + random().nextInt(2);
        state = new RowsView.State(append.batch.applyTo(state.rows()), seq);
        unreported.add(new Durable(append, seq));
    }

    private void report() {
        var head = unreported.poll();
        if (head != null) {
            var append = head.append;
            tell(() -> {
                if (append.lease.lostBy != null) {
                    lost(append.lease, append.listener, append.lease.lostBy);
                } else {
                    committed(head);
                }
            });
        }
    }

    private void committed(Durable durable) {
        var append = durable.append;
        append.lease.inFlight--;
        meter.answered();
        meter.written();
        meter.committed(append.batch.bytes(), scheduler.nanoTime() - append.atNanos);
        append.listener.committed(durable.seq);
    }

    private void lost(SimLease lease, CommitListener listener, SubstrateException cause) {
        lease.inFlight--;
        meter.answered();
        listener.lost(cause);
    }

    /**
     * Ends the lease: some of what was appended survives, but no more of it is reported committed.
     */
    private void lose(SubstrateException cause) {
        var loser = holder;
        holder = null;
        if (loser == null) {
            return;
        }
        loser.lostBy = cause;
        while (!unreported.isEmpty()) {
            tellLost(unreported.remove().append, cause);
        }
        var unwritten = new ArrayDeque<>(appended);
        keepSome();
        unreported.clear();
        unwritten.forEach(append -> tellLost(append, cause));
        if (!loser.released) {
            tell(() -> {
                if (!loser.released) {
                    loser.onLost.lost(cause);
                }
            });
        }
    }

    private void tellLost(Append append, SubstrateException cause) {
        tell(() -> lost(append.lease, append.listener, cause));
    }

    /** A drawn prefix of what is in flight becomes durable, the rest is gone. */
    private void keepSome() {
        for (int kept = random().nextInt(appended.size() + 1); kept > 0; kept--) {
            apply(appended.remove());
        }
        appended.clear();
    }

    /** Listeners are told one by one, in order, and never within the call that led to it. */
    private void tell(Runnable telling) {
        tellings.add(telling);
        if (closed) {
            tellings.remove().run();
        } else {
            process.execute(() -> {
                var next = tellings.poll();
                if (next != null) {
                    next.run();
                }
            });
        }
    }

    private void later(Runnable step) {
        long delayNanos = random().nextLong(faults.delayMax().toNanos() + 1);
        var _ = process.schedule(Duration.ofNanos(delayNanos), step);
    }

    private boolean drawn(double chance) {
        return chance > 0 && random().nextDouble() < chance;
    }

    private Random random() {
        return scheduler.random();
    }

    private final class SimLease implements Lease {
        private final long epoch;
        private final LostListener onLost;
        private final int batchBytesMax;
        private int inFlight;
        private boolean released;
        private @Nullable SubstrateException lostBy;

        SimLease(long epoch, LostListener onLost, int batchBytesMax) {
            this.epoch = epoch;
            this.onLost = onLost;
            this.batchBytesMax = batchBytesMax;
        }

        @Override
        public long epoch() {
            return epoch;
        }

        @Override
        public View view() {
            return SimShard.this.view();
        }

        @Override
        public Batch newBatch() {
            return new RowsBatch(this);
        }

        @Override
        public void append(Batch batch, CommitListener listener) {
            SimShard.this.append(this, batch, listener);
        }

        @Override
        public int maxInFlight() {
            return MAX_IN_FLIGHT;
        }

        @Override
        public void close() {
            released = true;
        }
    }
}
