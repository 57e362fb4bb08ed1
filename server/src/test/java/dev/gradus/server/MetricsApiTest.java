package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.testkit.MetricStub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * AWS's metrics of a whole server: at /metrics, and to a peer that speaks CloudWatch's protocol.
 */
final class MetricsApiTest {
    private static final String ACCOUNT = "123456789012";
    private static final String ARN = "arn:aws:states:us-east-1:123456789012:stateMachine:orders";
    private static final String DEFINITION =
            "{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\",\"Error\":\"E\"}}}";

    private static GradusServer server(Map<String, String> more, Map<String, String> environment)
            throws IOException {
        var flags = new HashMap<>(Map.of("in-memory", "true", "port", "0", "drain-timeout", "0"));
        flags.putAll(more);
        return GradusServer.start(Settings.from(flags, environment));
    }

    private static void run(HttpClient http, GradusServer server)
            throws IOException, InterruptedException {
        var client = new WireClient(http, server.port(), ACCOUNT);
        var created =
                client.call(
                        "CreateStateMachine",
                        JsonObject.builder()
                                .put("name", "orders")
                                .put("definition", DEFINITION)
                                .put("roleArn", "arn:aws:iam::123456789012:role/any")
                                .build());
        assertThat(created.ok()).as("%s", created).isTrue();
        var started = client.call("StartExecution", JsonObject.of("stateMachineArn", Json.of(ARN)));
        var ended = client.awaitEnd(started.string("executionArn"), Duration.ofSeconds(30));
        assertThat(ended.string("status")).isEqualTo("FAILED");
    }

    private static String scrape(HttpClient http, GradusServer server)
            throws IOException, InterruptedException {
        var url = URI.create("http://localhost:" + server.port() + "/metrics");
        return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()).body();
    }

    @Test
    void prometheusSeesThemByTheNamesOfAws() throws Exception {
        try (var http = HttpClient.newHttpClient();
                var server = server(Map.of(), Map.of())) {
            run(http, server);

            assertThat(scrape(http, server).lines())
                    .contains(
                            "# TYPE states_executions_failed_total counter",
                            "states_executions_started_total{state_machine_arn=\""
                                    + ARN
                                    + "\"} 1.0",
                            "states_executions_failed_total{state_machine_arn=\"" + ARN + "\"} 1.0",
                            "# TYPE states_execution_time_seconds summary",
                            "states_execution_time_seconds_count{state_machine_arn=\""
                                    + ARN
                                    + "\"} 1",
                            "gradus_metric_subjects 1.0");
        }
    }

    @Test
    void whatIsNotPublishedYetIsPublishedAtAStop() throws Exception {
        try (var stub = MetricStub.start();
                var http = HttpClient.newHttpClient()) {
            try (var server =
                    server(Map.of("metrics-endpoint", stub.endpoint().toString()), Map.of())) {
                run(http, server);
            }

            long failed =
                    stub.calls().stream()
                            .filter(call -> call.numberOf("ExecutionsFailed") > 0)
                            .mapToLong(call ->
                                    Long.parseLong(
                                            call.member(
                                                    call.numberOf("ExecutionsFailed"),
                                                    "StatisticValues.Sum")))
                            .sum();
            assertThat(failed).isEqualTo(1);
        }
    }

    @Test
    void theGeneralEndpointAlonePublishesNothing() throws Exception {
        try (var stub = MetricStub.start();
                var http = HttpClient.newHttpClient()) {
            var environment = Map.of("AWS_ENDPOINT_URL", stub.endpoint().toString());
            try (var server = server(Map.of(), environment)) {
                run(http, server);
            }
            assertThat(stub.calls()).isEmpty();
            var settings = Settings.from(Map.of("in-memory", "true"), environment);
            assertThat(Banner.text(settings, 8083, environment))
                    .containsPattern("metrics +not published");
        }
    }

    @Test
    void aThrottledCallIsCountedByItsOperation() throws Exception {
        try (var http = HttpClient.newHttpClient();
                var server = server(Map.of("throttle", "aws"), Map.of())) {
            var client = new WireClient(http, server.port(), ACCOUNT);
            int refused = 0;
            for (int i = 0; i < 400 && refused == 0; i++) {
                refused += client.call("ListStateMachines", JsonObject.EMPTY).ok() ? 0 : 1;
            }

            assertThat(scrape(http, server))
                    .contains(
                            "states_throttled_events_total{api_name=\"ListStateMachines\",region=\"us-east-1\"} 1.0");
        }
    }
}
