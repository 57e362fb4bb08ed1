package dev.gradus.runtime;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** Activities: what the API calls about them. Every method may be called by any thread and never blocks. */
public final class Activities {

    /** Registers an activity, or answers the one that exists. */
    public CompletionStage<ActivityView> create(Arn.Activity arn) {
        throw new IllegalStateException("being built: " + arn);
    }

    /** Fails with ActivityDoesNotExist. */
    public CompletionStage<ActivityView> describe(Arn.Activity arn) {
        throw new IllegalStateException("being built: " + arn);
    }

    /** Forgets an activity; succeeds for one that does not exist. */
    public CompletionStage<Void> delete(Arn.Activity arn) {
        throw new IllegalStateException("being built: " + arn);
    }

    /** Lists the activities of an account and region by name. */
    public CompletionStage<Page<ActivityView>> list(Arn.Place place, Page.Request page) {
        throw new IllegalStateException("being built: " + place + page);
    }

    /**
     * Waits up to 60 seconds for a task.
     *
     * @param open tells whether the caller's connection still stands: a task is handed only to one that does
     * @return empty when nothing came in time
     */
    public CompletionStage<Optional<ActivityView.Task>> poll(
            Arn.Activity arn, Optional<String> workerName, BooleanSupplier open) {
        throw new IllegalStateException("being built: " + arn + workerName + open);
    }
}
