package dev.gradus.runtime;

import java.util.concurrent.CompletableFuture;

/** A change that shard 0 decides and all shards apply before the caller hears of it. */
sealed interface ControlPlaneRequest {

    CompletableFuture<?> reply();

    /** About what it takes in a queue, in bytes. */
    default int bytes() {
        return 1_024;
    }

    record CreateMachine(
            StateMachineRequests.Create request,
            CompletableFuture<StateMachineRequests.Created> reply)
            implements ControlPlaneRequest {
        @Override
        public int bytes() {
            return 1_024 + 2 * request.definition().length();
        }
    }

    record UpdateMachine(
            StateMachineRequests.Update request,
            CompletableFuture<StateMachineRequests.Updated> reply)
            implements ControlPlaneRequest {
        @Override
        public int bytes() {
            return 1_024 + 2 * request.definition().map(String::length).orElse(0);
        }
    }

    record DeleteMachine(Arn.StateMachine arn, CompletableFuture<Void> reply)
            implements ControlPlaneRequest {}

    record CreateActivity(Arn.Activity arn, CompletableFuture<ActivityView> reply)
            implements ControlPlaneRequest {}

    record DeleteActivity(Arn.Activity arn, CompletableFuture<Void> reply)
            implements ControlPlaneRequest {}
}
