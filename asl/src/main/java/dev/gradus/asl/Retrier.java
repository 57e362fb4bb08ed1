package dev.gradus.asl;

import java.util.List;
import java.util.OptionalLong;

/**
 * One element of Retry.
 *
 * @param errorEquals names that this retrier handles
 * @param intervalSeconds delay before the first retry
 * @param maxAttempts retries at most; 0 means never
 * @param backoffRate factor of the delay from one retry to the next, at least 1.0
 * @param maxDelaySeconds cap of the delay
 * @param jitter whether the delay is drawn between 0 and its computed value
 */
public record Retrier(
        List<ErrorName> errorEquals,
        long intervalSeconds,
        long maxAttempts,
        double backoffRate,
        OptionalLong maxDelaySeconds,
        Jitter jitter) {

    /** How the delay of a retry is spread. */
    public enum Jitter {
        NONE,
        FULL
    }

    public Retrier {
        errorEquals = List.copyOf(errorEquals);
    }
}
