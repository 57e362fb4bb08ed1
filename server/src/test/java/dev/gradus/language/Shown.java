package dev.gradus.language;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.JsonSyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which fields the definitions of examples have, by the name of the object that has them. */
final class Shown {
    private static final List<String> CONDITIONS = List.of("And", "Or", "Not");

    private final Map<String, Set<String>> fields = new TreeMap<>();

    /** Adds what a definition shows; one that is no JSON shows nothing. */
    void add(String definition) {
        try {
            var machine = (JsonObject) Json.parse(definition);
            note("state machine", machine);
            states(machine);
        } catch (JsonSyntaxException noJson) {
            return; // Such an example shows how that is refused.
        }
    }

    /** Returns the fields that were shown of a type of state or of another object. */
    Set<String> fieldsOf(String object) {
        return fields.getOrDefault(object, Set.of());
    }

    private void note(String object, JsonObject shown) {
        fields.computeIfAbsent(object, _ -> new TreeSet<>()).addAll(shown.names());
    }

    private void states(JsonObject block) {
        for (var state : object(block, "States")) {
            if (state.value() instanceof JsonObject fieldsOfState) {
                state(fieldsOfState);
            }
        }
    }

    private void state(JsonObject state) {
        if (state.get("Type").orElse(Json.NULL) instanceof JsonString(var type)) {
            note(type, state);
        }
        objects(state, "Retry").forEach(retrier -> note("retrier", retrier));
        objects(state, "Catch").forEach(catcher -> note("catcher", catcher));
        objects(state, "Choices").forEach(this::rule);
        objects(state, "Branches")
                .forEach(branch -> {
                    note("branch", branch);
                    states(branch);
                });
        for (var name : List.of("ItemProcessor", "Iterator")) {
            var processor = object(state, name);
            note("ItemProcessor", processor);
            note("ProcessorConfig", object(processor, "ProcessorConfig"));
            states(processor);
        }
    }

    private void rule(JsonObject rule) {
        note("choice rule", rule);
        for (var name : CONDITIONS) {
            objects(rule, name).forEach(this::rule);
            if (!object(rule, name).isEmpty()) {
                rule(object(rule, name));
            }
        }
    }

    private static JsonObject object(JsonObject around, String name) {
        return around.get(name).orElse(Json.NULL) instanceof JsonObject object
                ? object
                : JsonObject.EMPTY;
    }

    private static List<JsonObject> objects(JsonObject around, String name) {
        return around.get(name).orElse(Json.NULL) instanceof JsonArray array
                ? array.elements().stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }
}
