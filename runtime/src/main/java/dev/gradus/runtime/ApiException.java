package dev.gradus.runtime;

/** A caller's mistake, or a refusal, in the words of the AWS API; never our own bug and never a workflow's failure. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorShape shape;

    public ApiException(ErrorShape shape, String message) {
        super(message, null, false, false); // No stack: these are answers, thousands a second under overload.
        this.shape = shape;
    }

    /** Which of AWS's error shapes the caller sees. */
    public ErrorShape shape() {
        return shape;
    }

    /** Returns the text that the caller sees. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
