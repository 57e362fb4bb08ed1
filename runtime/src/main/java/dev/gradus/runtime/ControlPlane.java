package dev.gradus.runtime;

import dev.gradus.runtime.StateMachineRequests.Create;
import dev.gradus.runtime.StateMachineRequests.Created;
import dev.gradus.runtime.StateMachineRequests.Update;
import dev.gradus.runtime.StateMachineRequests.Updated;
import dev.gradus.runtime.StateMachineView.Revision;
import dev.gradus.runtime.StateMachineView.Status;
import dev.gradus.runtime.spi.Table;
import java.util.BitSet;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * What shard 0 alone does: decides every change of machines, versions, aliases, tags and
 * activities, tells all shards, and answers when all have applied it, so that Create then Start is
 * read-your-writes everywhere. Used by the shard's loop alone.
 */
final class ControlPlane {
    private final ShardRows rows;
    private final Catalog catalog;
    private final Outbox outbox;
    private final ShardContext context;
    private final Registered registered;
    private final VersionDecisions versions;
    private final AliasDecisions aliases;
    private final TagDecisions tags;

    ControlPlane(ShardRows rows, Catalog catalog, Outbox outbox, ShardContext context) {
        this.rows = rows;
        this.catalog = catalog;
        this.outbox = outbox;
        this.context = context;
        var quotas = context.options().quotas().counts();
        this.registered = new Registered(rows, quotas);
        this.versions = new VersionDecisions(rows, catalog, outbox, quotas.versions());
        this.aliases = new AliasDecisions(catalog, outbox, quotas.aliases());
        this.tags = new TagDecisions(rows, catalog, quotas.tags());
    }

    void handle(ControlPlaneRequest request, long atMillis) {
        try {
            decide(request, atMillis);
        } catch (ApiException refused) {
            // What was refused may rest on a change that is on its way: the answer waits for it.
            outbox.whenApplied(request.reply(), () -> rows.parkRefusal(request.reply(), refused));
        }
    }

    private void decide(ControlPlaneRequest request, long atMillis) {
        switch (request) {
            case ControlPlaneRequest.CreateMachine r ->
                    reply(r.reply(), create(r.request(), atMillis));
            case ControlPlaneRequest.UpdateMachine r ->
                    reply(r.reply(), update(r.request(), atMillis));
            case ControlPlaneRequest.DeleteMachine r -> {
                delete(r.arn());
                acknowledge(r.reply());
            }
            case ControlPlaneRequest.PublishVersion r ->
                    reply(r.reply(), versions.publish(r.request(), atMillis));
            case ControlPlaneRequest.DeleteVersion r -> {
                versions.delete(r.arn());
                acknowledge(r.reply());
            }
            case ControlPlaneRequest.CreateAlias r ->
                    reply(r.reply(), aliases.create(r.request(), atMillis));
            case ControlPlaneRequest.UpdateAlias r ->
                    reply(r.reply(), aliases.update(r.request(), atMillis));
            case ControlPlaneRequest.DeleteAlias r -> {
                aliases.delete(r.arn());
                acknowledge(r.reply());
            }
            case ControlPlaneRequest.Tag r -> {
                tags.tag(r.resource(), r.tags());
                acknowledge(r.reply());
            }
            case ControlPlaneRequest.Untag r -> {
                tags.untag(r.resource(), r.keys());
                acknowledge(r.reply());
            }
            case ControlPlaneRequest.CreateActivity r ->
                    reply(r.reply(), createActivity(r, atMillis));
            case ControlPlaneRequest.DeleteActivity r -> {
                deleteActivity(r.arn());
                acknowledge(r.reply());
            }
        }
    }

    /** A shard says that it has no open execution of a deleted machine. */
    void drained(CatalogChange.MachineDrained drained, int shard) {
        var machineArn = drained.arn();
        var machine = catalog.machine(machineArn);
        if (machine.isEmpty()
                || machine.get().status() != Status.DELETING
                || machine.get().creationMillis() != drained.creationMillis()) {
            return;
        }
        var key = Keys.meta("drained-" + machineArn);
        var done = rows.get(Table.META, key).map(BitSet::valueOf).orElseGet(BitSet::new);
        done.set(shard);
        if (done.cardinality() < context.shards() - 1) {
            rows.put(Table.META, key, done.toByteArray());
            return;
        }
        rows.delete(Table.META, key);
        versions.machineGone(machine.get().arn());
        tags.forget(machine.get().arn());
        catalog.removeMachine(machineArn);
        registered.changed(machine.get().arn(), -1);
        outbox.broadcast(new CatalogChange.MachineGone(machineArn).encode());
    }

