package dev.gradus.runtime;

/**
 * What an operator may set.
 *
 * @param onLostCall what happens to a call whose answer a crash took
 * @param quotas what accounts and executions may take up
 * @param feeds where logs and status changes go
 * @param transitions how many states executions may enter
 */
public record RuntimeOptions(
        OnLostCall onLostCall, Quotas quotas, FeedSinks feeds, TransitionRate transitions) {
    public static final RuntimeOptions DEFAULT = new RuntimeOptions(OnLostCall.FAIL);

    /** With AWS's quotas, and telling nobody of its executions. */
    public RuntimeOptions(OnLostCall onLostCall) {
        this(onLostCall, Quotas.AWS, FeedSinks.NONE);
    }

    /** Without a limit of how fast executions enter states. */
    public RuntimeOptions(OnLostCall onLostCall, Quotas quotas, FeedSinks feeds) {
        this(onLostCall, quotas, feeds, TransitionRate.NONE);
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
