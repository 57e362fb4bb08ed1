package dev.gradus.runtime.spi;

/**
 * The right to write to one shard, until it is lost or closed.
 *
 * <ul>
 *   <li>One thread at a time uses a lease and its batches, the shard's loop; {@link #view} and what
 *       comes from it may be used by any thread.
 *   <li>A lease that is lost stays lost; {@link Substrate#acquire} gives another.
 * </ul>
 */
public interface Lease extends AutoCloseable {

    /** The claimed epoch, 1 or larger; each later lease of the shard has a larger one. */
    long epoch();

    /**
     * What is committed and applied, always the newest. It does not show batches in flight. It may
     * be read after the lease was lost, until the substrate is closed.
     */
    View view();

    /**
     * Makes an empty batch for this lease. It serves one append and is not to be touched after it.
     */
    Batch newBatch();

    /**
     * Hands a batch over to be made durable, and returns at once.
     *
     * <ul>
     *   <li>Must have been made by {@link #newBatch} of this lease and hold at least one operation
     *       and at most {@link Substrate#maxBatchBytes()}; else {@link IllegalArgumentException},
     *       and nothing was appended.
     *   <li>At most {@link #maxInFlight()} batches may be without an answer; one more is an {@link
     *       IllegalStateException}.
     *   <li>Never throws for a failure of the store, nor for a lease that is lost or closed: the
     *       listener hears {@code lost}.
     *   <li>The listener hears exactly one answer, in the order of the appends. It may hear it
     *       before this method returns.
     *   <li>A batch is applied only when all earlier ones of the lease are: when one is lost, all
     *       later ones are lost.
     * </ul>
     */
    void append(Batch batch, CommitListener listener);

    /**
     * How many appended batches may be without an answer: 2, one becoming durable, one to follow.
     */
    int maxInFlight();

    /**
     * Gives the shard up. Batches in flight still get their answer; the {@link LostListener} is not
     * called for a lease that was closed. Further calls do nothing.
     */
    @Override
    void close();
}
