package dev.gradus.testkit;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls operations of a server that may die at any moment, as a careful client does: an answer that
 * did not come is asked for again. Safe for any number of threads.
 */
final class ServerCalls {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final int UNAVAILABLE = 500;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(ANSWER)
                    .build();
    private final URI endpoint;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger unknownOutcomes = new AtomicInteger();
    private final AtomicInteger throttled = new AtomicInteger();

    /** An answer: the HTTP status and the body. */
    record Answer(int status, JsonObject body) {
        boolean ok() {
            return status == 200;
        }

        /** The name of the error, without its namespace; empty if there is none. */
        String error() {
            var type = text("__type");
            return type.substring(type.indexOf('#') + 1);
        }

        String text(String member) {
            return body.get(member).orElse(Json.NULL) instanceof JsonString(var value) ? value : "";
        }

        /** The JSON text of a member; {@code null} if there is none. */
        String json(String member) {
            return body.get(member).orElse(Json.NULL).text();
        }

        List<JsonObject> list(String member) {
            var found = new ArrayList<JsonObject>();
            if (body.get(member).orElse(Json.NULL) instanceof JsonArray array) {
                for (var element : array) {
                    if (element instanceof JsonObject object) {
                        found.add(object);
                    }
                }
            }
            return found;
        }
    }

    ServerCalls(int port) {
        endpoint = URI.create("http://127.0.0.1:" + port + "/");
    }

    /**
     * Calls until there is an answer other than "unavailable" and "slow down", for two minutes at
     * most.
     */
    Answer call(String operation, JsonObject request) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                var answer = once(operation, request);
                if (answer.error().equals("ThrottlingException")) {
                    throttled.incrementAndGet();
                } else if (answer.status() < UNAVAILABLE) {
                    return answer;
                } else {
                    unknownOutcomes.incrementAndGet();
                }
                expectTime(deadline, operation, new IOException(answer.body().text()));
            } catch (ConnectException down) {
                // It is being started again; nothing was sent.
                expectTime(deadline, operation, down);
            } catch (IOException lost) {
                unknownOutcomes.incrementAndGet();
                expectTime(deadline, operation, lost);
            }
            Pauses.of(PAUSE);
        }
    }

    /** Calls, and fails unless the answer is 200. */
    Answer expect(String operation, JsonObject request) {
        var answer = call(operation, request);
        if (!answer.ok()) {
            throw new IllegalStateException(
                    operation + " " + request.text() + " -> " + answer.body().text());
        }
        return answer;
    }

    /** API calls without an answer at this moment. */
    int underWay() {
        return underWay.get();
    }

    /**
     * Calls so far whose answer did not come, so that nobody knows whether they were carried out.
     */
    int unknownOutcomes() {
        return unknownOutcomes.get();
    }

    /** Answers so far that asked to slow down. */
    int throttled() {
        return throttled.get();
    }

    private Answer once(String operation, JsonObject request) throws IOException {
        var post =
                HttpRequest.newBuilder(endpoint)
                        .timeout(ANSWER)
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "AWSStepFunctions." + operation)
                        .POST(HttpRequest.BodyPublishers.ofString(request.text()))
                        .build();
        underWay.incrementAndGet();
        try {
            var response = http.send(post, HttpResponse.BodyHandlers.ofString());
            var body = response.body().isEmpty() ? JsonObject.EMPTY : Json.parse(response.body());
            return new Answer(
                    response.statusCode(),
                    body instanceof JsonObject object ? object : JsonObject.EMPTY);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calling " + operation, stopping);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static void expectTime(long deadline, String operation, IOException cause) {
        if (System.nanoTime() > deadline) {
            throw new UncheckedIOException("no answer to " + operation, cause);
        }
    }
}
