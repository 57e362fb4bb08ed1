package dev.gradus.engine;

import dev.gradus.asl.State.TaskState;
import dev.gradus.asl.TaskResource;
import dev.gradus.asl.TaskResource.Service;
import dev.gradus.asl.Template;
import dev.gradus.expressions.ExpressionFailure;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.Payload;
import java.util.Optional;
import java.util.Set;

/** What a task is called with. */
final class TaskParameters {
    private static final String FUNCTION_NAME = "FunctionName";

    /** AWS: the optimized integration drops all other members in silence (recorded). */
    private static final Set<String> LAMBDA_INVOKE =
            Set.of(
                    FUNCTION_NAME,
                    "Payload",
                    "Qualifier",
                    "InvocationType",
                    "ClientContext",
                    "LogType");

    private TaskParameters() {}

    /** Evaluates Parameters; the result is what history shows and the call gets. */
    static Payload of(TaskState state, View view, Payload effectiveInput) {
        var parameters = view.arguments(effectiveInput);
        if (Oversize.isNew(parameters, effectiveInput)) {
            Oversize.refuse(parameters, state.name());
        }
        return isLambdaInvoke(state.resource()) ? ofLambdaInvoke(parameters) : parameters;
    }

    /** Evaluates the role of Credentials. */
    static Optional<String> roleArn(TaskState state, View view, Payload effectiveInput) {
        if (state.credentials().isEmpty()) {
            return Optional.empty();
        }
        var credentials =
                switch (state.credentials().get()) {
                    case Template.OfPaths paths ->
                            view.template(Optional.of(paths), effectiveInput).json();
                    case Template.OfExpressions(var jsonata) ->
                            view.expressions().credentials(jsonata);
                };
        if (credentials instanceof JsonObject object
                && object.get("RoleArn").orElse(JsonObject.EMPTY) instanceof JsonString(var arn)) {
            return Optional.of(arn);
        }
        throw new ExpressionFailure(
                ExpressionFailure.RUNTIME,
                "The field 'RoleArn' is required but was missing at /States/"
                        + state.name()
                        + "/Credentials");
    }

    private static boolean isLambdaInvoke(TaskResource resource) {
        return resource instanceof Service service
                && service.service().equals("lambda")
                && service.action().equals("invoke");
    }

    private static Payload ofLambdaInvoke(Payload parameters) {
        if (!(parameters.json() instanceof JsonObject object) || !object.has(FUNCTION_NAME)) {
            throw new ExpressionFailure(
                    ExpressionFailure.RUNTIME,
                    "The Parameters '"
                            + parameters.text()
                            + "' could not be used to start the Task: [The field '"
                            + FUNCTION_NAME
                            + "' is required but was missing]");
        }
        if (LAMBDA_INVOKE.containsAll(object.names())) {
            return parameters;
        }
        var kept = JsonObject.builder();
        for (var member : object) {
            if (LAMBDA_INVOKE.contains(member.name())) {
                kept.put(member.name(), member.value());
            }
        }
        return Payload.of(kept.build());
    }
}
