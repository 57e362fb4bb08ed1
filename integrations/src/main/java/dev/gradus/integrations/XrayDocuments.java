package dev.gradus.integrations;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonObject;
import dev.gradus.runtime.spi.Trace;
import dev.gradus.runtime.spi.Trace.Kind;
import dev.gradus.runtime.spi.Trace.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Writes one trace as X-Ray segment documents: the execution is the segment, what happened in it
 * its subsegments. What does not fit into one document is sent in documents of its own, as X-Ray
 * allows. Source: X-Ray developer guide, "Segment documents".
 */
final class XrayDocuments {
    /** AWS takes 64 KB in one document, and one UDP datagram no more. */
    static final int DOCUMENT_BYTES_MAX = 63_000;

    /** What a subsegment needs beside its members when it stands alone. */
    private static final int ALONE_BYTES = 200;

    private static final int NAME_CHARS_MAX = 200;
    private static final Pattern NOT_IN_NAMES =
            Pattern.compile("[^\\p{L}\\p{N}\\p{Z}_.:/%&#=+\\-@]");
    private static final long MILLIS_A_SECOND = 1_000;

    private final Trace trace;
    private final Map<String, List<Span>> inside = new HashMap<>();
    private final List<JsonObject> apart = new ArrayList<>();

    private XrayDocuments(Trace trace) {
        this.trace = trace;
        for (var span : trace.spans()) {
            var parent = span.parentId().orElse(trace.root().id());
            inside.computeIfAbsent(parent, _ -> new ArrayList<>()).add(span);
        }
    }

    /** Returns the documents, the segment first. */
    static List<JsonObject> of(Trace trace) {
        var documents = new XrayDocuments(trace);
        var segment = documents.fit(trace.root()).document();
        var all = new ArrayList<JsonObject>();
        all.add(segment);
        all.addAll(documents.apart);
        return all;
    }

    private record Fitted(JsonObject document, int bytes) {}

    /** With as much of what is in it as fits, the first of that first. */
    private Fitted fit(Span span) {
        var own = members(span);
        int bytes = bytes(own) + ALONE_BYTES;
        var subsegments = new ArrayList<Json>();
        for (var child : inside.getOrDefault(span.id(), List.of())) {
            var fitted = fit(child);
            if (bytes + fitted.bytes() <= DOCUMENT_BYTES_MAX) {
                subsegments.add(fitted.document());
                bytes += fitted.bytes();
            } else {
                apart.add(alone(fitted.document(), span.id()));
            }
        }
        var document =
                subsegments.isEmpty() ? own : own.with("subsegments", JsonArray.of(subsegments));
        return new Fitted(document, bytes);
    }

    private JsonObject alone(JsonObject subsegment, String parentId) {
        return subsegment
                .with("type", Json.of("subsegment"))
                .with("trace_id", Json.of(trace.traceId()))
                .with("parent_id", Json.of(parentId));
    }

    private static int bytes(JsonObject document) {
        return document.text().getBytes(StandardCharsets.UTF_8).length;
    }

    private JsonObject members(Span span) {
        var members = JsonObject.builder().put("name", name(span.name())).put("id", span.id());
        if (span.kind() == Kind.EXECUTION) {
            members.put("trace_id", trace.traceId());
            span.parentId().ifPresent(parent -> members.put("parent_id", parent));
            members.put("origin", "AWS::StepFunctions::StateMachine");
        }
        members.put("start_time", seconds(span.startMillis()));
        members.put("end_time", seconds(span.endMillis()));
        if (span.kind() == Kind.ATTEMPT) {
            members.put("namespace", span.name().equals("activity") ? "remote" : "aws");
        }
        outcome(span, members);
        if (!span.annotations().isEmpty()) {
            var annotations = JsonObject.builder();
            new TreeMap<>(span.annotations()).forEach(annotations::put);
            members.put("annotations", annotations.build());
        }
        return members.build();
    }

    private static void outcome(Span span, JsonObject.Builder members) {
        switch (span.outcome()) {
            case OK -> {
                return;
            }
            case FAULT -> members.put("fault", true);
            case ERROR -> members.put("error", true);
            case THROTTLED -> members.put("error", true).put("throttle", true);
        }
        var exception = JsonObject.builder().put("id", span.id());
        span.failure().error().ifPresent(error -> exception.put("type", error));
        span.failure().cause().ifPresent(cause -> exception.put("message", cause));
        if (span.failure().error().isPresent() || span.failure().cause().isPresent()) {
            members.put("cause", JsonObject.of("exceptions", JsonArray.of(exception.build())));
        }
    }

    private static String name(String text) {
        var name = NOT_IN_NAMES.matcher(text).replaceAll("_");
        return name.length() <= NAME_CHARS_MAX ? name : name.substring(0, NAME_CHARS_MAX);
    }

    private static JsonNumber seconds(long millis) {
        return new JsonNumber(
                String.format(
                        Locale.ROOT,
                        "%d.%03d",
                        millis / MILLIS_A_SECOND,
                        millis % MILLIS_A_SECOND));
    }
}
