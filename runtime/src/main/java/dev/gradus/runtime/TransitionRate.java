package dev.gradus.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * How many states the Standard executions of an account and region may enter: a token bucket that
 * delays them and never fails them. For any thread.
 *
 * <p>An execution that finds the bucket empty waits for its turn behind those that wait already; a
 * step that was under way may overdraw the bucket a little, which those after it make up for.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step
 *     Functions service quotas</a>
 */
public final class TransitionRate {
    /** No limit. */
    public static final TransitionRate NONE =
            new TransitionRate(_ -> new Rate(Long.MAX_VALUE, Long.MAX_VALUE), () -> 0);

    private static final double NANOS = 1e9;
    private static final long MILLIS = 1_000;

    private final Function<String, Rate> rates;
    private final LongSupplier nanos;
    private final Map<Owner, Bucket> buckets = new ConcurrentHashMap<>();

    /**
     * A bucket's size and what flows into it.
     *
     * @param refill tokens a second
     */
    public record Rate(long bucket, long refill) {}

    private record Owner(String account, String region) {}

    /**
     * Makes full buckets.
     *
     * @param rates the rate of a region
     * @param nanos a clock that never goes back
     */
    public TransitionRate(Function<String, Rate> rates, LongSupplier nanos) {
        this.rates = rates;
        this.nanos = nanos;
    }

    boolean isLimited() {
        return this != NONE;
    }

    /** How many states may be entered now. */
    long available(Arn.Place place) {
        return isLimited() ? bucket(place).available(nanos.getAsLong()) : Long.MAX_VALUE;
    }

    /** So many were entered. */
    void entered(Arn.Place place, long states) {
        if (isLimited()) {
            bucket(place).take(states);
        }
    }

    /** Has one more execution wait; returns for how many milliseconds, which is at least one. */
    long delayMillis(Arn.Place place) {
        return bucket(place).delayMillis(nanos.getAsLong());
    }

    /** One that waited has had its time. */
    void waited(Arn.Place place) {
        bucket(place).waited();
    }

    private Bucket bucket(Arn.Place place) {
        return buckets.computeIfAbsent(
                new Owner(place.account(), place.region()),
                owner -> new Bucket(rates.apply(owner.region()), nanos.getAsLong()));
    }

    /** One bucket; guarded by itself. */
    private static final class Bucket {
        private final Rate rate;
        private double tokens;
        private long filledNanos;
        private long waiting;

        Bucket(Rate rate, long now) {
            this.rate = rate;
            this.tokens = (double) rate.bucket();
            this.filledNanos = now;
        }

        synchronized long available(long now) {
            fill(now);
            return tokens < 1 ? 0 : (long) tokens;
        }

        synchronized void take(long states) {
            tokens -= states;
        }

        synchronized long delayMillis(long now) {
            fill(now);
            double missing = 1.0 + (double) waiting - tokens;
            waiting++;
            return 1 + (long) Math.ceil(Math.max(0, missing) * MILLIS / (double) rate.refill());
        }

        synchronized void waited() {
            waiting--;
        }

        private void fill(long now) {
            double since = Math.max(0, now - filledNanos) / NANOS;
            tokens = Math.min((double) rate.bucket(), tokens + since * (double) rate.refill());
            filledNanos = now;
        }
    }
}
