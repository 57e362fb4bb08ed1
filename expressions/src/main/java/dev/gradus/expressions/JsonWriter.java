package dev.gradus.expressions;

/**
 * Writes values as compact JSON text. Escapes are Jackson's: the short ones, and upper-case hex for
 * other control characters; a lone surrogate is escaped because UTF-8 has no bytes for it.
 */
final class JsonWriter {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private JsonWriter() {}

    static String write(Json value) {
        if (value.textCharsMin() > Integer.MAX_VALUE / 2) {
            throw ExpressionFailure.runtime(
                    "The value is larger than any payload: at least "
                            + value.textCharsMin()
                            + " characters.");
        }
        var out = new StringBuilder((int) value.textCharsMin() + 16);
        append(value, out);
        return out.toString();
    }

    static String quoted(String value) {
        var out = new StringBuilder(value.length() + 2);
        appendQuoted(value, out);
        return out.toString();
    }

    private static void append(Json value, StringBuilder out) {
        switch (value) {
            case JsonNull _ -> out.append("null");
            case JsonBoolean bool -> out.append(bool.value());
            case JsonNumber number -> out.append(number.text());
            case JsonString string -> appendQuoted(string.value(), out);
            case JsonArray array -> appendArray(array, out);
            case JsonObject object -> appendObject(object, out);
        }
    }

    private static void appendArray(JsonArray array, StringBuilder out) {
        var known = array.textIfKnown();
        if (known != null) {
            out.append(known);
            return;
        }
        out.append('[');
        for (var i = 0; i < array.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            append(array.get(i), out);
        }
        out.append(']');
    }

    private static void appendObject(JsonObject object, StringBuilder out) {
        var known = object.textIfKnown();
        if (known != null) {
            out.append(known);
            return;
        }
        out.append('{');
        for (var i = 0; i < object.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            appendQuoted(object.name(i), out);
            out.append(':');
            append(object.value(i), out);
        }
        out.append('}');
    }

    static void appendQuoted(String value, StringBuilder out) {
        out.append('"');
        var plainFrom = 0;
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c >= 0x20 && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
                continue;
            }
            out.append(value, plainFrom, i);
            appendEscape(c, out);
            plainFrom = i + 1;
        }
        out.append(value, plainFrom, value.length()).append('"');
    }

    private static void appendEscape(char c, StringBuilder out) {
        out.append('\\');
        switch (c) {
            case '"', '\\' -> out.append(c);
            case '\b' -> out.append('b');
            case '\f' -> out.append('f');
            case '\n' -> out.append('n');
            case '\r' -> out.append('r');
            case '\t' -> out.append('t');
            default -> {
                out.append('u');
                for (var shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX[(c >> shift) & 15]);
                }
            }
        }
    }
}
