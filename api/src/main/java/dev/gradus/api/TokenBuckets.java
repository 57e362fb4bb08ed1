package dev.gradus.api;

import dev.gradus.runtime.Arn;
import dev.gradus.runtime.TokenBucket;
import dev.gradus.runtime.TransitionRate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** AWS's token buckets: one for each kind of call of each account and region. For any thread. */
public final class TokenBuckets implements Throttle {
    /** Buckets that are kept before those that are full again, and thus as good as new, go. */
    static final int KEPT = 10_000;

    private final LongSupplier nanos;
    private final Map<Owner, TokenBucket> buckets = new ConcurrentHashMap<>();

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
        return new TransitionRate(
                region -> CallRates.of(CallRates.TRANSITION, region).orElseThrow(), nanos);
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
                        _ -> new TokenBucket(rate.get(), now))
                .take(now);
    }

    /** How many there are. */
    int size() {
        return buckets.size();
    }
}
