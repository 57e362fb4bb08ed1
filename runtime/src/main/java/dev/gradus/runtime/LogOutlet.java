package dev.gradus.runtime;

import dev.gradus.engine.EventDetails;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.StateMachineView.Logging;
import dev.gradus.runtime.spi.LogFormat;
import dev.gradus.runtime.spi.LogGroup;
import dev.gradus.runtime.spi.LogRecord;
import dev.gradus.runtime.spi.LogSink;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Logs history events as their machine's loggingConfiguration says. */
final class LogOutlet implements FeedOutlet<LogOutlet.Line> {
    private static final int ENVELOPE_BYTES = 512;
    private static final int CONFIGURATIONS = 1_000;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    private final LogFormat format;
    private final LogSink sink;
    private final String life;
    private final Map<RevisionKey, Logging> configurations = new ConcurrentHashMap<>();

    /**
     * Makes an outlet.
     *
     * @param life names this life of the process in the names of its streams
     */
    LogOutlet(LogFormat format, LogSink sink, String life) {
        this.format = format;
        this.sink = sink;
        this.life = life;
    }

    /** One event that is to be logged, and where. */
    record Line(LogGroup group, String machine, LogFormat.LoggedEvent logged) {}

    @Override
    public List<Line> of(FeedRow row, View view) {
        return switch (row) {
            case FeedRow.Events events -> of(events, view);
            case FeedRow.Status status ->
                    throw new IllegalStateException("a status is not logged, xid " + status.xid());
        };
    }

    private List<Line> of(FeedRow.Events row, View view) {
        var logging = logging(row.revision(), view);
        var history = view.get(Table.HISTORY, Keys.history(row.xid(), row.firstEventId()));
        if (logging.isEmpty() || history.isEmpty()) {
            return List.of();
        }
        var payloads = PayloadRows.Source.of(row.xid(), view);
        var subject = new Subject(row.executionArn(), row.redriveCount());
        return lines(logging.get(), subject, HistoryCodec.decode(history.get(), payloads));
    }

    private Optional<Logging> logging(RevisionKey key, View view) {
        if (configurations.size() >= CONFIGURATIONS) {
            configurations.clear();
        }
        return Optional.ofNullable(
                configurations.computeIfAbsent(
                        key,
                        _ ->
                                view.get(Table.CATALOG, Catalog.revisionKey(key))
                                        .map(row -> MachineRow.decodeRevision(row).logging())
                                        .orElse(Logging.OFF)));
    }

    /** The execution whose events are logged. */
    record Subject(String executionArn, long redriveCount) {}

    /** Returns what a configuration wants of some events. */
    static List<Line> lines(Logging logging, Subject subject, List<HistoryEvent> events) {
        var group = logging.destination();
        if (group.isEmpty()) {
            return List.of();
        }
        var machine = subject.executionArn().split(":", -1)[6];
        var lines = new ArrayList<Line>(events.size());
        for (var event : events) {
            if (logging.logLevel().logs(event.type())) {
                lines.add(
                        new Line(
                                group.get(),
                                machine,
                                new LogFormat.LoggedEvent(
                                        subject.executionArn(),
                                        logging.includeExecutionData(),
                                        subject.redriveCount(),
                                        event)));
            }
        }
        return lines;
    }

    @Override
    public int send(List<Line> items) {
        return sink.write(items.stream().map(this::record).toList());
    }

    private LogRecord record(Line line) {
        long atMillis = line.logged().event().atMillis();
        var day = DAY.format(Instant.ofEpochMilli(atMillis));
        return new LogRecord(
                line.group(),
                line.machine(),
                "states/" + line.machine() + "/" + day + "/" + life,
                atMillis,
                format.json(line.logged()));
    }

    @Override
    public long bytes(Line item) {
        return item.logged().includeData()
                ? ENVELOPE_BYTES + (long) payloadBytes(item.logged().event().details())
                : ENVELOPE_BYTES;
    }

    private static int payloadBytes(EventDetails details) {
        return switch (details) {
            case EventDetails.ExecutionStarted d -> d.input().bytes();
            case EventDetails.Output d -> d.output().bytes();
            case EventDetails.StateEntered d -> d.input().bytes();
            case EventDetails.StateExited d ->
                    d.output().bytes() + d.assigned().map(Payload::bytes).orElse(0);
            case EventDetails.TaskScheduled d -> d.parameters().bytes();
            case EventDetails.TaskOutput d -> d.output().bytes();
            case EventDetails.LambdaFunctionScheduled d -> d.input().bytes();
            case EventDetails.ActivityScheduled d -> d.input().bytes();
            case EventDetails.None _,
                    EventDetails.ExecutionRedriven _,
                    EventDetails.Failed _,
                    EventDetails.TaskStarted _,
                    EventDetails.TaskFailed _,
                    EventDetails.ActivityStarted _,
                    EventDetails.EvaluationFailed _,
                    EventDetails.MapStateStarted _,
                    EventDetails.MapIteration _ ->
                    0;
        };
    }
}
