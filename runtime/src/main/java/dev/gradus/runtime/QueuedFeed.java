package dev.gradus.runtime;

import dev.gradus.runtime.FeedPump.Portion;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Reads one queue's committed rows from where it last was. Belongs to its pump, of which one turn
 * runs at a time; {@link #committedUpTo} any thread.
 *
 * @param <S> what is sent
 */
final class QueuedFeed<S> implements FeedPump.Source<S> {
    private final View view;
    private final Feed feed;
    private final FeedOutlet<S> outlet;
    private final FeedMeter meter;
    private final Taken taken;
    private long next;
    private volatile long committed;

    /** Hears how far the queue was told. */
    interface Taken {
        void upTo(long sequence, long endOffset);
    }

    QueuedFeed(View view, Feed feed, FeedOutlet<S> outlet, FeedMeter meter, Taken taken) {
        this.view = view;
        this.feed = feed;
        this.outlet = outlet;
        this.meter = meter;
        this.taken = taken;
    }

    void beginAt(long head) {
        next = head;
    }

    /** Rows up to that number are durable. */
    void committedUpTo(long sequence) {
        committed = sequence;
    }

    @Override
    public Optional<Portion<S>> next() {
        long until = committed;
        if (next > until) {
            return Optional.empty();
        }
        var items = new ArrayList<S>();
        long bytes = 0;
        long at = next;
        long offset = 0;
        int rows = 0;
        try (var cursor =
                view.scan(Table.FEED, Keys.feed(feed, next), Keys.feed(feed, until + 1), false)) {
            while (rows < RuntimeLimits.FEED_PORTION_ROWS
                    && bytes < RuntimeLimits.FEED_CHUNK_BYTES
                    && cursor.next()) {
                var queued = FeedRow.Queued.decode(cursor.value());
                var told = outlet.of(queued.row(), view);
                if (told.isEmpty()) {
                    meter.refused(1, "what was to be told is not kept any more");
                }
                for (var item : told) {
                    bytes += outlet.bytes(item);
                }
                items.addAll(told);
                at = Keys.feedSequence(cursor.key()) + 1;
                offset = queued.endOffset();
                rows++;
            }
        }
        if (rows == 0) {
            next = until + 1; // All of them were pushed out.
            return Optional.empty();
        }
        long through = at - 1;
        long endOffset = offset;
        next = at;
        return Optional.of(new Portion<>(items, () -> taken.upTo(through, endOffset)));
    }
}
