package dev.gradus.integrations;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Writes the resources of {@link ServiceShapes}: what each operation of a service answers with, out
 * of AWS's own models of its services. Those of today were made of the models in the Maven artifact
 * com.amazonaws:aws-java-sdk-models 1.12.797 and, because it has none of S3, of that in the Python
 * package botocore 1.43.107; both are under the Apache License 2.0.
 *
 * <p>Only what checking an answer needs is kept: member names as a Task sees them, types, required
 * members, bounds of numbers and blobs, values of enums. Younger models have wider bounds than the
 * service itself had when its refusals were recorded.
 */
final class ShapeWriter {
    private final JsonObject shapes;
    private final ArrayDeque<String> open = new ArrayDeque<>();
    private final Set<String> seen = new LinkedHashSet<>();

    private ShapeWriter(JsonObject shapes) {
        this.shapes = shapes;
    }

    /**
     * Writes one file for each service.
     *
     * @param args the folder to write to, then for each service its name in a resource ARN and its
     *     model: {@code sfn=states-2016-11-23-model.json}
     */
    public static void main(String[] args) throws IOException {
        for (var service : Arrays.asList(args).subList(1, args.length)) {
            int equals = service.indexOf('=');
            var model = (JsonObject) Json.parse(text(Path.of(service.substring(equals + 1))));
            var file = Path.of(args[0], service.substring(0, equals) + ".json");
            Files.writeString(file, written(model));
            System.out.println(file + " " + Files.size(file));
        }
    }

    private static String text(Path model) throws IOException {
        if (!model.toString().endsWith(".gz")) {
            return Files.readString(model);
        }
        try (var packed = new GZIPInputStream(Files.newInputStream(model))) {
            return new String(packed.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** One line for each operation and shape, so that a change can be read. */
    private static String written(JsonObject model) {
        var writer = new ShapeWriter(object(model, "shapes"));
        var text = new StringBuilder("{\"operations\":{");
        var separator = "\n";
        for (var operation : object(model, "operations")) {
            var output = object((JsonObject) operation.value(), "output");
            if (output.has("shape")) {
                var name = operation.name();
                var action = name.substring(0, 1).toLowerCase(Locale.ROOT);
                text.append(separator)
                        .append(Json.of(action + name.substring(1)).text())
                        .append(':')
                        .append(Json.of(writer.refer(string(output, "shape"))).text());
                separator = ",\n";
            }
        }
        text.append("},\n\"shapes\":{");
        separator = "\n";
        while (!writer.open.isEmpty()) {
            var name = writer.open.poll();
            text.append(separator)
                    .append(Json.of(name).text())
                    .append(':')
                    .append(writer.shape(name).text());
            separator = ",\n";
        }
        return text.append("}}\n").toString();
    }

    /** Returns how a shape is referred to: a kind after a colon, or its name. */
    private String refer(String name) {
        var shape = object(shapes, name);
        var kind = kind(shape);
        if (kind.isPresent()) {
            return kind.get();
        }
        if (seen.add(name)) {
            open.add(name);
        }
        return name;
    }

    private static Optional<String> kind(JsonObject shape) {
        boolean bounded = shape.has("min") || shape.has("max");
        return switch (string(shape, "type")) {
            case "string", "character" ->
                    shape.has("enum") ? Optional.empty() : Optional.of(":string");
            case "timestamp" -> Optional.of(":string");
            case "boolean" -> Optional.of(":boolean");
            case "integer", "long", "float", "double" ->
                    bounded ? Optional.empty() : Optional.of(":number");
            case "blob" -> bounded ? Optional.empty() : Optional.of(":string");
            case "structure" ->
                    shape.has("eventstream") || shape.has("document")
                            ? Optional.of(":any")
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Json shape(String name) {
        var shape = object(shapes, name);
        return switch (string(shape, "type")) {
            case "string", "character" ->
                    JsonObject.of("enum", shape.get("enum").orElse(JsonArray.EMPTY));
            case "integer", "long", "float", "double" -> JsonObject.of("number", bounds(shape));
            case "blob" -> JsonObject.of("blob", bounds(shape));
            case "list" ->
                    JsonObject.of("list", Json.of(refer(string(object(shape, "member"), "shape"))));
            case "map" ->
                    JsonObject.of("map", Json.of(refer(string(object(shape, "value"), "shape"))));
            case "structure" -> structure(shape);
            default -> throw new IllegalStateException("a type of shape that is new: " + shape);
        };
    }

    private Json structure(JsonObject shape) {
        var members = JsonObject.builder();
        for (var member : object(shape, "members")) {
            var target = string((JsonObject) member.value(), "shape");
            members.put(capital(member.name()), refer(target));
        }
        var written = JsonObject.builder().put("structure", members.build());
        var required = shape.get("required").orElse(JsonArray.EMPTY);
        if (required instanceof JsonArray names && !names.isEmpty()) {
            written.put(
                    "required",
                    JsonArray.of(
                            names.elements().stream()
                                    .map(each -> Json.of(capital(((JsonString) each).value())))
                                    .toList()));
        }
        return written.build();
    }

    private static Json bounds(JsonObject shape) {
        return JsonArray.of(
                shape.get("min").filter(JsonNumber.class::isInstance).orElse(Json.NULL),
                shape.get("max").filter(JsonNumber.class::isInstance).orElse(Json.NULL));
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static JsonObject object(JsonObject parent, String member) {
        return parent.get(member).orElse(JsonObject.EMPTY) instanceof JsonObject object
                ? object
                : JsonObject.EMPTY;
    }

    private static String string(JsonObject parent, String member) {
        return parent.get(member).orElse(Json.NULL) instanceof JsonString(var text) ? text : "";
    }
}
