package dev.gradus.server;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads lists of history events, and folds the events of Parallel branches as recordings do. */
final class History {
    private static final Json FOLDED_ID = JsonArray.of(Json.of(0));

    private History() {}

    static List<JsonObject> events(JsonObject body) {
        return body.get("events").orElse(JsonArray.EMPTY) instanceof JsonArray events
                ? events.elements().stream().map(JsonObject.class::cast).toList()
                : List.of();
    }

    static String type(JsonObject event) {
        return event.get("type").orElse(Json.NULL) instanceof JsonString(var type) ? type : "";
    }

    static boolean isFolded(JsonObject event) {
        return event.get("id").equals(Optional.of(FOLDED_ID));
    }

    /**
     * Takes ids from the events inside a Parallel state, as the recordings that have ids {@code
     * [0]} did: from each ParallelStateStarted to the next end of a Parallel state. That rule does
     * not know of nesting. Where a Parallel ends twice without a start between, it put the inner
     * events it had last seen in the place of everything since, so the events between are lost.
     */
    static List<JsonObject> fold(List<JsonObject> events) {
        var folded = new ArrayList<>(events);
        var inside = new ArrayList<JsonObject>();
        var start = 0;
        var within = false;
        for (int i = 0; i < folded.size(); i++) {
            var event = folded.get(i);
            switch (type(event)) {
                case "ParallelStateSucceeded",
                        "ParallelStateAborted",
                        "ParallelStateExited",
                        "ParallelStateFailed" -> {
                    replace(folded, start, i, inside);
                    within = false;
                }
                case "ParallelStateStarted" -> {
                    within = true;
                    inside.clear();
                    start = i + 1;
                }
                default -> {
                    if (within) {
                        folded.set(
                                i, event.with("id", FOLDED_ID).with("previousEventId", Json.of(0)));
                        inside.add(folded.get(i));
                    }
                }
            }
        }
        return folded;
    }

    private static void replace(List<JsonObject> events, int from, int to, List<JsonObject> by) {
        var range = events.subList(Math.min(from, to), to);
        range.clear();
        events.addAll(Math.min(from, to), by);
    }
}
