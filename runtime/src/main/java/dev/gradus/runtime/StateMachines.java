package dev.gradus.runtime;

import java.util.concurrent.CompletionStage;

/** State machines: what the API calls about them. Every method may be called by any thread and never blocks. */
public final class StateMachines {

    /** Registers a machine; answers an existing one when it is the same (api.md section 4). */
    public CompletionStage<StateMachineRequests.Created> create(StateMachineRequests.Create request) {
        throw new IllegalStateException("being built: " + request);
    }

    public CompletionStage<StateMachineRequests.Updated> update(StateMachineRequests.Update request) {
        throw new IllegalStateException("being built: " + request);
    }

    /** Marks a machine as DELETING; succeeds for one that does not exist. */
    public CompletionStage<Void> delete(Arn.StateMachine arn) {
        throw new IllegalStateException("being built: " + arn);
    }

    /** Fails with StateMachineDoesNotExist. */
    public CompletionStage<StateMachineView> describe(Arn.StateMachine arn) {
        throw new IllegalStateException("being built: " + arn);
    }

    /** Lists the machines of an account and region by name in byte order. */
    public CompletionStage<Page<StateMachineView.Summary>> list(Arn.Place place, Page.Request page) {
        throw new IllegalStateException("being built: " + place + page);
    }
}
