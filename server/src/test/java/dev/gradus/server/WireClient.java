package dev.gradus.server;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Calls a server as one account, without an SDK, so that nothing is checked or renamed before it.
 */
final class WireClient {
    static final String REGION = "us-east-1";
    private static final Duration BETWEEN_POLLS = Duration.ofMillis(15);
    private static final Set<String> OPEN = Set.of("RUNNING", "PENDING_REDRIVE");

    /**
     * One answer.
     *
     * @param error the modelled error's name, empty for a success
     */
    record Reply(int status, String error, JsonObject body) {
        boolean ok() {
            return status == 200;
        }

        String string(String member) {
            return Recording.string(body, member);
        }
    }

    private final HttpClient http;
    private final URI endpoint;
    private final String account;
    private final CountDownLatch never = new CountDownLatch(1); // bounds the rate of polls

    WireClient(HttpClient http, int port, String account) {
        this.http = http;
        this.endpoint = URI.create("http://127.0.0.1:" + port + "/");
        this.account = account;
    }

    Reply call(String operation, JsonObject request) throws IOException, InterruptedException {
        var sent =
                HttpRequest.newBuilder(endpoint)
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "AWSStepFunctions." + operation)
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential="
                                        + account
                                        + "/20260101/"
                                        + REGION
                                        + "/states/aws4_request, SignedHeaders=host, Signature=0")
                        .timeout(Duration.ofSeconds(90))
                        .POST(BodyPublishers.ofString(request.text()))
                        .build();
        var answer = http.send(sent, BodyHandlers.ofString());
        var body =
                answer.body().isEmpty() ? JsonObject.EMPTY : (JsonObject) Json.parse(answer.body());
        var type = new Reply(answer.statusCode(), "", body).string("__type");
        return new Reply(answer.statusCode(), type.substring(type.indexOf('#') + 1), body);
    }

    /**
     * An ARN of this account that names nothing, for a request member such as {@code activityArn}.
     */
    String absent(String member) {
        var place = "arn:aws:states:" + REGION + ":" + account + ":";
        return switch (member) {
            case "executionArn" -> place + "execution:absent:absent";
            case "activityArn" -> place + "activity:absent";
            default -> place + "stateMachine:absent";
        };
    }

    /** Asks again and again until the execution has ended; returns its last description. */
    Reply awaitEnd(String executionArn, Duration atMost) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + atMost.toNanos();
        var request = JsonObject.of("executionArn", Json.of(executionArn));
        var described = call("DescribeExecution", request);
        while (described.ok() && OPEN.contains(described.string("status"))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(executionArn + " is still running after " + atMost);
            }
            pause();
            described = call("DescribeExecution", request);
        }
        return described;
    }

    /** Asks for the history until it has so many events; returns it whole. */
    Reply awaitEvents(JsonObject request, int atLeast, Duration atMost)
            throws IOException, InterruptedException {
        var deadline = System.nanoTime() + atMost.toNanos();
        var history = call("GetExecutionHistory", request);
        while (history.ok()
                && History.events(history.body()).size() < atLeast
                && System.nanoTime() < deadline) {
            pause();
            history = call("GetExecutionHistory", request);
        }
        return history;
    }

    private void pause() throws InterruptedException {
        var _ = never.await(BETWEEN_POLLS.toNanos(), TimeUnit.NANOSECONDS);
    }
}
