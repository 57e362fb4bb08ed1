package dev.gradus.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * AWS's own model of the API, from the model files of its SDK for Java, version 1. That SDK ended
 * in 2025 and so did the file: a member may be newer than it.
 */
final class AwsModel {
    private static final String FILE = "/models/states-2016-11-23-model.json";
    private static final JsonNode MODEL = read();

    private AwsModel() {}

    private static JsonNode read() {
        try (var file = AwsModel.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new AssertionError("there is no " + FILE + " on the class path");
            }
            return JsonMapper.shared().readTree(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Set<String> operations() {
        return new TreeSet<>(MODEL.path("operations").propertyNames());
    }

    static List<String> errorsOf(String operation) {
        return MODEL.path("operations")
                .path(operation)
                .path("errors")
                .valueStream()
                .map(error -> error.path("shape").asString())
                .sorted()
                .toList();
    }

    /** Returns what clients put before the host, or nothing. */
    static String hostPrefixOf(String operation) {
        return MODEL.path("operations")
                .path(operation)
                .path("endpoint")
                .path("hostPrefix")
                .asString("");
    }

    static Set<String> errors() {
        var errors = new TreeSet<String>();
        MODEL.path("shapes")
                .forEachEntry((name, shape) -> {
                    if (shape.path("exception").asBoolean(false)) {
                        errors.add(name);
                    }
                });
        return errors;
    }

    static boolean knows(String shape) {
        return MODEL.path("shapes").has(shape);
    }

    static Set<String> members(String shape) {
        return new TreeSet<>(shape(shape).path("members").propertyNames());
    }

    static Set<String> required(String shape) {
        var names = new TreeSet<String>();
        shape(shape).path("required").forEach(name -> names.add(name.asString()));
        return names;
    }

    /** Returns the name of the shape that a member has. */
    static String shapeOf(String shape, String member) {
        return shape(shape).path("members").path(member).path("shape").asString();
    }

    /** Returns the name of the shape that a list's elements have. */
    static String elementOf(String list) {
        return shape(list).path("member").path("shape").asString();
    }

    /** Returns what a shape that is no structure says of its values. */
    static Declared declared(String shape) {
        var model = shape(shape);
        var values = new TreeSet<String>();
        model.path("enum").forEach(value -> values.add(value.asString()));
        return new Declared(
                model.path("type").asString(),
                limit(model, "min"),
                limit(model, "max"),
                Optional.of(model.path("pattern").asString("")).filter(it -> !it.isEmpty()),
                values,
                model.path("sensitive").asBoolean(false));
    }

    static Set<String> values(String shape) {
        return declared(shape).values();
    }

    private static Optional<Long> limit(JsonNode model, String name) {
        return model.has(name) ? Optional.of(model.path(name).asLong()) : Optional.empty();
    }

    static String type(String shape) {
        return shape(shape).path("type").asString();
    }

    private static JsonNode shape(String name) {
        if (!knows(name)) {
            throw new AssertionError("AWS's model has no shape " + name);
        }
        return MODEL.path("shapes").path(name);
    }
}
