package dev.gradus.runtime.spi;

/**
 * How a store is: whether it can write, why not, and how its commits have gone.
 *
 * @param status what the store can do
 * @param detail one sentence for an operator: what is wrong and what to do; empty when all is well
 * @param freeBytes space left where the store writes; {@link Long#MAX_VALUE} if nothing limits it
 * @param storedBytes space that the store takes, as far as it knows without counting
 * @param commits what was committed since the store was opened
 */
public record Health(
        Status status, String detail, long freeBytes, long storedBytes, CommitStats commits) {

    /** What a store can do. */
    public enum Status {
        /** Reads and writes. */
        OK,
        /** Reads and writes, but little space is left: nothing new should be started. */
        LOW_SPACE,
        /** Reads and writes, but writes wait, because the store is behind with its own work. */
        STALLED,
        /** Reads, but every append is lost: the process must be ended and started again. */
        FAILED,
        /** Neither reads nor writes. */
        CLOSED
    }
}
