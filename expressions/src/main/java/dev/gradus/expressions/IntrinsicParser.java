package dev.gradus.expressions;

import java.util.ArrayList;

/**
 * Reads the call syntax {@code States.Name(argument, ...)}. An argument is a number, a
 * single-quoted string with the escapes {@code \' \\ \{ \}}, a path, another call, {@code null},
 * {@code true} or {@code false}; white space around arguments is free.
 */
final class IntrinsicParser {
    private static final String PREFIX = "States.";

    private final String text;
    private int at;

    private IntrinsicParser(String text) {
        this.text = text;
    }

    static Intrinsic parse(String text) {
        if (text.length() > ExpressionLimits.EXPRESSION_CHARS_MAX) {
            throw new IntrinsicSyntaxException(
                    text.substring(0, 100),
                    "A call may have at most "
                            + ExpressionLimits.EXPRESSION_CHARS_MAX
                            + " characters");
        }
        var parser = new IntrinsicParser(text);
        parser.skipBlanks();
        var call = parser.call(1);
        parser.skipBlanks();
        if (parser.at < text.length()) {
            throw parser.syntax("Nothing may follow the call");
        }
        return call;
    }

    private Intrinsic call(int level) {
        if (level > ExpressionLimits.INTRINSIC_NESTING_MAX) {
            throw syntax(
                    "Calls may be nested at most "
                            + ExpressionLimits.INTRINSIC_NESTING_MAX
                            + " levels");
        }
        var start = at;
        var function = function();
        expect('(');
        var arguments = new ArrayList<Intrinsic.Argument>();
        skipBlanks();
        if (current() != ')') {
            arguments.add(argument(function, true, level));
            for (skipBlanks(); current() == ','; skipBlanks()) {
                at++;
                skipBlanks();
                arguments.add(argument(function, false, level));
            }
        }
        expect(')');
        return new Intrinsic(level == 1 ? text : text.substring(start, at), function, arguments);
    }

    private IntrinsicFunction function() {
        if (!text.startsWith(PREFIX, at)) {
            throw syntax("A call of an intrinsic function starts with 'States.'");
        }
        var from = at + PREFIX.length();
        var end = from;
        while (end < text.length() && isNameChar(text.charAt(end))) {
            end++;
        }
        var name = text.substring(from, end);
        at = end;
        return IntrinsicFunction.named(name)
                .orElseThrow(() -> syntax("There is no intrinsic function " + PREFIX + name));
    }

    private Intrinsic.Argument argument(IntrinsicFunction function, boolean first, int level) {
        var c = current();
        if (c == '\'') {
            return string(function == IntrinsicFunction.FORMAT && first);
        }
        if (c == '$') {
            return path();
        }
        if (text.startsWith(PREFIX, at)) {
            return new Intrinsic.Argument.Nested(call(level + 1));
        }
        var start = at;
        while (at < text.length() && ",) \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        var word = text.substring(start, at);
        return new Intrinsic.Argument.Literal(
                switch (word) {
                    case "null" -> Json.NULL;
                    case "true" -> JsonBoolean.TRUE;
                    case "false" -> JsonBoolean.FALSE;
                    default -> {
                        if (!JsonNumber.isNumber(word)
                                || word.length() > ExpressionLimits.NUMBER_CHARS_MAX) {
                            throw syntax("An argument was expected at character " + (start + 1));
                        }
                        yield new JsonNumber(word);
                    }
                });
    }

    private Intrinsic.Argument string(boolean format) {
        var start = ++at;
        var value = new StringBuilder();
        for (; current() != '\''; at++) {
            if (current() == '\0' && at >= text.length()) {
                throw syntax("A string is not closed");
            }
            if (current() == '\\') {
                at++;
                if (at == text.length() || "'\\{}".indexOf(current()) < 0) {
                    throw syntax("A backslash stands only before ' \\ { or } in a string");
                }
            }
            value.append(current());
        }
        var raw = text.substring(start, at++);
        var json = Json.of(value.toString());
        return format
                ? new Intrinsic.Argument.Template(json, FormatTemplate.parse(raw))
                : new Intrinsic.Argument.Literal(json);
    }

    /** Reads a path: up to a comma or parenthesis that is in none of its own brackets. */
    private Intrinsic.Argument path() {
        var start = at;
        at = PathScanner.argumentEnd(text, start);
        var path = text.substring(start, at).stripTrailing();
        try {
            return new Intrinsic.Argument.Path(JsonPath.compile(path));
        } catch (PathSyntaxException refused) {
            throw syntax("'" + path + "' is not a path: " + refused.message());
        }
    }

    private void expect(char c) {
        if (current() != c) {
            throw syntax("'" + c + "' was expected at character " + (at + 1));
        }
        at++;
    }

    private char current() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private static boolean isNameChar(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private IntrinsicSyntaxException syntax(String message) {
        return new IntrinsicSyntaxException(text, message);
    }
}
