package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.NativeFunction.Arguments;
import java.util.Locale;

/** The functions over strings; a character is a code point. */
final class StringFunctions {
    private StringFunctions() {}

    static Value string(Arguments arguments) {
        var value = arguments.get(0);
        if (value == Value.UNDEFINED || value instanceof Value.Text) {
            return value;
        }
        var evaluation = arguments.evaluation();
        var isPretty = arguments.get(1) == Value.Bool.TRUE;
        if (isPretty && (value instanceof ArrayValue || value instanceof ObjectValue)) {
            var shown =
                    value instanceof ArrayValue array && array.isOuterWrapper()
                            ? array.get(0)
                            : value;
            return arguments.made(JsonText.of(shown, true, evaluation));
        }
        return arguments.made(Values.text(value, evaluation));
    }

    static Value length(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        arguments.evaluation().read(arguments.text(0).length());
        return Value.Num.of(codePoints(arguments.text(0)));
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    static Value substring(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var text = arguments.text(0);
        arguments.evaluation().read(text.length());
        var count = codePoints(text);
        var start = arguments.number(1);
        if (count + start < 0) {
            start = 0;
        }
        double end = count;
        if (!arguments.isMissing(2)) {
            var length = arguments.number(2);
            if (length <= 0) {
                return new Value.Text("");
            }
            end = start >= 0 ? start + length : count + start + length;
        }
        return slice(arguments, sliceIndex(start, count), sliceIndex(end, count));
    }

    /** Returns an index as JavaScript's slice understands it: from the end if negative. */
    private static int sliceIndex(double index, int count) {
        var whole = (long) index;
        return (int) Math.clamp(whole < 0 ? count + whole : whole, 0L, count);
    }

    private static Value slice(Arguments arguments, int from, int to) {
        if (from >= to) {
            return new Value.Text("");
        }
        var text = arguments.text(0);
        var start = text.offsetByCodePoints(0, from);
        return arguments.evaluation().text(text, start, text.offsetByCodePoints(start, to - from));
    }

    static Value substringBefore(Arguments arguments) {
        return around(arguments, true);
    }

    static Value substringAfter(Arguments arguments) {
        return around(arguments, false);
    }

    private static Value around(Arguments arguments, boolean isBefore) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var text = arguments.text(0);
        // JavaScript looks for the word "undefined" when there is nothing to look for.
        var mark = arguments.isMissing(1) ? "undefined" : arguments.text(1);
        var at = PatternFunctions.indexOf(text, mark, 0, arguments.evaluation());
        if (at < 0) {
            return arguments.get(0);
        }
        if (!isBefore && arguments.isMissing(1)) {
            throw EvaluationFailure.internal("There is nothing to look for");
        }
        return isBefore
                ? arguments.evaluation().text(text, 0, at)
                : arguments.evaluation().text(text, at + mark.length(), text.length());
    }

    static Value lowercase(Arguments arguments) {
        return arguments.isMissing(0)
                ? Value.UNDEFINED
                : arguments.made(arguments.text(0).toLowerCase(Locale.ROOT));
    }

    static Value uppercase(Arguments arguments) {
        return arguments.isMissing(0)
                ? Value.UNDEFINED
                : arguments.made(arguments.text(0).toUpperCase(Locale.ROOT));
    }

    static Value trim(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var text = arguments.text(0);
        arguments.evaluation().madeChars(text.length());
        var out = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (" \t\n\r".indexOf(c) < 0) {
                out.append(c);
            } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                out.append(' ');
            }
        }
        if (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
            out.setLength(out.length() - 1);
        }
        return new Value.Text(out.toString());
    }

    static Value pad(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var text = arguments.text(0);
        var width = arguments.number(1);
        var evaluation = arguments.evaluation();
        evaluation.read(text.length());
        var missing = Math.abs(width) - codePoints(text);
        if (!(missing >= 1)) {
            return arguments.get(0);
        }
        var padding = arguments.text(2).isEmpty() ? " " : arguments.text(2);
        var chars = Math.ceil(missing) * Math.min(2, padding.length()) + text.length();
        evaluation.madeChars((long) Math.min(chars, Long.MAX_VALUE / 4.0));
        var filled = repeated(padding, (int) missing);
        return new Value.Text(width > 0 ? text + filled : filled + text);
    }

    /** Repeats a text until it has so many code points. */
    private static String repeated(String text, int count) {
        var each = codePoints(text);
        var whole = text.repeat(count / each);
        return whole + text.substring(0, text.offsetByCodePoints(0, count % each));
    }

    static Value join(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var evaluation = arguments.evaluation();
        var separator = arguments.text(1);
        var parts = arguments.array(0);
        evaluation.steps(parts.size());
        var out = new StringBuilder();
        for (var i = 0; i < parts.size(); i++) {
            var part = parts.get(i) instanceof Value.Text(var text) ? text : "";
            evaluation.madeChars((long) part.length() + separator.length());
            if (i > 0) {
                out.append(separator);
            }
            out.append(part);
        }
        return new Value.Text(out.toString());
    }
}
