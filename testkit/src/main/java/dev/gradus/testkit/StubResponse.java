package dev.gradus.testkit;

import com.sun.net.httpserver.HttpExchange;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes answers of the Invoke API, with the headers that Lambda sends. */
final class StubResponse {
    private StubResponse() {}

    static void payload(
            HttpExchange exchange, String payload, String version, Optional<String> functionError)
            throws IOException {
        var requestId = requestId(exchange);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("X-Amz-Executed-Version", version);
        headers.set("x-amzn-Remapped-Content-Length", "0");
        functionError.ifPresent(kind -> headers.set("X-Amz-Function-Error", kind));
        if ("Tail".equals(exchange.getRequestHeaders().getFirst("X-Amz-Log-Type"))) {
            headers.set("X-Amz-Log-Result", base64("START RequestId: " + requestId + "\n"));
        }
        body(exchange, 200, payload);
    }

    static void serviceError(HttpExchange exchange, StubAnswer.ServiceError error)
            throws IOException {
        requestId(exchange);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("x-amzn-ErrorType", error.code());
        body(
                exchange,
                error.status(),
                JsonObject.builder()
                        .put("Type", error.status() < 500 ? "User" : "Service")
                        .put("Message", error.message())
                        .build()
                        .text());
    }

    static void empty(HttpExchange exchange, int status) throws IOException {
        requestId(exchange);
        exchange.sendResponseHeaders(status, -1);
    }

    static void half(HttpExchange exchange, String payload) throws IOException {
        var bytes = payload.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
        exchange.getResponseBody().flush();
    }

    /** Invocations by function, as one JSON object. */
    static void count(HttpExchange exchange, List<LambdaStub.Invocation> invocations)
            throws IOException {
        var counts = new LinkedHashMap<String, Json>();
        for (var invocation : invocations) {
            counts.put(invocation.function(), Json.of((long) invocation.number()));
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        body(exchange, 200, JsonObject.of(counts).text());
    }

    private static String requestId(HttpExchange exchange) {
        var id = UUID.randomUUID().toString();
        exchange.getResponseHeaders().set("x-amzn-RequestId", id);
        return id;
    }

    private static void body(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
