package dev.gradus.expressions;

/** Says why a text is neither a path nor an intrinsic call that can be compiled. */
public abstract sealed class ExpressionSyntaxException extends RuntimeException
        permits PathSyntaxException, IntrinsicSyntaxException {
    private static final long serialVersionUID = 1L;

    private final String source;

    ExpressionSyntaxException(String source, String message) {
        super(message, null, false, false);
        this.source = source;
    }

    /** Returns the refused text. */
    public String source() {
        return source;
    }

    /** Returns what is wrong with it, as one sentence without a full stop. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
