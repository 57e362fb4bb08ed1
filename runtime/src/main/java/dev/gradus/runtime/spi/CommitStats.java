package dev.gradus.runtime.spi;

import java.util.Collections;
import java.util.List;

/**
 * Counters of what a store has committed; all but the queue and the maximum only grow.
 *
 * @param batches batches committed
 * @param writes synced writes, each of one batch or of several merged ones
 * @param bytes bytes of the committed batches
 * @param queuedBatches batches appended that have no answer yet
 * @param latency time from append to durable, of each batch
 */
public record CommitStats(
        long batches, long writes, long bytes, int queuedBatches, Latency latency) {

    /** Nothing committed yet. */
    public static final CommitStats NONE = new CommitStats(0, 0, 0, 0, Latency.NONE);

    /**
     * A distribution of durations in nanoseconds.
     *
     * @param sumNanos all durations added up
     * @param maxNanos the longest since the last reading; reading starts it anew
     * @param buckets how many durations were up to {@code 2^i * 32 us}, for each i from 0; the last
     *     bucket takes all that were longer
     */
    public record Latency(long sumNanos, long maxNanos, List<Long> buckets) {

        /** The number of buckets: 32 us to 32 us * 2^18, about 8 s, and one for what is longer. */
        public static final int BUCKETS = 20;

        /** No duration yet. */
        public static final Latency NONE = new Latency(0, 0, Collections.nCopies(BUCKETS, 0L));

        public Latency {
            buckets = List.copyOf(buckets);
        }

        /** The upper bound of a bucket in nanoseconds. */
        public static long boundNanos(int bucket) {
            return bucket >= BUCKETS - 1 ? Long.MAX_VALUE : 32_000L << bucket;
        }
    }
}
