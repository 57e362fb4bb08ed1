package dev.gradus.expressions.jsonata;

/**
 * Says why a text is not a JSONata expression. Always the fault of whoever wrote the text, so it
 * has no stack trace.
 */
public final class JsonataSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int position;

    JsonataSyntaxException(String code, String message, int position) {
        super(message, null, false, false);
        this.code = code;
        this.position = position;
    }

    /**
     * Returns JSONata's code, such as {@code S0202}; {@code S0303} is ours, for a regular
     * expression that JavaScript refuses without a code, and {@code S0501} for a text over our
     * limits.
     */
    public String code() {
        return code;
    }

    /** Returns JSONata's sentence, without the code: {@code Expected "]", got ","}. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** Returns the character, counted from 0, at which the reader gave up. */
    public int position() {
        return position;
    }
}
