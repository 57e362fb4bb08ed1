package dev.gradus.runtime.spi;

/**
 * Rows to put and to delete in one shard, made durable together or not at all.
 *
 * <ul>
 *   <li>Keys are relative to the shard and the table: the substrate adds both.
 *   <li>Operations take effect in the order of the calls, so that a later one for the same key
 *       wins.
 *   <li>The arrays are copied, or serialised, during the call: the caller may reuse them.
 *   <li>Used by one thread, the one that uses its lease.
 *   <li>After it was appended, each method but {@link #bytes()} throws {@link
 *       IllegalStateException}.
 * </ul>
 */
public interface Batch {

    /** Writes a row, new or not. The value may be empty, and so may the key. */
    void put(Table table, byte[] key, byte[] value);

    /** Removes a row; nothing happens if it does not exist. */
    void delete(Table table, byte[] key);

    /**
     * Removes all rows of a table from {@code from} to before {@code toExclusive}; empty bounds
     * mean the first and after the last, as in {@link View#scan}.
     */
    void deleteRange(Table table, byte[] from, byte[] toExclusive);

    /** The serialised size up to now, for the limit on a batch; 0 only if nothing was added. */
    int bytes();
}
