package dev.gradus.api;

import dev.gradus.runtime.Arn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** A gateway over canned answers, called the way an SDK calls. */
final class Wire {
    static final Arn.Place HOME = new Arn.Place("aws", "us-east-1", "123456789012");
    static final String MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
    static final String EXECUTION = "arn:aws:states:us-east-1:123456789012:execution:m:e";
    static final String ACTIVITY = "arn:aws:states:us-east-1:123456789012:activity:a";

    final CannedService service = new CannedService();
    Instant now = Instant.parse("2026-11-22T12:00:00Z");

    private final Gateway gateway;

    /** Anyone may call. */
    Wire() {
        this(Access.open(HOME));
    }

    Wire(Access access) {
        gateway =
                new Gateway(
                        service,
                        new PageTokens(new byte[32], (InstantSource) () -> now),
                        new WirePolicy(HOME, access),
                        () -> new UUID(1, 2));
    }

    static PageTokens tokens() {
        return new PageTokens(new byte[32], InstantSource.system());
    }

    /** A whole answer: its body is text. */
    record Response(int status, Map<String, String> headers, String body) {}

    /** Calls one operation with a JSON body. */
    Response call(String operation, String body) {
        return call(operation, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    Response call(String operation, byte[] body, Map<String, String> more) {
        var headers = new HashMap<String, String>();
        headers.put("content-type", "application/x-amz-json-1.0");
        headers.put("x-amz-target", "AWSStepFunctions." + operation);
        more.forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return send("POST", "/", headers, body);
    }

    /** Sends any request; a header without value is left out. */
    Response send(String method, String path, Map<String, String> headers, byte[] body) {
        var request =
                new WireRequest(
                        method,
                        path,
                        name ->
                                Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)))
                                        .filter(value -> !value.isEmpty()),
                        body,
                        new WireRequest.Connection(() -> true));
        return send(request);
    }

    Response send(WireRequest request) {
        var answer = gateway.handle(request).toCompletableFuture().join();
        return new Response(
                answer.status(),
                answer.headers(),
                new String(answer.body(), StandardCharsets.UTF_8));
    }

    /** The message of a refused call, with its type: {@code InvalidName: Invalid Name: 'a'}. */
    String refusal(String operation, String body) {
        var response = call(operation, body);
        var start = "{\"__type\":\"";
        if (response.status() == 200 || !response.body().startsWith(start)) {
            throw new AssertionError("not refused: " + response);
        }
        var type = response.body().substring(start.length(), response.body().indexOf("\",\""));
        var message = JsonMapper.shared().readTree(response.body());
        return type + ": " + message.get("message").asString();
    }

    /** The last thing that the service was asked. */
    Object asked() {
        return service.asked.getLast();
    }
}
