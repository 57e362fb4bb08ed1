package dev.gradus.runtime;

import dev.gradus.runtime.spi.DeliveryException;
import dev.gradus.runtime.spi.MetricDatum;
import dev.gradus.runtime.spi.MetricSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a sink each minute what a book has counted in it. What the sink does not take in a few
 * attempts is dropped, counted and said: a minute is not worth more (AWS: best effort).
 * Thread-safe.
 */
public final class MetricPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(MetricPublisher.class);
    private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

    private final Platform platform;
    private final MetricBook book;
    private final MetricSink sink;
    private final AtomicLong sinceMillis;
    private volatile boolean stopped;

    /** Tells nothing before {@link #start}; the sink stays its maker's to close. */
    public MetricPublisher(Platform platform, MetricBook book, MetricSink sink) {
        this.platform = platform;
        this.book = book;
        this.sink = sink;
        this.sinceMillis = new AtomicLong(platform.wallMillis());
    }

    /** Tells the first time at the end of the minute that is under way. */
    public void start() {
        long left = MINUTE_MILLIS - Math.floorMod(platform.wallMillis(), MINUTE_MILLIS);
        platform.runLater(Duration.ofMillis(left), this::tick);
    }

    private void tick() {
        if (!stopped) {
            platform.calls().execute(() -> send(window(), 1));
            start();
        }
    }

    private List<MetricDatum> window() {
        long began = sinceMillis.getAndSet(platform.wallMillis());
        return book.takeWindow(began - Math.floorMod(began, MINUTE_MILLIS));
    }

    private void send(List<MetricDatum> data, int attempt) {
        if (data.isEmpty()) {
            return;
        }
        try {
            int refused = sink.send(data);
            book.told(data.size() - refused, refused);
        } catch (DeliveryException notNow) {
            book.told(notNow.taken(), 0);
            var left = data.subList(notNow.taken(), data.size());
            if (attempt < RuntimeLimits.METRIC_ATTEMPTS && !stopped) {
                platform.runLater(
                        RuntimeLimits.METRIC_PAUSE.multipliedBy(attempt),
                        () -> platform.calls().execute(() -> send(left, attempt + 1)));
            } else {
                book.told(0, left.size());
                LOG.warn("metrics of a minute are dropped dataPoints={}", left.size(), notNow);
            }
        } catch (RuntimeException bug) {
            book.told(0, data.size());
            LOG.error("our bug while metrics were told dataPoints={}", data.size(), bug);
        }
    }

    /**
     * Tells the last, in one attempt, and nothing any more; completes when that is over, or after
     * the time that a stop may take for it.
     */
    public CompletionStage<Void> stop() {
        stopped = true;
        var told = new CompletableFuture<Void>();
        var patience = platform.runLater(RuntimeLimits.FEED_DRAIN, () -> finish(told));
        platform.calls()
                .execute(() -> {
                    send(window(), RuntimeLimits.METRIC_ATTEMPTS);
                    patience.cancel();
                    finish(told);
                });
        return told;
    }

    @SuppressWarnings("NullAway") // A CompletableFuture<Void> has no other value.
    private static void finish(CompletableFuture<Void> future) {
        future.complete(null);
    }
}
