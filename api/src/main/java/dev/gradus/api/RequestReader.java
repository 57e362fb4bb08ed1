package dev.gradus.api;

import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.ErrorShape;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads request bodies token by token into records: no tree is built.
 *
 * <p>What is not JSON, or has the wrong JSON type, is a SerializationException; unknown members are
 * skipped and {@code null} is an absent member, as AWS does.
 */
final class RequestReader {
    private static final JsonFactory JSON = new JsonFactory();

    private RequestReader() {}

    /** Reads and validates a body; one of no bytes counts as {@code {}}. */
    static <T> T read(byte[] body, Shape<T> shape) {
        var members = body.length == 0 ? new Members(shape) : decode(body, shape);
        Constraints.check(members);
        return shape.make(members);
    }

    private static Members decode(byte[] body, Shape<?> shape) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refused("The request body must be a JSON object.");
            }
            var members = structure(parser, shape);
            if (parser.nextToken() != null) {
                throw refused("The request body goes on after its JSON object.");
            }
            return members;
        } catch (JacksonException notJson) {
            throw refused("The request body is not valid JSON: " + notJson.getOriginalMessage());
        }
    }

    private static Members structure(JsonParser parser, Shape<?> shape) {
        var members = new Members(shape);
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            var token = parser.nextToken();
            var position = shape.position(name);
            if (position < 0) {
                parser.skipChildren();
            } else if (token == JsonToken.VALUE_NULL) {
                members.clear(position);
            } else {
                members.set(position, value(parser, token, shape.members().get(position).type()));
            }
        }
        return members;
    }

    private static Object value(JsonParser parser, JsonToken token, MemberType<?> type) {
        return switch (type) {
            case MemberType.Text text -> unicode(parser, token, text);
            case MemberType.Choice<?> choice -> unicode(parser, token, choice);
            case MemberType.Whole whole -> integer(parser, token, whole);
            case MemberType.Count count -> (long) number(parser, token, count);
            case MemberType.Fraction fraction -> (float) number(parser, token, fraction);
            case MemberType.Flag flag ->
                    switch (token) {
                        case VALUE_TRUE -> true;
                        case VALUE_FALSE -> false;
                        default -> throw wrongType(token, flag);
                    };
            case MemberType.Structure<?> inner -> {
                if (token != JsonToken.START_OBJECT) {
                    throw wrongType(token, inner);
                }
                yield structure(parser, inner.shape());
            }
            case MemberType.ListOf<?> list -> list(parser, token, list);
        };
    }

    private static List<Object> list(
            JsonParser parser, JsonToken token, MemberType.ListOf<?> type) {
        if (token != JsonToken.START_ARRAY) {
            throw wrongType(token, type);
        }
        var elements = new ArrayList<Object>();
        for (var next = parser.nextToken();
                next != JsonToken.END_ARRAY;
                next = parser.nextToken()) {
            elements.add(value(parser, next, type.element()));
        }
        return elements;
    }

    private static String unicode(JsonParser parser, JsonToken token, MemberType<?> type) {
        if (token != JsonToken.VALUE_STRING) {
            throw wrongType(token, type);
        }
        var text = parser.getString();
        if (Utf8.isUnpaired(text)) {
            throw refused("A string of the request holds half a surrogate pair.");
        }
        return text;
    }

    private static Integer integer(JsonParser parser, JsonToken token, MemberType<?> type) {
        double truncated = number(parser, token, type); // AWS cuts a fraction off.
        if (truncated >= Integer.MIN_VALUE && truncated <= Integer.MAX_VALUE) {
            return (int) truncated;
        }
        throw wrongType(token, type);
    }

    private static double number(JsonParser parser, JsonToken token, MemberType<?> type) {
        return switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> throw wrongType(token, type);
        };
    }

    private static ApiException wrongType(JsonToken found, MemberType<?> expected) {
        // Texts of AWS's serializer as public reports show them; unverified for this service.
        return refused(
                switch (found) {
                    case START_OBJECT, START_ARRAY ->
                            "Start of structure or map found where not expected.";
                    case VALUE_STRING -> converted("STRING_VALUE", expected);
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                            converted("NUMBER_VALUE", expected);
                    case VALUE_TRUE -> converted("TRUE_VALUE", expected);
                    case VALUE_FALSE -> converted("FALSE_VALUE", expected);
                    case VALUE_NULL -> converted("NULL_VALUE", expected);
                    case NOT_AVAILABLE,
                            END_OBJECT,
                            END_ARRAY,
                            PROPERTY_NAME,
                            VALUE_EMBEDDED_OBJECT ->
                            throw new IllegalStateException("no value can start with " + found);
                });
    }

    private static String converted(String found, MemberType<?> expected) {
        return found + " can not be converted to a " + expected.javaName();
    }

    private static ApiException refused(String message) {
        return ErrorShape.SerializationException.because(message);
    }
}
