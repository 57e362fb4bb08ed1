package dev.gradus.runtime;

import dev.gradus.engine.HistoryEvent;
import dev.gradus.runtime.spi.View;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What one shard has still to tell: a queue for each feed, written with the decision that it tells
 * of, and a pump that works off what is durable. Without sinks nothing is written. Used by the
 * shard's loop alone.
 */
final class ShardFeeds {
    private final ShardRows rows;
    private final Consumer<ShardMessage> post;
    private final Map<Feed, Line<?>> lines = new EnumMap<>(Feed.class);
    private final boolean logs;
    private final boolean traces;
    private final List<Feed> statusFeeds;

    /** One feed in this shard. */
    private record Line<S>(FeedQueue queue, QueuedFeed<S> reader, FeedPump<S> pump) {
        void committed(long sequence) {
            reader.committedUpTo(sequence);
            pump.wake();
        }
    }

    /**
     * Takes up what is stored.
     *
     * @param post puts a message into this shard's own queue
     */
    ShardFeeds(ShardRows rows, Feeds feeds, Consumer<ShardMessage> post) {
        this.rows = rows;
        this.post = post;
        for (var feed : Feed.values()) {
            var queue = new FeedQueue(rows, feed, feeds.meter(feed));
            var outlet = feeds.outlet(feed);
            if (outlet.isPresent()) {
                lines.put(feed, line(feeds, feed, queue, outlet.get()));
            } else if (queue.waiting() > 0) {
                lines.put(feed, line(feeds, feed, queue, new Nowhere()));
            }
        }
        this.logs = feeds.outlet(Feed.LOGS).isPresent();
        this.traces = feeds.outlet(Feed.TRACES).isPresent();
        this.statusFeeds =
                List.of(Feed.EVENT_BUS, Feed.WEBHOOK).stream()
                        .filter(feed -> feeds.outlet(feed).isPresent())
                        .toList();
    }

    private <S> Line<S> line(Feeds feeds, Feed feed, FeedQueue queue, FeedOutlet<S> outlet) {
        var meter = feeds.meter(feed);
        var reader =
                new QueuedFeed<>(
                        rows.committed(),
                        feed,
                        outlet,
                        meter,
                        (sequence, endOffset) ->
                                post.accept(
                                        new ShardMessage.FeedTaken(
                                                this, feed, sequence, endOffset)));
        reader.beginAt(queue.head());
        return new Line<>(queue, reader, new FeedPump<>(feeds.platform(), reader, outlet, meter));
    }

    /** Starts to work off what a former life left. */
    void recover() {
        lines.values().forEach(line -> line.committed(line.queue().last()));
    }

    /** Logs the events of one decision, if the execution's machine logs any of them. */
    void logs(OpenExecution execution, List<HistoryEvent> events) {
        if (logs && execution.logging().logLevel().logsAnyOf(events)) {
            var row = execution.row();
            add(
                    Feed.LOGS,
                    new FeedRow.Events(
                            execution.xid(),
                            events.getFirst().id(),
                            row.arn().text(),
                            row.revision(),
                            row.execution().redrives().count()));
        }
    }

    /**
     * Tells that an execution has got the status that its row shows: called whenever that changes.
     */
    void status(long xid, ExecutionRow execution, PayloadRows.Sink payloads) {
        for (var feed : statusFeeds) {
            add(feed, new FeedRow.Status(xid, execution.encode(payloads)));
        }
    }

    /** Traces a run that has ended, as its row shows it, if it is to be traced. */
    void ended(OpenExecution execution, ExecutionRow row, PayloadRows.Sink payloads) {
        if (traces && execution.isTraced()) {
            add(Feed.TRACES, new FeedRow.Status(execution.xid(), row.encode(payloads)));
        }
    }

    private void add(Feed feed, FeedRow row) {
        var line = Optional.ofNullable(lines.get(feed)).orElseThrow();
        long sequence = line.queue().add(row);
        rows.park(() -> line.committed(sequence));
    }

    /** A pump has told everything up to that row. */
    void taken(ShardMessage.FeedTaken message) {
        if (message.of() == this) {
            var line = Optional.ofNullable(lines.get(message.feed())).orElseThrow();
            line.queue().taken(message.sequence(), message.endOffset());
        }
    }

    /** Rows that nobody was told of yet. */
    int waiting() {
        long waiting = 0;
        for (var line : lines.values()) {
            waiting += line.queue().waiting();
        }
        return Math.toIntExact(waiting);
    }

    /** The shard is another's now: its owner tells the rest. */
    void lost() {
        lines.values().forEach(line -> line.pump().close());
    }

    /** What waits for a sink that is not configured any more: dropped, and counted. */
    private static final class Nowhere implements FeedOutlet<FeedRow> {
        @Override
        public List<FeedRow> of(FeedRow row, View view) {
            return List.of(row);
        }

        @Override
        public int send(List<FeedRow> items) {
            return items.size();
        }

        @Override
        public long bytes(FeedRow item) {
            return FeedRow.KEY_BYTES;
        }
    }
}
