package dev.gradus.runtime;

import dev.gradus.runtime.spi.CommitListener;
import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.Substrate;
import dev.gradus.runtime.spi.View;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One single-writer part of the store: takes messages one at a time, lets them change memory and
 * the batch being built, and appends that batch as soon as the store has room.
 *
 * <p>Who may touch what: {@link #post} and {@link #view} any thread; the store's listeners only put
 * into {@code commits}; everything else belongs to the turn, and {@code scheduled} lets one turn
 * run at a time, on any thread of {@link Platform#shards}. Nothing leaves before its batch is
 * durable: replies and effects are parked with the batch.
 */
final class Shard {
    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);

    /** Messages between two looks at what was committed. */
    private static final int SLICE = 64;

    /**
     * New bytes after which a turn hands its batch over: those who wait for it must not wait for
     * the decisions of others behind them too.
     */
    private static final int SLICE_BYTES = 128 << 10;

    private final ShardContext context;
    private final Substrate substrate;
    private final Function<RevisionKey, Optional<byte[]>> revisions;
    private final Mailbox mailbox;
    private final ShardMetrics metrics = new ShardMetrics();
    private final ConcurrentLinkedQueue<Runnable> commits = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Wakes wakes;
    private volatile Optional<Tenure> tenure = Optional.empty();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean stopping;
    private Duration backoff = RuntimeLimits.ACQUIRE_BACKOFF_MIN;
    private boolean acquiring;
    private long attempts;
    private long lostAttempt;

    Shard(
            ShardContext context,
            Substrate substrate,
            Function<RevisionKey, Optional<byte[]>> revisions) {
        this.context = context;
        this.substrate = substrate;
        this.revisions = revisions;
        this.mailbox = new Mailbox(context.platform());
        this.wakes = new Wakes(context.platform(), this::admit);
    }

    /**
     * Puts a message into the queue; false when new work is refused because the shard is behind.
     */
    boolean post(ShardMessage message) {
        if (stopping) {
            message.lost(unavailable());
            return true;
        }
        if (!mailbox.offer(message)) {
            metrics.refused();
            return false;
        }
        wake();
        return true;
    }

    /**
     * Puts new work into the queue; its reply fails with ThrottlingException when it is refused,
     * because the shard is behind or the store has little space.
     */
    <T> CompletionStage<T> ask(ShardMessage message, CompletableFuture<T> reply) {
        var refusal = context.room().refusal();
        if (refusal.isPresent()) {
            metrics.refused();
            reply.completeExceptionally(refusal.get());
        } else if (!post(message)) {
            reply.completeExceptionally(ErrorShape.ThrottlingException.because("Rate exceeded"));
        }
        return reply;
    }

    /** For messages that are never refused. */
    void admit(ShardMessage message) {
        if (!post(message)) {
            throw new IllegalStateException(
                    "only new work may be refused, not " + message.getClass());
        }
    }

    /** The committed rows; fails while the shard is not held. */
    View view() {
        return tenure.orElseThrow(Shard::unavailable).view();
    }

    /** A closed execution, committed, if it is one of the last. */
    Optional<ExecutionRow> recent(String arn) {
        return tenure.flatMap(held -> held.recent(arn));
    }

    boolean isHeld() {
        return tenure.isPresent();
    }

    ShardMetrics.Reading metrics() {
        return metrics.read(mailbox);
    }

    /** Claims the shard; called once by the node. It is claimed again after each loss. */
    void acquire() {
        inTurn(this::claim);
    }

    private void claim() {
        if (stopping) {
            return;
        }
        acquiring = true;
        long attempt = ++attempts;
        context.platform().reads().execute(() -> claim(attempt));
    }

    /** Blocks, so it runs on a reads thread; what comes of it belongs to the turn. */
    private void claim(long attempt) {
        try {
            var lease =
                    substrate.acquire(
                            context.shard(), cause -> inTurn(() -> leaseLost(attempt, cause)));
            inTurn(() -> begin(attempt, lease));
        } catch (RuntimeException failed) {
            inTurn(() -> claimFailed(failed));
        }
    }

    private void claimFailed(RuntimeException failed) {
        LOG.warn(
                "shard cannot be acquired shard={} retryMillis={}",
                context.shard(),
                backoff.toMillis(),
                failed);
        claimLater();
    }

    /** Has something run in a turn, before any message. */
    private void inTurn(Runnable work) {
        commits.add(work);
        wake();
    }

    /**
     * Takes no more messages, works off those it has, and answers when all of it is durable and the
     * lease given up.
     */
    CompletionStage<Void> stop() {
        stopping = true;
        wake();
        return ended;
    }

    private void begin(long attempt, Lease lease) {
        acquiring = false;
        if (stopping || attempt == lostAttempt) {
            lease.close();
            if (!stopping) {
                claimLater();
            }
            return;
        }
        try {
            var next = new Tenure(context, lease, revisions);
            tenure = Optional.of(next);
            wakes.reset();
            next.recover();
            mailbox.takenUp();
        } catch (RuntimeException | StackOverflowError failed) {
            LOG.error("what the shard holds cannot be taken up shard={}", context.shard(), failed);
            tenure.ifPresentOrElse(
                    _ -> lost(unavailable()),
                    () -> {
                        lease.close();
                        claimLater();
                    });
            return;
        }
        wakes.startSweeping();
    }

    private void wake() {
        if (scheduled.compareAndSet(false, true)) {
            context.platform().shards().execute(this::turn);
        }
    }

    private void turn() {
        try {
            runCommits();
            tenure.ifPresent(this::work);
        } catch (RuntimeException | StackOverflowError bug) {
            // Memory may disagree with the batch: nothing of it may become durable.
            LOG.error(
                    "our bug in a shard's turn: its memory is dropped shard={}",
                    context.shard(),
                    bug);
            lost(unavailable());
        } finally {
            if (stopping) {
                endWhenDone();
            }
            // Without room a commit wakes the shard. Asked before another turn may run beside this
            // one.
            boolean room = tenure.filter(now -> hasRoom(now.rows())).isPresent();
            scheduled.set(false);
            if (!commits.isEmpty() || (room && !mailbox.isEmpty())) {
                wake();
            }
        }
    }

    @SuppressWarnings("NullAway") // A CompletableFuture<Void> has no other value.
    private void endWhenDone() {
        var done =
                tenure.map(Tenure::rows)
                        .map(rows ->
                                mailbox.isEmpty()
                                        && rows.inFlight() == 0
                                        && rows.building().isEmpty())
                        .orElse(true);
        if (done) {
            lost(unavailable());
            ended.complete(null);
        }
    }

    private boolean hasRoom(ShardRows rows) {
        var building = rows.building();
        return rows.inFlight() < tenure.orElseThrow().lease().maxInFlight()
                || (building.bytes() < RuntimeLimits.BATCH_BYTES / 2
                        && building.rows() < RuntimeLimits.BATCH_COMMANDS);
    }

    private void work(Tenure now) {
        int before = now.rows().building().bytes();
        for (int taken = 0; taken < SLICE && hasRoom(now.rows()); taken++) {
            var message = mailbox.take();
            if (message.isEmpty()) {
                break;
            }
            handle(now, message.get());
            if (now.rows().building().bytes() - before >= SLICE_BYTES) {
                break;
            }
        }
        flush(now);
        metrics.turned(now.measures());
        wakes.timersAt(now.nextTimerMillis(), now.nowMillis());
        wakes.resendWhile(now.owesMessages());
    }

    private void handle(Tenure now, ShardMessage message) {
        try {
            wakes.heard(message);
            now.handle(message);
        } catch (RuntimeException | StackOverflowError bug) {
            message.lost(unavailable());
            throw bug;
        }
    }

    private void flush(Tenure now) {
        var rows = now.rows();
        if (rows.inFlight() == 0) {
            rows.takeParkedWithoutRows().forEach(this::release);
        }
        if (rows.building().isEmpty() || rows.inFlight() >= now.lease().maxInFlight()) {
            return;
        }
        var sealed = now.seal();
        var batch = now.lease().newBatch();
        sealed.writeTo(batch);
        long sinceNanos = context.platform().monotonicNanos();
        now.lease()
                .append(
                        batch,
                        new CommitListener() {
                            @Override
                            public void committed(long seq) {
                                inTurn(() -> applied(now, sinceNanos, batch.bytes()));
                            }

                            @Override
                            public void lost(Throwable cause) {
                                inTurn(() -> {
                                    if (holds(now)) {
                                        Shard.this.lost(cause);
                                    }
                                });
                            }
                        });
    }

    private void runCommits() {
        for (var next = commits.poll(); next != null; next = commits.poll()) {
            next.run();
        }
    }

    private void applied(Tenure of, long sinceNanos, int bytes) {
        if (!holds(of)) {
            return;
        }
        var batch = of.applied();
        // Only now: a shard that breaks at what it takes up must not be claimed in a hot loop.
        backoff = RuntimeLimits.ACQUIRE_BACKOFF_MIN;
        metrics.committed(
                context.platform().monotonicNanos() - sinceNanos, bytes, batch.parked().size());
        batch.parked().forEach(this::release);
    }

    private void release(ShardRows.Parked parked) {
        try {
            parked.release().run();
        } catch (RuntimeException bug) {
            LOG.error(
                    "our bug while releasing what a batch had parked shard={}",
                    context.shard(),
                    bug);
        }
    }

    private boolean holds(Tenure one) {
        return tenure.filter(held -> held == one).isPresent();
    }

    private void leaseLost(long attempt, Throwable cause) {
        if (attempt != attempts) {
            return;
        }
        if (acquiring) {
            lostAttempt = attempt; // The news overtook the lease itself.
        } else {
            lost(cause);
        }
    }

    /** Drops everything in memory; callers whose outcome is now unknown are told so. */
    private void lost(Throwable cause) {
        if (tenure.isPresent()) {
            if (!stopping) {
                LOG.warn("shard lost shard={} cause={}", context.shard(), cause.toString());
            }
            var gone = tenure.get();
            tenure = Optional.empty();
            gone.lost(unavailable());
            gone.lease().close();
        }
        for (var message = mailbox.take(); message.isPresent(); message = mailbox.take()) {
            message.get().lost(unavailable());
        }
        mailbox.lost();
        wakes.reset();
        if (!stopping && !acquiring) {
            claimLater();
        }
    }

    private void claimLater() {
        acquiring = true;
        var delay = backoff;
        var doubled = backoff.multipliedBy(2);
        backoff =
                doubled.compareTo(RuntimeLimits.ACQUIRE_BACKOFF_MAX) < 0
                        ? doubled
                        : RuntimeLimits.ACQUIRE_BACKOFF_MAX;
        context.platform().runLater(delay, this::acquire);
    }

    private static ApiException unavailable() {
        return ErrorShape.ServiceUnavailable.because(
                "The outcome of this call is not known: the part of the store that it concerns is not available now.");
    }
}
