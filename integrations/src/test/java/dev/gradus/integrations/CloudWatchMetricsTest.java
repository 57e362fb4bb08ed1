package dev.gradus.integrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.spi.DeliveryException;
import dev.gradus.runtime.spi.MetricDatum;
import dev.gradus.runtime.spi.MetricDatum.Dimension;
import dev.gradus.runtime.spi.MetricDatum.Statistics;
import dev.gradus.testkit.MetricStub;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CloudWatchMetricsTest {
    private static final String ARN = "arn:aws:states:us-east-1:123456789012:stateMachine:m";

    private MetricStub stub;

    @BeforeEach
    void start() throws IOException {
        stub = MetricStub.start();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    private CloudWatchMetrics sink() {
        return new CloudWatchMetrics(new Endpoint.Url(stub.endpoint(), "METRICS_ENDPOINT"));
    }

    private static MetricDatum datum(String region) {
        return new MetricDatum(
                region,
                "ExecutionTime",
                "Milliseconds",
                List.of(new Dimension("StateMachineArn", ARN), new Dimension("Alias", "live+1")),
                1_700_000_000_000L,
                new Statistics(3, 60, 10, 30));
    }

    @Test
    void publishesAMinuteAsStatistics() {
        try (var sink = sink()) {
            assertThat(sink.send(List.of(datum("eu-west-1")))).isZero();
        }

        var call = stub.calls().getFirst();
        assertThat(call.authorization())
                .startsWith("AWS4-HMAC-SHA256 ")
                .contains("/eu-west-1/monitoring/aws4_request");
        assertThat(call.form())
                .containsEntry("Action", "PutMetricData")
                .containsEntry("Version", "2010-08-01")
                .containsEntry("Namespace", "AWS/States");
        assertThat(call.member(1, "MetricName")).isEqualTo("ExecutionTime");
        assertThat(call.member(1, "Unit")).isEqualTo("Milliseconds");
        assertThat(call.member(1, "Timestamp")).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(call.member(1, "StatisticValues.SampleCount")).isEqualTo("3");
        assertThat(call.member(1, "StatisticValues.Sum")).isEqualTo("60");
        assertThat(call.member(1, "StatisticValues.Minimum")).isEqualTo("10");
        assertThat(call.member(1, "StatisticValues.Maximum")).isEqualTo("30");
        assertThat(call.member(1, "Dimensions.member.1.Name")).isEqualTo("StateMachineArn");
        assertThat(call.member(1, "Dimensions.member.1.Value")).isEqualTo(ARN);
        assertThat(call.member(1, "Dimensions.member.2.Name")).isEqualTo("Alias");
        assertThat(call.member(1, "Dimensions.member.2.Value")).isEqualTo("live+1");
    }

    @Test
    void batchesKeepTheLimitsOfPutMetricDataEachOfOneRegion() {
        var endpoint = new Endpoint.Url(stub.endpoint(), "METRICS_ENDPOINT");
        try (var sink = sink();
                var small = new CloudWatchMetrics(endpoint, 2_000)) {
            sink.send(Collections.nCopies(2_001, datum("us-east-1")));
            sink.send(List.of(datum("a"), datum("b"), datum("b")));
            small.send(Collections.nCopies(7, datum("us-east-1")));
        }

        var data = stub.calls().stream().map(MetricStub.Call::data).toList();
        assertThat(data.subList(0, 5)).containsExactly(1_000L, 1_000L, 1L, 1L, 2L);
        assertThat(data.subList(5, data.size())).hasSizeGreaterThan(1);
        assertThat(data.stream().mapToLong(Long::longValue).sum()).isEqualTo(2_001 + 3 + 7);
        assertThat(stub.calls().subList(5, stub.calls().size()))
                .allSatisfy(call -> assertThat(call.bytes()).isLessThanOrEqualTo(2_000));
        assertThat(stub.calls())
                .allSatisfy(call ->
                        assertThat(call.bytes())
                                .isLessThanOrEqualTo(CloudWatchMetrics.BATCH_BYTES_MAX));
    }

    @Test
    void whatPassesIsTriedAgainLaterAndTheRestIsRefused() {
        try (var sink = sink()) {
            stub.refuseWith(503, "ServiceUnavailable");
            assertThatThrownBy(() -> sink.send(List.of(datum("us-east-1"))))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("503 ServiceUnavailable");
            stub.refuseWith(400, "Throttling");
            assertThatThrownBy(() -> sink.send(List.of(datum("us-east-1"))))
                    .isInstanceOf(DeliveryException.class);
            stub.refuseWith(400, "InvalidParameterValue");
            assertThat(sink.send(List.of(datum("us-east-1"), datum("us-east-1")))).isEqualTo(2);
        }
    }

    @Test
    void awsItselfTakesNoNamespaceOfItsOwn() {
        assertThat(CloudWatchMetrics.namespace(new Endpoint.RealAws("METRICS_ENDPOINT")))
                .isEqualTo("Gradus/States");
    }
}
