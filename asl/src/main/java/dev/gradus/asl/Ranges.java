package dev.gradus.asl;

/**
 * The ranges of numbers that a definition writes down, bounds included.
 *
 * <p>Source: the States Language, and answers of ValidateStateMachineDefinition measured by others
 * in September 2026: a machine's TimeoutSeconds and a retrier's IntervalSeconds may be 0.
 */
final class Ranges {
    /** Seconds of a timeout, heartbeat, wait or retry interval; also the attempts of a retrier. */
    static final long SECONDS_MAX = 99_999_999;

    /** Seconds of a retrier's MaxDelaySeconds: 366 days. */
    static final long MAX_DELAY_SECONDS_MAX = 31_622_400;

    /** Factor of a retrier. Ours: any delay is over its cap long before. */
    static final double BACKOFF_RATE_MAX = 1e9;

    private Ranges() {}
}
