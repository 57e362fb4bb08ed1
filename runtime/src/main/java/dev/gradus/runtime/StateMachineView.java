package dev.gradus.runtime;

import dev.gradus.asl.MachineType;
import dev.gradus.runtime.spi.LogGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What callers see of a state machine, or of one of its versions; dates in milliseconds since the
 * epoch.
 *
 * @param arn of the machine, or of the version
 * @param creationMillis of the machine, or of the version's publication
 * @param description of a version
 * @param variableReferences names of the variables that each state reads, by the names of the
 *     states that read any
 */
public record StateMachineView(
        Arn.Startable arn,
        Status status,
        MachineType type,
        long creationMillis,
        Revision revision,
        Optional<String> description,
        Map<String, List<String>> variableReferences) {

    /** Whether new executions may start. */
    public enum Status {
        ACTIVE,
        DELETING
    }

    /**
     * One state of the changeable parts.
     *
     * @param id absent until the first effective update
     * @param updateMillis when this revision came to be
     */
    public record Revision(
            Optional<String> id,
            String definition,
            String roleArn,
            Logging logging,
            boolean tracingEnabled,
            long updateMillis) {}

    /**
     * A loggingConfiguration, echoed as it was given.
     *
     * @param destinations log group ARNs; absent when the caller sent none, which is not the same
     *     as an empty list
     */
    public record Logging(
            String level, boolean includeExecutionData, Optional<List<String>> destinations) {
        public static final Logging OFF = new Logging("OFF", false, Optional.empty());

        LogLevel logLevel() {
            return LogLevel.valueOf(level);
        }

        /** Returns the one group to log to; empty when there is none, or none of that name. */
        Optional<LogGroup> destination() {
            return destinations
                    .filter(arns -> arns.size() == 1)
                    .flatMap(arns -> LogGroup.ofArn(arns.getFirst()));
        }
    }

    /** What a list shows. */
    public record Summary(Arn.StateMachine arn, MachineType type, long creationMillis) {}
}
