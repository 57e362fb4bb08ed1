package dev.gradus.runtime;

import dev.gradus.runtime.spi.EventSink;
import dev.gradus.runtime.spi.StatusEvent;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.util.List;

/** Sends status changes of Standard executions. */
final class StatusOutlet implements FeedOutlet<StatusEvent> {
    private static final int ENVELOPE_BYTES = 512;

    private final EventSink sink;

    StatusOutlet(EventSink sink) {
        this.sink = sink;
    }

    @Override
    public List<StatusEvent> of(FeedRow row, View view) {
        return switch (row) {
            case FeedRow.Status(var xid, var encoded) -> {
                boolean isKept = view.get(Table.EXECUTION, Keys.xid(xid)).isPresent();
                var payloads = PayloadRows.Source.of(xid, view);
                yield isKept
                        ? List.of(StatusEvents.of(ExecutionRow.decode(encoded, payloads)))
                        : List.of();
            }
            case FeedRow.Events events ->
                    throw new IllegalStateException("events are logged, xid " + events.xid());
        };
    }

    @Override
    public int send(List<StatusEvent> items) {
        return sink.send(items);
    }

    @Override
    public long bytes(StatusEvent item) {
        return (long) ENVELOPE_BYTES + item.detail().length();
    }
}
