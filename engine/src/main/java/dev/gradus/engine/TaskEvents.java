package dev.gradus.engine;

import dev.gradus.asl.ErrorName;
import dev.gradus.asl.TaskResource;
import dev.gradus.asl.TaskResource.Activity;
import dev.gradus.asl.TaskResource.LambdaFunction;
import dev.gradus.asl.TaskResource.Service;
import dev.gradus.expressions.Payload;

/** Records what happens to a task in the event family of its resource. */
final class TaskEvents {
    private static final Failure TIMED_OUT = Failure.of(ErrorName.TIMEOUT.text());

    private TaskEvents() {}

    static void scheduled(Turn turn, Line line, TaskCall call) {
        var limits = call.limits();
        switch (call.resource()) {
            case LambdaFunction(var arn) ->
                    turn.record(
                            line,
                            EventType.LAMBDA_FUNCTION_SCHEDULED,
                            new EventDetails.LambdaFunctionScheduled(
                                    arn, call.payload(), limits.timeout(), call.roleArn()));
            case Activity(var arn) ->
                    turn.record(
                            line,
                            EventType.ACTIVITY_SCHEDULED,
                            new EventDetails.ActivityScheduled(
                                    arn, call.payload(), limits.timeout(), limits.heartbeat()));
            case Service service ->
                    turn.record(
                            line,
                            EventType.TASK_SCHEDULED,
                            new EventDetails.TaskScheduled(
                                    service.service(),
                                    service.resourceName(),
                                    turn.execution().region(),
                                    call.payload(),
                                    limits.timeout(),
                                    limits.heartbeat(),
                                    call.roleArn()));
        }
    }

    /** Records that a call was made; an activity starts with a worker instead. */
    static void started(Turn turn, Line line, TaskResource resource) {
        switch (resource) {
            case LambdaFunction _ ->
                    turn.record(line, EventType.LAMBDA_FUNCTION_STARTED, new EventDetails.None());
            case Service service ->
                    turn.record(
                            line,
                            EventType.TASK_STARTED,
                            new EventDetails.TaskStarted(
                                    service.service(), service.resourceName()));
            case Activity _ ->
                    throw new IllegalStateException("an activity is started by its worker");
        }
    }

    static void submitted(Turn turn, Line line, Service service, Payload response) {
        turn.record(
                line,
                EventType.TASK_SUBMITTED,
                new EventDetails.TaskOutput(service.service(), service.resourceName(), response));
    }

    static void succeeded(Turn turn, Line line, TaskResource resource, Payload output) {
        switch (resource) {
            case LambdaFunction _ ->
                    turn.record(
                            line,
                            EventType.LAMBDA_FUNCTION_SUCCEEDED,
                            new EventDetails.Output(output));
            case Activity _ ->
                    turn.record(
                            line, EventType.ACTIVITY_SUCCEEDED, new EventDetails.Output(output));
            case Service service ->
                    turn.record(
                            line,
                            EventType.TASK_SUCCEEDED,
                            new EventDetails.TaskOutput(
                                    service.service(), service.resourceName(), output));
        }
    }

    static void failed(Turn turn, Line line, TaskResource resource, Failure failure) {
        switch (resource) {
            case LambdaFunction _ ->
                    turn.record(line, EventType.LAMBDA_FUNCTION_FAILED, details(failure));
            case Activity _ -> turn.record(line, EventType.ACTIVITY_FAILED, details(failure));
            case Service service ->
                    turn.record(line, EventType.TASK_FAILED, details(service, failure));
        }
    }

    /** Records a timeout or a missed heartbeat, which look the same and never have a cause. */
    static Failure timedOut(Turn turn, Line line, TaskResource resource) {
        switch (resource) {
            case LambdaFunction _ ->
                    turn.record(line, EventType.LAMBDA_FUNCTION_TIMED_OUT, details(TIMED_OUT));
            case Activity _ -> turn.record(line, EventType.ACTIVITY_TIMED_OUT, details(TIMED_OUT));
            case Service service ->
                    turn.record(line, EventType.TASK_TIMED_OUT, details(service, TIMED_OUT));
        }
        return TIMED_OUT;
    }

    /** Returns what AWS calls the task in a cause: the resource type, or the ARN without one. */
    static String nameInCause(TaskResource resource) {
        return switch (resource) {
            case Service service -> service.service();
            case LambdaFunction(var arn) -> arn;
            case Activity(var arn) -> arn;
        };
    }

    private static EventDetails details(Failure failure) {
        return new EventDetails.Failed(failure.error(), failure.cause());
    }

    private static EventDetails details(Service service, Failure failure) {
        return new EventDetails.TaskFailed(
                service.service(), service.resourceName(), failure.error(), failure.cause());
    }
}
