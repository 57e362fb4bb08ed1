package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.api.Gateway;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** `gradus release` against a running server, and who else may ask for the same. */
final class ReleaseCommandTest {
    private static final String ARN = "arn:aws:states:us-east-1:123456789012:execution:m:one";
    private static final String JSON = "Content-Type: application/json";

    private static GradusServer server;

    private record Output(int code, String out, String err) {}

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server =
                GradusServer.start(
                        Settings.from(
                                Map.of(
                                        "in-memory",
                                        "true",
                                        "port",
                                        "0",
                                        "drain-timeout",
                                        "0",
                                        "allowed-host",
                                        "gradus.example"),
                                Map.of()));
        try (var http = HttpClient.newHttpClient()) {
            var client = new WireClient(http, server.port(), "123456789012");
            client.call(
                    "CreateStateMachine",
                    JsonObject.builder()
                            .put("name", "m")
                            .put("roleArn", "arn:aws:iam::123456789012:role/r")
                            .put(
                                    "definition",
                                    "{\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Succeed\"}}}")
                            .build());
            client.call(
                    "StartExecution",
                    JsonObject.of(
                            "stateMachineArn",
                            Json.of("arn:aws:states:us-east-1:123456789012:stateMachine:m"),
                            "name",
                            Json.of("one")));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void saysThatNothingIsHeld() {
        assertThat(release(ARN, server.port()))
                .isEqualTo(new Output(0, "Nothing of this execution is held.\n", ""));
    }

    @Test
    void handsOnWhatTheServerRefuses() {
        assertThat(release(ARN + "x", server.port()))
                .isEqualTo(new Output(1, "", "gradus: Execution Does Not Exist: '" + ARN + "x'\n"));
        assertThat(release("first", server.port()).err()).contains("Invalid Arn");
    }

    @Test
    void saysWhatToDoWhenNoServerAnswers() {
        var output = release(ARN, 1);

        assertThat(output.code()).isEqualTo(1);
        assertThat(output.err()).contains("no server answers on port 1").contains("--port");
    }

    @Test
    void aPageMayNotAskForIt() throws IOException {
        var evil = "Host: evil.example:" + server.port();
        var own = "Host: localhost:" + server.port();

        assertThat(status(own, JSON)).isEqualTo(200);
        assertThat(status("Host: gradus.example", JSON)).isEqualTo(200);
        // A form, which needs nobody's leave, from a browser that says nothing of itself.
        assertThat(status(own, "Content-Type: text/plain")).isEqualTo(403);
        assertThat(status(own)).isEqualTo(403);
        // A page whose name was made to point here.
        assertThat(status(evil, JSON)).isEqualTo(403);
        assertThat(status(evil, "Origin: http://evil.example:" + server.port(), JSON))
                .isEqualTo(403);
        assertThat(status(own, "Sec-Fetch-Site: cross-site", JSON)).isEqualTo(403);
    }

    @Test
    void anotherMachineMayNotAskForIt() {
        var guard = new BrowserGuard(Set.of());
        var headers = Map.of("Host", "localhost", "Content-Type", "application/json");

        assertThat(guard.upkeepRefusal(true, name -> get(headers, name))).isEmpty();
        assertThat(guard.upkeepRefusal(false, name -> get(headers, name))).isPresent();
    }

    private static Optional<String> get(Map<String, String> headers, String name) {
        return Optional.ofNullable(headers.get(name));
    }

    private static int status(String... headers) throws IOException {
        var body = "{\"executionArn\":\"" + ARN + "\"}";
        var request = new StringBuilder("POST " + Gateway.RELEASE_PATH + " HTTP/1.1\r\n");
        for (var header : headers) {
            request.append(header).append("\r\n");
        }
        request.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
        try (var client = new RawClient(server.port())) {
            return client.send(request.toString()).receive().status();
        }
    }

    private static Output release(String arn, int port) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code =
                Main.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute("release", arn, "--port", Integer.toString(port));
        return new Output(code, out.toString(), err.toString());
    }
}
