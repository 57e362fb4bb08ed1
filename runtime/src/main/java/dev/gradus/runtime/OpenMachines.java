package dev.gradus.runtime;

import dev.gradus.engine.ExecutionState;
import dev.gradus.runtime.StateMachineView.Status;
import dev.gradus.runtime.spi.Table;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * Tells shard 0 when nothing of a deleted machine is open in this shard any more. Used by the
 * shard's loop alone.
 */
final class OpenMachines {
    private final ShardRows rows;
    private final Catalog catalog;
    private final Outbox outbox;

    OpenMachines(ShardRows rows, Catalog catalog, Outbox outbox) {
        this.rows = rows;
        this.catalog = catalog;
        this.outbox = outbox;
    }

    /** An execution of that machine has ended. */
    void closed(String machineArn) {
        catalog.machine(machineArn).ifPresent(this::changed);
    }

    /** A machine's row has changed here. */
    void changed(MachineRow machine) {
        if (machine.status() == Status.DELETING) {
            reportIfDrained(machine);
        }
    }

    private void reportIfDrained(MachineRow machine) {
        var arn = machine.arn().text();
        if (!hasOpen(arn)) {
            outbox.send(
                    0, new CatalogChange.MachineDrained(arn, machine.creationMillis()).encode());
        }
    }

    private boolean hasOpen(String machineArn) {
        var prefix =
                Keys.listPrefix(
                        Keys.hash128(machineArn), ListStatus.of(ExecutionState.Status.RUNNING));
        Function<byte[], String> text = key -> HexFormat.of().formatHex(key);
        var ended = new HashSet<String>();
        var started = new HashSet<String>();
        rows.forEachPending(
                Table.LIST_INDEX,
                (key, value) -> {
                    if (key.length > prefix.length
                            && Arrays.mismatch(key, prefix) == prefix.length) {
                        (value.isPresent() ? started : ended).add(text.apply(key));
                        (value.isPresent() ? ended : started).remove(text.apply(key));
                    }
                });
        if (!started.isEmpty()) {
            return true;
        }
        try (var cursor =
                rows.committed().scan(Table.LIST_INDEX, prefix, Keys.behind(prefix), false)) {
            while (cursor.next()) {
                if (!ended.contains(text.apply(cursor.key()))) {
                    return true;
                }
            }
        }
        return false;
    }
}
