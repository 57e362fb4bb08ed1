package dev.gradus.expressions;

import org.jspecify.annotations.Nullable;

/**
 * json-path's words for a step that does not fit the node it meets. They name classes: those of the
 * Jackson trees that the service evaluates paths on.
 */
final class PathTexts {
    private static final String PROVIDER =
            "com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider";

    private PathTexts() {}

    static String wrongKind(PathStep step, CharSequence path, @Nullable Json found) {
        return switch (step) {
            case PathStep.Field _ ->
                    "Expected to find an object with property "
                            + step.fragment()
                            + " in path "
                            + path
                            + " but found '"
                            + className(found)
                            + "'. This is not a json object according to the JsonProvider: '"
                            + PROVIDER
                            + "'.";
            case PathStep.Index _ ->
                    found == null || found instanceof JsonNull
                            ? "The path " + path + " is null"
                            : "Filter: "
                                    + step.fragment()
                                    + " can only be applied to arrays. Current context is: "
                                    + (found instanceof JsonString(var text) ? text : found.text());
        };
    }

    /** Rewrites a text in which json-path names our classes. */
    static String rewritten(String text) {
        return text.replace(JsonTreeProvider.class.getName(), PROVIDER)
                .replace(JsonArray.class.getName(), "com.fasterxml.jackson.databind.node.ArrayNode")
                .replace(
                        JsonObject.class.getName(),
                        "com.fasterxml.jackson.databind.node.ObjectNode")
                .replace(JsonString.class.getName(), "java.lang.String")
                .replace(JsonNumber.class.getName(), "java.lang.Integer")
                .replace(JsonBoolean.class.getName(), "java.lang.Boolean");
    }

    private static String className(@Nullable Json found) {
        return switch (found) {
            case null -> "null";
            case JsonNull _ -> "null";
            case JsonBoolean _ -> "java.lang.Boolean";
            case JsonString _ -> "java.lang.String";
            case JsonNumber number ->
                    number.isPlainInteger() ? "java.lang.Integer" : "java.lang.Double";
            case JsonArray _ -> "com.fasterxml.jackson.databind.node.ArrayNode";
            case JsonObject _ -> "com.fasterxml.jackson.databind.node.ObjectNode";
        };
    }
}
