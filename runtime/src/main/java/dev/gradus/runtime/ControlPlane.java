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
 * What shard 0 alone does: decides every change of machines and activities, tells all shards, and
 * answers when all have applied it, so that Create then Start is read-your-writes everywhere. Used
 * by the shard's loop alone.
 */
final class ControlPlane {
    private final ShardRows rows;
    private final Catalog catalog;
    private final Outbox outbox;
    private final Platform platform;
    private final int shards;

    ControlPlane(ShardRows rows, Catalog catalog, Outbox outbox, Platform platform, int shards) {
        this.rows = rows;
        this.catalog = catalog;
        this.outbox = outbox;
        this.platform = platform;
        this.shards = shards;
    }

    void handle(ControlPlaneRequest request, long atMillis) {
        try {
            switch (request) {
                case ControlPlaneRequest.CreateMachine r ->
                        reply(r.reply(), create(r.request(), atMillis));
                case ControlPlaneRequest.UpdateMachine r ->
                        reply(r.reply(), update(r.request(), atMillis));
                case ControlPlaneRequest.DeleteMachine r -> {
                    delete(r.arn());
                    acknowledge(r.reply());
                }
                case ControlPlaneRequest.CreateActivity r ->
                        reply(r.reply(), createActivity(r.arn(), atMillis));
                case ControlPlaneRequest.DeleteActivity r -> {
                    deleteActivity(r.arn());
                    acknowledge(r.reply());
                }
            }
        } catch (ApiException refused) {
            // What was refused may rest on a change that is on its way: the answer waits for it.
            outbox.whenApplied(request.reply(), () -> rows.parkRefusal(request.reply(), refused));
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
        if (done.cardinality() < shards - 1) {
            rows.put(Table.META, key, done.toByteArray());
            return;
        }
        rows.delete(Table.META, key);
        catalog.removeMachine(machineArn);
        outbox.broadcast(new CatalogChange.MachineGone(machineArn).encode());
    }

    private Created create(Create request, long atMillis) {
        var arn = request.arn();
        var existing = catalog.machine(arn.text());
        if (existing.isPresent()) {
            return sameAs(existing.get(), request);
        }
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
        return new Created(arn, atMillis);
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
                        && revision.tracingEnabled() == request.tracingEnabled();
        if (!same) {
            throw ErrorShape.StateMachineAlreadyExists.because(
                    "State Machine Already Exists: '" + existing.arn().text() + "'");
        }
        return new Created(existing.arn(), existing.creationMillis());
    }

    private Updated update(Update request, long atMillis) {
        var machine =
                catalog.machine(request.arn().text())
                        .orElseThrow(() -> noSuchMachine(request.arn()));
        if (machine.status() == Status.DELETING) {
            throw deleting(machine);
        }
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
            return new Updated(atMillis, before.id());
        }
        var id = Optional.of(new UUID(platform.randomLong(), platform.randomLong()).toString());
        var after =
                new Revision(
                        id,
                        wanted.definition(),
                        wanted.roleArn(),
                        wanted.logging(),
                        wanted.tracingEnabled(),
                        atMillis);
        announce(machine.with(catalog.put(after)));
        return new Updated(atMillis, id);
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

    private ActivityView createActivity(Arn.Activity arn, long atMillis) {
        var existing = catalog.activity(arn.text());
        if (existing.isPresent()) {
            return existing.get().view();
        }
        var activity = new ActivityRow(arn, atMillis);
        catalog.put(activity);
        outbox.broadcast(new CatalogChange.ActivityIs(activity).encode());
        return activity.view();
    }

    private void deleteActivity(Arn.Activity arn) {
        if (catalog.activityExists(arn.text())) {
            catalog.removeActivity(arn.text());
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

    static ApiException noSuchMachine(Arn.StateMachine arn) {
        return ErrorShape.StateMachineDoesNotExist.because(
                "State Machine Does Not Exist: '" + arn.text() + "'");
    }

    static ApiException deleting(MachineRow machine) {
        return ErrorShape.StateMachineDeleting.because(
                "State Machine is being deleted: '" + machine.arn().text() + "'");
    }
}
