package dev.gradus.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonObject;
import dev.gradus.testkit.LambdaStub;
import dev.gradus.testkit.StubAnswer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the conformance vectors: each folder {@code vectors/area/name} has a definition, an input
 * and the history that AWS would write, with where that is known from. Times are left out of
 * histories; {@code <name>} stands for a text that cannot be known. A function without a recorded
 * answer hangs.
 */
final class VectorsTest {
    private static final String ACCOUNT = "123456789012";
    private static final String ROLE = "arn:aws:iam::123456789012:role/vector";
    private static final int AT_LEAST = 90;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static LambdaStub stub;
    private static GradusServer server;
    private static HttpClient http;

    /** One vector, running. */
    private record Started(String name, JsonObject expected, String executionArn) {}

    @BeforeAll
    static void start() throws IOException {
        stub = LambdaStub.start();
        server =
                GradusServer.start(
                        Settings.from(
                                Map.of("in-memory", "true", "port", "0", "drain-timeout", "0"),
                                Map.of("LAMBDA_ENDPOINT", stub.endpoint().toString())));
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        stub.close();
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> writesTheHistoryOfTheVector() throws Exception {
        var client = new WireClient(http, server.port(), ACCOUNT);
        List<Started> started = new ArrayList<>();
        for (var folder : folders()) {
            started.add(start(folder, client));
        }
        return started.stream()
                .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> check(vector, client)));
    }

    @Test
    void everyVectorSaysWhereItIsKnownFrom() throws Exception {
        var folders = folders();

        assertThat(folders).hasSizeGreaterThanOrEqualTo(AT_LEAST);
        assertThat(folders)
                .allSatisfy(folder ->
                        assertThat(Recording.string(json(folder, "history"), "source"))
                                .isNotBlank());
    }

    private static Started start(Path folder, WireClient client)
            throws IOException, InterruptedException {
        var expected = json(folder, "history");
        serve(Recording.objects(expected, "functions"));
        var name = root().relativize(folder).toString().replace(File.separatorChar, '-');
        var created =
                client.call(
                        "CreateStateMachine",
                        JsonObject.builder()
                                .put("name", name)
                                .put("definition", text(folder, "definition"))
                                .put("roleArn", ROLE)
                                .build());
        var execution =
                client.call(
                        "StartExecution",
                        JsonObject.builder()
                                .put("stateMachineArn", created.string("stateMachineArn"))
                                .put("name", "run")
                                .put("input", text(folder, "input").strip())
                                .build());
        assertThat(execution.ok()).as("%s: %s, %s", name, created, execution).isTrue();
        return new Started(name, expected, execution.string("executionArn"));
    }

    private static void check(Started vector, WireClient client) throws Exception {
        var _ = client.awaitEnd(vector.executionArn(), PATIENCE);
        var history =
                client.call(
                        "GetExecutionHistory",
                        JsonObject.of("executionArn", Json.of(vector.executionArn())));

        var comparison = new Comparison(new Placeholders(ACCOUNT), LocalDate.MAX);
        var events = vector.expected().get("events").orElse(JsonArray.EMPTY);
        assertThat(comparison.of(events, withoutTimes(history.body())))
                .as(() -> history.body().text())
                .isEmpty();
    }

    private static Json withoutTimes(JsonObject history) {
        return JsonArray.of(
                History.events(history).stream().map(event -> event.without("timestamp")).toList());
    }

    private static void serve(List<JsonObject> calls) {
        var answers = new HashMap<String, Queue<StubAnswer>>();
        for (var call : calls) {
            var response = response(call);
            answers.computeIfAbsent(Recording.string(call, "function"), _ -> new ArrayDeque<>())
                    .add(
                            call.has("functionError")
                                    ? new StubAnswer.FunctionError(response)
                                    : new StubAnswer.Returned(response));
        }
        answers.forEach((name, queue) ->
                stub.function(
                        name,
                        _ -> {
                            synchronized (queue) {
                                var next = queue.poll();
                                return next == null ? new StubAnswer.Hang() : next;
                            }
                        }));
        stub.otherFunctions(_ -> Optional.of(_ -> new StubAnswer.Hang()));
    }

    /** A text of so many letters, two bytes each, where a large answer is not worth a file. */
    private static String response(JsonObject call) {
        return call.get("responseLetters").orElse(Json.NULL) instanceof JsonNumber letters
                ? Json.of("é".repeat((int) letters.longValue().orElseThrow())).text()
                : call.get("response").orElse(Json.NULL).text();
    }

    private static List<Path> folders() throws IOException {
        try (var files = Files.walk(root())) {
            return files.filter(file -> Files.exists(file.resolve("definition.json")))
                    .sorted()
                    .toList();
        }
    }

    private static Path root() {
        return Path.of(
                URI.create(requireNonNull(VectorsTest.class.getResource("/vectors")).toString()));
    }

    private static JsonObject json(Path folder, String file) throws IOException {
        return (JsonObject) Json.parse(text(folder, file));
    }

    private static String text(Path folder, String file) throws IOException {
        return Files.readString(folder.resolve(file + ".json"));
    }
}
