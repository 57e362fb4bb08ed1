package dev.gradus.runtime.spi;

/**
 * Hears what became of one appended batch: exactly one of its methods is called, once.
 *
 * <ul>
 *   <li>Called on a thread of the substrate, which commits for other shards too: it must return
 *       soon (post to the shard's queue), must not block and must not throw.
 *   <li>The listeners of one lease are called in the order of the appends and never at the same
 *       time; what one did is visible to the next.
 *   <li>It may call {@link Lease#append}; it must not call a method that blocks.
 * </ul>
 */
public interface CommitListener {

    /**
     * The batch is durable and applied: parked replies and effects may leave the process.
     *
     * @param seq the batch's place in the shard. It grows from batch to batch, over all epochs, not
     *     always by one
     */
    void committed(long seq);

    /**
     * The outcome is unknown: the batch may be there after a restart or may not. The lease is lost
     * with it. The batch must not be appended again.
     */
    void lost(Throwable cause);
}
