package dev.gradus.server;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.JsonSyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** Says what of a recording this release does not have, by looking at what the case asks for. */
final class Later {
    private static final Set<String> DISTRIBUTED =
            Set.of(
                    "ItemReader",
                    "ItemBatcher",
                    "ResultWriter",
                    "ToleratedFailureCount",
                    "ToleratedFailureCountPath",
                    "ToleratedFailurePercentage",
                    "ToleratedFailurePercentagePath",
                    "Label");
    private static final Pattern OURS =
            Pattern.compile(
                    "arn:[^:]*:lambda:.*|arn:[^:]*:states:[^:]*:[0-9]+:activity:.*"
                            + "|arn:[^:]*:states:::lambda:invoke(\\.waitForTaskToken)?");
    private static final Pattern SERVICE = Pattern.compile("arn:[^:]*:(states:::.*|[a-z].*)");
    private static final Set<String> BUILT =
            Set.of(
                    "CreateStateMachine",
                    "DescribeStateMachine",
                    "UpdateStateMachine",
                    "DeleteStateMachine",
                    "ListStateMachines",
                    "DescribeStateMachineForExecution",
                    "ValidateStateMachineDefinition",
                    "StartExecution",
                    "StartSyncExecution",
                    "DescribeExecution",
                    "StopExecution",
                    "ListExecutions",
                    "GetExecutionHistory",
                    "PublishStateMachineVersion",
                    "ListStateMachineVersions",
                    "DeleteStateMachineVersion",
                    "CreateStateMachineAlias",
                    "DescribeStateMachineAlias",
                    "UpdateStateMachineAlias",
                    "DeleteStateMachineAlias",
                    "ListStateMachineAliases",
                    "TagResource",
                    "UntagResource",
                    "ListTagsForResource",
                    "CreateActivity",
                    "DescribeActivity",
                    "DeleteActivity",
                    "ListActivities",
                    "GetActivityTask",
                    "SendTaskSuccess",
                    "SendTaskFailure",
                    "SendTaskHeartbeat",
                    "TestState");

    private Later() {}

    static Optional<String> reason(Recording recording) {
        for (var call : recording.calls()) {
            if (!BUILT.contains(call.name())) {
                return Optional.of("the operation " + call.name());
            }
            var reason =
                    definition(Recording.string(call.request(), "definition"), starts(recording));
            // A test needs no more than a mock, or finds the definition at fault before it runs.
            if (reason.isPresent() && !call.name().equals("TestState")) {
                return reason;
            }
        }
        return Optional.empty();
    }

    private static boolean starts(Recording recording) {
        return recording.calls().stream().anyMatch(call -> call.name().startsWith("Start"));
    }

    private static Optional<String> definition(String text, boolean started) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Json definition;
        try {
            definition = Json.parse(text);
        } catch (JsonSyntaxException notJson) {
            return Optional.empty();
        }
        if (has(definition, (name, value) -> DISTRIBUTED.contains(name))
                || has(
                        definition,
                        (name, value) -> name.equals("Mode") && is(value, "DISTRIBUTED"))) {
            return Optional.of("distributed Map");
        }
        return started && has(definition, Later::isOtherService)
                ? Optional.of("a service other than Lambda and activities")
                : Optional.empty();
    }

    private static boolean isOtherService(String name, Json value) {
        return name.equals("Resource")
                && value instanceof JsonString(var resource)
                && SERVICE.matcher(resource).matches()
                && !OURS.matcher(resource).matches();
    }

    private static boolean is(Json value, String text) {
        return value instanceof JsonString(var string) && string.equals(text);
    }

    private static boolean has(Json json, BiPredicate<String, Json> asked) {
        return switch (json) {
            case JsonObject object ->
                    object.members().stream()
                            .anyMatch(member ->
                                    asked.test(member.name(), member.value())
                                            || has(member.value(), asked));
            case JsonArray array -> array.elements().stream().anyMatch(one -> has(one, asked));
            default -> false;
        };
    }
}
