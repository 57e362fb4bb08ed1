package dev.gradus.runtime.spi;

/**
 * A walk over rows, before the first one when it is opened.
 *
 * <p>Used by one thread at a time, and closed by whoever opened it:
 *
 * <pre>{@code
 * try (var rows = view.scan(Table.TIMER, from, to, false)) {
 *     while (rows.next()) {
 *         fire(rows.key());
 *     }
 * }
 * }</pre>
 */
public interface Cursor extends AutoCloseable {

    /**
     * Steps to the next row and says whether there is one. Throws {@link SubstrateException} when
     * the store cannot read: an error never looks like the end.
     */
    boolean next();

    /** The row's key, relative to shard and table. Only after {@code next()} was true. */
    byte[] key();

    /** The row's value. Only after {@code next()} was true. */
    byte[] value();

    /** Frees what the walk holds. Further calls do nothing. */
    @Override
    void close();
}
