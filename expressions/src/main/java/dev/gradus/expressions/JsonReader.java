package dev.gradus.expressions;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON text by Jackson's tokens: the grammar and the messages are Jackson's, the tree ours.
 */
final class JsonReader {
    // Collisions of names must slow nobody down: with the check off, Jackson stops sharing names
    // instead of refusing the document.
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(ExpressionLimits.NESTING_LEVELS_MAX)
                                    .maxNumberLength(ExpressionLimits.NUMBER_CHARS_MAX)
                                    .maxNameLength(ExpressionLimits.NAME_CHARS_MAX)
                                    .maxStringLength(ExpressionLimits.STRING_CHARS_MAX)
                                    .build())
                    .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                    .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build();

    private JsonReader() {}

    static Json read(String text, boolean strict) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return document(parser, strict);
        } catch (JacksonException refused) {
            throw syntax(refused);
        }
    }

    static Json read(byte[] utf8) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
            return document(parser, false);
        } catch (JacksonException refused) {
            throw syntax(refused);
        }
    }

    /** Checks that the text is one JSON value, without making anything of it. */
    static void check(String text) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            first(parser);
            parser.skipChildren();
            if (parser.currentToken().isScalarValue()) {
                parser.finishToken(); // a string is read lazily: its end may be missing
            }
            last(parser);
        } catch (JacksonException refused) {
            throw syntax(refused);
        }
    }

    private static Json document(JsonParser parser, boolean strict) {
        var value = value(parser, first(parser), strict);
        last(parser);
        return value;
    }

    private static JsonToken first(JsonParser parser) {
        var token = parser.nextToken();
        if (token == null) {
            throw new JsonSyntaxException("No content to map due to end-of-input", 1, 1, 0);
        }
        return token;
    }

    private static void last(JsonParser parser) {
        var token = parser.nextToken();
        if (token != null) {
            var at = parser.currentTokenLocation();
            throw new JsonSyntaxException(
                    "Trailing token (of type " + token + ") found after value",
                    at.getLineNr(),
                    at.getColumnNr(),
                    at.getCharOffset());
        }
    }

    private static Json value(JsonParser parser, JsonToken token, boolean strict) {
        return switch (token) {
            case START_OBJECT -> object(parser, strict);
            case START_ARRAY -> array(parser, strict);
            case VALUE_STRING -> new JsonString(parser.getString());
            case VALUE_NUMBER_INT -> {
                var text = parser.getString();
                yield new JsonNumber(text.equals("-0") ? "0" : text);
            }
            case VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getString());
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw new AssertionError("Jackson gave " + token + " where a value begins");
        };
    }

    private static Json array(JsonParser parser, boolean strict) {
        var token = parser.nextToken();
        if (token == JsonToken.END_ARRAY) {
            return JsonArray.EMPTY;
        }
        var elements = new ArrayList<Json>();
        for (; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(parser, token, strict));
        }
        return JsonArray.of(elements);
    }

    private static Json object(JsonParser parser, boolean strict) {
        var name = parser.nextName();
        if (name == null) {
            return JsonObject.EMPTY;
        }
        var members = JsonObject.builder();
        for (; name != null; name = parser.nextName()) {
            var at = strict ? parser.currentTokenLocation() : null;
            var isNew = members.set(name, value(parser, parser.nextToken(), strict));
            if (at != null && !isNew) {
                throw new JsonSyntaxException(
                        "Duplicate field '" + name + "'",
                        at.getLineNr(),
                        at.getColumnNr(),
                        at.getCharOffset());
            }
        }
        return members.build();
    }

    /** Finds where each value of a text stands. */
    static JsonPlaces places(String text) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            var token = first(parser);
            var root = place(parser);
            fill(root, parser, token);
            last(parser);
            return root;
        } catch (JacksonException refused) {
            throw syntax(refused);
        }
    }

    private static void fill(JsonPlaces place, JsonParser parser, JsonToken token) {
        if (token == JsonToken.START_OBJECT) {
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                var member = place(parser);
                fill(member, parser, parser.nextToken());
                place.add(name, member);
            }
        } else if (token == JsonToken.START_ARRAY) {
            for (var next = parser.nextToken();
                    next != JsonToken.END_ARRAY;
                    next = parser.nextToken()) {
                var element = place(parser);
                fill(element, parser, next);
                place.add(element);
            }
        }
    }

    private static JsonPlaces place(JsonParser parser) {
        var at = parser.currentTokenLocation();
        return new JsonPlaces(at.getLineNr(), at.getColumnNr());
    }

    private static JsonSyntaxException syntax(JacksonException refused) {
        // AWS's texts are those of Jackson 2, which says "field name" for a property name.
        var message =
                String.valueOf(refused.getOriginalMessage()).replace("property name", "field name");
        @Nullable TokenStreamLocation at = refused.getLocation();
        return at == null // a limit was met: Jackson does not say where
                ? new JsonSyntaxException(message, -1, -1, -1)
                : new JsonSyntaxException(
                        message,
                        at.getLineNr(),
                        at.getColumnNr(),
                        Math.max(at.getCharOffset(), at.getByteOffset()));
    }
}
