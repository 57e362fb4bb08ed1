package dev.gradus.runtime;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonBoolean;
import dev.gradus.expressions.JsonNull;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.runtime.spi.ResultShape;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Checks a mocked result against what the service answers with.
 *
 * <p>Texts as recorded on AWS; those about booleans, objects and longest lengths follow their
 * pattern. Members that the shape does not know, and {@code null}, are let pass.
 */
final class MockedResult {
    private final boolean strict;

    private MockedResult(boolean strict) {
        this.strict = strict;
    }

    /**
     * Returns the first thing that is wrong, empty when nothing is.
     *
     * @param strict whether required members must be there
     */
    static Optional<String> fault(ResultShape shape, Json result, boolean strict) {
        if (shape instanceof ResultShape.Structure && !(result instanceof JsonObject)) {
            return Optional.of("Mocked result must be a JSON object.");
        }
        return new MockedResult(strict)
                .check(shape, result, "")
                .map(fault -> "Mock result schema validation error: " + fault);
    }

    private Optional<String> check(ResultShape shape, Json value, String field) {
        if (value instanceof JsonNull) {
            return Optional.empty();
        }
        return switch (shape) {
            case ResultShape.Anything _ -> Optional.empty();
            case ResultShape.Text(var values) -> text(value, field, values);
            case ResultShape.Blob(var min, var max) -> blob(value, field, min, max);
            case ResultShape.Numeric(var min, var max) -> number(value, field, min, max);
            case ResultShape.Flag _ ->
                    value instanceof JsonBoolean ? Optional.empty() : must(field, "be a boolean");
            case ResultShape.ListOf(var element) -> {
                if (!(value instanceof JsonArray array)) {
                    yield must(field, "be an array");
                }
                var of = element.get();
                yield array.elements().stream()
                        .flatMap(each -> check(of, each, field).stream())
                        .findFirst();
            }
            case ResultShape.MapOf(var element) -> {
                if (!(value instanceof JsonObject object)) {
                    yield must(field, "be an object");
                }
                var of = element.get();
                yield object.members().stream()
                        .flatMap(each -> check(of, each.value(), each.name()).stream())
                        .findFirst();
            }
            case ResultShape.Structure structure -> structure(structure, value, field);
        };
    }

    private Optional<String> structure(ResultShape.Structure structure, Json value, String field) {
        if (!(value instanceof JsonObject object)) {
            return must(field, "be an object");
        }
        for (var name : structure.required()) {
            if (strict && object.get(name).orElse(Json.NULL) instanceof JsonNull) {
                return Optional.of("Required field '" + name + "' is missing");
            }
        }
        for (var member : structure.members().entrySet()) {
            var given = object.get(member.getKey());
            var fault = given.flatMap(it -> check(member.getValue().get(), it, member.getKey()));
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(Json value, String field, Set<String> values) {
        if (!(value instanceof JsonString(var text))) {
            return must(field, "be a string");
        }
        return values.isEmpty() || values.contains(text)
                ? Optional.empty()
                : Optional.of("Field '" + field + "' is not an expected value");
    }

    private static Optional<String> blob(
            Json value, String field, OptionalDouble min, OptionalDouble max) {
        if (!(value instanceof JsonString(var text))) {
            return must(field, "be a string");
        }
        int length = bytes(text);
        if (min.isPresent() && length < min.getAsDouble()) {
            return Optional.of("Field '" + field + "' is smaller than the minimum length");
        }
        return max.isPresent() && length > max.getAsDouble()
                ? Optional.of("Field '" + field + "' is larger than the maximum length")
                : Optional.empty();
    }

    /** Bytes are written in Base64; a mock may also hold plain text. */
    private static int bytes(String text) {
        try {
            return Base64.getDecoder().decode(text).length;
        } catch (IllegalArgumentException plain) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    private static Optional<String> number(
            Json value, String field, OptionalDouble min, OptionalDouble max) {
        if (!(value instanceof JsonNumber number)) {
            return must(field, "be a number");
        }
        if (min.isPresent() && number.doubleValue() < min.getAsDouble()) {
            return Optional.of("Field '" + field + "' is less than the minimum value");
        }
        return max.isPresent() && number.doubleValue() > max.getAsDouble()
                ? Optional.of("Field '" + field + "' exceeds the maximum value")
                : Optional.empty();
    }

    private static Optional<String> must(String field, String what) {
        return Optional.of("Field '" + field + "' must " + what);
    }
}
