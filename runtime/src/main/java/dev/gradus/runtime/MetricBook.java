package dev.gradus.runtime;

import dev.gradus.runtime.spi.MetricDatum;
import dev.gradus.runtime.spi.MetricDatum.Statistics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node has counted and measured since its start, by metric and subject; in memory alone.
 *
 * <p>Each value is kept twice: in totals that only grow, for those who ask, and in the window that
 * is told to a sink and then begins anew. What there are too many subjects for is counted, and said
 * once.
 *
 * <p>Thread-safe: the map is concurrent, a series is guarded by itself.
 */
public final class MetricBook {
    private static final Logger LOG = LoggerFactory.getLogger(MetricBook.class);

    private final int subjectsMax;
    private final ConcurrentHashMap<MetricSubject, Series> series = new ConcurrentHashMap<>();
    private final AtomicBoolean saidFull = new AtomicBoolean();
    private final AtomicLong unbooked = new AtomicLong();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /** An empty book with room for the usual number of subjects. */
    public MetricBook() {
        this(RuntimeLimits.METRIC_SUBJECTS);
    }

    MetricBook(int subjectsMax) {
        this.subjectsMax = subjectsMax;
    }

    /** All values of one metric of one subject since the start, in the metric's unit. */
    public record Total(MetricSubject subject, Metric metric, long count, long sum) {}

    /**
     * What became of the book itself.
     *
     * @param subjects how many there are
     * @param unbooked values that were not kept, because there were too many subjects
     * @param published data points that a sink took
     * @param dropped data points that no sink will get
     */
    public record Counts(long subjects, long unbooked, long published, long dropped) {}

    void count(MetricSubject subject, Metric metric) {
        add(subject, metric, 1);
    }

    void add(MetricSubject subject, Metric metric, long value) {
        var found = series.get(subject);
        if (found == null) {
            // Some more than the limit may get in at once; that does no harm.
            if (series.mappingCount() >= subjectsMax) {
                full(subject);
                return;
            }
            found = series.computeIfAbsent(subject, _ -> new Series());
        }
        found.add(metric, value);
    }

    /** Counts a call that was throttled. */
    public void throttled(String operation, String region) {
        count(
                new MetricSubject(region, Metric.Of.API, operation, Optional.empty()),
                Metric.THROTTLED_EVENTS);
    }

    private void full(MetricSubject subject) {
        unbooked.incrementAndGet();
        if (saidFull.compareAndSet(false, true)) {
            LOG.warn(
                    "there are metrics of too many things, of others none are kept limit={} first={}",
                    subjectsMax,
                    subject.name());
        }
    }

    /** Returns what was counted since the start. */
    public List<Total> totals() {
        var totals = new ArrayList<Total>();
        series.forEach((subject, counted) -> counted.totals(subject, totals));
        return totals;
    }

    /** Returns what was counted since this was last called, and begins anew. */
    List<MetricDatum> takeWindow(long atMillis) {
        var data = new ArrayList<MetricDatum>();
        series.forEach((subject, counted) -> counted.takeWindow(subject, atMillis, data));
        return data;
    }

    void told(int taken, int lost) {
        published.addAndGet(taken);
        dropped.addAndGet(lost);
    }

    public Counts counts() {
        return new Counts(series.mappingCount(), unbooked.get(), published.get(), dropped.get());
    }

    /** All metrics of one subject; guarded by itself. */
    private static final class Series {
        private final Map<Metric, Values> values = new EnumMap<>(Metric.class);

        synchronized void add(Metric metric, long value) {
            values.computeIfAbsent(metric, _ -> new Values()).add(value);
        }

        synchronized void totals(MetricSubject subject, List<Total> totals) {
            values.forEach((metric, of) ->
                    totals.add(new Total(subject, metric, of.totalCount, of.totalSum)));
        }

        synchronized void takeWindow(MetricSubject subject, long atMillis, List<MetricDatum> data) {
            values.forEach((metric, of) -> {
                if (of.count > 0) {
                    data.add(
                            new MetricDatum(
                                    subject.region(),
                                    metric.text(),
                                    metric.unit().text(),
                                    subject.dimensions(),
                                    atMillis,
                                    of.takeWindow()));
                }
            });
        }
    }

    /** One metric of one subject; guarded by its series. */
    private static final class Values {
        private long totalCount;
        private long totalSum;
        private long count;
        private long sum;
        private long min;
        private long max;

        void add(long value) {
            totalCount++;
            totalSum += value;
            min = count == 0 ? value : Math.min(min, value);
            max = count == 0 ? value : Math.max(max, value);
            count++;
            sum += value;
        }

        Statistics takeWindow() {
            var taken = new Statistics(count, sum, min, max);
            count = 0;
            sum = 0;
            return taken;
        }
    }
}
