package dev.gradus.runtime;

import dev.gradus.asl.Diagnostic;
import dev.gradus.asl.MachineType;
import dev.gradus.asl.Validator;
import dev.gradus.runtime.StateMachineView.Logging;
import dev.gradus.runtime.spi.View;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * State machines: what the API calls about them. Thread-safe; no method blocks. Stages fail with
 * {@link ApiException} for what the caller did.
 */
public final class StateMachines {
    private final List<Shard> shards;
    private final Reads reads;
    private final Definitions definitions;
    private final Feeds feeds;

    StateMachines(List<Shard> shards, Reads reads, Definitions definitions, Feeds feeds) {
        this.shards = shards;
        this.reads = reads;
        this.definitions = definitions;
        this.feeds = feeds;
    }

    /** Registers a machine; answers an existing one when it is the same (api.md section 4). */
    public CompletionStage<StateMachineRequests.Created> create(
            StateMachineRequests.Create request) {
        var refused = refused(request.definition(), request.type());
        if (refused.isPresent()) {
            return CompletableFuture.failedFuture(refused.get());
        }
        return feeds.check(request.logging())
                .thenCompose(_ -> {
                    var reply = new CompletableFuture<StateMachineRequests.Created>();
                    return send(new ControlPlaneRequest.CreateMachine(request, reply), reply);
                });
    }

    /** Changes a machine; fails with StateMachineDoesNotExist. */
    public CompletionStage<StateMachineRequests.Updated> update(
            StateMachineRequests.Update request) {
        if (request.definition().isEmpty()) {
            return change(request);
        }
        return reads.read(() -> machine(request.arn()))
                .thenCompose(machine -> {
                    var refused = refused(request.definition().get(), machine.type());
                    return refused.<CompletionStage<StateMachineRequests.Updated>>map(
                                    CompletableFuture::failedFuture)
                            .orElseGet(() -> change(request));
                });
    }

    /** Marks a machine as DELETING; succeeds for one that does not exist. */
    public CompletionStage<Void> delete(Arn.StateMachine arn) {
        var reply = new CompletableFuture<Void>();
        return send(new ControlPlaneRequest.DeleteMachine(arn, reply), reply);
    }

    /**
     * Shows a machine, or one of its versions; fails with StateMachineDoesNotExist, also for an
     * alias, which may stand for two versions.
     */
    public CompletionStage<StateMachineView> describe(Arn.Startable arn) {
        return reads.read(() -> {
            var view = reads.view(0);
            return switch (arn) {
                case Arn.StateMachine machine ->
                        described(view, CatalogReads.machine(view, machine));
                case Arn.StateMachineVersion version -> described(view, version);
                case Arn.StateMachineAlias alias -> throw ControlPlane.noSuchMachine(alias);
            };
        });
    }

    private StateMachineView described(View view, MachineRow machine) {
        var revision = CatalogReads.revision(view, machine.revision());
        return machine.view(
                revision,
                definitions.of(machine.revision(), revision::definition).variableReferences());
    }

    private StateMachineView described(View view, Arn.StateMachineVersion arn) {
        var machine = CatalogReads.machine(view, arn);
        var version =
                CatalogReads.version(view, arn).orElseThrow(() -> ControlPlane.noSuchMachine(arn));
        var revision = CatalogReads.revision(view, version.revision());
        return new StateMachineView(
                arn,
                machine.status(),
                machine.type(),
                version.creationMillis(),
                revision,
                version.description(),
                definitions.of(version.revision(), revision::definition).variableReferences());
    }

    /** Lists the machines of an account and region by name in byte order. */
    public CompletionStage<Page<StateMachineView.Summary>> list(
            Arn.Place place, Page.Request page) {
        var prefix = Catalog.machineKey(new Arn.StateMachine(place, "").text());
        return reads.read(() ->
                CatalogReads.page(
                        reads.view(0),
                        prefix,
                        page,
                        row -> Optional.of(MachineRow.decode(row).summary())));
    }

    private MachineRow machine(Arn.StateMachine arn) {
        return CatalogReads.machine(reads.view(0), arn);
    }

    private CompletionStage<StateMachineRequests.Updated> change(
            StateMachineRequests.Update request) {
        return feeds.check(request.logging().orElse(Logging.OFF))
                .thenCompose(_ -> {
                    var reply = new CompletableFuture<StateMachineRequests.Updated>();
                    return send(new ControlPlaneRequest.UpdateMachine(request, reply), reply);
                });
    }

    private <T> CompletionStage<T> send(ControlPlaneRequest request, CompletableFuture<T> reply) {
        return shards.getFirst().ask(new ShardMessage.ControlPlane(request), reply);
    }

    private static Optional<ApiException> refused(String definition, MachineType type) {
        var errors =
                Validator.validate(definition, type).stream()
                        .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
                        .toList();
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        ErrorShape.InvalidDefinition.because(
                                "Invalid State Machine Definition: '"
                                        + Diagnostic.asInvalidDefinition(errors)
                                        + "'"));
    }
}
