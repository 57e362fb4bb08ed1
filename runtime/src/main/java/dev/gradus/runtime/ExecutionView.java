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
        Failure failure) {

    /** What a list shows. */
    public record Summary(
            Arn.Execution arn,
            ExecutionState.Status status,
            long startMillis,
            OptionalLong stopMillis,
            Optional<String> versionArn,
            Optional<String> aliasArn) {}

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
