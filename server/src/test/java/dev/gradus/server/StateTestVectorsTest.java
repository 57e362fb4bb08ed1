package dev.gradus.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.testkit.LambdaStub;
import dev.gradus.testkit.StubAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the vectors of TestState: each file {@code test-state/*.json} has what is asked and what AWS
 * answers, with where that is known from. JSON texts may be written as JSON in both; {@code <name>}
 * stands for a text that cannot be known.
 */
final class StateTestVectorsTest {
    private static final String ACCOUNT = "123456789012";
    private static final int AT_LEAST = 30;

    private static LambdaStub stub;
    private static GradusServer server;
    private static HttpClient http;

    @BeforeAll
    static void start() throws IOException {
        stub = LambdaStub.start();
        stub.function("hello", call -> new StubAnswer.Returned(call.payload()));
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
    Stream<DynamicTest> answersAsTheVectorSays() throws Exception {
        return files().stream()
                .map(file ->
                        DynamicTest.dynamicTest(
                                file.getFileName().toString(), () -> check(vector(file))));
    }

    @Test
    void everyVectorSaysWhereItIsKnownFrom() throws Exception {
        var files = files();

        assertThat(files).hasSizeGreaterThanOrEqualTo(AT_LEAST);
        for (var file : files) {
            assertThat(Recording.string(vector(file), "source")).as(file.toString()).isNotBlank();
        }
    }

    private static void check(JsonObject vector) throws Exception {
        var reply =
                new WireClient(http, server.port(), ACCOUNT)
                        .call("TestState", asTexts(Recording.object(vector, "request").get()));
        var answer =
                reply.ok()
                        ? reply.body()
                        : JsonObject.of(
                                "error",
                                Json.of(reply.error()),
                                "message",
                                Json.of(reply.string("message")));

        var comparison = new Comparison(new Placeholders(ACCOUNT), LocalDate.MAX);
        assertThat(comparison.of(vector.get("answer").orElseThrow(), answer))
                .as(answer::text)
                .isEmpty();
    }

    /** Members that the API has as texts with JSON in them. */
    private static JsonObject asTexts(JsonObject request) {
        var texts = JsonObject.builder();
        for (var member : request) {
            texts.put(
                    member.name(),
                    switch (member.name()) {
                        case "definition", "input", "variables", "context", "result" ->
                                text(member.value());
                        case "mock" -> asTexts((JsonObject) member.value());
                        default -> member.value();
                    });
        }
        return texts.build();
    }

    private static Json text(Json value) {
        return value instanceof JsonString ? value : Json.of(value.text());
    }

    private static JsonObject vector(Path file) throws IOException {
        return (JsonObject) Json.parse(Files.readString(file));
    }

    private static List<Path> files() throws IOException {
        var root =
                Path.of(
                        URI.create(
                                requireNonNull(
                                                StateTestVectorsTest.class.getResource(
                                                        "/test-state"))
                                        .toString()));
        try (var files = Files.list(root)) {
            return files.sorted().toList();
        }
    }
}
