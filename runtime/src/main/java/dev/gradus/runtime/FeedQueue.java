package dev.gradus.runtime;

import dev.gradus.runtime.spi.Table;

/**
 * One feed's queue in one shard: rows with dense numbers, written in the batch of what they tell
 * of, deleted when they were taken. What passes the limits pushes the oldest out. Used by the
 * shard's loop alone.
 */
final class FeedQueue {
    private final ShardRows rows;
    private final Feed feed;
    private final FeedMeter meter;
    private long head = 1;
    private long next = 1;
    private long headOffset;
    private long endOffset;

    /** Takes up what is stored. */
    FeedQueue(ShardRows rows, Feed feed, FeedMeter meter) {
        this.rows = rows;
        this.feed = feed;
        this.meter = meter;
        var prefix = Keys.feed(feed);
        try (var first = rows.committed().scan(Table.FEED, prefix, Keys.behind(prefix), false);
                var last = rows.committed().scan(Table.FEED, prefix, Keys.behind(prefix), true)) {
            if (first.next() && last.next()) {
                head = Keys.feedSequence(first.key());
                headOffset =
                        FeedRow.Queued.decode(first.value()).endOffset()
                                - FeedRow.bytes(first.value().length);
                next = Keys.feedSequence(last.key()) + 1;
                endOffset = FeedRow.Queued.decode(last.value()).endOffset();
            }
        }
    }

    /** Puts a row behind all others; returns its number. */
    long add(FeedRow row) {
        var value = row.encode(endOffset);
        rows.insert(Table.FEED, Keys.feed(feed, next), value);
        endOffset += FeedRow.bytes(value.length);
        next++;
        int dropped = 0;
        while (isTooLong()) {
            dropOldest();
            dropped++;
        }
        if (dropped > 0) {
            meter.droppedForLag(dropped);
        }
        return next - 1;
    }

    private boolean isTooLong() {
        return waiting() > 1
                && (waiting() > RuntimeLimits.FEED_ROWS
                        || endOffset - headOffset > RuntimeLimits.FEED_BYTES);
    }

    private void dropOldest() {
        var key = Keys.feed(feed, head);
        headOffset =
                rows.get(Table.FEED, key)
                        .map(value -> FeedRow.Queued.decode(value).endOffset())
                        .orElseThrow(() -> new IllegalStateException(feed + " has a gap"));
        rows.delete(Table.FEED, key);
        head++;
    }

    /** Everything up to a number was told, which ends at that offset. */
    void taken(long through, long offset) {
        if (through < head) {
            return; // It was pushed out meanwhile.
        }
        for (; head <= through; head++) {
            rows.delete(Table.FEED, Keys.feed(feed, head));
        }
        headOffset = offset;
    }

    /** Number of the oldest row. */
    long head() {
        return head;
    }

    /** Number of the newest row, below {@link #head} when there is none. */
    long last() {
        return next - 1;
    }

    long waiting() {
        return next - head;
    }
}
