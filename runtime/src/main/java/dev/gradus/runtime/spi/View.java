package dev.gradus.runtime.spi;

import java.util.Optional;

/**
 * Reads of one shard's committed rows.
 *
 * <ul>
 *   <li>Any thread may read. A read may block on a disk, so it does not belong on a virtual thread.
 *   <li>A read sees each batch with all its rows or with none. One scan sees one state of the
 *       shard: that of the moment when it was opened.
 *   <li>Reads throw {@link SubstrateException} when the store cannot read or is closed.
 *   <li>Returned arrays belong to the store's caller for reading only: they must not be changed.
 * </ul>
 */
public interface View extends AutoCloseable {

    /** The value of a row, or empty if there is no such row. */
    Optional<byte[]> get(Table table, byte[] key);

    /**
     * Walks the rows of a table from {@code from} (inclusive) to {@code to} (exclusive), keys as
     * unsigned bytes in rising order, or the same rows in falling order when {@code reverse}.
     *
     * <p>An empty {@code from} starts with the first row of the table, an empty {@code to} ends
     * after the last. Bounds that cross give no rows. The cursor must be closed.
     */
    Cursor scan(Table table, byte[] from, byte[] to, boolean reverse);

    /**
     * The same rows as now, however many batches follow. Holds resources: close it soon. A snapshot
     * of a snapshot is of the same moment, and is closed by itself.
     */
    View snapshot();

    /**
     * The place of the last batch that this view surely shows, as told to {@link
     * CommitListener#committed}; a batch behind it may be visible already.
     */
    long appliedSeq();

    /** Ends a snapshot; does nothing to the view of a lease. Further calls do nothing. */
    @Override
    void close();
}
