package dev.gradus.runtime;

/**
 * The number of an execution within its shard: start millisecond in the upper bits, so that lists
 * order by start date.
 */
final class Xids {
    private static final int SEQUENCE_BITS = 20;

    /** Returns the smallest number that is larger than the last and not before that millisecond. */
    static long next(long last, long atMillis) {
        return Math.max(last + 1, atMillis << SEQUENCE_BITS);
    }

    /** Returns the start date in milliseconds since the epoch. */
    static long millis(long xid) {
        return xid >>> SEQUENCE_BITS;
    }

    private Xids() {}
}
