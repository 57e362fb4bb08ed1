package dev.gradus.engine;

import dev.gradus.expressions.Payload;
import java.util.Optional;

/**
 * What is fixed about an execution from its start on, or since it was last redriven.
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
 * @param redrives how often it was redriven, and when last
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
        Kind kind,
        Redrives redrives) {

    /** How it is run: what its context object shows, and how much it may do, differ. */
    public enum Kind {
        /** Durable, with a history. */
        STANDARD,
        /** Express, started and not waited for. */
        EXPRESS,
        /** Express, by StartSyncExecution. */
        SYNCHRONOUS
    }

    /**
     * How often an execution was redriven.
     *
     * @param count 0 when it never was
     * @param lastAtMillis date of the last redrive in milliseconds since the epoch; 0 without one
     */
    public record Redrives(int count, long lastAtMillis) {
        public static final Redrives NONE = new Redrives(0, 0);
    }

    /** Returns this execution as it is from another redrive on. */
    public Execution redriven(long atMillis) {
        return with(new Redrives(redrives.count() + 1, atMillis));
    }

    /** Returns this execution with other redrives. */
    public Execution with(Redrives others) {
        return new Execution(
                arn,
                name,
                stateMachineArn,
                stateMachineName,
                versionArn,
                aliasArn,
                roleArn,
                region,
                startedAtMillis,
                input,
                inputAsGiven,
                kind,
                others);
    }

    /** Returns the instant from which the limit of the whole execution counts. */
    long clockedFromMillis() {
        return redrives.count() == 0 ? startedAtMillis : redrives.lastAtMillis();
    }
}
