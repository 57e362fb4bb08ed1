package dev.gradus.runtime;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Map Runs: what the API calls about them. Thread-safe; no method blocks.
 *
 * <p>A machine with a distributed Map is refused when it is created, so that no execution has a Map
 * Run: none is found here, and each list is empty.
 */
public final class MapRuns {
    private final Executions executions;

    MapRuns(Executions executions) {
        this.executions = executions;
    }

    /** Fails with ResourceNotFound. */
    public CompletionStage<MapRunView> describe(Arn.MapRun arn) {
        return CompletableFuture.failedFuture(noSuchMapRun(arn));
    }

    /** Lists the Map Runs of an execution, newest first; fails with ExecutionDoesNotExist. */
    public CompletionStage<Page<MapRunView>> list(MapRunRequests.ListOf request) {
        return executions
                .describe(request.execution())
                .thenApply(_ -> new Page<>(List.of(), Optional.empty()));
    }

    /** Fails with ResourceNotFound. */
    public CompletionStage<Void> update(MapRunRequests.Update request) {
        return CompletableFuture.failedFuture(noSuchMapRun(request.arn()));
    }

    private static ApiException noSuchMapRun(Arn.MapRun arn) {
        return ErrorShape.ResourceNotFound.because("Resource not found: '" + arn.text() + "'");
    }
}
