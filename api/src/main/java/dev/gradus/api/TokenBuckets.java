package dev.gradus.api;

import dev.gradus.api.CallRates.Rate;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.TransitionRate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** AWS's token buckets: one for each kind of call of each account and region. For any thread. */
public final class TokenBuckets implements Throttle {
    /** Buckets that are kept before those that are full again, and thus as good as new, go. */
    static final int KEPT = 10_000;

    private static final double NANOS = 1e9;

    private final LongSupplier nanos;
    private final Map<Owner, Bucket> buckets = new ConcurrentHashMap<>();

    private record Owner(String account, String region, String kind) {}

    /**
     * Makes full buckets.
     *
     * @param nanos a clock that never goes back
     */
    public TokenBuckets(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** AWS's rate at which the Standard executions of a region enter states. */
    public static TransitionRate transitions(LongSupplier nanos) {
        return new TransitionRate(TokenBuckets::transitionRate, nanos);
    }

    private static TransitionRate.Rate transitionRate(String region) {
        var rate = CallRates.of(CallRates.TRANSITION, region).orElseThrow();
        return new TransitionRate.Rate(rate.bucket(), rate.refill());
    }

    @Override
    public boolean take(String kind, Arn.Place place) {
        var rate = CallRates.of(kind, place.region());
        if (rate.isEmpty()) {
            return true;
        }
        long now = nanos.getAsLong();
        if (buckets.size() >= KEPT) {
            buckets.values().removeIf(bucket -> bucket.isFull(now));
        }
        return buckets.computeIfAbsent(
                        new Owner(place.account(), place.region(), kind),
                        _ -> new Bucket(rate.get(), now))
                .take(now);
    }

    /** How many there are. */
    int size() {
        return buckets.size();
    }

    /** One bucket; guarded by itself. */
    private static final class Bucket {
        private final Rate rate;
        private double tokens;
        private long filledNanos;

        Bucket(Rate rate, long now) {
            this.rate = rate;
            this.tokens = rate.bucket();
            this.filledNanos = now;
        }

        synchronized boolean take(long now) {
            fill(now);
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }

        synchronized boolean isFull(long now) {
            fill(now);
            return tokens >= rate.bucket();
        }

        private void fill(long now) {
            double since = Math.max(0, now - filledNanos) / NANOS;
            tokens = Math.min(rate.bucket(), tokens + since * rate.refill());
            filledNanos = now;
        }
    }
}
