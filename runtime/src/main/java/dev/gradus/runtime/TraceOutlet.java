package dev.gradus.runtime;

import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.Trace;
import dev.gradus.runtime.spi.TraceSink;
import dev.gradus.runtime.spi.View;
import java.util.List;
import java.util.Optional;

/** Exports what executions did, once they have ended, as traces made from their history. */
final class TraceOutlet implements FeedOutlet<Trace> {
    private static final int SPAN_BYTES = 512;

    private final TraceSink sink;

    TraceOutlet(TraceSink sink) {
        this.sink = sink;
    }

    @Override
    public List<Trace> of(FeedRow row, View view) {
        return switch (row) {
            case FeedRow.Status(var xid, var encoded) -> {
                boolean isKept = view.get(Table.EXECUTION, Keys.xid(xid)).isPresent();
                var payloads = PayloadRows.Source.of(xid, view);
                yield isKept
                        ? List.of(trace(xid, ExecutionRow.decode(encoded, payloads), view))
                        : List.of();
            }
            case FeedRow.Events events ->
                    throw new IllegalStateException("events are logged, xid " + events.xid());
        };
    }

    /** Reads the history page by page, and no further than the end that the row tells of. */
    private static Trace trace(long xid, ExecutionRow row, View view) {
        var end =
                row.end()
                        .orElseThrow(() ->
                                new IllegalStateException("a trace of what runs, xid " + xid));
        var builder = new TraceBuilder(row.execution(), row.traceHeader());
        var after = Optional.<String>empty();
        do {
            var request = new Page.Request(RuntimeLimits.TRACE_PAGE_EVENTS, after);
            var page = new HistoryReader(view, xid).page(request, false);
            builder.add(
                    page.items().stream().filter(event -> event.id() < end.nextEventId()).toList());
            after = page.next().filter(next -> Long.parseLong(next) < end.nextEventId());
        } while (after.isPresent() && !builder.isFull());
        return builder.finish(
                new TraceBuilder.End(end.status(), end.stoppedAtMillis(), end.failure()));
    }

    @Override
    public int send(List<Trace> items) {
        return sink.export(items);
    }

    @Override
    public long bytes(Trace item) {
        long bytes = SPAN_BYTES;
        for (var span : item.spans()) {
            bytes += SPAN_BYTES + span.failure().cause().map(String::length).orElse(0);
        }
        return bytes;
    }
}
