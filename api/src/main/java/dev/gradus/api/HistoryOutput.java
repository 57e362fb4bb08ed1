package dev.gradus.api;

import dev.gradus.engine.EventDetails;
import dev.gradus.engine.EventType;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.EscapedText;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes history events, each with the details member that belongs to its type.
 *
 * @param includeData false leaves input, output and assigned variables out; {@code parameters}
 *     stays in an answer, because AWS's model requires it, and goes in a log
 */
record HistoryOutput(boolean includeData, Reader reader) {
    /** Data of one log record, as it stands escaped in it (AWS); what is more is cut. */
    static final int LOGGED_DATA_BYTES_MAX = 248 << 10;

    /** Who gets the events. */
    enum Reader {
        CALLER,
        LOG
    }

    private static final Map<EventType, String> DETAILS = detailsMembers();

    /** What a caller of GetExecutionHistory gets. */
    HistoryOutput(boolean includeData) {
        this(includeData, Reader.CALLER);
    }

    void write(List<HistoryEvent> events, Optional<String> next, WireWriter out) {
        out.array("events", events, event -> out.object(() -> event(event, out)))
                .string("nextToken", next);
    }

    private void event(HistoryEvent event, WireWriter out) {
        out.date("timestamp", event.atMillis())
                .string("type", event.type().text())
                .number("id", event.id())
                .number("previousEventId", event.previousEventId());
        if (!(event.details() instanceof EventDetails.None)) {
            out.object(detailsMember(event.type()), () -> details(event.details(), out));
        }
    }

    /** Writes the members of an event's details; none for an event without details. */
    void details(EventDetails details, WireWriter out) {
        switch (details) {
            case EventDetails.None _ -> {}
            case EventDetails.ExecutionStarted started -> {
                input(started.input(), out);
                out.string("roleArn", started.roleArn())
                        .string("stateMachineAliasArn", started.stateMachineAliasArn())
                        .string("stateMachineVersionArn", started.stateMachineVersionArn());
            }
            case EventDetails.Output output -> output(output.output(), out);
            case EventDetails.Failed failed ->
                    out.string("error", failed.error()).string("cause", failed.cause());
            case EventDetails.StateEntered entered -> {
                out.string("name", entered.name());
                input(entered.input(), out);
            }
            case EventDetails.StateExited exited -> {
                out.string("name", exited.name());
                output(exited.output(), out);
                long left = LOGGED_DATA_BYTES_MAX - EscapedText.bytes(exited.output().text());
                exited.assigned().ifPresent(assigned -> assigned(assigned, left, out));
            }
            case EventDetails.TaskScheduled scheduled -> scheduled(scheduled, out);
            case EventDetails.TaskStarted started ->
                    resource(started.resourceType(), started.resource(), out);
            case EventDetails.TaskOutput output -> {
                resource(output.resourceType(), output.resource(), out);
                output(output.output(), out);
            }
            case EventDetails.TaskFailed failed -> {
                resource(failed.resourceType(), failed.resource(), out);
                out.string("error", failed.error()).string("cause", failed.cause());
            }
            case EventDetails.LambdaFunctionScheduled scheduled -> {
                out.string("resource", scheduled.resource());
                input(scheduled.input(), out);
                out.number("timeoutInSeconds", scheduled.timeoutInSeconds());
                credentials(scheduled.credentialsRoleArn(), out);
            }
            case EventDetails.ActivityScheduled scheduled -> {
                out.string("resource", scheduled.resource());
                input(scheduled.input(), out);
                out.number("timeoutInSeconds", scheduled.timeoutInSeconds())
                        .number("heartbeatInSeconds", scheduled.heartbeatInSeconds());
            }
            case EventDetails.ActivityStarted started ->
                    out.string("workerName", started.workerName());
            case EventDetails.EvaluationFailed failed ->
                    out.string("error", failed.error())
                            .string("cause", failed.cause())
                            .string("location", failed.location())
                            .string("state", failed.state());
            case EventDetails.ExecutionRedriven redriven ->
                    out.number("redriveCount", redriven.redriveCount());
            case EventDetails.MapStateStarted started -> out.number("length", started.length());
            case EventDetails.MapIteration iteration ->
                    out.string("name", iteration.name()).number("index", iteration.index());
        }
    }

    private void scheduled(EventDetails.TaskScheduled scheduled, WireWriter out) {
        resource(scheduled.resourceType(), scheduled.resource(), out);
        out.string("region", scheduled.region())
                .string("parameters", parameters(scheduled.parameters()))
                .number("timeoutInSeconds", scheduled.timeoutInSeconds())
                .number("heartbeatInSeconds", scheduled.heartbeatInSeconds());
        credentials(scheduled.credentialsRoleArn(), out);
    }

    private Optional<String> parameters(Payload parameters) {
        return switch (reader) {
            case CALLER -> Optional.of(parameters.text());
            case LOG ->
                    includeData
                            ? Optional.of(beginning(parameters.text(), LOGGED_DATA_BYTES_MAX))
                            : Optional.empty();
        };
    }

    private static void resource(String type, String resource, WireWriter out) {
        out.string("resourceType", type).string("resource", resource);
    }

    private static void credentials(Optional<String> roleArn, WireWriter out) {
        roleArn.ifPresent(role -> out.object("taskCredentials", () -> out.string("roleArn", role)));
    }

    private void input(Payload input, WireWriter out) {
        data("input", "inputDetails", input, out);
    }

    private void output(Payload output, WireWriter out) {
        data("output", "outputDetails", output, out);
    }

    /** In a log the variables have what the output leaves, or are left out together. */
    private void assigned(Payload assigned, long loggedBytesMax, WireWriter out) {
        if (includeData && assigned.json() instanceof JsonObject variables) {
            boolean whole =
                    reader == Reader.CALLER || EscapedText.bytes(assigned.text()) <= loggedBytesMax;
            out.object(
                            "assignedVariables",
                            () -> {
                                if (whole) {
                                    variables.forEach(variable ->
                                            out.string(variable.name(), variable.value().text()));
                                }
                            })
                    .object("assignedVariablesDetails", () -> out.flag("truncated", !whole));
        }
    }

    private void data(String name, String detailsName, Payload payload, WireWriter out) {
        if (includeData) {
            var whole = payload.text();
            var shown = beginning(whole, LOGGED_DATA_BYTES_MAX);
            boolean truncated = shown.length() < whole.length();
            out.string(name, shown).object(detailsName, () -> out.flag("truncated", truncated));
        }
    }

    private String beginning(String text, int loggedBytesMax) {
        return switch (reader) {
            case CALLER -> text;
            case LOG -> EscapedText.beginning(text, loggedBytesMax);
        };
    }

    /** Returns the member that holds the details of a type's events. */
    static String detailsMember(EventType type) {
        var member = DETAILS.get(type);
        if (member == null) {
            throw new IllegalStateException("every type has an entry, also " + type);
        }
        return member;
    }

    private static Map<EventType, String> detailsMembers() {
        var members = new EnumMap<EventType, String>(EventType.class);
        for (var type : EventType.values()) {
            var text = type.text();
            // AWS: one member for all Entered events, and one for all Exited events.
            var shared =
                    text.endsWith("StateEntered")
                            ? "StateEntered"
                            : text.endsWith("StateExited") ? "StateExited" : text;
            members.put(
                    type,
                    Character.toLowerCase(shared.charAt(0)) + shared.substring(1) + "EventDetails");
        }
        return members;
    }
}
