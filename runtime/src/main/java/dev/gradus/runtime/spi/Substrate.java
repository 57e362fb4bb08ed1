package dev.gradus.runtime.spi;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A store of shards, each an ordered map of rows that one writer at a time changes by atomic
 * batches.
 *
 * <ul>
 *   <li>All methods may be called from any thread.
 *   <li>{@link #acquire}, {@link #checkpoint} and {@link #close} block, and must not be called from
 *       a {@link CommitListener} or a {@link LostListener}: their threads do the work waited for.
 *   <li>Shards are numbered from 0 to {@code shardCount() - 1}; any other number is an {@link
 *       IllegalArgumentException}.
 *   <li>After {@link #close} every method but {@code close}, {@link #health} and {@link
 *       #shardCount} throws {@link SubstrateException}.
 * </ul>
 */
public interface Substrate extends AutoCloseable {

    /** The number of shards, fixed when the store was made. */
    int shardCount();

    /** The largest {@link Batch#bytes()} that {@link Lease#append} takes. */
    int maxBatchBytes();

    /**
     * Writes a copy of all that is committed, which opens as a store of the same kind.
     *
     * <ul>
     *   <li>The folder must exist and be empty, or not exist while its parent does.
     *   <li>The copy holds every batch that was committed before the call, and for each shard a
     *       prefix of those that commit during it.
     *   <li>Throws {@link SubstrateException} when the copy cannot be made; what is in the folder
     *       then must not be used.
     * </ul>
     */
    void checkpoint(Path emptyFolder);

    /** How the store is, cheap enough to be asked each second. Never throws. */
    Health health();

    /**
     * Claims the next epoch of a shard, catches up with what was committed, and returns the shard
     * to write to.
     *
     * <ul>
     *   <li>The new epoch is larger than every epoch that was ever claimed for the shard.
     *   <li>A lease that still held the shard is lost: its listener is called, and when this method
     *       has returned, none of its batches ever reports committed. A batch that was in flight
     *       may survive all the same, and then is in the new lease's view.
     *   <li>The view of the new lease holds every batch that ever reported committed.
     *   <li>{@code onLost} is called as {@link LostListener} says.
     *   <li>Throws {@link SubstrateException} when the claim could not be made, or its outcome is
     *       not known; the caller tries again after a back-off.
     * </ul>
     */
    Lease acquire(int shard, LostListener onLost);

    /**
     * Committed rows of a shard as this node knows them, for reads that may lag; empty when the
     * node has no replica. No lease is needed.
     */
    Optional<View> follower(int shard);

    /** Which shards this node should hold, and where each shard is held now. May change. */
    Placement placement();

    /**
     * Stops the store in order: appends in flight report {@code committed} or {@code lost}, every
     * lease is lost, cursors and snapshots left open are closed. Further calls do nothing. When the
     * method has returned, no listener is called any more.
     */
    @Override
    void close();
}
