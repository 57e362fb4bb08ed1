package dev.gradus.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.runtime.MetricBook.Total;
import dev.gradus.runtime.spi.MetricDatum;
import dev.gradus.runtime.spi.MetricDatum.Dimension;
import dev.gradus.runtime.spi.MetricDatum.Statistics;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MetricBookTest {
    private static MetricSubject machine(String name) {
        return new MetricSubject("us-east-1", Metric.Of.STATE_MACHINE, name, Optional.empty());
    }

    @Test
    void aWindowBeginsAnewAndTotalsGrow() {
        var book = new MetricBook();
        book.add(machine("m"), Metric.EXECUTION_TIME, 30);
        book.add(machine("m"), Metric.EXECUTION_TIME, 10);

        assertThat(book.takeWindow(60_000))
                .containsExactly(
                        new MetricDatum(
                                "us-east-1",
                                "ExecutionTime",
                                "Milliseconds",
                                List.of(new Dimension("StateMachineArn", "m")),
                                60_000,
                                new Statistics(2, 40, 10, 30)));
        assertThat(book.takeWindow(120_000)).isEmpty();
        book.add(machine("m"), Metric.EXECUTION_TIME, 20);
        assertThat(book.takeWindow(180_000))
                .extracting(MetricDatum::statistics)
                .containsExactly(new Statistics(1, 20, 20, 20));
        assertThat(book.totals())
                .containsExactly(new Total(machine("m"), Metric.EXECUTION_TIME, 3, 60));
    }

    @Test
    void whatThereAreTooManySubjectsForIsCountedAndTheOthersGoOn() {
        var book = new MetricBook(2);
        for (var name : List.of("a", "b", "c", "d", "a")) {
            book.count(machine(name), Metric.EXECUTIONS_STARTED);
        }

        assertThat(book.counts()).isEqualTo(new MetricBook.Counts(2, 2, 0, 0));
        assertThat(book.totals())
                .containsExactlyInAnyOrder(
                        new Total(machine("a"), Metric.EXECUTIONS_STARTED, 2, 2),
                        new Total(machine("b"), Metric.EXECUTIONS_STARTED, 1, 1));
    }

    @Test
    void namesAreThoseOfAws() {
        assertThat(Metric.values())
                .extracting(Metric::text)
                .contains(
                        "ExecutionsTimedOut",
                        "RedrivenExecutionsTimedOut",
                        "ExpressExecutionBilledDuration",
                        "ActivitiesHeartbeatTimedOut",
                        "LambdaFunctionRunTime",
                        "ServiceIntegrationScheduleTime",
                        "ThrottledEvents");
    }
}
