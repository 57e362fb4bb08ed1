package dev.gradus.engine;

import dev.gradus.asl.TaskResource;
import dev.gradus.expressions.Payload;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A call that is scheduled and not yet started.
 *
 * @param roleArn role to assume for it, absent for the execution's own
 */
record TaskCall(
        EffectId id,
        TaskResource resource,
        Payload payload,
        Optional<String> roleArn,
        TaskLimits limits) {

    /**
     * How long one attempt may take, in seconds.
     *
     * @param timeout from its start
     * @param heartbeat from one heartbeat to the next
     */
    record TaskLimits(OptionalLong timeout, OptionalLong heartbeat) {
        private static final long MILLIS = 1_000;

        OptionalLong timeoutAt(long startMillis) {
            return due(startMillis, timeout);
        }

        OptionalLong heartbeatAt(long startMillis) {
            return due(startMillis, heartbeat);
        }

        private static OptionalLong due(long startMillis, OptionalLong seconds) {
            return seconds.isEmpty()
                    ? seconds
                    : OptionalLong.of(startMillis + seconds.getAsLong() * MILLIS);
        }
    }
}
