package dev.gradus.runtime;

import java.util.OptionalLong;

/**
 * What callers see of a Map Run; dates in milliseconds since the epoch.
 *
 * @param execution the execution whose Map state started it
 * @param settings what UpdateMapRun changes
 * @param items states of the items
 * @param executions states of the children, each of which has one item or a batch of them
 */
public record MapRunView(
        Arn.MapRun arn,
        Arn.Execution execution,
        Status status,
        long startMillis,
        OptionalLong stopMillis,
        Settings settings,
        Counts items,
        Counts executions,
        ExecutionView.Redrives redrives) {

    /** The statuses of the AWS API. */
    public enum Status {
        RUNNING,
        SUCCEEDED,
        FAILED,
        ABORTED
    }

    /**
     * What of a run can be changed.
     *
     * @param maxConcurrency children that may run at once; 0 is no limit
     * @param toleratedFailurePercentage from 0 to 100
     */
    public record Settings(
            int maxConcurrency, float toleratedFailurePercentage, long toleratedFailureCount) {}

    /** How many are in which state. */
    public record Counts(
            long pending,
            long running,
            long succeeded,
            long failed,
            long timedOut,
            long aborted,
            long total,
            long resultsWritten,
            long failuresNotRedrivable,
            long pendingRedrive) {}
}
