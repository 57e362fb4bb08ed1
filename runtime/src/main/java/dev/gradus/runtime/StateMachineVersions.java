package dev.gradus.runtime;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Versions of state machines: what the API calls about them. Thread-safe; no method blocks. Stages
 * fail with {@link ApiException} for what the caller did.
 */
public final class StateMachineVersions {
    private final List<Shard> shards;
    private final Reads reads;

    StateMachineVersions(List<Shard> shards, Reads reads) {
        this.shards = shards;
        this.reads = reads;
    }

    /**
     * Makes a machine's current revision a version, or answers the version that it is; fails with
     * StateMachineDoesNotExist, StateMachineDeleting, ConflictException where the revision is
     * another, and ServiceQuotaExceededException.
     */
    public CompletionStage<VersionView> publish(StateMachineRequests.PublishVersion request) {
        var reply = new CompletableFuture<VersionView>();
        return send(new ControlPlaneRequest.PublishVersion(request, reply), reply);
    }

    /**
     * Forgets a version; its executions go on. Succeeds for one that does not exist, and fails with
     * ConflictException while an alias routes to it.
     */
    public CompletionStage<Void> delete(Arn.StateMachineVersion arn) {
        var reply = new CompletableFuture<Void>();
        return send(new ControlPlaneRequest.DeleteVersion(arn, reply), reply);
    }

    /** Lists the versions of a machine, newest first; none of one that does not exist. */
    public CompletionStage<Page<VersionView>> list(Arn.StateMachine machine, Page.Request page) {
        return reads.read(() ->
                CatalogReads.page(
                        reads.view(0),
                        Catalog.versionPrefix(machine),
                        page,
                        row -> Optional.of(VersionRow.decode(row).view())));
    }

    private <T> CompletionStage<T> send(ControlPlaneRequest request, CompletableFuture<T> reply) {
        return shards.getFirst().ask(new ShardMessage.ControlPlane(request), reply);
    }
}
