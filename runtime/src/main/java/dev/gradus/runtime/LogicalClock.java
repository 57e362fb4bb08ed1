package dev.gradus.runtime;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time that executions see: it never goes back, and believes a jump of the wall clock only when
 * it lasts.
 *
 * <p>A backward jump freezes it until the wall catches up; after {@link #FROZEN_MAX} it advances by
 * the monotonic clock instead, with an alarm. A forward jump (suspend, paused machine) is taken
 * once two readings {@link #AGREEMENT} apart agree on it: timers then fire late, never early. Used
 * by many threads.
 */
final class LogicalClock {
    static final Duration FROZEN_MAX = Duration.ofSeconds(60);
    static final Duration AGREEMENT = Duration.ofSeconds(5);

    /** Wall and monotonic clock may differ by this much without anybody having moved the wall. */
    static final Duration DRIFT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(LogicalClock.class);

    private final LongSupplier wallMillis;
    private final LongSupplier monotonicNanos;
    private long offset;
    private long last;
    private long suspectOffset;
    private long suspectSinceNanos = -1;
    private boolean alarmed;

    LogicalClock(LongSupplier wallMillis, LongSupplier monotonicNanos) {
        this.wallMillis = wallMillis;
        this.monotonicNanos = monotonicNanos;
        this.offset = wallMillis.getAsLong() - monotonicMillis();
    }

    /** Never less than what it returned before, nor than what {@link #notBefore} was told. */
    synchronized long nowMillis() {
        long monotonic = monotonicMillis();
        long seen = wallMillis.getAsLong() - monotonic;
        long moved = seen - offset;
        if (Math.abs(moved) <= DRIFT.toMillis()) {
            offset = seen;
            suspectSinceNanos = -1;
            alarmed = false;
        } else if (!believed(seen, moved)) {
            return last; // A backward jump: frozen until the wall catches up or the patience ends.
        }
        last = Math.max(last, monotonic + offset);
        return last;
    }

    /** The stored high-water mark: what was written before a restart is never undercut. */
    synchronized void notBefore(long millis) {
        last = Math.max(last, millis);
    }

    /** Tells whether time may go on; a forward jump that lasted moves it. */
    private boolean believed(long seen, long moved) {
        long now = monotonicNanos.getAsLong();
        if (suspectSinceNanos < 0 || Math.abs(seen - suspectOffset) > DRIFT.toMillis()) {
            suspectOffset = seen;
            suspectSinceNanos = now;
            return moved > 0;
        }
        long lasted = now - suspectSinceNanos;
        if (moved > 0) {
            if (lasted >= AGREEMENT.toNanos()) {
                LOG.warn(
                        "wall clock went forward jumpMillis={}: timers that came due fire now",
                        moved);
                offset = seen;
                suspectSinceNanos = -1;
            }
            return true;
        }
        if (lasted < FROZEN_MAX.toNanos()) {
            return false;
        }
        if (!alarmed) {
            LOG.error("wall clock went back jumpMillis={}: going on by the monotonic clock", moved);
            alarmed = true;
        }
        return true;
    }

    private long monotonicMillis() {
        return monotonicNanos.getAsLong() / 1_000_000;
    }
}