    private Created create(Create request, long atMillis) {
        var arn = request.arn();
        var existing = catalog.machine(arn.text());
        if (existing.isPresent()) {
            return sameAs(existing.get(), request);
        }
        tags.check(arn, request.tags());
        registered.checkRoomFor(arn);
        var revision =
                new Revision(
                        Optional.empty(),
                        request.definition(),
                        request.roleArn(),
                        request.logging(),
                        request.tracingEnabled(),
                        atMillis);
        var machine =
                new MachineRow(arn, Status.ACTIVE, request.type(), atMillis, catalog.put(revision));
        announce(machine);
        registered.changed(arn, 1);
        tags.write(arn, TagRow.NONE.with(request.tags()));
        return new Created(arn, atMillis, versions.created(machine, request.publish()));
    }

    private Created sameAs(MachineRow existing, Create request) {
        if (existing.status() == Status.DELETING) {
            throw deleting(existing);
        }
        var revision = catalog.revision(existing.revision());
        boolean same =
                revision.definition().equals(request.definition())
                        && existing.type() == request.type()
                        && revision.logging().equals(request.logging())
                        && revision.tracingEnabled() == request.tracingEnabled()
                        && versions.wasCreatedWith(existing, request.publish());
        if (!same) {
            throw ErrorShape.StateMachineAlreadyExists.because(
                    "State Machine Already Exists: '" + existing.arn().text() + "'");
        }
        return new Created(
                existing.arn(),
                existing.creationMillis(),
                request.publish().flatMap(_ -> versions.current(existing)));
    }

    private Updated update(Update request, long atMillis) {
        var machine = activeMachine(catalog, request.arn());
        var before = catalog.revision(machine.revision());
        var wanted =
                new Revision(
                        before.id(),
                        request.definition().orElse(before.definition()),
                        request.roleArn().orElse(before.roleArn()),
                        request.logging().orElse(before.logging()),
                        request.tracingEnabled().orElse(before.tracingEnabled()),
                        before.updateMillis());
        if (wanted.equals(before)) {
            return new Updated(atMillis, before.id(), published(machine, request, atMillis));
        }
        if (request.publish().isPresent()) {
            versions.checkRoom(machine.arn());
        }
        var id =
                Optional.of(
                        new UUID(context.platform().randomLong(), context.platform().randomLong())
                                .toString());
        var after =
                new Revision(
                        id,
                        wanted.definition(),
                        wanted.roleArn(),
                        wanted.logging(),
                        wanted.tracingEnabled(),
                        atMillis);
        var updated = machine.with(catalog.put(after));
        announce(updated);
        return new Updated(atMillis, id, published(updated, request, atMillis));
    }

    private Optional<Arn.StateMachineVersion> published(
            MachineRow machine, Update request, long atMillis) {
        return request.publish().map(publish -> versions.publish(machine, publish, atMillis).arn());
    }

    private void delete(Arn.StateMachine arn) {
        catalog.machine(arn.text())
                .filter(machine -> machine.status() == Status.ACTIVE)
                .ifPresent(machine -> announce(machine.with(Status.DELETING)));
    }

    private void announce(MachineRow machine) {
        catalog.put(machine);
        outbox.broadcast(new CatalogChange.MachineIs(machine).encode());
    }

    private ActivityView createActivity(ControlPlaneRequest.CreateActivity request, long atMillis) {
        var arn = request.arn();
        var existing = catalog.activity(arn.text());
        if (existing.isPresent()) {
            return existing.get().view();
        }
        tags.check(arn, request.tags());
        registered.checkRoomFor(arn);
        var activity = new ActivityRow(arn, atMillis);
        catalog.put(activity);
        registered.changed(arn, 1);
        tags.write(arn, TagRow.NONE.with(request.tags()));
        outbox.broadcast(new CatalogChange.ActivityIs(activity).encode());
        return activity.view();
    }

    private void deleteActivity(Arn.Activity arn) {
        if (catalog.activityExists(arn.text())) {
            catalog.removeActivity(arn.text());
            registered.changed(arn, -1);
            tags.forget(arn);
            outbox.broadcast(new CatalogChange.ActivityGone(arn.text()).encode());
        }
    }

    private <T> void reply(CompletableFuture<T> reply, T value) {
        outbox.whenApplied(reply, () -> rows.parkReply(reply, value));
    }

    @SuppressWarnings("NullAway") // A CompletableFuture<Void> has no other value.
    private void acknowledge(CompletableFuture<Void> reply) {
        outbox.whenApplied(reply, () -> rows.parkReply(reply, null));
    }

    /** Returns a machine that takes changes. */
    static MachineRow activeMachine(Catalog catalog, Arn.StateMachine arn) {
        var machine = catalog.machine(arn.text()).orElseThrow(() -> noSuchMachine(arn));
        checkActive(machine);
        return machine;
    }

    static void checkActive(MachineRow machine) {
        if (machine.status() == Status.DELETING) {
            throw deleting(machine);
        }
    }

    static ApiException noSuchMachine(Arn.Startable arn) {
        return ErrorShape.StateMachineDoesNotExist.because(
                "State Machine Does Not Exist: '" + arn.text() + "'");
    }

    static ApiException deleting(MachineRow machine) {
        return ErrorShape.StateMachineDeleting.because(
                "State Machine is being deleted: '" + machine.arn().text() + "'");
    }
}
