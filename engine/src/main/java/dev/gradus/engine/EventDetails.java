package dev.gradus.engine;

import dev.gradus.expressions.Payload;
import java.util.Optional;
import java.util.OptionalLong;

/** The members of a history event, one record for each shape; several event types share a shape. */
public sealed interface EventDetails {

    /**
     * Types without a details member: ParallelStateStarted, LambdaFunctionStarted and their kin.
     */
    record None() implements EventDetails {}

    record ExecutionStarted(
            Payload input,
            String roleArn,
            Optional<String> stateMachineAliasArn,
            Optional<String> stateMachineVersionArn)
            implements EventDetails {}

    /** ExecutionSucceeded, LambdaFunctionSucceeded, ActivitySucceeded. */
    record Output(Payload output) implements EventDetails {}

    /** Execution, LambdaFunction and Activity events that tell of a failure. */
    record Failed(Optional<String> error, Optional<String> cause) implements EventDetails {}

    /** All eight *StateEntered. */
    record StateEntered(String name, Payload input) implements EventDetails {}

    record ExecutionRedriven(int redriveCount) implements EventDetails {}

    /**
     * All seven *StateExited.
     *
     * @param assigned object from the names of the variables that were set to their values, absent
     *     when none was
     */
    record StateExited(String name, Payload output, Optional<Payload> assigned)
            implements EventDetails {}

    record TaskScheduled(
            String resourceType,
            String resource,
            String region,
            Payload parameters,
            OptionalLong timeoutInSeconds,
            OptionalLong heartbeatInSeconds,
            Optional<String> credentialsRoleArn)
            implements EventDetails {}

    /** TaskStarted. */
    record TaskStarted(String resourceType, String resource) implements EventDetails {}

    /** TaskSubmitted, TaskSucceeded. */
    record TaskOutput(String resourceType, String resource, Payload output)
            implements EventDetails {}

    /** TaskFailed, TaskTimedOut, TaskStartFailed, TaskSubmitFailed. */
    record TaskFailed(
            String resourceType, String resource, Optional<String> error, Optional<String> cause)
            implements EventDetails {}

    record LambdaFunctionScheduled(
            String resource,
            Payload input,
            OptionalLong timeoutInSeconds,
            Optional<String> credentialsRoleArn)
            implements EventDetails {}

    record ActivityScheduled(
            String resource,
            Payload input,
            OptionalLong timeoutInSeconds,
            OptionalLong heartbeatInSeconds)
            implements EventDetails {}

    record ActivityStarted(Optional<String> workerName) implements EventDetails {}

    /**
     * EvaluationFailed.
     *
     * @param location which field was at fault, absent when none was
     * @param state name of the state
     */
    record EvaluationFailed(String error, String cause, Optional<String> location, String state)
            implements EventDetails {}

    record MapStateStarted(long length) implements EventDetails {}

    /** The four MapIteration events. */
    record MapIteration(String name, long index) implements EventDetails {}
}
