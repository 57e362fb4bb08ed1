package dev.gradus.server;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.testkit.FeedStub;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs and status-change events of a whole server: over HTTP, to files and to real peers. */
final class FeedsApiTest {
    private static final String ACCOUNT = "123456789012";
    private static final String GROUP =
            "arn:aws:logs:us-east-1:123456789012:log-group:/aws/vendedlogs/states/orders:*";
    private static final String DEFINITION =
            "{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\",\"Error\":\"E\"}}}";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path folder;

    private static String start(WireClient client, String type, String level)
            throws IOException, InterruptedException {
        var destination =
                JsonObject.of(
                        "cloudWatchLogsLogGroup", JsonObject.of("logGroupArn", Json.of(GROUP)));
        var logging =
                JsonObject.builder()
                        .put("level", level)
                        .put("includeExecutionData", true)
                        .put("destinations", JsonArray.of(destination))
                        .build();
        var created =
                client.call(
                        "CreateStateMachine",
                        JsonObject.builder()
                                .put("name", "orders-" + type)
                                .put("definition", DEFINITION)
                                .put("roleArn", "arn:aws:iam::123456789012:role/any")
                                .put("type", type)
                                .put("loggingConfiguration", logging)
                                .build());
        assertThat(created.ok()).as("%s", created).isTrue();
        var started =
                client.call(
                        "StartExecution",
                        JsonObject.of(
                                "stateMachineArn", Json.of(created.string("stateMachineArn"))));
        assertThat(started.ok()).as("%s", started).isTrue();
        return started.string("executionArn");
    }

    @Test
    void logsToFilesUnderTheDataFolderAndTellsAWebhook() throws Exception {
        var data = folder.resolve("data");
        String execution;
        try (var stub = FeedStub.start();
                var http = HttpClient.newHttpClient()) {
            var settings =
                    Settings.from(
                            Map.of("data", data.toString(), "port", "0", "drain-timeout", "5"),
                            Map.of("GRADUS_EVENTS_WEBHOOK", stub.hook().toString()));
            try (var server = GradusServer.start(settings)) {
                var client = new WireClient(http, server.port(), ACCOUNT);
                execution = start(client, "STANDARD", "ALL");
                var _ = client.awaitEnd(execution, PATIENCE);
                assertThat(stub.await(() -> stub.posts().size() == 2)).isTrue();
                start(client, "EXPRESS", "FATAL");
            }
            var statuses =
                    stub.posts().stream()
                            .map(post -> (JsonObject) Json.parse(post.body()))
                            .map(event -> Recording.object(event, "detail").orElseThrow())
                            .map(detail -> Recording.string(detail, "status"));
            assertThat(statuses).containsExactly("RUNNING", "FAILED");
        }
        // What was not logged before the stop is logged after the next start.
        try (var server =
                GradusServer.start(
                        Settings.from(
                                Map.of("data", data.toString(), "port", "0", "drain-timeout", "5"),
                                Map.of()))) {
            assertThat(server.port()).isPositive();
            awaitLines(data, "orders-STANDARD", 3);
            awaitLines(data, "orders-EXPRESS", 1);
        }
        assertThat(lines(data, "orders-STANDARD").stream().distinct())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("\"" + execution + "\""));
        // At least once: a stop may come before it is known that it has ended.
        assertThat(lines(data, "orders-EXPRESS"))
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(line)
                                .contains("\"ExecutionFailed\"", ":express:orders-EXPRESS:"));
    }

    private static void awaitLines(Path data, String machine, int count) throws Exception {
        var logs = folderOf(data, machine);
        Files.createDirectories(logs);
        try (var watch = logs.getFileSystem().newWatchService()) {
            logs.register(watch, ENTRY_CREATE, ENTRY_MODIFY);
            var until = System.nanoTime() + PATIENCE.toNanos();
            while (lines(data, machine).stream().distinct().count() < count
                    && System.nanoTime() < until) {
                var key = watch.poll(1, TimeUnit.SECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        }
    }

    private static Path folderOf(Path data, String machine) {
        return data.resolve("logs/123456789012-us-east-1/+aws+vendedlogs+states+orders")
                .resolve(machine);
    }

    private static List<String> lines(Path data, String machine) throws IOException {
        var logs = folderOf(data, machine);
        if (!Files.isDirectory(logs)) {
            return List.of();
        }
        try (var files = Files.list(logs)) {
            var lines = new ArrayList<String>();
            for (var file : files.sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        }
    }

    @Test
    void logsToCloudWatchAndPublishesToEventBridgeThoughTheyWereDown() throws Exception {
        try (var stub = FeedStub.start();
                var http = HttpClient.newHttpClient();
                var server =
                        GradusServer.start(
                                Settings.from(
                                        Map.of(
                                                "in-memory",
                                                "true",
                                                "port",
                                                "0",
                                                "drain-timeout",
                                                "0",
                                                "logs-endpoint",
                                                stub.endpoint().toString(),
                                                "events-endpoint",
                                                stub.endpoint().toString()),
                                        Map.of()))) {
            stub.createGroup("/aws/vendedlogs/states/orders");
            var client = new WireClient(http, server.port(), ACCOUNT);
            var first = start(client, "STANDARD", "ALL");
            var _ = client.awaitEnd(first, PATIENCE);
            assertThat(stub.await(() -> stub.events().size() == 2)).isTrue();

            stub.refuseWith(Optional.of(503));
            var second =
                    client.call(
                            "StartExecution",
                            JsonObject.of(
                                    "stateMachineArn",
                                    Json.of(
                                            "arn:aws:states:us-east-1:123456789012:stateMachine:orders-STANDARD")));
            var ended = client.awaitEnd(second.string("executionArn"), PATIENCE);
            assertThat(ended.string("status")).isEqualTo("FAILED");
            int calls = stub.calls().size();
            assertThat(stub.await(() -> stub.calls().size() > calls + 2)).isTrue();
            stub.refuseWith(Optional.empty());

            assertThat(stub.await(() -> stub.events().size() == 4)).isTrue();
            assertThat(stub.await(() -> stub.messages("/aws/vendedlogs/states/orders").size() == 6))
                    .isTrue();
            assertThat(stub.streams("/aws/vendedlogs/states/orders"))
                    .allMatch(name -> name.startsWith("states/orders-STANDARD/"));
        }
    }
}
