package dev.gradus.runtime;

import dev.gradus.runtime.spi.Batch;
import dev.gradus.runtime.spi.Table;
import java.util.ArrayList;
import java.util.List;

/** A batch that is kept as a list of changes, to be applied to {@link Rows}. */
public final class RowsBatch implements Batch {
    private sealed interface Change {
        record Put(Table table, byte[] key, byte[] value) implements Change {}

        record Delete(Table table, byte[] key) implements Change {}

        record DeleteRange(Table table, byte[] from, byte[] to) implements Change {}
    }

    /** What a change takes beside its keys and values: kind, table and lengths. */
    private static final int OVERHEAD_BYTES = 6;

    private final Object owner;
    private final List<Change> changes = new ArrayList<>();
    private int bytes;
    private boolean sealed;

    /** Makes an empty batch that only its owner, a lease, may append. */
    public RowsBatch(Object owner) {
        this.owner = owner;
    }

    @Override
    public void put(Table table, byte[] key, byte[] value) {
        add(new Change.Put(table, key.clone(), value.clone()), key.length + value.length);
    }

    @Override
    public void delete(Table table, byte[] key) {
        add(new Change.Delete(table, key.clone()), key.length);
    }

    @Override
    public void deleteRange(Table table, byte[] from, byte[] toExclusive) {
        add(
                new Change.DeleteRange(table, from.clone(), toExclusive.clone()),
                from.length + toExclusive.length);
    }

    @Override
    public int bytes() {
        return bytes;
    }

    /**
     * Takes a batch for appending, after which it refuses every change.
     *
     * @throws IllegalArgumentException if another owner made the batch, it is empty or too large
     */
    public static RowsBatch seal(Batch batch, Object owner, int bytesMax) {
        if (!(batch instanceof RowsBatch rows) || rows.owner != owner) {
            throw new IllegalArgumentException("the batch was not made by this lease");
        }
        if (rows.sealed) {
            throw new IllegalStateException("the batch was appended already; make a new one");
        }
        if (rows.changes.isEmpty() || rows.bytes > bytesMax) {
            throw new IllegalArgumentException(
                    "a batch has 1 to " + bytesMax + " bytes, not " + rows.bytes);
        }
        rows.sealed = true;
        return rows;
    }

    /** The rows after all changes, in the order in which they were made. */
    public Rows applyTo(Rows before) {
        var rows = before;
        for (var change : changes) {
            rows =
                    switch (change) {
                        case Change.Put put -> rows.put(put.table, put.key, put.value);
                        case Change.Delete delete -> rows.delete(delete.table, delete.key);
                        case Change.DeleteRange range ->
                                rows.deleteRange(range.table, range.from, range.to);
                    };
        }
        return rows;
    }

    private void add(Change change, int changeBytes) {
        if (sealed) {
            throw new IllegalStateException("the batch was appended already; make a new one");
        }
        changes.add(change);
        bytes += changeBytes + OVERHEAD_BYTES;
    }
}
