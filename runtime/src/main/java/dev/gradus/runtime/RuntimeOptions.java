package dev.gradus.runtime;

/**
 * What an operator may set.
 *
 * @param onLostCall what happens to a call whose answer a crash took
 * @param feeds where logs and status changes go
 */
public record RuntimeOptions(OnLostCall onLostCall, FeedSinks feeds) {
    public static final RuntimeOptions DEFAULT = new RuntimeOptions(OnLostCall.FAIL);

    /** Options of a node that tells nobody of its executions. */
    public RuntimeOptions(OnLostCall onLostCall) {
        this(onLostCall, FeedSinks.NONE);
    }

    /** What happens to a call whose answer a crash took. */
    public enum OnLostCall {
        /**
         * The attempt fails with the integration's connection-lost error: Retry and Catch decide.
         */
        FAIL,
        /** The call is made again. */
        RESEND
    }
}
