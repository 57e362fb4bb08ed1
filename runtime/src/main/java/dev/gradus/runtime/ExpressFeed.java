package dev.gradus.runtime;

import dev.gradus.runtime.FeedPump.Portion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Express executions log, or are traced as, waiting in memory: they keep no history, so that
 * this is as durable as they are. Bounded; the oldest goes first. Thread-safe.
 *
 * @param <S> what is sent
 */
final class ExpressFeed<S> implements FeedPump.Source<S> {
    private final FeedOutlet<S> outlet;
    private final FeedMeter meter;
    private final ArrayDeque<S> lines = new ArrayDeque<>();
    private long bytes;

    ExpressFeed(FeedOutlet<S> outlet, FeedMeter meter) {
        this.outlet = outlet;
        this.meter = meter;
    }

    synchronized void add(List<S> more) {
        for (var line : more) {
            lines.addLast(line);
            bytes += outlet.bytes(line);
        }
        int dropped = 0;
        while (lines.size() > RuntimeLimits.EXPRESS_FEED_LINES
                || (bytes > RuntimeLimits.EXPRESS_FEED_BYTES && lines.size() > 1)) {
            bytes -= outlet.bytes(lines.removeFirst());
            dropped++;
        }
        if (dropped > 0) {
            meter.droppedForLag(dropped);
        }
    }

    synchronized int waiting() {
        return lines.size();
    }

    @Override
    public synchronized Optional<Portion<S>> next() {
        var portion = new ArrayList<S>();
        long taken = 0;
        while (!lines.isEmpty()
                && portion.size() < RuntimeLimits.FEED_PORTION_ROWS
                && taken < RuntimeLimits.FEED_CHUNK_BYTES) {
            var line = lines.removeFirst();
            taken += outlet.bytes(line);
            portion.add(line);
        }
        bytes -= taken;
        return portion.isEmpty() ? Optional.empty() : Optional.of(new Portion<>(portion, () -> {}));
    }
}
