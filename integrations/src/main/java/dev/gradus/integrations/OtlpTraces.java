package dev.gradus.integrations;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.runtime.spi.DeliveryException;
import dev.gradus.runtime.spi.Trace;
import dev.gradus.runtime.spi.Trace.Kind;
import dev.gradus.runtime.spi.Trace.Outcome;
import dev.gradus.runtime.spi.Trace.Span;
import dev.gradus.runtime.spi.TraceSink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Posts traces to an OpenTelemetry collector: OTLP over HTTP in JSON, to {@code /v1/traces} below a
 * URL.
 *
 * <p>2xx is delivered; 429, 502, 503, 504 and no answer are tried again; anything else is refused.
 * Source: OpenTelemetry protocol specification 1.9, "OTLP/HTTP".
 */
public final class OtlpTraces implements TraceSink {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final Set<Integer> TRY_AGAIN = Set.of(429, 502, 503, 504);
    private static final String NANOS_OF_A_MILLI = "000000";
    private static final int INTERNAL = 1;
    private static final int SERVER = 2;
    private static final int CLIENT = 3;
    private static final int STATUS_ERROR = 2;

    private final URI url;
    private final HttpClient http;
    private final Refusals refusals = new Refusals();

    /** Posts below a URL; nothing is sent yet. */
    public OtlpTraces(URI endpoint) {
        this.url = URI.create(endpoint.toString().replaceAll("/+$", "") + "/v1/traces");
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    @Override
    public int export(List<Trace> traces) {
        var request =
                HttpRequest.newBuilder(url)
                        .timeout(ANSWER_TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(request(traces).text()))
                        .build();
        int status;
        try {
            status = http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException failed) {
            throw new DeliveryException("the collector at " + url + " did not answer", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new DeliveryException("the server is being stopped", stopped);
        }
        if (TRY_AGAIN.contains(status)) {
            throw new DeliveryException("the collector at " + url + " answered with " + status);
        }
        if (status / 100 != 2) {
            refusals.say("collector at " + url, "status " + status);
            return traces.size();
        }
        return 0;
    }

    /** Returns an ExportTraceServiceRequest; each machine is a resource of its own. */
    static JsonObject request(List<Trace> traces) {
        return JsonObject.of(
                "resourceSpans",
                JsonArray.of(traces.stream().map(OtlpTraces::resourceSpans).toList()));
    }

    private static JsonObject resourceSpans(Trace trace) {
        var spans = new ArrayList<Json>();
        spans.add(span(trace, trace.root()));
        trace.spans().forEach(span -> spans.add(span(trace, span)));
        var scopeSpans =
                JsonObject.of(
                        "scope",
                        JsonObject.of("name", Json.of("gradus")),
                        "spans",
                        JsonArray.of(spans));
        var service = attribute("service.name", trace.root().name());
        return JsonObject.of(
                "resource",
                JsonObject.of("attributes", JsonArray.of(service)),
                "scopeSpans",
                JsonArray.of(scopeSpans));
    }

    private static JsonObject span(Trace trace, Span span) {
        var members =
                JsonObject.builder()
                        .put("traceId", trace.traceId().substring(2).replace("-", ""))
                        .put("spanId", span.id());
        span.parentId().ifPresent(parent -> members.put("parentSpanId", parent));
        members.put("name", span.name())
                .put("kind", kind(span.kind()))
                .put("startTimeUnixNano", span.startMillis() + NANOS_OF_A_MILLI)
                .put("endTimeUnixNano", span.endMillis() + NANOS_OF_A_MILLI);
        var attributes = new ArrayList<Json>();
        new TreeMap<>(span.annotations())
                .forEach((key, value) -> attributes.add(attribute("aws.states." + key, value)));
        span.failure().error().ifPresent(error -> attributes.add(attribute("error.type", error)));
        members.put("attributes", JsonArray.of(attributes));
        if (span.outcome() != Outcome.OK) {
            var status = JsonObject.builder().put("code", STATUS_ERROR);
            span.failure().cause().ifPresent(cause -> status.put("message", cause));
            members.put("status", status.build());
        }
        return members.build();
    }

    private static int kind(Kind kind) {
        return switch (kind) {
            case EXECUTION -> SERVER;
            case STATE, ITERATION -> INTERNAL;
            case ATTEMPT -> CLIENT;
        };
    }

    private static JsonObject attribute(String key, String value) {
        return JsonObject.of(
                "key", Json.of(key), "value", JsonObject.of("stringValue", Json.of(value)));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
