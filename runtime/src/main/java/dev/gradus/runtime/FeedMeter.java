package dev.gradus.runtime;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what a feed delivers and what a dead sink costs, and says the latter, at most once a
 * minute. Thread-safe.
 */
final class FeedMeter {
    private static final Logger LOG = LoggerFactory.getLogger(FeedMeter.class);
    private static final Duration SAID_EVERY = Duration.ofMinutes(1);

    private final Platform platform;
    private final Feed feed;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong saidNanos;

    FeedMeter(Platform platform, Feed feed) {
        this.platform = platform;
        this.feed = feed;
        this.saidNanos = new AtomicLong(platform.monotonicNanos() - SAID_EVERY.toNanos());
    }

    void delivered(int records) {
        delivered.addAndGet(records);
    }

    /** The queue was too long: its sink is dead, or too slow. */
    void droppedForLag(int rows) {
        dropped.addAndGet(rows);
        say("too much waits, the oldest is dropped");
    }

    /** What was to be told is not there any more, or the sink will never take it. */
    void refused(int records, String why) {
        if (records > 0) {
            dropped.addAndGet(records);
            say(why);
        }
    }

    /** A delivery failed and is tried again. */
    void failed(String why) {
        failures.incrementAndGet();
        say(why);
    }

    private void say(String what) {
        long now = platform.monotonicNanos();
        long said = saidNanos.get();
        if (now - said >= SAID_EVERY.toNanos() && saidNanos.compareAndSet(said, now)) {
            LOG.warn(
                    "a feed is behind feed={} delivered={} dropped={} failures={} last=\"{}\"",
                    feed,
                    delivered.get(),
                    dropped.get(),
                    failures.get(),
                    what);
        }
    }

    Reading read() {
        return new Reading(delivered.get(), dropped.get(), failures.get());
    }

    /** Counts since the start of the process. */
    record Reading(long delivered, long dropped, long failures) {
        Reading plus(Reading other) {
            return new Reading(
                    delivered + other.delivered,
                    dropped + other.dropped,
                    failures + other.failures);
        }
    }
}
