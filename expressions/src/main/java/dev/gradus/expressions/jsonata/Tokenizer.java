package dev.gradus.expressions.jsonata;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Splits a text into tokens, one at a time, because a slash divides or begins a pattern. */
final class Tokenizer {
    private static final String BLANKS = " \t\n\r\u000B";
    private static final String SINGLE_OPERATORS = ".[]{}(),@#;:?+-*/%|=<>^&!~";
    private static final Set<String> DOUBLE_OPERATORS =
            Set.of("..", ":=", "!=", ">=", "<=", "**", "~>");

    private final String text;
    private int position;

    Tokenizer(String text) {
        this.text = text;
    }

    /**
     * Reads the next token.
     *
     * @param afterValue whether a slash is a division here
     * @throws JsonataSyntaxException if there is none
     */
    Token next(boolean afterValue) {
        skipBlanksAndComments();
        if (position >= text.length()) {
            return Token.of(Token.Kind.END, "(end)", text.length());
        }
        var start = position;
        var c = text.charAt(start);
        if (c == '/' && !afterValue) {
            return regex(start);
        }
        if (start + 1 < text.length()
                && DOUBLE_OPERATORS.contains(text.substring(start, start + 2))) {
            position += 2;
            return Token.of(Token.Kind.OPERATOR, text.substring(start, position), start);
        }
        if (SINGLE_OPERATORS.indexOf(c) >= 0) {
            position++;
            return Token.of(Token.Kind.OPERATOR, String.valueOf(c), start);
        }
        if (c == '"' || c == '\'') {
            return string(start, c);
        }
        if (c >= '0' && c <= '9') {
            return number(start);
        }
        return c == '`' ? quotedName(start) : word(start);
    }

    private void skipBlanksAndComments() {
        while (position < text.length()) {
            if (BLANKS.indexOf(text.charAt(position)) >= 0) {
                position++;
            } else if (text.startsWith("/*", position)) {
                var end = text.indexOf("*/", position + 2);
                if (end < 0) {
                    throw failure("S0106", position);
                }
                position = end + 2;
            } else {
                return;
            }
        }
    }

    private Token string(int start, char quote) {
        var value = new StringBuilder();
        for (position++; position < text.length(); position++) {
            var c = text.charAt(position);
            if (c == quote) {
                position++;
                return new Token(
                        Token.Kind.STRING,
                        text.substring(start, position),
                        new Value.Text(value.toString()),
                        start);
            }
            value.append(c == '\\' ? escaped() : c);
        }
        throw failure("S0101", text.length());
    }

    private char escaped() {
        position++;
        var c = position < text.length() ? text.charAt(position) : '\0';
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                var at = position;
                var value = 0;
                for (var i = 1; i <= 4; i++) {
                    var digit =
                            at + i < text.length() ? Character.digit(text.charAt(at + i), 16) : -1;
                    if (digit < 0 || text.charAt(at + i) > 'f') {
                        throw failure("S0104", at);
                    }
                    value = value * 16 + digit;
                }
                position += 4;
                yield (char) value;
            }
            default ->
                    throw failure(
                            "S0103", position, position < text.length() ? String.valueOf(c) : "");
        };
    }

    private Token number(int start) {
        var at = text.charAt(start) == '0' ? start + 1 : digits(start);
        if (at < text.length() && text.charAt(at) == '.' && digits(at + 1) > at + 1) {
            at = digits(at + 1);
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            var sign = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            var from = sign == '+' || sign == '-' ? at + 2 : at + 1;
            if (digits(from) > from) {
                at = digits(from);
            }
        }
        var written = text.substring(start, at);
        var value = Double.parseDouble(written);
        if (Double.isInfinite(value)) {
            throw failure("S0102", start, written);
        }
        position = at;
        return new Token(Token.Kind.NUMBER, written, Value.Num.of(value), start);
    }

    private int digits(int from) {
        var at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private Token quotedName(int start) {
        var end = text.indexOf('`', start + 1);
        if (end < 0) {
            throw failure("S0105", text.length());
        }
        position = end + 1;
        return Token.of(Token.Kind.NAME, text.substring(start + 1, end), start);
    }

    private Token word(int start) {
        while (position < text.length()
                && BLANKS.indexOf(text.charAt(position)) < 0
                && SINGLE_OPERATORS.indexOf(text.charAt(position)) < 0) {
            position++;
        }
        var word = text.substring(start, position);
        if (word.charAt(0) == '$') {
            return Token.of(Token.Kind.VARIABLE, word.substring(1), start);
        }
        return switch (word) {
            case "or", "in", "and" -> Token.of(Token.Kind.OPERATOR, word, start);
            case "true" -> new Token(Token.Kind.VALUE, word, Value.Bool.TRUE, start);
            case "false" -> new Token(Token.Kind.VALUE, word, Value.Bool.FALSE, start);
            case "null" -> new Token(Token.Kind.VALUE, word, Value.Null.NULL, start);
            default -> Token.of(Token.Kind.NAME, word, start);
        };
    }

    /** The token's text is the pattern between the slashes and, after a slash, its flags. */
    private Token regex(int start) {
        var from = start + 1;
        var depth = 0;
        for (position = from; position < text.length(); position++) {
            var c = text.charAt(position);
            if (c == '/' && depth == 0 && !isEscaped(position, from)) {
                if (position == from) {
                    throw failure("S0301", position);
                }
                position++;
                while (position < text.length() && "im".indexOf(text.charAt(position)) >= 0) {
                    position++;
                }
                return Token.of(Token.Kind.REGEX, text.substring(from, position), start);
            }
            if (text.charAt(position - 1) != '\\') {
                depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            }
        }
        throw failure("S0302", text.length());
    }

    private boolean isEscaped(int at, int from) {
        var slashes = 0;
        while (at - slashes - 1 >= from && text.charAt(at - slashes - 1) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    /** Makes the refusal of a text, in JSONata's words, where the sentence names nothing. */
    static JsonataSyntaxException failure(String code, int position) {
        return failure(code, position, _ -> null);
    }

    /** Makes the refusal of a text whose sentence names a token. */
    static JsonataSyntaxException failure(String code, int position, Object token) {
        return failure(code, position, name -> name.equals("token") ? token : null);
    }

    /** Makes the refusal of a text whose sentence names more than a token. */
    static JsonataSyntaxException failure(
            String code, int position, Function<String, @Nullable Object> details) {
        return new JsonataSyntaxException(code, Messages.render(code, details), position);
    }
}
