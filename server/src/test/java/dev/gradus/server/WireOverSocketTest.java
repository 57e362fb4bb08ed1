package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The wire before the real runtime, in memory, asked by an ordinary HTTP client. */
@Timeout(60)
class WireOverSocketTest {
    private static final String PREFIX = "arn:aws:states:us-east-1:123456789012:";
    private static final String ROLE = "arn:aws:iam::123456789012:role/r";
    private static final String PASS =
            "{\\\"StartAt\\\":\\\"A\\\",\\\"States\\\":{\\\"A\\\":{\\\"Type\\\":\\\"Pass\\\",\\\"End\\\":true}}}";

    private static GradusServer server;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        server = startServer();
        client = HttpClient.newHttpClient();
        awaitReady(server);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void runsAnExecutionAndShowsIt() throws Exception {
        create("shown");
        var started =
                call(
                        "StartExecution",
                        "{\"stateMachineArn\":\"%s\",\"name\":\"e\",\"input\":\" {\\\"a\\\" : 1.10} \"}"
                                .formatted(PREFIX + "stateMachine:shown"));
        assertThat(started.get("executionArn").asString()).isEqualTo(PREFIX + "execution:shown:e");

        var described = call("DescribeExecution", byExecution("shown", "e"));
        assertThat(described.get("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(described.get("input").asString()).isEqualTo(" {\"a\" : 1.10} ");
        assertThat(described.get("output").asString()).isEqualTo("{\"a\":1.10}");
        assertThat(described.get("startDate")).isEqualTo(started.get("startDate"));

        var events = call("GetExecutionHistory", byExecution("shown", "e")).get("events");
        assertThat(events.findValuesAsString("type"))
                .containsExactly(
                        "ExecutionStarted",
                        "PassStateEntered",
                        "PassStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void walksThePagesOfAList() throws Exception {
        create("paged");
        for (var i = 0; i < 5; i++) {
            call(
                    "StartExecution",
                    "{\"stateMachineArn\":\"%s\",\"name\":\"e%d\"}"
                            .formatted(PREFIX + "stateMachine:paged", i));
        }
        var names = new ArrayList<String>();
        var next = "";
        do {
            var page =
                    call(
                            "ListExecutions",
                            "{\"stateMachineArn\":\"%s\",\"maxResults\":2%s}"
                                    .formatted(PREFIX + "stateMachine:paged", next));
            names.addAll(page.get("executions").findValuesAsString("name"));
            next =
                    page.has("nextToken")
                            ? ",\"nextToken\":\"" + page.get("nextToken").asString() + "\""
                            : "";
        } while (!next.isEmpty());

        assertThat(names).containsExactly("e4", "e3", "e2", "e1", "e0");
    }

    @Test
    void wordsErrorsAsAwsDoes() throws Exception {
        assertThat(
                        refusal(
                                "DescribeStateMachine",
                                "{\"stateMachineArn\":\"" + PREFIX + "stateMachine:no\"}"))
                .isEqualTo(
                        "StateMachineDoesNotExist: State Machine Does Not Exist: '"
                                + PREFIX
                                + "stateMachine:no'");
        assertThat(refusal("DescribeActivity", "{\"activityArn\":\"" + PREFIX + "activity:no\"}"))
                .isEqualTo(
                        "ActivityDoesNotExist: Activity Does Not Exist: '"
                                + PREFIX
                                + "activity:no'");
        assertThat(refusal("DescribeExecution", byExecution("no", "e")))
                .isEqualTo(
                        "ExecutionDoesNotExist: Execution Does Not Exist: '"
                                + PREFIX
                                + "execution:no:e'");
        assertThat(refusal("SendTaskHeartbeat", "{\"taskToken\":\"nonsense\"}"))
                .isEqualTo("InvalidToken: Invalid Token: 'Invalid token'");
        assertThat(refusal("UpdateEverything", "{}")).startsWith("UnknownOperationException: ");
        create("words");
        assertThat(
                        refusal(
                                "StartExecution",
                                "{\"stateMachineArn\":\"%s\",\"input\":\"not json\"}"
                                        .formatted(PREFIX + "stateMachine:words")))
                .startsWith(
                        "InvalidExecutionInput: Invalid State Machine Execution Input: 'Unrecognized"
                                + " token 'not'");
    }

    @Test
    void sendsPollingWorkersAwayWhenItStops() throws Exception {
        var own = startServer();
        try {
            awaitReady(own);
            send(own, "CreateActivity", "{\"name\":\"a\"}").get(20, TimeUnit.SECONDS);
            var poll =
                    send(own, "GetActivityTask", "{\"activityArn\":\"" + PREFIX + "activity:a\"}");
            var second = send(own, "ListActivities", "{}").get(20, TimeUnit.SECONDS);
            assertThat(second.statusCode()).isEqualTo(200);
            var begun = System.nanoTime();

            own.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(15));
            assertThat(poll.get(20, TimeUnit.SECONDS).statusCode()).isIn(200, 503);
        } finally {
            own.close();
        }
    }

    private static GradusServer startServer() throws IOException {
        return GradusServer.start(
                Settings.from(Map.of("port", "0", "in-memory", "true", "shards", "3"), Map.of()));
    }

    private static void awaitReady(GradusServer server) throws Exception {
        var ready =
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/ready"))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
                assertThat(System.nanoTime()).as("not ready in 30 s").isLessThan(deadline);
            }
        }
    }

    private static void create(String name) throws Exception {
        call(
                "CreateStateMachine",
                "{\"name\":\"%s\",\"definition\":\"%s\",\"roleArn\":\"%s\"}"
                        .formatted(name, PASS, ROLE));
    }

    private static String byExecution(String machine, String name) {
        return "{\"executionArn\":\"" + PREFIX + "execution:" + machine + ":" + name + "\"}";
    }

    private static JsonNode call(String operation, String body) throws Exception {
        var response = send(server, operation, body).get(20, TimeUnit.SECONDS);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    private static String refusal(String operation, String body) throws Exception {
        var response = send(server, operation, body).get(20, TimeUnit.SECONDS);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
        var json = JsonMapper.shared().readTree(response.body());
        return json.get("__type").asString() + ": " + json.get("message").asString();
    }

    private static CompletableFuture<HttpResponse<String>> send(
            GradusServer to, String operation, String body) {
        var request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + to.port() + "/"))
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "AWSStepFunctions." + operation)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }
}
