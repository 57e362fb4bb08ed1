package dev.gradus.engine;

/**
 * What one Standard execution may take up; an operator may raise it, the definition cannot.
 *
 * @param historyEvents events, of which the last is ExecutionFailed
 * @param runSeconds how long it may run; {@link #UNLIMITED} for as long as it likes
 * @param runTimer whether a timer of its own ends it then; if not, somebody looks now and then at
 *     those that have run for so long
 */
public record ExecutionQuotas(int historyEvents, long runSeconds, boolean runTimer) {
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** AWS's quotas. */
    public static final ExecutionQuotas AWS =
            new ExecutionQuotas(Limits.HISTORY_EVENTS, Limits.STANDARD_SECONDS, false);
}
