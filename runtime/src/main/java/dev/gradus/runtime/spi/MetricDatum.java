package dev.gradus.runtime.spi;

import java.util.List;

/**
 * What was counted or measured of one thing in one minute.
 *
 * @param region where it belongs
 * @param name AWS's name, for example {@code ExecutionsStarted}
 * @param unit a unit of CloudWatch's, for example {@code Count} or {@code Milliseconds}
 * @param atMillis the minute in which it began, in milliseconds since the epoch
 */
public record MetricDatum(
        String region,
        String name,
        String unit,
        List<Dimension> dimensions,
        long atMillis,
        Statistics statistics) {

    public MetricDatum {
        dimensions = List.copyOf(dimensions);
    }

    /** A name and a value that tell one series from others, for example an ARN. */
    public record Dimension(String name, String value) {}

    /**
     * The values of a minute, none of them for itself.
     *
     * @param count how many there were; one at least
     */
    public record Statistics(long count, long sum, long min, long max) {}
}
