package dev.gradus.expressions.jsonata;

/** Writes values as {@code JSON.stringify} does: JavaScript's numbers, lower-case escapes. */
final class JsonText {
    /** Characters of a value that a message quotes. Ours: what a cause may hold in AWS's events. */
    private static final int QUOTED_CHARS_MAX = 32_768;

    private static final String HEX = "0123456789abcdef";

    /** Counts what is written. */
    @FunctionalInterface
    private interface Meter {
        void wrote(int chars);
    }

    private final StringBuilder out = new StringBuilder();
    private final Meter meter;
    private final boolean rounding;
    private final String indent;

    private JsonText(Meter meter, boolean rounding, String indent) {
        this.meter = meter;
        this.rounding = rounding;
        this.indent = indent;
    }

    /**
     * Returns {@code $string} of an array, an object or a scalar that is no string: numbers have at
     * most 15 digits and functions are empty strings.
     */
    static String of(Value value, boolean pretty, Evaluation evaluation) {
        var writer = new JsonText(evaluation::madeChars, true, pretty ? "  " : "");
        writer.append(value, 0);
        return writer.out.toString();
    }

    /** Returns a value as a message quotes it: {@code undefined} if it has no JSON text. */
    static String quoted(Value value) {
        if (value == Value.UNDEFINED || value instanceof FunctionValue) {
            return "undefined";
        }
        var writer = new JsonText(_ -> {}, false, "");
        writer.append(value, 0);
        return writer.out.length() > QUOTED_CHARS_MAX
                ? writer.out.substring(0, QUOTED_CHARS_MAX)
                : writer.out.toString();
    }

    /** Returns a string in quotes. */
    static String quoted(String text) {
        var writer = new JsonText(_ -> {}, false, "");
        writer.string(text);
        return writer.out.toString();
    }

    private void append(Value value, int level) {
        if (!rounding && out.length() > QUOTED_CHARS_MAX) {
            return; // a message is cut anyway, and a value may hold one part a million times
        }
        var before = out.length();
        switch (value) {
            case Value.Undefined _, Value.Null _ -> out.append("null");
            case Value.Bool bool -> out.append(bool.isTrue());
            case Value.Num(var number, var _) -> number(number);
            case Value.Text(var text) -> string(text);
            case FunctionValue _ -> out.append(rounding ? "\"\"" : "null");
            case ArrayValue array -> {
                array(array, level);
                return;
            }
            case ObjectValue object -> {
                object(object, level);
                return;
            }
        }
        meter.wrote(out.length() - before);
    }

    private void number(double number) {
        if (Double.isNaN(number)) {
            out.append("null");
        } else if (Double.isInfinite(number)) {
            if (rounding) {
                throw EvaluationFailure.of("D1001", Value.Num.of(number));
            }
            out.append("null");
        } else {
            out.append(rounding ? NumberText.ofRounded(number) : NumberText.of(number));
        }
    }

    private void array(ArrayValue array, int level) {
        out.append('[');
        for (var i = 0; i < array.size(); i++) {
            meter.wrote(1);
            separate(i > 0, level + 1);
            append(array.get(i), level + 1);
        }
        close(!array.isEmpty(), level, ']');
    }

    private void object(ObjectValue object, int level) {
        out.append('{');
        var any = false;
        for (var i = 0; i < object.size(); i++) {
            var value = object.value(i);
            if (value == Value.UNDEFINED || (!rounding && value instanceof FunctionValue)) {
                continue;
            }
            meter.wrote(object.name(i).length() + 4);
            separate(any, level + 1);
            any = true;
            string(object.name(i));
            out.append(indent.isEmpty() ? ":" : ": ");
            append(value, level + 1);
        }
        close(any, level, '}');
    }

    private void separate(boolean comma, int level) {
        if (comma) {
            out.append(',');
        }
        newLine(level);
    }

    private void close(boolean any, int level, char bracket) {
        if (any) {
            newLine(level);
        }
        out.append(bracket);
    }

    private void newLine(int level) {
        if (!indent.isEmpty()) {
            meter.wrote(1 + level * indent.length());
            out.append('\n').append(indent.repeat(level));
        }
    }

    private void string(String text) {
        out.append('"');
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || isLoneSurrogate(text, i)) {
                        escape(c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private void escape(char c) {
        out.append("\\u");
        for (var shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt((c >> shift) & 15));
        }
    }

    private static boolean isLoneSurrogate(String text, int at) {
        var c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c)
                && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
