package dev.gradus.expressions.jsonata;

/**
 * One token.
 *
 * @param text the operator, or the name without dollar, or what the literal is written as
 * @param value what a literal means; undefined for others
 * @param position where it begins, in characters from 0
 */
record Token(Kind kind, String text, Value value, int position) {
    /** What a token is. */
    enum Kind {
        OPERATOR,
        NAME,
        VARIABLE,
        STRING,
        NUMBER,
        VALUE,
        REGEX,
        END
    }

    static Token of(Kind kind, String text, int position) {
        return new Token(kind, text, Value.UNDEFINED, position);
    }

    boolean isEnd() {
        return kind == Kind.END;
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    /** Returns the token as messages quote it. */
    Object shown() {
        return switch (kind) {
            case OPERATOR, NAME, VARIABLE, END -> text;
            case STRING, NUMBER, VALUE -> value;
            case REGEX -> ObjectValue.empty(); // as JavaScript shows an object without members
        };
    }
}
