package dev.gradus.expressions;

import java.util.OptionalLong;

/**
 * The evaluated arguments of one call, read by the type that the function wants. The wrong type or
 * value is the workflow's failure {@code States.IntrinsicFailure}.
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
        throw wrongType(at, "a string");
    }

    JsonArray array(int at) {
        if (values[at] instanceof JsonArray array) {
            return array;
        }
        throw wrongType(at, "an array");
    }

    JsonObject object(int at) {
        if (values[at] instanceof JsonObject object) {
            return object;
        }
        throw wrongType(at, "an object");
    }

    /** Returns a number rounded like {@code Math.round}; it must fit a signed 32-bit integer. */
    int rounded(int at) {
        if (!(values[at] instanceof JsonNumber number)) {
            throw wrongType(at, "a number");
        }
        var rounded = Math.round(number.doubleValue());
        if (rounded < Integer.MIN_VALUE || rounded > Integer.MAX_VALUE) {
            throw failure(
                    ordinal(at)
                            + " must be from -2147483648 to 2147483647 but was "
                            + number.text());
        }
        return (int) rounded;
    }

    /** Returns a number that is whole as it stands. */
    OptionalLong whole(int at) {
        if (!(values[at] instanceof JsonNumber number)) {
            throw wrongType(at, "a number");
        }
        return number.longValue();
    }

    ExpressionFailure wrongType(int at, String expected) {
        return failure(ordinal(at) + " must be " + expected + " but was " + kind(values[at]));
    }

    ExpressionFailure failure(String detail) {
        return new ExpressionFailure(ExpressionFailure.INTRINSIC, cause(expression, detail));
    }

    /** Returns AWS's frame around what went wrong in a call. */
    static String cause(String expression, String detail) {
        return "The function '" + expression + "' had the following error: " + detail;
    }

    private String ordinal(int at) {
        return "Argument " + (at + 1) + " of " + function.fullName();
    }

    private static String kind(Json value) {
        return switch (value) {
            case JsonNull _ -> "null";
            case JsonBoolean _ -> "a boolean";
            case JsonNumber _ -> "a number";
            case JsonString _ -> "a string";
            case JsonArray _ -> "an array";
            case JsonObject _ -> "an object";
        };
    }
}
