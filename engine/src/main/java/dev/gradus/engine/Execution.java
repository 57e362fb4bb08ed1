package dev.gradus.engine;

import dev.gradus.expressions.Payload;
import java.util.Optional;

/**
 * What is fixed about an execution from its start on.
 *
 * @param arn execution ARN
 * @param name last part of the ARN
 * @param stateMachineArn unqualified ARN of the machine
 * @param stateMachineName name of the machine
 * @param versionArn set when started through a version or an alias
 * @param aliasArn set when started through an alias
 * @param roleArn role in force at the start
 * @param region of the machine, shown in TaskScheduled
 * @param startedAtMillis start date in milliseconds since the epoch
 * @param input the caller's input, compacted: what the first state sees
 * @param inputAsGiven the caller's text byte for byte: what ExecutionStarted and DescribeExecution
 *     show
 * @param kind fixed by the machine's type and the way it was started
 */
public record Execution(
        String arn,
        String name,
        String stateMachineArn,
        String stateMachineName,
        Optional<String> versionArn,
        Optional<String> aliasArn,
        String roleArn,
        String region,
        long startedAtMillis,
        Payload input,
        Payload inputAsGiven,
        Kind kind) {

    /** How it is run: what its context object shows, and how much it may do, differ. */
    public enum Kind {
        /** Durable, with a history. */
        STANDARD,
        /** Express, started and not waited for. */
        EXPRESS,
        /** Express, by StartSyncExecution. */
        SYNCHRONOUS
    }
}
