package dev.gradus.runtime;

import java.util.List;
import java.util.Optional;

/** What shard 0 decides about aliases. Used by the shard's loop alone. */
final class AliasDecisions {
    private final Catalog catalog;
    private final Outbox outbox;
    private final int aliasesMax;

    /**
     * Decides about aliases.
     *
     * @param aliasesMax of one machine
     */
    AliasDecisions(Catalog catalog, Outbox outbox, int aliasesMax) {
        this.aliasesMax = aliasesMax;
        this.catalog = catalog;
        this.outbox = outbox;
    }

    AliasView create(AliasRequests.Create request, long atMillis) {
        var arn = request.arn();
        checkMachine(arn.unqualified());
        var shares = shares(request.routes());
        var existing = catalog.alias(arn);
        if (existing.isPresent()) {
            return same(existing.get(), request.description(), shares);
        }
        if (catalog.aliasesOf(arn.unqualified()).size() >= aliasesMax) {
            throw ErrorShape.ServiceQuotaExceededException.because(
                    "A state machine has at most "
                            + aliasesMax
                            + " aliases: delete one of '"
                            + arn.unqualified().text()
                            + "' to create another.");
        }
        var alias = new AliasRow(arn, request.description(), shares, atMillis, atMillis);
        announce(alias);
        return alias.view();
    }

    private static AliasView same(
            AliasRow existing, Optional<String> description, List<AliasRow.Share> shares) {
        if (!existing.description().equals(description) || !existing.shares().equals(shares)) {
            // AWS: these words also when only the description differs (recorded).
            throw ErrorShape.ConflictException.because(
                    "Failed to create alias because an alias with the same name and a different"
                            + " routing configuration already exists.");
        }
        return existing.view();
    }

    AliasView update(AliasRequests.Update request, long atMillis) {
        var before = catalog.alias(request.arn()).orElseThrow(AliasDecisions::noSuchResource);
        checkMachine(request.arn().unqualified());
        var after =
                new AliasRow(
                        before.arn(),
                        request.description().or(before::description),
                        request.routes().map(this::shares).orElse(before.shares()),
                        before.creationMillis(),
                        atMillis);
        announce(after);
        return after.view();
    }

    /** Succeeds for an alias that does not exist, but not without its machine. */
    void delete(Arn.StateMachineAlias arn) {
        if (catalog.machine(arn.unqualified().text()).isEmpty()) {
            throw noSuchResource();
        }
        if (catalog.alias(arn).isPresent()) {
            catalog.remove(arn);
            outbox.broadcast(new CatalogChange.AliasGone(arn).encode());
        }
    }

    private void announce(AliasRow alias) {
        catalog.put(alias);
        outbox.broadcast(new CatalogChange.AliasIs(alias).encode());
    }

    private void checkMachine(Arn.StateMachine arn) {
        var machine = catalog.machine(arn.text()).orElseThrow(AliasDecisions::noSuchResource);
        ControlPlane.checkActive(machine);
    }

    private List<AliasRow.Share> shares(List<AliasView.Route> routes) {
        return routes.stream()
                .map(route -> {
                    if (catalog.version(route.version()).isEmpty()) {
                        throw noSuchResource();
                    }
                    return new AliasRow.Share(route.version().number(), route.weight());
                })
                .toList();
    }

    static ApiException noSuchResource() {
        return ErrorShape.ResourceNotFound.because(
                "Request references a resource that does not exist.");
    }
}
