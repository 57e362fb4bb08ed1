package dev.gradus.runtime;

import dev.gradus.engine.EventDetails;
import dev.gradus.engine.EventType;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.expressions.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The stored form of history: the events of one decision in one row, ids and times as differences.
 *
 * <p>Format 1: version, first id, time of the first event, count; for each event its type, the
 * distance to its previous event (0 when it points to 0), the time since the event before, then the
 * details by their shape.
 */
final class HistoryCodec {
    private static final int VERSION = 1;
    private static final EventType[] TYPES = EventType.values();

    /** Writes events with growing, gapless ids. */
    static byte[] encode(List<HistoryEvent> events, PayloadRows.Sink payloads) {
        var row = new RowWriter(64 + events.size() * 64);
        var first = events.getFirst();
        row.u8(VERSION).number(first.id()).number(first.atMillis()).number(events.size());
        long before = first.atMillis();
        for (var event : events) {
            row.u8(event.type().ordinal());
            row.number(event.previousEventId() == 0 ? 0 : event.id() - event.previousEventId());
            row.number(event.atMillis() - before);
            before = event.atMillis();
            writeDetails(row, event.details(), payloads);
        }
        return row.done();
    }

    static List<HistoryEvent> decode(byte[] bytes, PayloadRows.Source payloads) {
        var row = new RowReader(bytes).version(VERSION);
        long id = row.number();
        long at = row.number();
        int count = row.smallNumber();
        var events = new ArrayList<HistoryEvent>(count);
        for (int i = 0; i < count; i++) {
            var type = TYPES[row.u8()];
            long distance = row.number();
            at += row.number();
            var details = readDetails(row, payloads);
            events.add(new HistoryEvent(id, distance == 0 ? 0 : id - distance, at, type, details));
            id++;
        }
        return events;
    }

    private static void writeDetails(
            RowWriter row, EventDetails details, PayloadRows.Sink payloads) {
        switch (details) {
            case EventDetails.None _ -> row.u8(0);
            case EventDetails.ExecutionStarted d -> {
                start(row, 1, payloads, d.input());
                row.text(d.roleArn())
                        .optionalText(d.stateMachineAliasArn())
                        .optionalText(d.stateMachineVersionArn());
            }
            case EventDetails.Output d -> start(row, 2, payloads, d.output());
            case EventDetails.Failed d -> row.u8(3).optionalText(d.error()).optionalText(d.cause());
            case EventDetails.StateEntered d -> start(row, 4, payloads, d.input()).text(d.name());
            case EventDetails.StateExited d -> {
                start(row, d.assigned().isPresent() ? 15 : 5, payloads, d.output()).text(d.name());
                d.assigned().ifPresent(assigned -> payloads.write(row, assigned));
            }
            case EventDetails.TaskScheduled d -> {
                start(row, 6, payloads, d.parameters());
                row.text(d.resourceType()).text(d.resource()).text(d.region());
                row.optionalNumber(d.timeoutInSeconds()).optionalNumber(d.heartbeatInSeconds());
                row.optionalText(d.credentialsRoleArn());
            }
            case EventDetails.TaskStarted d -> row.u8(7).text(d.resourceType()).text(d.resource());
            case EventDetails.TaskOutput d ->
                    start(row, 8, payloads, d.output()).text(d.resourceType()).text(d.resource());
            case EventDetails.TaskFailed d -> {
                row.u8(9).text(d.resourceType()).text(d.resource());
                row.optionalText(d.error()).optionalText(d.cause());
            }
            case EventDetails.LambdaFunctionScheduled d -> {
                start(row, 10, payloads, d.input()).text(d.resource());
                row.optionalNumber(d.timeoutInSeconds()).optionalText(d.credentialsRoleArn());
            }
            case EventDetails.ActivityScheduled d -> {
                start(row, 11, payloads, d.input()).text(d.resource());
                row.optionalNumber(d.timeoutInSeconds()).optionalNumber(d.heartbeatInSeconds());
            }
            case EventDetails.ActivityStarted d -> row.u8(12).optionalText(d.workerName());
            case EventDetails.EvaluationFailed d ->
                    row.u8(16)
                            .text(d.error())
                            .text(d.cause())
                            .optionalText(d.location())
                            .text(d.state());
            case EventDetails.ExecutionRedriven d -> row.u8(17).number(d.redriveCount());
            case EventDetails.MapStateStarted d -> row.u8(13).number(d.length());
            case EventDetails.MapIteration d -> row.u8(14).text(d.name()).number(d.index());
        }
    }

    private static RowWriter start(
            RowWriter row, int shape, PayloadRows.Sink payloads, Payload payload) {
        row.u8(shape);
        payloads.write(row, payload);
        return row;
    }

    private static EventDetails readDetails(RowReader row, PayloadRows.Source payloads) {
        int shape = row.u8();
        return switch (shape) {
            case 0 -> new EventDetails.None();
            case 1 ->
                    new EventDetails.ExecutionStarted(
                            payloads.read(row), row.text(), row.optionalText(), row.optionalText());
            case 2 -> new EventDetails.Output(payloads.read(row));
            case 3 -> new EventDetails.Failed(row.optionalText(), row.optionalText());
            case 4 -> {
                var input = payloads.read(row);
                yield new EventDetails.StateEntered(row.text(), input);
            }
            case 5 -> {
                var output = payloads.read(row);
                yield new EventDetails.StateExited(row.text(), output, Optional.empty());
            }
            case 6 -> taskScheduled(row, payloads.read(row));
            case 7 -> new EventDetails.TaskStarted(row.text(), row.text());
            case 8 -> {
                var output = payloads.read(row);
                yield new EventDetails.TaskOutput(row.text(), row.text(), output);
            }
            case 9 ->
                    new EventDetails.TaskFailed(
                            row.text(), row.text(), row.optionalText(), row.optionalText());
            case 10 -> {
                var input = payloads.read(row);
                yield new EventDetails.LambdaFunctionScheduled(
                        row.text(), input, row.optionalNumber(), row.optionalText());
            }
            case 11 -> {
                var input = payloads.read(row);
                yield new EventDetails.ActivityScheduled(
                        row.text(), input, row.optionalNumber(), row.optionalNumber());
            }
            case 12 -> new EventDetails.ActivityStarted(row.optionalText());
            case 17 -> new EventDetails.ExecutionRedriven(row.smallNumber());
            case 13 -> new EventDetails.MapStateStarted(row.number());
            case 14 -> new EventDetails.MapIteration(row.text(), row.number());
            case 15 -> {
                var output = payloads.read(row);
                var name = row.text();
                var assigned = Optional.of(payloads.read(row));
                yield new EventDetails.StateExited(name, output, assigned);
            }
            case 16 ->
                    new EventDetails.EvaluationFailed(
                            row.text(), row.text(), row.optionalText(), row.text());
            default -> throw new IllegalStateException("history details of unknown shape " + shape);
        };
    }

    private static EventDetails taskScheduled(RowReader row, Payload parameters) {
        return new EventDetails.TaskScheduled(
                row.text(),
                row.text(),
                row.text(),
                parameters,
                row.optionalNumber(),
                row.optionalNumber(),
                row.optionalText());
    }

    private HistoryCodec() {}
}
