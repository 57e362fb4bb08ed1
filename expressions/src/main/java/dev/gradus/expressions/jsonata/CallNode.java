package dev.gradus.expressions.jsonata;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call.
 *
 * @param fieldName the field that stands where a function should, as in {@code sum(x)}: the author
 *     may have forgotten the dollar
 */
record CallNode(
        Expression procedure,
        List<Expression> arguments,
        Optional<String> name,
        Optional<String> fieldName)
        implements Node {
    @Override
    public Value evaluate(Value input, Frame frame) {
        var function = procedure.evaluate(input, frame);
        checkFieldName("T1005", function, frame);
        return call(function, evaluate(arguments, input, frame, 0), input, frame);
    }

    /** Calls with one more argument before the others. */
    Value applied(Value first, Value input, Frame frame) {
        var function = procedure.evaluate(input, frame);
        checkFieldName("T1005", function, frame);
        var values = evaluate(arguments, input, frame, 1);
        values[0] = first;
        return call(function, values, input, frame);
    }

    private Value call(Value function, Value[] values, Value input, Frame frame) {
        try {
            return Calls.apply(function, values, input, frame.evaluation(), name.orElse(null));
        } catch (EvaluationFailure failure) {
            throw failure.withTokenIfNone(name.orElse(null));
        }
    }

    /** Evaluates the arguments; a function among them loses its context item. */
    private static Value[] evaluate(
            List<Expression> arguments, Value input, Frame frame, int room) {
        var values = new Value[room + arguments.size()];
        for (var i = 0; i < arguments.size(); i++) {
            var value = arguments.get(i).evaluate(input, frame);
            values[room + i] =
                    value instanceof FunctionValue function
                            ? FunctionValue.Closure.of(function)
                            : value;
        }
        return values;
    }

    /** Evaluates the arguments of a call in tail position, where functions stay as they are. */
    Value[] evaluate(List<Expression> tailArguments, Value input, Frame frame) {
        var values = new Value[tailArguments.size()];
        for (var i = 0; i < values.length; i++) {
            values[i] = tailArguments.get(i).evaluate(input, frame);
        }
        return values;
    }

    /** Returns the function that waits for the arguments at the places. */
    Value partial(List<Boolean> places, Value input, Frame frame) {
        var values = new Value[arguments.size()];
        for (var i = 0; i < values.length; i++) {
            values[i] = places.get(i) ? Value.UNDEFINED : arguments.get(i).evaluate(input, frame);
        }
        var function = procedure.evaluate(input, frame);
        checkFieldName("T1007", function, frame);
        var partial = Calls.partial(function, values, places, frame.evaluation());
        if (partial == Value.UNDEFINED) {
            throw EvaluationFailure.of("T1008").withTokenIfNone(name.orElse(null));
        }
        return partial;
    }

    private void checkFieldName(String code, Value function, Frame frame) {
        if (function == Value.UNDEFINED
                && fieldName.isPresent()
                && frame.lookup(fieldName.get()) != Value.UNDEFINED) {
            throw EvaluationFailure.of(code).withToken(fieldName.get());
        }
    }

    /** Returns what a call in tail position names its function in messages. */
    @Nullable String variableName() {
        return fieldName.isPresent() ? null : name.orElse(null);
    }
}
