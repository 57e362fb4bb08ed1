package dev.gradus.runtime;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Aliases of state machines: what the API calls about them. Thread-safe; no method blocks. Stages
 * fail with {@link ApiException} for what the caller did.
 */
public final class StateMachineAliases {
    private final List<Shard> shards;
    private final Reads reads;

    StateMachineAliases(List<Shard> shards, Reads reads) {
        this.shards = shards;
        this.reads = reads;
    }

    /**
     * Makes an alias, or answers one that is the same (api.md section 4); fails with
     * ResourceNotFound, StateMachineDeleting, ConflictException and ServiceQuotaExceededException.
     */
    public CompletionStage<AliasView> create(AliasRequests.Create request) {
        var reply = new CompletableFuture<AliasView>();
        return send(new ControlPlaneRequest.CreateAlias(request, reply), reply);
    }

    /** Fails with ResourceNotFound. */
    public CompletionStage<AliasView> describe(Arn.StateMachineAlias arn) {
        return reads.read(() ->
                CatalogReads.alias(reads.view(0), arn)
                        .orElseThrow(AliasDecisions::noSuchResource)
                        .view());
    }

    /** Changes an alias; fails with ResourceNotFound and StateMachineDeleting. */
    public CompletionStage<AliasView> update(AliasRequests.Update request) {
        var reply = new CompletableFuture<AliasView>();
        return send(new ControlPlaneRequest.UpdateAlias(request, reply), reply);
    }

    /** Forgets an alias; succeeds for one that its machine does not have. */
    public CompletionStage<Void> delete(Arn.StateMachineAlias arn) {
        var reply = new CompletableFuture<Void>();
        return send(new ControlPlaneRequest.DeleteAlias(arn, reply), reply);
    }

    /**
     * Lists the aliases of a machine, or those that route to a version, by name; fails with
     * StateMachineDoesNotExist and StateMachineDeleting, and with ResourceNotFound for an absent
     * version.
     */
    public CompletionStage<Page<AliasView.Summary>> list(AliasRequests.ListOf request) {
        return reads.read(() -> {
            var view = reads.view(0);
            var machine = request.of().unqualified();
            ControlPlane.checkActive(CatalogReads.machine(view, machine));
            return switch (request.of()) {
                case Arn.StateMachine _ -> page(request, _ -> true);
                case Arn.StateMachineVersion version -> {
                    if (CatalogReads.version(view, version).isEmpty()) {
                        throw AliasDecisions.noSuchResource();
                    }
                    yield page(request, alias -> alias.routesTo(version.number()));
                }
                case Arn.StateMachineAlias alias -> throw ControlPlane.noSuchMachine(alias);
            };
        });
    }

    private Page<AliasView.Summary> page(AliasRequests.ListOf request, Predicate<AliasRow> listed) {
        return CatalogReads.page(
                reads.view(0),
                Catalog.aliasPrefix(request.of().unqualified()),
                request.page(),
                row -> Optional.of(AliasRow.decode(row)).filter(listed).map(AliasRow::summary));
    }

    private <T> CompletionStage<T> send(ControlPlaneRequest request, CompletableFuture<T> reply) {
        return shards.getFirst().ask(new ShardMessage.ControlPlane(request), reply);
    }
}
