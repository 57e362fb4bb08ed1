package dev.gradus.api;

import dev.gradus.engine.EventDetails;
import dev.gradus.engine.EventType;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.Payload;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes history events, each with the details member that belongs to its type.
 *
 * @param includeData false leaves input, output and assigned variables out; {@code parameters}
 *     stays, because AWS's model requires it
 */
record HistoryOutput(boolean includeData) {
    private static final Map<EventType, String> DETAILS = detailsMembers();

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

    private void details(EventDetails details, WireWriter out) {
        switch (details) {
            case EventDetails.None _ ->
                    throw new IllegalStateException("an event without details has no such member");
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
                exited.assigned().ifPresent(assigned -> assigned(assigned, out));
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

    private static void scheduled(EventDetails.TaskScheduled scheduled, WireWriter out) {
        resource(scheduled.resourceType(), scheduled.resource(), out);
        out.string("region", scheduled.region())
                .string("parameters", scheduled.parameters().text())
                .number("timeoutInSeconds", scheduled.timeoutInSeconds())
                .number("heartbeatInSeconds", scheduled.heartbeatInSeconds());
        credentials(scheduled.credentialsRoleArn(), out);
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

    private void assigned(Payload assigned, WireWriter out) {
        if (includeData && assigned.json() instanceof JsonObject variables) {
            out.object(
                            "assignedVariables",
                            () ->
                                    variables.forEach(variable ->
                                            out.string(variable.name(), variable.value().text())))
                    .object("assignedVariablesDetails", () -> out.flag("truncated", false));
        }
    }

    private void data(String name, String detailsName, Payload payload, WireWriter out) {
        if (includeData) {
            out.string(name, payload.text())
                    .object(detailsName, () -> out.flag("truncated", false));
        }
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
