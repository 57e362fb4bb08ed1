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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one shard as its loop sees them: the committed ones, under those of batches in
 * flight, under those of the batch being built. Also parks what may not leave before that batch is
 * durable.
 *
 * <p>Used by the shard's loop alone.
 */
final class ShardRows {
    /** What a row takes in a batch beside key and value, at most: lengths, and when sealed. */
    private static final int ROW_BYTES = 56;

    private final View committed;
    private final ArrayDeque<Pending> inFlight = new ArrayDeque<>();
    private Pending building = new Pending();

    ShardRows(View committed) {
        this.committed = committed;
    }

    /** One batch from its first row until it is applied. */
    static final class Pending {
        private final Map<Key, Change> changes = new LinkedHashMap<>();
        private final List<Parked> parked = new ArrayList<>();
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

        List<Parked> parked() {
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

    /**
     * Something that may not leave before its batch is durable.
     *
     * @param release lets it leave
     * @param lost says that it never will
     */
    record Parked(Runnable release, Consumer<Throwable> lost) {}

    /** What a batch does to a row; a null value deletes it, which stays inside this class. */
    private record Change(byte @Nullable [] value, boolean isNew) {}

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

    private void change(Key key, Change change, @Nullable Change before) {
        building.changes.put(key, change);
        building.bytes += size(key, change) - (before == null ? 0 : size(key, before));
    }

    private static int size(Key key, Change change) {
        return key.bytes.length + ROW_BYTES + (change.value() == null ? 0 : change.value().length);
    }

    /**
     * Shows every row of a table that is not applied yet, oldest first; an empty value is a
     * deletion.
     */
    void forEachPending(Table table, BiConsumer<byte[], Optional<byte[]>> visitor) {
        for (var batch : inFlight) {
            visit(batch, table, visitor);
        }
        visit(building, table, visitor);
    }

    /** Returns the rows of a table whose keys start so, in the order of their keys. */
    SortedMap<byte[], byte[]> scan(Table table, byte[] prefix) {
        var found = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        try (var cursor = committed.scan(table, prefix, Keys.behind(prefix), false)) {
            while (cursor.next()) {
                found.put(cursor.key(), cursor.value());
            }
        }
        forEachPending(
                table,
                (key, value) -> {
                    if (Arrays.mismatch(key, prefix) == prefix.length
                            || Arrays.equals(key, prefix)) {
                        value.ifPresentOrElse(
                                bytes -> found.put(key, bytes), () -> found.remove(key));
                    }
                });
        return found;
    }

    private static void visit(
            Pending batch, Table table, BiConsumer<byte[], Optional<byte[]>> visitor) {
        batch.changes.forEach((key, change) -> {
            if (key.table == table) {
                visitor.accept(key.bytes, Optional.ofNullable(change.value()));
            }
        });
    }

    /**
     * Carries an effect out when all that the loop has seen is durable; not at all when it is lost.
     */
    void park(Runnable effect) {
        park(effect, _ -> {});
    }

    /** Does the same; hears it when the batch is lost. */
    void park(Runnable effect, Consumer<Throwable> lost) {
        park(new Parked(effect, lost));
    }

    /**
     * Answers a caller when all that the loop has seen is durable, or that the outcome is unknown
     * when it is lost.
     */
    <T> void parkReply(CompletableFuture<T> reply, T value) {
        park(new Parked(() -> reply.complete(value), reply::completeExceptionally));
    }

    /** Refuses a caller when all that the loop has seen is durable. */
    void parkRefusal(CompletableFuture<?> reply, ApiException refused) {
        park(new Parked(() -> reply.completeExceptionally(refused), reply::completeExceptionally));
    }

    // With no row in the batch being built, what was seen is at most as new as the newest batch in
    // flight.
    private void park(Parked parked) {
        boolean rides = !building.isEmpty() || inFlight.isEmpty();
        (rides ? building : inFlight.getLast()).parked.add(parked);
    }

    /** Everything that waits for a batch that will never be durable. */
    List<Parked> takeAllParked() {
        var all = new ArrayList<Parked>();
        inFlight.forEach(batch -> all.addAll(batch.parked));
        all.addAll(building.parked);
        inFlight.clear();
        building = new Pending();
        return all;
    }

    /** How many replies and effects wait for a batch. */
    int parked() {
        int count = building.parked.size();
        for (var batch : inFlight) {
            count += batch.parked.size();
        }
        return count;
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
    List<Parked> takeParkedWithoutRows() {
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
