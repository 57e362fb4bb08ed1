package dev.gradus.runtime;

import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.Failure;
import java.util.Optional;

/** What callers ask for about executions. */
public final class ExecutionRequests {

    /**
     * StartExecution.
     *
     * @param machine the machine to run
     * @param name absent: a UUID is made
     * @param input the caller's text; {@code {}} when none was given
     */
    public record Start(
            Arn.StateMachine machine,
            Optional<String> name,
            String input,
            Optional<String> traceHeader) {}

    /** Answer of StartExecution. */
    public record Started(Arn.Execution arn, long startMillis) {}

    /** StopExecution; answered with the stop date in milliseconds. */
    public record Stop(Arn.Execution arn, Failure reason) {}

    /** ListExecutions of one machine. */
    public record ListOf(
            Arn.StateMachine machine, Optional<ExecutionState.Status> status, Page.Request page) {}

    /** GetExecutionHistory. */
    public record HistoryOf(Arn.Execution arn, boolean reverseOrder, Page.Request page) {}

    /**
     * Answer to one who has held commands tried again.
     *
     * @param held how many were held
     * @param left how many of them still are
     */
    public record Released(int held, int left) {}

    private ExecutionRequests() {}
}
