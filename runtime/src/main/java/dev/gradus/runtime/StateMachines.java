package dev.gradus.runtime;

import dev.gradus.asl.Diagnostic;
import dev.gradus.asl.MachineType;
import dev.gradus.asl.Validator;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * State machines: what the API calls about them. Thread-safe; no method blocks. Stages fail with
 * {@link ApiException} for what the caller did.
 */
public final class StateMachines {
    private final List<Shard> shards;
    private final Reads reads;
    private final Definitions definitions;

    StateMachines(List<Shard> shards, Reads reads, Definitions definitions) {
        this.shards = shards;
        this.reads = reads;
        this.definitions = definitions;
    }

    /** Registers a machine; answers an existing one when it is the same (api.md section 4). */
    public CompletionStage<StateMachineRequests.Created> create(
            StateMachineRequests.Create request) {
        var refused = refused(request.definition(), request.type());
        if (refused.isPresent()) {
            return CompletableFuture.failedFuture(refused.get());
        }
        var reply = new CompletableFuture<StateMachineRequests.Created>();
        return send(new ControlPlaneRequest.CreateMachine(request, reply), reply);
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

    /** Fails with StateMachineDoesNotExist. */
    public CompletionStage<StateMachineView> describe(Arn.StateMachine arn) {
        return reads.read(() -> {
            var machine = machine(arn);
            var row =
                    reads.view(0)
                            .get(Table.CATALOG, Catalog.revisionKey(machine.revision()))
                            .orElseThrow(() ->
                                    new IllegalStateException("no revision row for " + arn.text()));
            var revision = MachineRow.decodeRevision(row);
            return machine.view(
                    revision,
                    definitions.of(machine.revision(), revision::definition).variableReferences());
        });
    }

    /** Lists the machines of an account and region by name in byte order. */
    public CompletionStage<Page<StateMachineView.Summary>> list(
            Arn.Place place, Page.Request page) {
        var prefix = Catalog.machineKey(new Arn.StateMachine(place, "").text());
        return reads.read(() ->
                page(reads.view(0), prefix, page, value -> MachineRow.decode(value).summary()));
    }

    /**
     * One page of the catalog rows that start with a prefix; the position is the key's last part, a
     * name.
     */
    static <T> Page<T> page(View view, byte[] prefix, Page.Request page, Function<byte[], T> item) {
        var from =
                page.after()
                        .map(name ->
                                new RowWriter(prefix.length + 80)
                                        .fixed(prefix)
                                        .fixed(name.getBytes(StandardCharsets.UTF_8))
                                        .u8(0)
                                        .done())
                        .orElse(prefix);
        var items = new ArrayList<T>();
        var last = Keys.NONE;
        try (var cursor = view.scan(Table.CATALOG, from, Keys.behind(prefix), false)) {
            while (cursor.next()) {
                if (items.size() == page.size()) {
                    int length = last.length - prefix.length;
                    return new Page<>(
                            items,
                            Optional.of(
                                    new String(
                                            last, prefix.length, length, StandardCharsets.UTF_8)));
                }
                items.add(item.apply(cursor.value()));
                last = cursor.key();
            }
        }
        return new Page<>(items, Optional.empty());
    }

    private MachineRow machine(Arn.StateMachine arn) {
        return reads.view(0)
                .get(Table.CATALOG, Catalog.machineKey(arn.text()))
                .map(MachineRow::decode)
                .orElseThrow(() -> ControlPlane.noSuchMachine(arn));
    }

    private CompletionStage<StateMachineRequests.Updated> change(
            StateMachineRequests.Update request) {
        var reply = new CompletableFuture<StateMachineRequests.Updated>();
        return send(new ControlPlaneRequest.UpdateMachine(request, reply), reply);
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
