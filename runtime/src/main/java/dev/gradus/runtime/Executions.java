package dev.gradus.runtime;

import dev.gradus.engine.HistoryEvent;
import java.util.concurrent.CompletionStage;

/** Executions: what the API calls about them. Every method may be called by any thread and never blocks. */
public final class Executions {

    /** Starts an execution; answers when its first decision is durable. */
    public CompletionStage<ExecutionRequests.Started> start(ExecutionRequests.Start request) {
        throw new IllegalStateException("being built: " + request);
    }

    /** Fails with ExecutionDoesNotExist. */
    public CompletionStage<ExecutionView> describe(Arn.Execution arn) {
        throw new IllegalStateException("being built: " + arn);
    }

    /** Returns the definition in force when the execution started. */
    public CompletionStage<ExecutionView.Definition> definitionOf(Arn.Execution arn) {
        throw new IllegalStateException("being built: " + arn);
    }

    /** Aborts a running execution; answers the stop date in milliseconds, also of one that had ended before. */
    public CompletionStage<Long> stop(ExecutionRequests.Stop request) {
        throw new IllegalStateException("being built: " + request);
    }

    /** Lists a machine's executions, newest first; fails with StateMachineDoesNotExist. */
    public CompletionStage<Page<ExecutionView.Summary>> list(ExecutionRequests.ListOf request) {
        throw new IllegalStateException("being built: " + request);
    }

    public CompletionStage<Page<HistoryEvent>> history(ExecutionRequests.HistoryOf request) {
        throw new IllegalStateException("being built: " + request);
    }
}
