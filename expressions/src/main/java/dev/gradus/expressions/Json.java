package dev.gradus.expressions;

/**
 * One JSON value, immutable for ever, so that values can share their parts. Numbers keep the text
 * they were written with and objects keep the order of their members.
 *
 * <p>{@code equals} means "the same compact text"; {@link #sameValue} means "the same value" as the
 * States Language sees it ({@code 1} is {@code 1.0}, member order does not count).
 */
public sealed interface Json
        permits JsonNull, JsonBoolean, JsonNumber, JsonString, JsonArray, JsonObject {
    /** The one {@code null}. */
    Json NULL = JsonNull.NULL;

    /** Returns the compact JSON text: no white space outside strings. */
    String text();

    /** Tells whether both are the same value, whatever the spelling of numbers and the order. */
    boolean sameValue(Json other);

    /** Returns the levels of arrays and objects inside each other: 0 for a scalar. */
    int depth();

    /**
     * Returns a lower bound of {@code text().length()}, without making the text. A caller with a
     * limit can refuse a value that shares a large part a thousand times before it is written out.
     */
    long textCharsMin();

    /**
     * Reads one JSON text; the last of several members of one name wins, at the first one's place.
     * {@code -0} is read as {@code 0}, as the service does.
     *
     * @throws JsonSyntaxException if it is not JSON, or nested too deep
     */
    static Json parse(String text) {
        return JsonReader.read(text, false);
    }

    /** Reads one JSON text in UTF-8, like {@link #parse(String)}. */
    static Json parse(byte[] utf8) {
        return JsonReader.read(utf8);
    }

    /** Reads one JSON text like {@link #parse(String)} but refuses members of the same name. */
    static Json parseStrict(String text) {
        return JsonReader.read(text, true);
    }

    /** Makes a string. */
    static JsonString of(String value) {
        return new JsonString(value);
    }

    /** Makes an integer. */
    static JsonNumber of(long value) {
        return JsonNumber.of(value);
    }

    /** Makes a number from a finite double, in Java's shortest spelling. */
    static JsonNumber of(double value) {
        return JsonNumber.of(value);
    }

    /** Makes a boolean. */
    static JsonBoolean of(boolean value) {
        return value ? JsonBoolean.TRUE : JsonBoolean.FALSE;
    }
}
