package dev.gradus.expressions;

import java.util.HexFormat;

/**
 * Rewrites JSON text that is known to be valid into the text that {@link Json#text} would give,
 * without a tree. Text that is compact already is returned as it is.
 */
final class JsonCompactor {
    private final String text;
    private final StringBuilder out;
    private int copiedTo;

    private JsonCompactor(String text) {
        this.text = text;
        this.out = new StringBuilder(text.length());
    }

    static String compact(String text) {
        var at = plainFrom(text, 0);
        return at == text.length() ? text : new JsonCompactor(text).from(at);
    }

    private String from(int firstChange) {
        var at = firstChange;
        while (at < text.length()) {
            out.append(text, copiedTo, at);
            copiedTo = text.charAt(at) == '"' ? string(at) : at + 1;
            at = plainFrom(text, copiedTo);
        }
        return out.append(text, copiedTo, text.length()).toString();
    }

    /**
     * Returns the next place, at or after {@code at} and outside strings, that must change: white
     * space, the sign of a negative zero, or the start of a string with escapes that are not the
     * shortest; the text's end if there is none.
     */
    private static int plainFrom(String text, int at) {
        var i = at;
        while (i < text.length()) {
            var c = text.charAt(i);
            if (c == '"') {
                var end = plainStringEnd(text, i + 1);
                if (end < 0) {
                    return i;
                }
                i = end;
            } else if (c <= ' ' || (c == '-' && isNegativeZero(text, i))) {
                return i;
            }
            i++;
        }
        return i;
    }

    /** Returns where the string closes, or -1 if it holds something to rewrite before that. */
    private static int plainStringEnd(String text, int from) {
        for (var i = from; ; i++) {
            var c = text.charAt(i);
            if (c == '"') {
                return i;
            }
            if (c == '\\') {
                i++;
                var escaped = text.charAt(i);
                if (escaped == 'u' || escaped == '/') {
                    return -1;
                }
            } else if (Character.isSurrogate(c)) {
                return -1;
            }
        }
    }

    private static boolean isNegativeZero(String text, int sign) {
        if (text.charAt(sign + 1) != '0'
                || (sign > 0 && "eE".indexOf(text.charAt(sign - 1)) >= 0)) {
            return false;
        }
        var after = sign + 2;
        return after == text.length() || ".eE".indexOf(text.charAt(after)) < 0;
    }

    /** Writes the string that opens at a quote in its shortest form and returns where it ended. */
    private int string(int quote) {
        var value = new StringBuilder();
        var at = quote + 1;
        for (var c = text.charAt(at); c != '"'; c = text.charAt(at)) {
            if (c != '\\') {
                value.append(c);
                at++;
                continue;
            }
            var escaped = text.charAt(at + 1);
            if (escaped == 'u') {
                value.append((char) HexFormat.fromHexDigits(text, at + 2, at + 6));
                at += 6;
            } else {
                value.append(unescaped(escaped));
                at += 2;
            }
        }
        JsonWriter.appendQuoted(value.toString(), out);
        return at + 1;
    }

    private static char unescaped(char escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }
}
