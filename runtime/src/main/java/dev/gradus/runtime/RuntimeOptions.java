package dev.gradus.runtime;

/**
 * What an operator may set.
 *
 * @param onLostCall what happens to a call whose answer a crash took
 * @param quotas what accounts and executions may take up
 * @param feeds where logs and status changes go
 */
public record RuntimeOptions(OnLostCall onLostCall, Quotas quotas, FeedSinks feeds) {
    public static final RuntimeOptions DEFAULT = new RuntimeOptions(OnLostCall.FAIL);

    /** With AWS's quotas, and telling nobody of its executions. */
    public RuntimeOptions(OnLostCall onLostCall) {
        this(onLostCall, Quotas.AWS, FeedSinks.NONE);
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
