package dev.gradus.asl;

import dev.gradus.asl.State.TaskState;
import dev.gradus.asl.TaskResource.Pattern;
import dev.gradus.expressions.JsonObject;
import java.util.List;
import java.util.Optional;

/** Reads a Task state. */
final class TaskReader {
    private static final String RESOURCE = "Resource";
    private static final String CREDENTIALS = "Credentials";

    private TaskReader() {}

    static State read(StateDraft draft) {
        var fields = draft.fields();
        fields.require(RESOURCE);
        var resource = resource(draft);
        checkParameters(draft, resource);
        var timeout = timeLimit(draft, "TimeoutSeconds");
        var heartbeat = timeLimit(draft, "HeartbeatSeconds");
        checkHeartbeat(fields, timeout, heartbeat);
        return new TaskState(
                draft.name(),
                DataFlowReader.read(draft),
                resource,
                timeout,
                heartbeat,
                credentials(draft, resource),
                ErrorHandlingReader.read(draft),
                TransitionReader.read(draft));
    }

    private static TaskResource resource(StateDraft draft) {
        var at = draft.fields().at(RESOURCE);
        var arn = draft.fields().string(RESOURCE);
        var resource = arn.flatMap(ResourceReader::read);
        if (arn.isPresent() && resource.isEmpty()) {
            draft.findings().spoil(at, unrecognized(arn.get()));
        }
        if (draft.reading().type() == MachineType.EXPRESS) {
            resource.flatMap(TaskReader::unfitForExpress)
                    .ifPresent(text -> draft.findings().refuse(at, text));
        }
        return resource.orElseGet(() -> new TaskResource.LambdaFunction(""));
    }

    private static String unrecognized(String arn) {
        return arn.startsWith("arn:")
                ? "The resource provided "
                        + arn
                        + " is not recognized. The value is not a valid resource ARN,"
                        + " or the resource is not available in this region."
                : "Value is not a valid resource ARN";
    }

    private static Optional<String> unfitForExpress(TaskResource resource) {
        return switch (resource) {
            case TaskResource.LambdaFunction _ -> Optional.empty();
            case TaskResource.Activity _ ->
                    Optional.of("Express state machine does not support Activity ARN");
            case TaskResource.Service service ->
                    switch (service.pattern()) {
                        case REQUEST_RESPONSE -> Optional.empty();
                        case SYNC, SYNC_2 ->
                                Optional.of(
                                        "Express state machine does not support '"
                                                + Pattern.SYNC.suffix()
                                                + "' service integration");
                        // AWS ends this text, and no other, with a blank (recorded).
                        case WAIT_FOR_TASK_TOKEN ->
                                Optional.of(
                                        "Express state machine does not support '"
                                                + service.pattern().suffix()
                                                + "' service integration ");
                    };
        };
    }

    private static void checkParameters(StateDraft draft, TaskResource resource) {
        if (!(resource instanceof TaskResource.Service service)) {
            return;
        }
        var fields = draft.fields();
        var field =
                switch (draft.language()) {
                    case JSON_PATH -> "Parameters";
                    case JSONATA -> "Arguments";
                };
        var parameters = fields.value(field);
        if (parameters.isEmpty()) {
            fields.findings()
                    .refuse(
                            fields.at(),
                            field + " field is required for resource ARN: " + resource.arn());
        } else if (parameters.get() instanceof JsonObject object) {
            requireMembers(fields, field, object, Integrations.requiredParameters(service));
        }
    }

    private static void requireMembers(
            FieldReader fields, String field, JsonObject template, List<String> names) {
        for (var name : names) {
            if (!template.has(name) && !template.has(name + ".$")) {
                fields.findings()
                        .refuse(
                                fields.at(field),
                                "The field '" + name + "' is required but was missing");
            }
        }
    }

    private static Optional<TimeLimit> timeLimit(StateDraft draft, String field) {
        var fields = draft.fields();
        var expressions = JsonataReader.before(draft);
        if (expressions.isExpression(fields, field)) {
            return expressions.expression(fields, field).map(TimeLimit.Evaluated::new);
        }
        fields.allowOneOf(field, field + "Path");
        var seconds = fields.integer(field, 1, Ranges.SECONDS_MAX);
        var path = ExpressionReader.referencePath(fields, field + "Path");
        if (seconds.isPresent()) {
            return Optional.of(new TimeLimit.Seconds(seconds.getAsLong()));
        }
        return path.map(TimeLimit.SecondsPath::new);
    }

    private static void checkHeartbeat(
            FieldReader fields, Optional<TimeLimit> timeout, Optional<TimeLimit> heartbeat) {
        if (timeout.isPresent()
                && heartbeat.isPresent()
                && timeout.get() instanceof TimeLimit.Seconds(var whole)
                && heartbeat.get() instanceof TimeLimit.Seconds(var beat)
                && beat >= whole) {
            fields.findings()
                    .refuse(
                            fields.at("HeartbeatSeconds"),
                            "The value of 'HeartbeatSeconds' must be smaller than the value of"
                                    + " 'TimeoutSeconds'");
        }
    }

    private static Optional<Template> credentials(StateDraft draft, TaskResource resource) {
        var fields = draft.fields();
        fields.object(CREDENTIALS)
                .ifPresent(credentials -> {
                    if (resource instanceof TaskResource.Activity) {
                        credentials
                                .findings()
                                .refuse(
                                        credentials.at(),
                                        "The field 'Credentials' is not supported for activities");
                    }
                    credentials.string("RoleArn");
                    requireMembers(fields, CREDENTIALS, credentials.json(), List.of("RoleArn"));
                });
        return ExpressionReader.template(draft, CREDENTIALS);
    }
}
