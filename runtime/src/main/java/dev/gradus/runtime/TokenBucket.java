package dev.gradus.runtime;

/** Tokens that flow in at a steady rate until the bucket is full; guarded by itself. */
public final class TokenBucket {
    private static final double NANOS = 1e9;

    private final Rate rate;
    private double tokens;
    private long filledNanos;

    /**
     * A bucket's size and what flows into it.
     *
     * @param bucket tokens of a full one
     * @param refill tokens a second
     */
    public record Rate(int bucket, int refill) {}

    /** Makes a full bucket; the clock of all its methods is one that never goes back. */
    public TokenBucket(Rate rate, long nowNanos) {
        this.rate = rate;
        this.tokens = rate.bucket();
        this.filledNanos = nowNanos;
    }

    /** Takes one token if there is one. */
    public synchronized boolean take(long nowNanos) {
        if (tokens(nowNanos) < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Takes tokens that may not be there; those who come later make up for it. */
    synchronized void overdraw(long nowNanos, long count) {
        tokens = tokens(nowNanos) - count;
    }

    /** Returns how many tokens there are, fewer than none when it is overdrawn. */
    synchronized double tokens(long nowNanos) {
        double since = Math.max(0, nowNanos - filledNanos) / NANOS;
        tokens = Math.min(rate.bucket(), tokens + since * rate.refill());
        filledNanos = nowNanos;
        return tokens;
    }

    /** Tells whether it is as good as a new one. */
    public boolean isFull(long nowNanos) {
        return tokens(nowNanos) >= rate.bucket();
    }

    /** Returns what flows in. */
    Rate rate() {
        return rate;
    }
}
