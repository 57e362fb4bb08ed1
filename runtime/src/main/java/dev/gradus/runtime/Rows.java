package dev.gradus.runtime;

import dev.gradus.runtime.spi.Batch;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The rows of one shard as its loop sees them: the committed ones, under those of batches in flight, under those of the
 * batch being built. Also parks what may not leave before that batch is durable.
 *
 * <p>Used by the shard's loop alone.
 */
final class Rows {
    private final View committed;
    private final ArrayDeque<Pending> inFlight = new ArrayDeque<>();
    private Pending building = new Pending();

    Rows(View committed) {
        this.committed = committed;
    }

    /** One batch from its first row until it is applied. */
    static final class Pending {
        private final Map<Key, Change> changes = new LinkedHashMap<>();
        private final List<Runnable> parked = new ArrayList<>();
        private int bytes;

        boolean isEmpty() {
            return changes.isEmpty();
        }

        int bytes() {
            return bytes;
        }

        int rows() {
            return changes.size();
        }

        List<Runnable> parked() {
            return parked;
        }

        void writeTo(Batch batch) {
            changes.forEach((key, change) -> {
                if (change.value() == null) {
                    batch.delete(key.table, key.bytes);
                } else {
                    batch.put(key.table, key.bytes, change.value());
                }
            });
        }
    }

    /** What a batch does to a row; a null value deletes it, which stays inside this class. */
    private record Change(byte @org.jspecify.annotations.Nullable [] value, boolean isNew) {}

    Optional<byte[]> get(Table table, byte[] row) {
        var key = new Key(table, row);
        var change = building.changes.get(key);
        var batches = inFlight.descendingIterator();
        while (change == null && batches.hasNext()) {
            change = batches.next().changes.get(key);
        }
        return change == null ? committed.get(table, row) : Optional.ofNullable(change.value());
    }

    /** Writes a row that may exist. */
    void put(Table table, byte[] row, byte[] value) {
        var key = new Key(table, row);
        var before = building.changes.get(key);
        change(key, new Change(value, before != null && before.isNew()), before);
    }

    /** Writes a row that does not exist: deleting it in the same batch leaves no trace. */
    void insert(Table table, byte[] row, byte[] value) {
        var key = new Key(table, row);
        var before = building.changes.get(key);
        // A row deleted earlier in this batch may exist below, so that it is an overwrite.
        change(key, new Change(value, before == null || before.isNew()), before);
    }

    void delete(Table table, byte[] row) {
        var key = new Key(table, row);
        var before = building.changes.get(key);
        if (before != null && before.isNew()) {
            building.changes.remove(key);
            building.bytes -= size(key, before);
        } else {
            change(key, new Change(null, false), before);
        }
    }

    private void change(Key key, Change change, @org.jspecify.annotations.Nullable Change before) {
        building.changes.put(key, change);
        building.bytes += size(key, change) - (before == null ? 0 : size(key, before));
    }

    private static int size(Key key, Change change) {
        return key.bytes.length + 12 + (change.value() == null ? 0 : change.value().length);
    }

    /** Shows every row of a table that is not applied yet, oldest first; an empty value is a deletion. */
    void forEachPending(Table table, BiConsumer<byte[], Optional<byte[]>> visitor) {
        for (var batch : inFlight) {
            visit(batch, table, visitor);
        }
        visit(building, table, visitor);
    }

    private static void visit(Pending batch, Table table, BiConsumer<byte[], Optional<byte[]>> visitor) {
        batch.changes.forEach((key, change) -> {
            if (key.table == table) {
                visitor.accept(key.bytes, Optional.ofNullable(change.value()));
            }
        });
    }

    /**
     * Runs something when all that the loop has seen is durable: at once when nothing is on its way, else with the
     * newest batch that holds rows.
     */
    void park(Runnable release) {
        if (!building.isEmpty()) {
            building.parked.add(release);
        } else if (inFlight.isEmpty()) {
            building.parked.add(release); // Released at the end of the turn, with no batch to wait for.
        } else {
            inFlight.getLast().parked.add(release);
        }
    }

    Pending building() {
        return building;
    }

    int inFlight() {
        return inFlight.size();
    }

    /** Closes the batch being built and opens the next; the caller appends it. */
    Pending seal() {
        var sealed = building;
        inFlight.addLast(sealed);
        building = new Pending();
        return sealed;
    }

    /** The oldest batch in flight is durable and in the committed view. */
    Pending applied() {
        return inFlight.removeFirst();
    }

    /** Takes what is parked although there is no batch: the store already has all that it saw. */
    List<Runnable> takeParkedWithoutRows() {
        if (!building.isEmpty() || building.parked.isEmpty()) {
            return List.of();
        }
        var parked = List.copyOf(building.parked);
        building = new Pending();
        return parked;
    }

    View committed() {
        return committed;
    }

    private static final class Key {
        private final Table table;
        private final byte[] bytes;
        private final int hash;

        Key(Table table, byte[] bytes) {
            this.table = table;
            this.bytes = bytes;
            this.hash = 31 * Arrays.hashCode(bytes) + table.prefix();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && key.hash == hash
                    && key.table == table
                    && Arrays.equals(key.bytes, bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
