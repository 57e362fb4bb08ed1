package dev.gradus.expressions;

/**
 * The evaluated arguments of one call, read by the type that the function wants. The wrong type,
 * value or number of them is the workflow's failure {@code States.IntrinsicFailure}.
 *
 * <p>Texts: executions on AWS that others recorded and published in 2026.
 */
final class Arguments {
    private final String expression;
    private final IntrinsicFunction function;
    private final Json[] values;
    private final Bindings bindings;

    /**
     * @param expression the outermost call as written, which failures name
     */
    Arguments(String expression, IntrinsicFunction function, Json[] values, Bindings bindings) {
        this.expression = expression;
        this.function = function;
        this.values = values;
        this.bindings = bindings;
    }

    Json[] values() {
        return values;
    }

    int size() {
        return values.length;
    }

    Json value(int at) {
        return values[at];
    }

    Randomness randomness() {
        return bindings.randomness();
    }

    String string(int at) {
        if (values[at] instanceof JsonString(var text)) {
            return text;
        }
        throw invalid();
    }

    JsonArray array(int at) {
        if (values[at] instanceof JsonArray array) {
            return array;
        }
        throw invalid();
    }

    JsonObject object(int at) {
        if (values[at] instanceof JsonObject object) {
            return object;
        }
        throw invalid();
    }

    /** Returns a number rounded like {@code Math.round}; it must fit a signed 32-bit integer. */
    int rounded(int at) {
        return fitting(Math.round(number(at)));
    }

    /** Returns a number without its fraction; it must fit a signed 32-bit integer. */
    int truncated(int at) {
        return fitting((long) number(at));
    }

    private double number(int at) {
        if (values[at] instanceof JsonNumber number) {
            return number.doubleValue();
        }
        throw invalid();
    }

    private int fitting(long whole) {
        if (whole < Integer.MIN_VALUE || whole > Integer.MAX_VALUE) {
            throw invalid();
        }
        return (int) whole;
    }

    /** Returns the failure of arguments that the function does not take; AWS says no more. */
    ExpressionFailure invalid() {
        return failure("Invalid arguments in " + function.fullName());
    }

    /** Returns a failure that says more, behind AWS's frame. */
    ExpressionFailure failure(String detail) {
        return new ExpressionFailure(
                ExpressionFailure.INTRINSIC,
                "There was an error while evaluating the intrinsic function: "
                        + expression
                        + ". "
                        + detail);
    }
}
