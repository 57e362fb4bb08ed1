package dev.gradus.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.MachineType;
import dev.gradus.asl.Validator;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sends twenty definitions with one mistake each; their README says what the files hold. */
final class MistakesTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/mistakes";

    private static GradusServer server;
    private static HttpClient http;
    private static WireClient client;

    /** One definition with its mistake. */
    record Mistake(String name, JsonObject file) {
        String definition() {
            return file.get("definition").orElseThrow() instanceof JsonString(var text)
                    ? text
                    : file.get("definition").orElseThrow().text();
        }

        String type() {
            return Recording.string(file, "type");
        }

        JsonObject answer() {
            return (JsonObject) file.get("answer").orElseThrow();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() throws IOException {
        server =
                GradusServer.start(
                        Settings.from(
                                Map.of("in-memory", "true", "port", "0", "drain-timeout", "0"),
                                Map.of()));
        http = HttpClient.newHttpClient();
        client = new WireClient(http, server.port(), "123456789012");
    }

    @AfterAll
    static void stop() {
        http.close();
        server.close();
    }

    static List<Mistake> mistakes() throws Exception {
        var folder = Path.of(requireNonNull(MistakesTest.class.getResource("/mistakes")).toURI());
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(MistakesTest::read)
                    .toList();
        }
    }

    private static Mistake read(Path file) {
        try {
            return new Mistake(
                    String.valueOf(file.getFileName()),
                    (JsonObject) Json.parse(Files.readString(file)));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void thereAreTwenty() throws Exception {
        assertThat(mistakes()).hasSize(20);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void validatesInTheWordsOfAws(Mistake mistake) throws Exception {
        var reply =
                client.call(
                        "ValidateStateMachineDefinition",
                        JsonObject.builder()
                                .put("definition", Json.of(mistake.definition()))
                                .put("type", Json.of(mistake.type()))
                                .build());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().text()).isEqualTo(mistake.answer().text());
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void createsNothingAndSaysTheSame(Mistake mistake) throws Exception {
        var reply =
                client.call(
                        "CreateStateMachine",
                        JsonObject.builder()
                                .put("name", Json.of("mistaken"))
                                .put("definition", Json.of(mistake.definition()))
                                .put("roleArn", Json.of(ROLE))
                                .put("type", Json.of(mistake.type()))
                                .build());

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("InvalidDefinition");
        assertThat(reply.string("message"))
                .isEqualTo(
                        Recording.objects(mistake.answer(), "diagnostics").stream()
                                .map(MistakesTest::inOneMessage)
                                .collect(
                                        Collectors.joining(
                                                ", ", "Invalid State Machine Definition: '", "'")));
    }

    private static String inOneMessage(JsonObject diagnostic) {
        var location = Recording.string(diagnostic, "location");
        return Recording.string(diagnostic, "code")
                + ": "
                + Recording.string(diagnostic, "message")
                + " at "
                + (location.isEmpty() ? "null" : location);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void suggestsTheNearestNameToOurOwnTools(Mistake mistake) {
        var first =
                Validator.explain(mistake.definition(), MachineType.valueOf(mistake.type()))
                        .getFirst();

        assertThat(first.line()).isEqualTo(1);
        assertThat(first.column()).isPositive();
        assertThat(first.didYouMean().orElse(""))
                .isEqualTo(Recording.string(mistake.file(), "didYouMean"));
        assertThat(Optional.of(first.diagnostic().code()))
                .contains(
                        Recording.string(
                                Recording.objects(mistake.answer(), "diagnostics").getFirst(),
                                "code"));
    }
}
