package dev.gradus.server;

import dev.gradus.runtime.Metric;
import dev.gradus.runtime.MetricBook;
import dev.gradus.runtime.MetricBook.Total;
import dev.gradus.runtime.MetricSubject;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;

/**
 * AWS's metrics in Prometheus's form: {@code ExecutionsFailed} is {@code
 * states_executions_failed_total}, a time is a sum of seconds and a count.
 */
final class StatesMetrics implements MultiCollector {
    private static final double MILLIS_A_SECOND = 1_000;

    private final MetricBook book;

    StatesMetrics(MetricBook book) {
        this.book = book;
    }

    /** Returns the name of a metric without what Prometheus adds for its type. */
    static String name(Metric metric) {
        var name = "states_" + metric.name().toLowerCase(Locale.ROOT);
        return switch (metric.unit()) {
            case COUNT -> name;
            case MILLISECONDS -> name + "_seconds";
            case MEGABYTES -> name + "_megabytes";
            case BYTES -> name + "_bytes";
        };
    }

    @Override
    public MetricSnapshots collect() {
        var byMetric = new EnumMap<Metric, List<Total>>(Metric.class);
        for (var total : book.totals()) {
            byMetric.computeIfAbsent(total.metric(), _ -> new ArrayList<>()).add(total);
        }
        var snapshots = new ArrayList<MetricSnapshot>();
        byMetric.forEach((metric, totals) -> snapshots.add(snapshot(metric, totals)));
        var counts = book.counts();
        snapshots.add(
                GaugeSnapshot.builder()
                        .name("gradus_metric_subjects")
                        .help("Things of which AWS's metrics are kept.")
                        .dataPoint(
                                GaugeDataPointSnapshot.builder()
                                        .value((double) counts.subjects())
                                        .build())
                        .build());
        snapshots.add(
                own(
                        "gradus_metric_values_unbooked",
                        "Values that were not kept: too many things.",
                        counts.unbooked()));
        snapshots.add(
                own(
                        "gradus_metrics_published",
                        "Data points that CloudWatch took.",
                        counts.published()));
        snapshots.add(
                own(
                        "gradus_metrics_dropped",
                        "Data points that CloudWatch will not get.",
                        counts.dropped()));
        return new MetricSnapshots(snapshots);
    }

    private static MetricSnapshot own(String name, String help, long value) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(CounterDataPointSnapshot.builder().value((double) value).build())
                .build();
    }

    private static MetricSnapshot snapshot(Metric metric, List<Total> totals) {
        var help = "AWS's " + metric.text() + ".";
        if (metric.unit() == Metric.Unit.COUNT) {
            var counter = CounterSnapshot.builder().name(name(metric)).help(help);
            for (var total : totals) {
                counter.dataPoint(
                        CounterDataPointSnapshot.builder()
                                .labels(labels(total.subject()))
                                .value((double) total.sum())
                                .build());
            }
            return counter.build();
        }
        double scale = metric.unit() == Metric.Unit.MILLISECONDS ? MILLIS_A_SECOND : 1;
        var summary = SummarySnapshot.builder().name(name(metric)).help(help);
        for (var total : totals) {
            summary.dataPoint(
                    SummaryDataPointSnapshot.builder()
                            .labels(labels(total.subject()))
                            .count(total.count())
                            .sum(total.sum() / scale)
                            .build());
        }
        return summary.build();
    }

    /** What has no region in its name gets one, since it is there in each region. */
    private static Labels labels(MetricSubject subject) {
        var labels = Labels.of(label(subject.of()), subject.name());
        if (subject.qualifier().isPresent()) {
            var qualifier = subject.qualifier().get();
            labels = labels.add(qualifier.name().toLowerCase(Locale.ROOT), qualifier.value());
        }
        return switch (subject.of()) {
            case SERVICE_INTEGRATION, API -> labels.add("region", subject.region());
            case STATE_MACHINE, ACTIVITY, LAMBDA_FUNCTION -> labels;
        };
    }

    static String label(Metric.Of of) {
        return switch (of) {
            case STATE_MACHINE -> "state_machine_arn";
            case ACTIVITY -> "activity_arn";
            case LAMBDA_FUNCTION -> "lambda_function_arn";
            case SERVICE_INTEGRATION -> "service_integration_resource_arn";
            case API -> "api_name";
        };
    }
}
