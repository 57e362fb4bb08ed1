package dev.gradus.runtime;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time that executions see: it never goes back, and believes a jump of the wall clock only when
 * it lasts.
 *
 * <p>While the wall is behind what was seen before, after a backward jump or a restart, time stands
 * still until the wall has caught up; after {@link #FROZEN_MAX} it goes on by the monotonic clock
 * instead, with an alarm. A forward jump (suspend, paused machine) is taken once two readings
 * {@link #AGREEMENT} apart agree on it: timers then fire late, never early. Used by many threads.
 */
final class LogicalClock {
    static final Duration FROZEN_MAX = Duration.ofSeconds(60);
    static final Duration AGREEMENT = Duration.ofSeconds(5);

    /** Wall and monotonic clock may differ by this much without anybody having moved the wall. */
    static final Duration DRIFT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(LogicalClock.class);

    private final LongSupplier wallMillis;
    private final LongSupplier monotonicNanos;

    /** What the wall is believed to show beyond the monotonic clock, in milliseconds. */
    private long offset;

    /** How far this clock goes on ahead of a wall that stayed behind, in milliseconds. */
    private long lead;

    private long last = Long.MIN_VALUE;
    private OptionalLong suspectOffset = OptionalLong.empty();
    private long suspectSinceNanos;
    private OptionalLong frozenSinceNanos = OptionalLong.empty();

    LogicalClock(LongSupplier wallMillis, LongSupplier monotonicNanos) {
        this.wallMillis = wallMillis;
        this.monotonicNanos = monotonicNanos;
        this.offset = wallMillis.getAsLong() - millis(monotonicNanos.getAsLong());
    }

    /** Never less than what it returned before, nor than what {@link #notBefore} was told. */
    synchronized long nowMillis() {
        long nanos = monotonicNanos.getAsLong();
        follow(wallMillis.getAsLong() - millis(nanos), nanos);
        long time = millis(nanos) + offset + lead;
        if (time >= last) {
            frozenSinceNanos = OptionalLong.empty();
            last = time;
        } else if (frozenSinceNanos.isEmpty()) {
            frozenSinceNanos = OptionalLong.of(nanos);
        } else if (nanos - frozenSinceNanos.getAsLong() >= FROZEN_MAX.toNanos()) {
            LOG.error("wall clock is behind millis={}: going on without it", last - time);
            lead += last - time;
            frozenSinceNanos = OptionalLong.empty();
        }
        return last;
    }

    /** The stored high-water mark: what was written before a restart is never undercut. */
    synchronized void notBefore(long millis) {
        last = Math.max(last, millis);
    }

    private void follow(long seen, long nanos) {
        long moved = seen - offset;
        if (moved <= DRIFT.toMillis()) {
            offset = seen; // A jump back is taken at once: time stands still meanwhile.
            suspectOffset = OptionalLong.empty();
        } else if (suspectOffset.isEmpty()
                || Math.abs(seen - suspectOffset.getAsLong()) > DRIFT.toMillis()) {
            suspectOffset = OptionalLong.of(seen);
            suspectSinceNanos = nanos;
        } else if (nanos - suspectSinceNanos >= AGREEMENT.toNanos()) {
            LOG.warn("wall clock went forward jumpMillis={}: timers that came due fire now", moved);
            offset = seen;
            lead = Math.max(0, lead - moved); // First it makes good for what it was behind.
            suspectOffset = OptionalLong.empty();
        }
    }

    private static long millis(long nanos) {
        return Math.floorDiv(nanos, 1_000_000L);
    }
}
