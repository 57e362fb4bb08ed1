package dev.gradus.expressions;

/** Says why a text is not a call of an intrinsic function. */
public final class IntrinsicSyntaxException extends ExpressionSyntaxException {
    private static final long serialVersionUID = 1L;

    IntrinsicSyntaxException(String call, String message) {
        super(call, message);
    }
}
