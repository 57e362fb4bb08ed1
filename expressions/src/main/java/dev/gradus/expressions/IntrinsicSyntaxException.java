package dev.gradus.expressions;

/** Says why a text is not a call of an intrinsic function. */
public final class IntrinsicSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String call;

    IntrinsicSyntaxException(String call, String message) {
        super(message, null, false, false);
        this.call = call;
    }

    /** Returns the refused text. */
    public String call() {
        return call;
    }

    /** Returns what is wrong with it, as one sentence without a full stop. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
