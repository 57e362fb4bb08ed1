package dev.gradus.runtime;

import dev.gradus.runtime.spi.DeliveryException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what waits in one place to one sink, a portion at a time and in order, and tries again
 * with growing pauses while the sink does not take it.
 *
 * <p>Who may touch what: {@link #wake}, {@link #idle} and {@link #close} any thread, under its
 * lock; one portion is under way at a time, so what belongs to it needs none.
 *
 * @param <S> what is sent
 */
final class FeedPump<S> {
    private static final Logger LOG = LoggerFactory.getLogger(FeedPump.class);

    private final Platform platform;
    private final Source<S> source;
    private final FeedOutlet<S> outlet;
    private final FeedMeter meter;
    private Duration pause = RuntimeLimits.FEED_PAUSE_MIN;
    private boolean busy;
    private boolean more;
    private boolean closed;
    private CompletableFuture<Void> idle = new CompletableFuture<>();

    /** Where the portions come from. */
    interface Source<S> {
        /** Returns what comes next, empty when nothing waits; may block on a disk. */
        Optional<Portion<S>> next();
    }

    /**
     * What is sent together.
     *
     * @param taken says that the sink has it, or will never take it
     */
    record Portion<S>(List<S> items, Runnable taken) {}

    FeedPump(Platform platform, Source<S> source, FeedOutlet<S> outlet, FeedMeter meter) {
        this.platform = platform;
        this.source = source;
        this.outlet = outlet;
        this.meter = meter;
    }

    /** There is something to carry, or there may be. */
    synchronized void wake() {
        more = true;
        if (!busy && !closed) {
            busy = true;
            platform.reads().execute(this::next);
        }
    }

    /** Completes when nothing waits any more. */
    synchronized CompletionStage<Void> idle() {
        return busy ? idle : CompletableFuture.completedFuture(null);
    }

    /** Nothing more is read; a portion under way may still arrive. */
    synchronized void close() {
        closed = true;
    }

    private void next() {
        if (!takeUp()) {
            return;
        }
        Optional<Portion<S>> portion;
        try {
            portion = source.next();
        } catch (RuntimeException unreadable) {
            if (isClosed()) {
                return; // What is not readable is a store that is being closed.
            }
            meter.failed(unreadable.toString());
            later(() -> platform.reads().execute(this::next));
            return;
        }
        portion.ifPresentOrElse(
                found -> platform.calls().execute(() -> deliver(found, 0)), this::rest);
    }

    private synchronized boolean takeUp() {
        more = false;
        return !closed;
    }

    @SuppressWarnings("NullAway") // A CompletableFuture<Void> has no other value.
    private synchronized void rest() {
        if (more && !closed) {
            platform.reads().execute(this::next);
        } else {
            busy = false;
            idle.complete(null);
            idle = new CompletableFuture<>();
        }
    }

    private void deliver(Portion<S> portion, int from) {
        int at = from;
        try {
            while (at < portion.items().size()) {
                var chunk = chunk(portion.items(), at);
                send(chunk);
                at += chunk.size();
            }
        } catch (DeliveryException notNow) {
            int reached = at + notNow.taken();
            meter.delivered(notNow.taken());
            meter.failed(reason(notNow));
            later(() -> platform.calls().execute(() -> deliver(portion, reached)));
            return;
        }
        pause = RuntimeLimits.FEED_PAUSE_MIN;
        portion.taken().run();
        if (!isClosed()) {
            platform.reads().execute(this::next);
        }
    }

    private void send(List<S> chunk) {
        try {
            int refused = outlet.send(chunk);
            meter.delivered(chunk.size() - refused);
            meter.refused(refused, "the sink refuses some for good");
        } catch (DeliveryException notNow) {
            throw notNow;
        } catch (RuntimeException bug) {
            LOG.error("our bug in a sink: what it was given is dropped", bug);
            meter.refused(chunk.size(), bug.toString());
        }
    }

    /** As many as are sent at once: so much memory they take when they are written out. */
    private List<S> chunk(List<S> items, int from) {
        long bytes = 0;
        int to = from;
        while (to < items.size() && (to == from || bytes < RuntimeLimits.FEED_CHUNK_BYTES)) {
            bytes += outlet.bytes(items.get(to));
            to++;
        }
        return items.subList(from, to);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private static String reason(DeliveryException notNow) {
        var cause = Optional.ofNullable(notNow.getCause());
        return notNow.getMessage() + cause.map(why -> ": " + why).orElse("");
    }

    private void later(Runnable again) {
        if (isClosed()) {
            return;
        }
        var wait = pause;
        var doubled = pause.multipliedBy(2);
        pause =
                doubled.compareTo(RuntimeLimits.FEED_PAUSE_MAX) < 0
                        ? doubled
                        : RuntimeLimits.FEED_PAUSE_MAX;
        platform.runLater(wait, again);
    }
}
