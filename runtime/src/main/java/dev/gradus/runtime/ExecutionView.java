package dev.gradus.runtime;

import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What callers see of an execution; dates in milliseconds since the epoch.
 *
 * @param input the caller's text byte for byte
 * @param output set when SUCCEEDED
 * @param failure error and cause, each possibly absent
 * @param redrive whether it was redriven, and whether it can be
 */
public record ExecutionView(
        Arn.Execution arn,
        ExecutionState.Status status,
        long startMillis,
        OptionalLong stopMillis,
        Optional<String> versionArn,
        Optional<String> aliasArn,
        Optional<String> traceHeader,
        String input,
        Optional<String> output,
        Failure failure,
        Redrive redrive) {

    /**
     * How often an execution was redriven.
     *
     * @param dateMillis date of the last redrive, absent when it never was
     */
    public record Redrives(int count, OptionalLong dateMillis) {
        public static final Redrives NONE = new Redrives(0, OptionalLong.empty());
    }

    /**
     * What redrives did and may do.
     *
     * @param notRedrivable why it cannot be redriven now, in AWS's words; absent when it can
     */
    public record Redrive(Redrives past, Optional<String> notRedrivable) {}

    /** What a list shows. */
    public record Summary(
            Arn.Execution arn,
            ExecutionState.Status status,
            long startMillis,
            OptionalLong stopMillis,
            Optional<String> versionArn,
            Optional<String> aliasArn,
            Redrives redrives) {}

    /**
     * The definition in force when an execution started, with its machine.
     *
     * @param variableReferences names of the variables that each state reads, by the names of the
     *     states that read any
     */
    public record Definition(
            Arn.StateMachine machine,
            StateMachineView.Revision revision,
            Map<String, List<String>> variableReferences) {}
}
