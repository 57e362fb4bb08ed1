package dev.gradus.api;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.JsonSyntaxException;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import java.util.List;
import java.util.Optional;

/** What callers are told of things that are not theirs. */
final class Refusals {
    /** Members that name what an operation is about, the more telling first. */
    private static final List<String> RESOURCES =
            List.of(
                    "executionArn",
                    "stateMachineAliasArn",
                    "stateMachineVersionArn",
                    "stateMachineArn",
                    "activityArn",
                    "resourceArn",
                    "mapRunArn");

    private Refusals() {}

    /**
     * Words a refusal as AWS does.
     *
     * @param body of the request; whatever is wrong with it is not its sender's to learn
     */
    static ApiException notAllowed(Caller caller, String operation, byte[] body) {
        return ErrorShape.AccessDeniedException.because(
                "User: %s is not authorized to perform: states:%s on resource: %s because no identity-based policy allows the states:%s action"
                        .formatted(
                                caller.arn(),
                                operation,
                                resource(body).orElseGet(() -> anyOf(caller.place())),
                                operation));
    }

    private static String anyOf(Arn.Place place) {
        return "arn:%s:states:%s:%s:*"
                .formatted(place.partition(), place.region(), place.account());
    }

    private static Optional<String> resource(byte[] body) {
        try {
            if (Json.parse(body) instanceof JsonObject request) {
                return RESOURCES.stream()
                        .flatMap(name -> request.get(name).stream())
                        .filter(JsonString.class::isInstance)
                        .map(value -> ((JsonString) value).value())
                        .findFirst();
            }
        } catch (JsonSyntaxException noRequest) {
            // It is refused all the same.
        }
        return Optional.empty();
    }

    /**
     * The error for a resource that is not there, as the operations on it say it; what is another
     * account's, or in another region, is not there.
     */
    static ApiException absent(Arn arn) {
        return switch (arn) {
            case Arn.Startable machine ->
                    ErrorShape.StateMachineDoesNotExist.because(
                            "State Machine Does Not Exist: '" + machine.text() + "'");
            case Arn.LabelledStateMachine machine ->
                    ErrorShape.StateMachineDoesNotExist.because(
                            "State Machine Does Not Exist: '" + machine.text() + "'");
            case Arn.Execution execution -> noExecution(execution);
            case Arn.ExpressExecution execution -> noExecution(execution);
            case Arn.Activity activity ->
                    ErrorShape.ActivityDoesNotExist.because(
                            "Activity Does Not Exist: '" + activity.text() + "'");
            case Arn.MapRun mapRun -> noResource(mapRun);
        };
    }

    private static ApiException noExecution(Arn arn) {
        return ErrorShape.ExecutionDoesNotExist.because(
                "Execution Does Not Exist: '" + arn.text() + "'");
    }

    /** The same, as the tagging operations and those on Map Runs say it. */
    static ApiException noResource(Arn arn) {
        return ErrorShape.ResourceNotFound.because("Resource not found: '" + arn.text() + "'");
    }

    /** The same, as the operations on aliases say it. */
    static ApiException noAlias() {
        return ErrorShape.ResourceNotFound.because(
                "Request references a resource that does not exist.");
    }
}
