package dev.gradus.engine;

import dev.gradus.asl.TaskResource;
import dev.gradus.expressions.Payload;
import java.util.Optional;
import java.util.OptionalLong;

/** Something to do outside the execution, after the decision that asked for it is durable. */
public sealed interface Effect {

    /**
     * Call a service or a function.
     *
     * @param id keys the call and its answer
     * @param resource what to call
     * @param payload evaluated Parameters, or the effective input
     * @param roleArn role to assume for it, absent for the execution's own
     * @param deadlineMillis when the attempt times out, absent without a limit
     */
    record InvokeTask(
            EffectId id,
            TaskResource resource,
            Payload payload,
            Optional<String> roleArn,
            OptionalLong deadlineMillis)
            implements Effect {}

    /** Put a task on an activity's queue. */
    record ScheduleActivity(EffectId id, String activityArn, Payload input, Scope.Nonce nonce)
            implements Effect {}

    /** Wake the execution later. */
    record StartTimer(Timer timer) implements Effect {}

    /** Forget a timer; firing it all the same would be harmless. */
    record CancelTimer(Timer timer) implements Effect {}

    /** Nobody waits for this call or activity task any more: abandon it. */
    record CancelTask(EffectId id, TaskResource resource) implements Effect {}

    /** Give the execution another turn, behind others that wait. */
    record Continue() implements Effect {}
}
