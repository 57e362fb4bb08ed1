package dev.gradus.expressions;

/** Says why a text is not a JSONPath or not a reference path. */
public final class PathSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;

    PathSyntaxException(String path, String message) {
        super(message, null, false, false);
        this.path = path;
    }

    /** Returns the refused text. */
    public String path() {
        return path;
    }

    /** Returns what is wrong with it, as one sentence without a full stop. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
