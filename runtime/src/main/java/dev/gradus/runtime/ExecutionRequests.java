package dev.gradus.runtime;

import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.Failure;
import java.util.Optional;

/** What callers ask for about executions. */
public final class ExecutionRequests {

    /**
     * StartExecution.
     *
     * @param machine the machine to run, or its version, or an alias that chooses one
     * @param name absent: a UUID is made
     * @param input the caller's text; {@code {}} when none was given
     */
    public record Start(
            Arn.Startable machine,
            Optional<String> name,
            String input,
            Optional<String> traceHeader) {}

    /**
     * Answer of StartExecution.
     *
     * @param arn of a Standard or of an Express execution
     */
    public record Started(Arn arn, long startMillis) {}

    /** StopExecution; answered with the stop date in milliseconds. */
    public record Stop(Arn.Execution arn, Failure reason) {}

    /**
     * RedriveExecution; answered with the redrive date in milliseconds.
     *
     * @param clientToken whoever repeats it gets the same answer
     */
    public record Redrive(Arn.Execution arn, Optional<String> clientToken) {}

    /** ListExecutions of one machine, or of what was started by a version or an alias of it. */
    public record ListOf(
            Arn.Startable machine, Optional<ExecutionState.Status> status, Page.Request page) {}

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
