package dev.gradus.runtime.spi;

/**
 * Hears that a lease was lost: another claim, an error of the store, or its close.
 *
 * <ul>
 *   <li>Called at most once for a lease, and never after the lease was closed by its holder.
 *   <li>Called after the listeners of all its batches in flight have had their answer.
 *   <li>Called on a thread of the substrate: it must return soon, must not block and must not
 *       throw.
 * </ul>
 */
@FunctionalInterface
public interface LostListener {

    /** The lease writes no more; what was in memory for the shard must be dropped. */
    void lost(Throwable cause);
}
