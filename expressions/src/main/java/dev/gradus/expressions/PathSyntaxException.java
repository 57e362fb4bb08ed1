package dev.gradus.expressions;

/** Says why a text is not a JSONPath, or not a reference path where one is asked for. */
public final class PathSyntaxException extends ExpressionSyntaxException {
    private static final long serialVersionUID = 1L;

    PathSyntaxException(String path, String message) {
        super(path, message);
    }
}
