package dev.gradus.runtime;

import dev.gradus.runtime.StateMachineRequests.Publish;
import dev.gradus.runtime.spi.Table;
import java.util.Optional;

/**
 * What shard 0 decides about versions. Numbers grow from 1 and are never given twice, not even
 * after a deletion. Used by the shard's loop alone.
 */
final class VersionDecisions {
    private static final String INITIAL = "INITIAL"; // AWS: the revision of a machine never updated

    private final ShardRows rows;
    private final Catalog catalog;
    private final Outbox outbox;
    private final int versionsMax;

    /**
     * Decides about versions.
     *
     * @param versionsMax of one machine
     */
    VersionDecisions(ShardRows rows, Catalog catalog, Outbox outbox, int versionsMax) {
        this.versionsMax = versionsMax;
        this.rows = rows;
        this.catalog = catalog;
        this.outbox = outbox;
    }

    /** A machine is new; it may be a version at once. */
    Optional<Arn.StateMachineVersion> created(MachineRow machine, Optional<Publish> publish) {
        if (publish.isEmpty()) {
            return Optional.empty();
        }
        write(machine.arn(), Publications.NONE.createdWith(publish));
        return Optional.of(publish(machine, publish.get(), machine.creationMillis()).arn());
    }

    /** Tells whether a machine was created with that wish for a version. */
    boolean wasCreatedWith(MachineRow machine, Optional<Publish> publish) {
        return publications(machine.arn()).atCreation().equals(publish);
    }

    /** The version that the machine's current revision is. */
    Optional<Arn.StateMachineVersion> current(MachineRow machine) {
        var number = publications(machine.arn()).numberOf(machine.revision());
        return number.isPresent()
                ? Optional.of(version(machine.arn(), number.getAsLong()))
                : Optional.empty();
    }

    VersionView publish(StateMachineRequests.PublishVersion request, long atMillis) {
        var machine = ControlPlane.activeMachine(catalog, request.machine());
        var current = catalog.revision(machine.revision()).id().orElse(INITIAL);
        request.revisionId()
                .filter(wanted -> !wanted.equals(current))
                .ifPresent(wanted -> {
                    throw ErrorShape.ConflictException.because(
                            "Failed to publish the State Machine version for revision "
                                    + wanted
                                    + ". The current State Machine revision is "
                                    + current
                                    + ".");
                });
        return publish(machine, new Publish(request.description()), atMillis);
    }

    /** Makes the current revision a version, or answers the one that it is. */
    VersionView publish(MachineRow machine, Publish publish, long atMillis) {
        var before = publications(machine.arn());
        var known = before.numberOf(machine.revision());
        if (known.isPresent()) {
            return catalog.version(version(machine.arn(), known.getAsLong())).orElseThrow().view();
        }
        checkRoom(machine.arn());
        var after = before.published(machine.revision());
        var row =
                new VersionRow(
                        version(machine.arn(), after.lastNumber()),
                        machine.revision(),
                        publish.description(),
                        atMillis);
        write(machine.arn(), after);
        catalog.put(row);
        outbox.broadcast(new CatalogChange.VersionIs(row).encode());
        return row.view();
    }

    /** Refuses one version too many; an update that would end in one is refused as a whole. */
    void checkRoom(Arn.StateMachine machine) {
        if (publications(machine).count() >= versionsMax) {
            throw ErrorShape.ServiceQuotaExceededException.because(
                    "A state machine has at most "
                            + versionsMax
                            + " versions: delete one of '"
                            + machine.text()
                            + "' to publish another.");
        }
    }

    /** Succeeds for a version that does not exist. */
    void delete(Arn.StateMachineVersion arn) {
        if (catalog.version(arn).isEmpty()) {
            return;
        }
        var machine = arn.unqualified();
        var routing =
                catalog.aliasesOf(machine).stream()
                        .filter(alias -> alias.routesTo(arn.number()))
                        .map(alias -> alias.arn().alias())
                        .toList();
        if (!routing.isEmpty()) {
            throw ErrorShape.ConflictException.because(
                    "Version to be deleted must not be referenced by an alias. Current list of aliases"
                            + " referencing this version: "
                            + routing);
        }
        write(machine, publications(machine).deleted(arn.number()));
        catalog.remove(arn);
        outbox.broadcast(new CatalogChange.VersionGone(arn).encode());
    }

    /** The machine is gone; one that gets its name begins at version 1. */
    void machineGone(Arn.StateMachine machine) {
        rows.delete(Table.CATALOG, Catalog.publicationsKey(machine));
    }

    private Publications publications(Arn.StateMachine machine) {
        return rows.get(Table.CATALOG, Catalog.publicationsKey(machine))
                .map(Publications::decode)
                .orElse(Publications.NONE);
    }

    private void write(Arn.StateMachine machine, Publications publications) {
        rows.put(Table.CATALOG, Catalog.publicationsKey(machine), publications.encode());
    }

    private static Arn.StateMachineVersion version(Arn.StateMachine machine, long number) {
        return new Arn.StateMachineVersion(machine.place(), machine.name(), number);
    }
}
