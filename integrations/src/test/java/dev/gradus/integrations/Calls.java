package dev.gradus.integrations;

import dev.gradus.asl.TaskResource;
import dev.gradus.engine.Failure;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.spi.Integration;
import dev.gradus.runtime.spi.TaskCall;
import dev.gradus.runtime.spi.TaskOutcome;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;

/** Task calls as the runtime makes them. */
final class Calls {
    static final String ARN_PREFIX = "arn:aws:lambda:eu-west-1:123456789012:function:";

    private Calls() {}

    static TaskCall function(String name, String input) {
        return of(new TaskResource.LambdaFunction(ARN_PREFIX + name), input);
    }

    static TaskCall invoke(String parameters) {
        return service("lambda", "invoke", TaskResource.Pattern.REQUEST_RESPONSE, parameters);
    }

    static TaskCall invokeForToken(String parameters) {
        return service("lambda", "invoke", TaskResource.Pattern.WAIT_FOR_TASK_TOKEN, parameters);
    }

    static TaskCall service(
            String service, String action, TaskResource.Pattern pattern, String parameters) {
        var arn = "arn:aws:states:::" + service + ":" + action + pattern.suffix();
        return of(new TaskResource.Service(arn, service, action, pattern), parameters);
    }

    static TaskCall of(TaskResource resource, String payload) {
        return new TaskCall(
                resource,
                Payload.ofText(payload),
                "arn:aws:states:us-east-1:123456789012:execution:m:e",
                "arn:aws:states:us-east-1:123456789012:stateMachine:m",
                Optional.empty(),
                "us-east-1",
                "token-1",
                OptionalLong.empty());
    }

    static TaskCall withRole(TaskCall call, String roleArn) {
        return new TaskCall(
                call.resource(),
                call.payload(),
                call.executionArn(),
                call.stateMachineArn(),
                Optional.of(roleArn),
                call.region(),
                call.idempotencyToken(),
                call.deadlineMillis());
    }

    static TaskCall withDeadline(TaskCall call, long millis) {
        return new TaskCall(
                call.resource(),
                call.payload(),
                call.executionArn(),
                call.stateMachineArn(),
                call.roleArn(),
                call.region(),
                call.idempotencyToken(),
                OptionalLong.of(millis));
    }

    /** Makes the call and returns its one outcome. */
    static TaskOutcome outcome(Integration integration, TaskCall call) {
        var outcomes = new ArrayList<TaskOutcome>();
        integration.call(call, outcomes::add);
        if (outcomes.size() != 1) {
            throw new AssertionError("Expected one outcome, got " + outcomes);
        }
        return outcomes.getFirst();
    }

    static String output(TaskOutcome outcome) {
        return switch (outcome) {
            case TaskOutcome.Succeeded(var output) -> output.text();
            case TaskOutcome.Submitted(var response) -> response.text();
            case TaskOutcome.Failed(var failure) -> throw new AssertionError(failure.toString());
        };
    }

    static JsonObject object(TaskOutcome outcome) {
        return switch (outcome) {
            case TaskOutcome.Succeeded(var output) -> (JsonObject) output.json();
            case TaskOutcome.Submitted(var response) -> (JsonObject) response.json();
            case TaskOutcome.Failed(var failure) -> throw new AssertionError(failure.toString());
        };
    }

    static Failure failure(TaskOutcome outcome) {
        return switch (outcome) {
            case TaskOutcome.Failed(var failure) -> failure;
            case TaskOutcome.Succeeded(var output) -> throw new AssertionError(output.text());
            case TaskOutcome.Submitted(var response) -> throw new AssertionError(response.text());
        };
    }
}
