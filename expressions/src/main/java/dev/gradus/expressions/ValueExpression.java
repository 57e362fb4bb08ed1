package dev.gradus.expressions;

import java.util.List;

/**
 * What may stand at the right of a {@code "name.$"} member of a payload template: a path or a call
 * of an intrinsic function. ErrorPath and CausePath take the same.
 */
public sealed interface ValueExpression permits JsonPath, Intrinsic {
    /**
     * Compiles a path ({@code $...}) or an intrinsic call ({@code States....}).
     *
     * @throws ExpressionSyntaxException if it is neither
     */
    static ValueExpression compile(String text) {
        return text.startsWith("$") ? JsonPath.compile(text) : Intrinsic.compile(text);
    }

    /** Returns the text that was compiled. */
    String source();

    /**
     * Returns the names, without the dollar, of the variables that are read, each once, in order.
     */
    List<String> variables();

    /**
     * Evaluates to the value of a payload field.
     *
     * @param field the member as written ({@code value.$}, {@code ErrorPath}), for AWS's text
     * @throws ExpressionFailure if a path finds nothing or an argument does not fit
     */
    Json evaluate(Bindings bindings, String field);
}
