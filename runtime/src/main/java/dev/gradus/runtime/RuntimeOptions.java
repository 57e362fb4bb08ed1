package dev.gradus.runtime;

/**
 * What an operator may set.
 *
 * @param onLostCall what happens to a call whose answer a crash took
 * @param quotas what accounts and executions may take up
 */
public record RuntimeOptions(OnLostCall onLostCall, Quotas quotas) {
    public static final RuntimeOptions DEFAULT = new RuntimeOptions(OnLostCall.FAIL);

    /** With AWS's quotas. */
    public RuntimeOptions(OnLostCall onLostCall) {
        this(onLostCall, Quotas.AWS);
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
