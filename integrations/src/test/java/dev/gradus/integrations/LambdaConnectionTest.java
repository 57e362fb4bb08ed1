package dev.gradus.integrations;

import static dev.gradus.integrations.Calls.failure;
import static dev.gradus.integrations.Calls.function;
import static dev.gradus.integrations.Calls.invoke;
import static dev.gradus.integrations.Calls.output;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.Failure;
import dev.gradus.runtime.spi.TaskCall;
import dev.gradus.runtime.spi.TaskOutcome;
import dev.gradus.testkit.LambdaStub;
import dev.gradus.testkit.StubAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens when the way to Lambda is broken. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LambdaConnectionTest {
    private LambdaStub stub;
    private LambdaIntegration lambda;

    @BeforeEach
    void start() throws IOException {
        stub = LambdaStub.start();
        stub.function("echo", invocation -> StubAnswer.returned(invocation.payload()));
        lambda = at(stub.endpoint().toString());
    }

    @AfterEach
    void stop() {
        lambda.close();
        stub.close();
    }

    @Test
    void sendsACallOnceWhenTheConnectionClosesBeforeTheAnswer() {
        stub.function("gone", _ -> new StubAnswer.Disconnect());

        var failure = failure(call(function("gone", "{}")));

        assertNoAnswer(failure, "Lambda 'gone' at " + stub.endpoint() + " (from LAMBDA_ENDPOINT)");
        assertThat(stub.invocations("gone")).hasSize(1);
    }

    @Test
    void sendsACallWithoutPayloadOnceToo() {
        stub.function("gone", _ -> new StubAnswer.Disconnect());

        assertNoAnswer(failure(call(invoke("{\"FunctionName\":\"gone\"}"))), "Lambda 'gone'");

        assertThat(stub.invocations("gone")).hasSize(1);
    }

    @Test
    void sendsACallOnceWhenAReusedConnectionClosesBeforeTheAnswer() {
        stub.function("gone", _ -> new StubAnswer.Disconnect());
        assertThat(output(call(function("echo", "1")))).isEqualTo("1");

        assertNoAnswer(failure(call(function("gone", "{}"))), "Lambda 'gone'");

        assertThat(stub.invocations("gone")).hasSize(1);
    }

    @Test
    void failsWhenHalfOfTheAnswerComes() {
        stub.function("half", _ -> new StubAnswer.CutOff("\"" + "a".repeat(5000) + "\""));

        assertNoAnswer(failure(call(function("half", "{}"))), "Lambda 'half'");

        assertThat(stub.invocations("half")).hasSize(1);
    }

    @Test
    void worksAgainOnAnEndpointThatWasRestarted() throws IOException {
        assertThat(output(call(function("echo", "1")))).isEqualTo("1");
        var port = stub.endpoint().getPort();
        stub.close();
        stub = LambdaStub.start(port);
        stub.function("echo", invocation -> StubAnswer.returned(invocation.payload()));

        assertThat(output(call(function("echo", "2")))).isEqualTo("2");
    }

    @Test
    void saysThatNobodyListensThere() throws IOException {
        var url = "http://127.0.0.1:" + freePort();
        try (var nobody = at(url)) {
            var failure = failure(Calls.outcome(nobody, function("charge", "{}")));

            assertNoAnswer(failure, "Lambda 'charge' at " + url + " (from LAMBDA_ENDPOINT)");
            assertThat(failure.cause().orElse(""))
                    .contains("connection refused")
                    .contains("host.docker.internal");
        }
    }

    @Test
    void saysThatTheHostIsUnknown() {
        try (var nowhere = at("http://localstack.invalid:4566")) {
            var failure = failure(Calls.outcome(nowhere, function("charge", "{}")));

            assertNoAnswer(failure, "http://localstack.invalid:4566 (from LAMBDA_ENDPOINT)");
            assertThat(failure.cause().orElse(""))
                    .contains("unknown host. Inside Docker use the service name");
        }
    }

    @Test
    void saysThatTheEndpointSpeaksNoTls() throws IOException, InterruptedException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var server =
                    Thread.ofVirtual().start(() -> answerOnce(socket, "HTTP/1.1 400 No\r\n\r\n"));
            var url = "https://127.0.0.1:" + socket.getLocalPort();

            try (var plain = at(url)) {
                var failure = failure(Calls.outcome(plain, function("charge", "{}")));

                assertNoAnswer(failure, "http instead of https");
            }
            server.join();
        }
    }

    @Test
    void saysThatTheEndpointIsNoLambda() throws IOException, InterruptedException {
        var page = "HTTP/1.1 404 Not Found\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>";
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var server = Thread.ofVirtual().start(() -> answerOnce(socket, page));

            try (var elsewhere = at("http://127.0.0.1:" + socket.getLocalPort())) {
                var failure = failure(Calls.outcome(elsewhere, function("echo", "{}")));

                assertThat(failure.error()).contains("Lambda.AWSLambdaException");
                assertThat(failure.cause().orElse(""))
                        .contains("Status Code: 404; Error Code: null")
                        .contains("did not answer as Lambda's Invoke API does");
            }
            server.join();
        }
    }

    @Test
    void givesUpAfterTheDeadline() {
        stub.function("stuck", _ -> new StubAnswer.Hang());
        var now = Instant.parse("2026-01-01T00:00:00Z");
        var past = now.minus(Duration.ofSeconds(4)).toEpochMilli();
        var endpoints =
                Endpoints.from(Map.of(), Map.of("LAMBDA_ENDPOINT", stub.endpoint().toString()));

        try (var late = new LambdaIntegration(endpoints, InstantSource.fixed(now))) {
            var call = Calls.withDeadline(function("stuck", "{}"), past);
            assertNoAnswer(failure(Calls.outcome(late, call)), "deadline");
        }
    }

    @Test
    void abandonsTheCallWhenItsThreadIsInterrupted() throws InterruptedException {
        stub.function("stuck", _ -> new StubAnswer.Hang());
        var outcomes = new ArrayList<TaskOutcome>();

        var thread =
                Thread.ofVirtual().start(() -> lambda.call(function("stuck", "{}"), outcomes::add));
        stub.awaitInvocations("stuck", 1, Duration.ofSeconds(30));
        thread.interrupt();

        assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
        assertThat(outcomes).hasSize(1);
        assertThat(stub.invocations("stuck")).hasSize(1);
    }

    private TaskOutcome call(TaskCall call) {
        return Calls.outcome(lambda, call);
    }

    private static LambdaIntegration at(String url) {
        return new LambdaIntegration(
                Endpoints.from(Map.of(), Map.of("LAMBDA_ENDPOINT", url)), InstantSource.system());
    }

    private static void assertNoAnswer(Failure failure, String part) {
        assertThat(failure.error()).contains("Lambda.SdkClientException");
        assertThat(failure.cause().orElse(""))
                .startsWith("Unable to execute HTTP request: ")
                .contains(part);
    }

    /** Takes one connection, reads what comes at first, answers and closes. */
    private static void answerOnce(ServerSocket socket, String answer) {
        try (var connection = socket.accept()) {
            var _ = connection.getInputStream().read(new byte[8192]);
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            connection.shutdownOutput();
            var _ = connection.getInputStream().readAllBytes();
        } catch (IOException peerWentAway) {
            throw new UncheckedIOException(peerWentAway);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
