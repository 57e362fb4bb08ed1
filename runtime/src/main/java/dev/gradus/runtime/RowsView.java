package dev.gradus.runtime;

import dev.gradus.runtime.spi.Cursor;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A view of rows in memory; it asks for the newest state at each read, so that a snapshot is the
 * same view with one state held fast. Any thread may use it if the supplier allows that.
 */
public final class RowsView implements View {
    /**
     * A shard after one of its batches.
     *
     * @param rows all rows of the shard
     * @param seq the place of its last batch, 0 before the first
     */
    public record State(Rows rows, long seq) {
        /** A shard to which nothing was written. */
        public static final State EMPTY = new State(Rows.EMPTY, 0);
    }

    private final Supplier<State> newest;
    private final boolean snapshot;
    private volatile boolean closed;

    private RowsView(Supplier<State> newest, boolean snapshot) {
        this.newest = newest;
        this.snapshot = snapshot;
    }

    /**
     * A view that follows its supplier. The supplier throws {@link SubstrateException} when the
     * store is closed.
     */
    public static RowsView following(Supplier<State> newest) {
        return new RowsView(newest, false);
    }

    @Override
    public Optional<byte[]> get(Table table, byte[] key) {
        return state().rows().get(table, key);
    }

    @Override
    public Cursor scan(Table table, byte[] from, byte[] to, boolean reverse) {
        return state().rows().scan(table, from, to, reverse);
    }

    @Override
    public View snapshot() {
        var held = state();
        return new RowsView(
                () -> {
                    var _ = newest.get(); // throws if the store is closed
                    return held;
                },
                true);
    }

    @Override
    public long appliedSeq() {
        return state().seq();
    }

    @Override
    public void close() {
        closed = snapshot;
    }

    private State state() {
        if (closed) {
            throw new SubstrateException("the snapshot is closed");
        }
        return newest.get();
    }
}
