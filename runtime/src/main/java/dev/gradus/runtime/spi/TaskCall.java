package dev.gradus.runtime.spi;

import dev.gradus.asl.TaskResource;
import dev.gradus.expressions.Payload;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One call that an execution wants made.
 *
 * @param resource what to call
 * @param payload evaluated Parameters, or the effective input
 * @param executionArn who calls
 * @param stateMachineArn whose definition says so
 * @param roleArn role to act as
 * @param region of the machine
 * @param idempotencyToken the same for every sending of this one attempt, and for no other
 * @param deadlineMillis when the attempt times out, in milliseconds since the epoch; absent without
 *     a limit
 */
public record TaskCall(
        TaskResource resource,
        Payload payload,
        String executionArn,
        String stateMachineArn,
        Optional<String> roleArn,
        String region,
        String idempotencyToken,
        OptionalLong deadlineMillis) {}
