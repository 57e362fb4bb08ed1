package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LambdaStubTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private LambdaStub stub;

    @BeforeEach
    void start() throws IOException {
        stub = LambdaStub.start();
    }

    @AfterEach
    void stop() {
        stub.close();
        client.close();
    }

    @Test
    void answersWithTheHeadersOfLambda() throws Exception {
        stub.function("charge", _ -> StubAnswer.returned("{\"paid\":true}"));

        var response = invoke("charge", "{\"amount\":5}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"paid\":true}");
        assertThat(response.headers().firstValue("X-Amz-Executed-Version")).contains("$LATEST");
        assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
        assertThat(response.headers().firstValue("X-Amz-Function-Error")).isEmpty();
    }

    @Test
    void marksAFunctionsError() throws Exception {
        stub.function("charge", _ -> StubAnswer.error("Declined", "no funds"));

        var response = invoke("charge", "{}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Amz-Function-Error")).contains("Unhandled");
        assertThat(response.body())
                .isEqualTo("{\"errorMessage\":\"no funds\",\"errorType\":\"Declined\"}");
    }

    @Test
    void refusesAnUnknownFunctionAndABodyThatIsNotJson() throws Exception {
        stub.function("charge", _ -> StubAnswer.returned("1"));

        var unknown = invoke("nobody", "{}");
        var notJson = invoke("charge", "hello");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("x-amzn-ErrorType"))
                .contains("ResourceNotFoundException");
        assertThat(unknown.body())
                .contains(
                        "Function not found:"
                                + " arn:aws:lambda:us-east-1:123456789012:function:nobody:$LATEST");
        assertThat(notJson.statusCode()).isEqualTo(400);
        assertThat(notJson.headers().firstValue("x-amzn-ErrorType"))
                .contains("InvalidRequestContentException");
        assertThat(stub.invocations()).isEmpty();
    }

    @Test
    void countsTheInvocationsOfEachFunction() throws Exception {
        stub.function("a", invocation -> StubAnswer.returned("" + invocation.number()));
        stub.function("my-function", _ -> StubAnswer.returned("1"));

        assertThat(invoke("a", "1").body()).isEqualTo("1");
        assertThat(invoke("my-function:live", "2").body()).isEqualTo("1");
        assertThat(invoke("arn:aws:lambda:us-east-1:123456789012:function:a:7", "3").body())
                .isEqualTo("2");

        assertThat(stub.invocations("a"))
                .extracting(LambdaStub.Invocation::payload)
                .containsExactly("1", "3");
        assertThat(stub.invocations("a").getLast().qualifier()).isEqualTo("7");
        var counts = URI.create(stub.endpoint() + "/_invocations");
        assertThat(send(HttpRequest.newBuilder(counts).build()).body())
                .isEqualTo("{\"a\":2,\"my-function\":1}");
    }

    @Test
    void answersLateWhenAsked() throws Exception {
        stub.function(
                "slow",
                _ -> new StubAnswer.Delayed(Duration.ofMillis(200), StubAnswer.returned("1")));
        var before = System.nanoTime();

        assertThat(invoke("slow", "{}").body()).isEqualTo("1");

        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isGreaterThan(Duration.ofMillis(199));
    }

    @Test
    void closesTheConnectionWithoutAnAnswerWhenAsked() {
        stub.function("gone", _ -> new StubAnswer.Disconnect());
        stub.function("half", _ -> new StubAnswer.CutOff("\"" + "a".repeat(5000) + "\""));

        assertThatThrownBy(() -> invoke("gone", "{}")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> invoke("half", "{}")).isInstanceOf(IOException.class);
    }

    @Test
    void letsGoOfHangingCallsWhenItCloses() throws Exception {
        stub.function("stuck", _ -> new StubAnswer.Hang());
        var answer = client.sendAsync(request("stuck", "{}"), HttpResponse.BodyHandlers.ofString());
        stub.awaitInvocations("stuck", 1, Duration.ofSeconds(30));

        stub.close();

        assertThat(answer).failsWithin(Duration.ofSeconds(30));
    }

    @Test
    void saysHowOftenItWasCalledWhenAWaitIsInVain() {
        assertThatThrownBy(() -> stub.awaitInvocations("charge", 2, Duration.ofMillis(1)))
                .hasMessage("charge was invoked 0 times, not 2, within PT0.001S");
    }

    @Test
    void servesCannedFunctionsAndFilesAsACommand(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("charge.json"), "{\"Return\": {\"paid\": true}}");
        Files.writeString(
                folder.resolve("ship.json"),
                "{\"Answers\": [{\"Throw\": {\"Error\": \"Busy\", \"Cause\": \"later\"}},"
                        + " {\"Return\": \"sent\"}]}");
        Files.writeString(folder.resolve("odd.json"), "{}");
        stub.close();
        stub = StubCommand.run(List.of("--port", "0", "--functions", folder.toString()));

        assertThat(invoke("charge", "{}").body()).isEqualTo("{\"paid\":true}");
        assertThat(invoke("ship", "{}").body()).contains("\"errorType\":\"Busy\"");
        assertThat(invoke("ship", "{}").body()).isEqualTo("\"sent\"");
        assertThat(invoke("ship", "{}").body()).isEqualTo("\"sent\"");
        assertThat(invoke("odd", "{}").body()).contains("expected one of Return, Throw, Answers");
        assertThat(invoke("echo", "[1]").body()).isEqualTo("[1]");
        assertThat(invoke("fail", "{}").body()).contains("ExampleError");
        assertThat(invoke("fail-1-times", "7").body()).contains("ExampleError");
        assertThat(invoke("fail-1-times", "7").body()).isEqualTo("7");
        assertThat(invoke("slow-0", "7").body()).isEqualTo("7");
        assertThat(invoke("nobody", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void refusesACommandLineItDoesNotKnow() {
        assertThatThrownBy(() -> StubCommand.run(List.of("--prot", "1")))
                .hasMessageStartingWith("unknown flag --prot; usage:");
        assertThatThrownBy(() -> StubCommand.run(List.of("--port", "x")))
                .hasMessageStartingWith("--port is 'x'");
        assertThatThrownBy(() -> StubCommand.run(List.of("--port")))
                .hasMessageStartingWith("--port has no value");
        assertThatThrownBy(() -> StubCommand.run(List.of("--functions", "/no/such/folder")))
                .hasMessageContaining("not a folder");
    }

    private HttpResponse<String> invoke(String function, String payload) throws Exception {
        return send(request(function, payload));
    }

    private HttpRequest request(String function, String payload) {
        var path = "/2015-03-31/functions/" + function.replace(":", "%3A") + "/invocations";
        return HttpRequest.newBuilder(URI.create(stub.endpoint() + path))
                .POST(HttpRequest.BodyPublishers.ofString(payload))
                .build();
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
