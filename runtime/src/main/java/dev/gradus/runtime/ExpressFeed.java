package dev.gradus.runtime;

import dev.gradus.runtime.FeedPump.Portion;
import dev.gradus.runtime.LogOutlet.Line;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Express executions log, waiting in memory: they keep no history, so that this is as durable
 * as they are. Bounded; the oldest goes first. Thread-safe.
 */
final class ExpressFeed implements FeedPump.Source<Line> {
    private final LogOutlet outlet;
    private final FeedMeter meter;
    private final ArrayDeque<Line> lines = new ArrayDeque<>();
    private long bytes;

    ExpressFeed(LogOutlet outlet, FeedMeter meter) {
        this.outlet = outlet;
        this.meter = meter;
    }

    synchronized void add(List<Line> more) {
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
    public synchronized Optional<Portion<Line>> next() {
        var portion = new ArrayList<Line>();
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
