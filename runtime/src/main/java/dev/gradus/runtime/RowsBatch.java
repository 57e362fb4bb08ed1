package dev.gradus.runtime;

import dev.gradus.runtime.spi.Batch;
import dev.gradus.runtime.spi.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A batch that is kept as a list of changes, to be applied to {@link Rows}. */
public final class RowsBatch implements Batch {
    /** What a change takes beside its keys and values: kind, table and lengths. */
    private static final int OVERHEAD_BYTES = 6;

    private final Object owner;
    private final List<UnaryOperator<Rows>> changes = new ArrayList<>();
    private int bytes;
    private boolean sealed;

    /** Makes an empty batch that only its owner, a lease, may append. */
    public RowsBatch(Object owner) {
        this.owner = owner;
    }

    @Override
    public void put(Table table, byte[] key, byte[] value) {
        var keptKey = key.clone();
        var keptValue = value.clone();
        add(rows -> rows.put(table, keptKey, keptValue), key.length + value.length);
    }

    @Override
    public void delete(Table table, byte[] key) {
        var keptKey = key.clone();
        add(rows -> rows.delete(table, keptKey), key.length);
    }

    @Override
    public void deleteRange(Table table, byte[] from, byte[] toExclusive) {
        var keptFrom = from.clone();
        var keptTo = toExclusive.clone();
        add(rows -> rows.deleteRange(table, keptFrom, keptTo), from.length + toExclusive.length);
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
        if (!(batch instanceof RowsBatch rows) || !rows.owner.equals(owner)) {
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
            rows = change.apply(rows);
        }
        return rows;
    }

    private void add(UnaryOperator<Rows> change, int changeBytes) {
        if (sealed) {
            throw new IllegalStateException("the batch was appended already; make a new one");
        }
        changes.add(change);
        bytes += changeBytes + OVERHEAD_BYTES;
    }
}
