package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.testkit.FeedStub;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tracing of a whole server: its settings, and what reaches a daemon and a collector. */
final class TracingTest {
    private static final String ROOT = "1-6553f100-0123456789abcdef01234567";
    private static final int PATIENCE_MILLIS = 30_000;

    private static TraceSettings traces(Map<String, String> flags, Map<String, String> variables) {
        return Settings.from(flags, variables).feeds().traces();
    }

    @Test
    void nothingIsExportedUnlessSaid() {
        var general = Map.of("AWS_ENDPOINT_URL", "http://localhost:4566");

        assertThat(traces(Map.of(), general).text()).isEqualTo("not exported");
    }

    @Test
    void readsTheVariablesOfTheSdksToo() {
        assertThat(traces(Map.of("trace-daemon", "xray:2000"), Map.of()).text())
                .isEqualTo("X-Ray daemon at xray:2000 (--trace-daemon)");
        assertThat(
                        traces(
                                        Map.of(),
                                        Map.of(
                                                "AWS_XRAY_DAEMON_ADDRESS",
                                                "tcp:127.0.0.1:2001 udp:[::1]:2000"))
                                .daemon()
                                .value())
                .contains(new TraceSettings.Daemon("::1", 2_000));
        assertThat(
                        traces(Map.of(), Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel:4318/"))
                                .collector()
                                .value())
                .contains(URI.create("http://otel:4318/"));
    }

    @Test
    void refusesWhatCannotWork() {
        refused(Map.of("trace-daemon", "2000"), "say host:port");
        refused(Map.of("trace-daemon", "host:0"), "say host:port");
        refused(Map.of("trace-daemon", "host:65536"), "say host:port");
        refused(Map.of("otlp-endpoint", "localhost:4318"), "say a URL");
        refused(
                Map.of("trace-daemon", "host:2000", "otlp-endpoint", "http://otel:4318"),
                "--trace-daemon and --otlp-endpoint are both set");
    }

    private static void refused(Map<String, String> flags, String saying) {
        assertThatThrownBy(() -> Settings.from(flags, Map.of()))
                .isInstanceOf(Settings.Invalid.class)
                .hasMessageContaining(saying);
    }

    private static void run(GradusServer server, String type) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var client = new WireClient(http, server.port(), "123456789012");
            var created =
                    client.call(
                            "CreateStateMachine",
                            JsonObject.builder()
                                    .put("name", "orders")
                                    .put(
                                            "definition",
                                            "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}")
                                    .put("roleArn", "arn:aws:iam::123456789012:role/any")
                                    .put("type", type)
                                    .put(
                                            "tracingConfiguration",
                                            JsonObject.of("enabled", Json.of(true)))
                                    .build());
            assertThat(created.ok()).as("%s", created).isTrue();
            var started =
                    client.call(
                            "StartExecution",
                            JsonObject.of(
                                    "stateMachineArn",
                                    Json.of(created.string("stateMachineArn")),
                                    "traceHeader",
                                    Json.of("Root=" + ROOT + ";Sampled=1")));
            assertThat(started.ok()).as("%s", started).isTrue();
        }
    }

    @Test
    void aStandardExecutionReachesTheDaemon() throws Exception {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var flags =
                    Map.of(
                            "in-memory", "true",
                            "port", "0",
                            "trace-daemon", "127.0.0.1:" + socket.getLocalPort());
            try (var server = GradusServer.start(Settings.from(flags, Map.of()))) {
                run(server, "STANDARD");

                var packet = new DatagramPacket(new byte[65_536], 65_536);
                socket.receive(packet);

                assertThat(
                                new String(
                                        packet.getData(),
                                        0,
                                        packet.getLength(),
                                        StandardCharsets.UTF_8))
                        .startsWith("{\"format\":\"json\",\"version\":1}\n{\"name\":\"orders\"")
                        .contains("\"trace_id\":\"" + ROOT + "\"", "\"name\":\"P\"");
            }
        }
    }

    @Test
    void anExpressExecutionReachesTheCollector() throws Exception {
        try (var stub = FeedStub.start()) {
            var flags = Map.of("in-memory", "true", "port", "0");
            var variables = Map.of("GRADUS_OTLP_ENDPOINT", stub.endpoint().toString());
            try (var server = GradusServer.start(Settings.from(flags, variables))) {
                run(server, "EXPRESS");

                assertThat(stub.await(() -> !stub.posts().isEmpty())).isTrue();
                assertThat(stub.posts().getFirst().body())
                        .contains("\"traceId\":\"6553f1000123456789abcdef01234567\"");
            }
        }
    }
}
