package dev.gradus.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
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
    /** Waiting lines that are kept before those that are as good as new go. */
    static final int KEPT = 10_000;

    /** No limit. */
    public static final TransitionRate NONE =
            new TransitionRate(_ -> new TokenBucket.Rate(1, 1), () -> 0);

    private static final double MILLIS = 1_000;

    private final Function<String, TokenBucket.Rate> rates;
    private final LongSupplier nanos;
    private final Map<Owner, Line> lines = new ConcurrentHashMap<>();

    private record Owner(String account, String region) {}

    /**
     * Makes full buckets.
     *
     * @param rates the rate of a region
     * @param nanos a clock that never goes back
     */
    public TransitionRate(Function<String, TokenBucket.Rate> rates, LongSupplier nanos) {
        this.rates = rates;
        this.nanos = nanos;
    }

    boolean isLimited() {
        return this != NONE;
    }

    /** How many states may be entered now. */
    long available(Arn.Place place) {
        return isLimited()
                ? (long) Math.max(0, line(place).bucket.tokens(nanos.getAsLong()))
                : Long.MAX_VALUE;
    }

    /** So many were entered. */
    void entered(Arn.Place place, long states) {
        if (isLimited() && states > 0) {
            line(place).bucket.overdraw(nanos.getAsLong(), states);
        }
    }

    /** Has one more execution wait; returns for how many milliseconds, which is at least one. */
    long delayMillis(Arn.Place place) {
        var line = line(place);
        double missing = line.waiting.incrementAndGet() - line.bucket.tokens(nanos.getAsLong());
        return 1 + (long) Math.ceil(Math.max(0, missing) * MILLIS / line.bucket.rate().refill());
    }

    /** One that waited has had its time. */
    void waited(Arn.Place place) {
        line(place).waiting.decrementAndGet();
    }

    /** How many there are. */
    int size() {
        return lines.size();
    }

    private Line line(Arn.Place place) {
        long now = nanos.getAsLong();
        if (lines.size() >= KEPT) {
            lines.values().removeIf(line -> line.waiting.get() == 0 && line.bucket.isFull(now));
        }
        return lines.computeIfAbsent(
                new Owner(place.account(), place.region()),
                owner -> new Line(new TokenBucket(rates.apply(owner.region()), now)));
    }

    /** A bucket and those who wait for it. */
    private static final class Line {
        private final TokenBucket bucket;
        private final AtomicLong waiting = new AtomicLong();

        Line(TokenBucket bucket) {
            this.bucket = bucket;
        }
    }
}
