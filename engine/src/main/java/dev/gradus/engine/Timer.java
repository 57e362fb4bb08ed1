package dev.gradus.engine;

/**
 * Something that comes due.
 *
 * @param effect the wait, attempt or back-off that it belongs to
 * @param kind what its coming due means
 * @param dueMillis when, in milliseconds since the epoch; it may fire late, never early
 */
public record Timer(EffectId effect, Kind kind, long dueMillis) {
    /** What a timer is for. */
    public enum Kind {
        /** A Wait state is over. */
        WAIT,
        /** A retry's delay is over. */
        RETRY,
        /** An attempt took too long. */
        TIMEOUT,
        /** No heartbeat came in time. */
        HEARTBEAT,
        /** The execution took longer than the machine's TimeoutSeconds. */
        DEADLINE
    }
}
