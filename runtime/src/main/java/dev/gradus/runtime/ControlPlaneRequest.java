package dev.gradus.runtime;

import java.util.List;
import java.util.Map;
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
            return 1_024 + 2 * request.definition().length() + 1_024 * request.tags().size();
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

    record PublishVersion(
            StateMachineRequests.PublishVersion request, CompletableFuture<VersionView> reply)
            implements ControlPlaneRequest {}

    record DeleteVersion(Arn.StateMachineVersion arn, CompletableFuture<Void> reply)
            implements ControlPlaneRequest {}

    record CreateAlias(AliasRequests.Create request, CompletableFuture<AliasView> reply)
            implements ControlPlaneRequest {}

    record UpdateAlias(AliasRequests.Update request, CompletableFuture<AliasView> reply)
            implements ControlPlaneRequest {}

    record DeleteAlias(Arn.StateMachineAlias arn, CompletableFuture<Void> reply)
            implements ControlPlaneRequest {}

    record Tag(Arn.Taggable resource, Map<String, String> tags, CompletableFuture<Void> reply)
            implements ControlPlaneRequest {
        @Override
        public int bytes() {
            return 1_024 + 1_024 * tags.size();
        }
    }

    record Untag(Arn.Taggable resource, List<String> keys, CompletableFuture<Void> reply)
            implements ControlPlaneRequest {
        @Override
        public int bytes() {
            return 1_024 + 256 * keys.size();
        }
    }

    record CreateActivity(
            Arn.Activity arn, Map<String, String> tags, CompletableFuture<ActivityView> reply)
            implements ControlPlaneRequest {
        @Override
        public int bytes() {
            return 1_024 + 1_024 * tags.size();
        }
    }

    record DeleteActivity(Arn.Activity arn, CompletableFuture<Void> reply)
            implements ControlPlaneRequest {}
}
