package dev.gradus.runtime;

import java.util.concurrent.CompletableFuture;

/** A change that shard 0 decides and all shards apply before the caller hears of it. */
sealed interface ControlPlaneRequest {

    CompletableFuture<?> reply();

    record CreateMachine(
            StateMachineRequests.Create request,
            CompletableFuture<StateMachineRequests.Created> reply)
            implements ControlPlaneRequest {}

    record UpdateMachine(
            StateMachineRequests.Update request,
            CompletableFuture<StateMachineRequests.Updated> reply)
            implements ControlPlaneRequest {}

    record DeleteMachine(Arn.StateMachine arn, CompletableFuture<Void> reply)
            implements ControlPlaneRequest {}

    record CreateActivity(Arn.Activity arn, CompletableFuture<ActivityView> reply)
            implements ControlPlaneRequest {}

    record DeleteActivity(Arn.Activity arn, CompletableFuture<Void> reply)
            implements ControlPlaneRequest {}
}
