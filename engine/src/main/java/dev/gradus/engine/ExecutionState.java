package dev.gradus.engine;

import dev.gradus.expressions.Payload;
import java.util.Optional;

/** Everything needed to go on after a crash, beside what {@link Execution} fixes. */
public sealed interface ExecutionState {

    /** Nothing happened yet; only {@link Command.StartExecution} means anything. */
    record New() implements ExecutionState {}

    /**
     * Between start and end.
     *
     * @param counters the next numbers to give out
     * @param scopes the open lines of control; 0 is the root and always there
     */
    record Running(Counters counters, Scopes scopes) implements ExecutionState {}

    /**
     * Over; only {@link Command.RedriveExecution} opens it again.
     *
     * @param counters where numbering stopped
     * @param output set when SUCCEEDED
     * @param failure error and cause as DescribeExecution shows them; both absent when SUCCEEDED or
     *     TIMED_OUT
     * @param stoppedAtMillis stop date
     * @param unfinished the lines of control as they were when it ended without success, which a
     *     redrive continues; without any it cannot be redriven
     */
    record Closed(
            Counters counters,
            Status status,
            Optional<Payload> output,
            Failure failure,
            long stoppedAtMillis,
            Scopes unfinished)
            implements ExecutionState {}

    /**
     * The next numbers of an execution; they only grow.
     *
     * @param nextEventId id of the next history event, from 1
     * @param nextEffect number of the next effect, from 1
     * @param nextScope id of the next scope, from 1 (0 is the root)
     */
    record Counters(long nextEventId, long nextEffect, int nextScope) {
        public static final Counters FIRST = new Counters(1, 1, 1);
    }

    /** The statuses of the AWS API that an execution of its own can have. */
    enum Status {
        RUNNING,
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        ABORTED
    }
}
