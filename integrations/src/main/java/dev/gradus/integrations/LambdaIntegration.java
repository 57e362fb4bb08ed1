package dev.gradus.integrations;

import dev.gradus.asl.TaskResource;
import dev.gradus.asl.TaskResource.Pattern;
import dev.gradus.runtime.spi.Integration;
import dev.gradus.runtime.spi.ResultShape;
import dev.gradus.runtime.spi.TaskCall;
import dev.gradus.runtime.spi.TaskOutcome;
import dev.gradus.runtime.spi.TaskOutcome.Failed;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * Calls Lambda functions over Lambda's Invoke API, for a function's own ARN as the resource and for
 * {@code lambda:invoke} with and without {@code .waitForTaskToken}.
 *
 * <p>One call sends one request: neither this class nor the SDK below it tries again, because that
 * is for the definition's Retry to say. {@link #call} blocks until the function has answered; run
 * it on a virtual thread, where an interrupt closes the connection at once.
 *
 * <p>Safe for any number of threads. The SDK is first touched by the first call, so that the server
 * starts without waiting for it.
 */
public final class LambdaIntegration implements Integration, AutoCloseable {

    // The runtime's own timer ends the attempt at its deadline with States.Timeout. The request is
    // given up a little later, so that the two never race for the error name.
    private static final Duration DEADLINE_GRACE = Duration.ofSeconds(5);

    private final Endpoints endpoints;
    private final InstantSource clock;
    private final LambdaClients clients = new LambdaClients();
    private final ServiceShapes shapes = new ServiceShapes();

    /**
     * Opens nothing yet.
     *
     * @param clock tells how long a call may still take until its deadline
     */
    public LambdaIntegration(Endpoints endpoints, InstantSource clock) {
        this.endpoints = endpoints;
        this.clock = clock;
    }

    @Override
    public boolean performs(TaskResource resource) {
        return switch (resource) {
            case TaskResource.LambdaFunction _ -> true;
            case TaskResource.Activity _ -> false;
            case TaskResource.Service(_, var service, var action, var pattern) ->
                    service.equals("lambda")
                            && action.equals("invoke")
                            && (pattern == Pattern.REQUEST_RESPONSE
                                    || pattern == Pattern.WAIT_FOR_TASK_TOKEN);
        };
    }

    @Override
    public void call(TaskCall call, Consumer<TaskOutcome> answer) {
        answer.accept(outcome(call));
    }

    @Override
    public Failed lostCall(TaskCall call) {
        return new Failed(LambdaFailures.lost(functionName(call)));
    }

    @Override
    public Optional<ResultShape> resultShape(TaskResource resource) {
        return shapes.of(resource);
    }

    /** Closes idle connections; calls in flight fail. */
    @Override
    public void close() {
        clients.close();
    }

    private TaskOutcome outcome(TaskCall call) {
        return switch (invocation(call)) {
            case LambdaInvocation.Refused(var reason) ->
                    new Failed(LambdaFailures.refusedParameters(call.payload(), reason));
            case LambdaInvocation.Ready ready ->
                    endpoints
                            .of(AwsService.LAMBDA)
                            .map(endpoint -> send(call, ready, endpoint))
                            .orElseGet(() ->
                                    new Failed(LambdaFailures.notConfigured(ready.functionName())));
        };
    }

    private TaskOutcome send(TaskCall call, LambdaInvocation.Ready invocation, Endpoint endpoint) {
        if (endpoint instanceof Endpoint.RealAws && call.roleArn().isPresent()) {
            return new Failed(LambdaFailures.taskCredentials(call.roleArn().get()));
        }
        var region = invocation.regionOfArn().orElse(call.region());
        try {
            var client = clients.client(endpoint, region);
            return outcome(call.resource(), client.invoke(request(call, invocation)));
        } catch (SdkException | UncheckedIOException failed) {
            return new Failed(
                    LambdaFailures.of(failed, invocation.functionName(), endpoint, region));
        }
    }

    private InvokeRequest request(TaskCall call, LambdaInvocation.Ready invocation) {
        var request = invocation.request();
        call.deadlineMillis()
                .ifPresent(deadline -> {
                    var left = Duration.ofMillis(Math.max(0, deadline - clock.millis()));
                    request.overrideConfiguration(
                            override -> override.apiCallTimeout(left.plus(DEADLINE_GRACE)));
                });
        return request.build();
    }

    private static TaskOutcome outcome(TaskResource resource, InvokeResponse response) {
        return switch (resource) {
            case TaskResource.LambdaFunction _ -> LambdaAnswers.ofFunction(response);
            case TaskResource.Service(_, _, _, var pattern)
                    when pattern == Pattern.WAIT_FOR_TASK_TOKEN ->
                    switch (LambdaAnswers.ofInvoke(response)) {
                        case TaskOutcome.Succeeded(var output) -> new TaskOutcome.Submitted(output);
                        case TaskOutcome other -> other;
                    };
            case TaskResource.Service _ -> LambdaAnswers.ofInvoke(response);
            case TaskResource.Activity _ -> throw notOurs(resource);
        };
    }

    private static LambdaInvocation invocation(TaskCall call) {
        return switch (call.resource()) {
            case TaskResource.LambdaFunction(var arn) ->
                    LambdaInvocation.ofFunction(arn, call.payload());
            case TaskResource.Service _ -> LambdaInvocation.ofParameters(call.payload().json());
            case TaskResource.Activity activity -> throw notOurs(activity);
        };
    }

    private static String functionName(TaskCall call) {
        return switch (invocation(call)) {
            case LambdaInvocation.Ready ready -> ready.functionName();
            case LambdaInvocation.Refused _ -> "";
        };
    }

    private static IllegalStateException notOurs(TaskResource resource) {
        return new IllegalStateException(
                resource.arn() + " is not for Lambda; ask performs() first");
    }
}
