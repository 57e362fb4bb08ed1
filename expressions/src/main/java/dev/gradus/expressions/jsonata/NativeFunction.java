package dev.gradus.expressions.jsonata;

/**
 * A function of the library.
 *
 * @param arity how many arguments a calling function passes to it
 * @param parameters how many arguments it has, the optional ones among them
 */
record NativeFunction(String name, Signature signature, int arity, int parameters, Body body)
        implements FunctionValue {
    /** What the function computes. */
    @FunctionalInterface
    interface Body {
        /** Computes the value of arguments that fit the signature. */
        Value apply(Arguments arguments);
    }

    /** The arguments of one call; one that is missing is undefined. */
    record Arguments(Value[] values, Evaluation evaluation) {
        int size() {
            return values.length;
        }

        Value get(int at) {
            return at < values.length ? values[at] : Value.UNDEFINED;
        }

        boolean isMissing(int at) {
            return get(at) == Value.UNDEFINED;
        }

        /** Returns a number that the signature promises. */
        double number(int at) {
            return get(at) instanceof Value.Num(var number, var _) ? number : Double.NaN;
        }

        /** Returns a string that the signature promises. */
        String text(int at) {
            return get(at) instanceof Value.Text(var text) ? text : "";
        }

        /** Returns an array that the signature promises. */
        ArrayValue array(int at) {
            return get(at) instanceof ArrayValue array ? array : ArrayValue.plain();
        }

        /** Makes a string value. */
        Value made(String text) {
            return evaluation.text(text);
        }
    }
}
