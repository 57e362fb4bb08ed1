package dev.gradus.runtime;

import dev.gradus.runtime.spi.CommitStats;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/**
 * Counts what a store commits, for {@link CommitStats}. Any thread may call any method; a reading
 * that meets a commit may show it in some counters and not yet in others.
 */
public final class CommitMeter {
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicLong sumNanos = new AtomicLong();
    private final AtomicLong maxNanos = new AtomicLong();
    private final AtomicLongArray buckets = new AtomicLongArray(CommitStats.Latency.BUCKETS);

    /** A batch was appended. */
    public void queued() {
        queued.incrementAndGet();
    }

    /** A batch got its answer, {@code committed} or {@code lost}. */
    public void answered() {
        queued.decrementAndGet();
    }

    /** One durable write was made, of however many batches. */
    public void written() {
        writes.incrementAndGet();
    }

    /** A batch became durable, so many nanoseconds after it was appended. */
    public void committed(long batchBytes, long nanos) {
        batches.incrementAndGet();
        bytes.addAndGet(batchBytes);
        sumNanos.addAndGet(nanos);
        maxNanos.accumulateAndGet(nanos, Math::max);
        buckets.incrementAndGet(bucket(nanos));
    }

    /** The counters now; starts the maximum anew. */
    public CommitStats read() {
        var counts = LongStream.range(0, buckets.length()).map(i -> buckets.get((int) i)).boxed();
        return new CommitStats(
                batches.get(),
                writes.get(),
                bytes.get(),
                queued.get(),
                new CommitStats.Latency(sumNanos.get(), maxNanos.getAndSet(0), counts.toList()));
    }

    private static int bucket(long nanos) {
        int bucket = 0;
        while (nanos > CommitStats.Latency.boundNanos(bucket)) {
            bucket++;
        }
        return bucket;
    }
}
