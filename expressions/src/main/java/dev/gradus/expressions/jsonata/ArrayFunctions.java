package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.NativeFunction.Arguments;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The functions over arrays. */
final class ArrayFunctions {
    private static final int HASHED_FROM = 16;

    private ArrayFunctions() {}

    static Value count(Arguments arguments) {
        return Value.Num.of(arguments.isMissing(0) ? 0 : arguments.array(0).size());
    }

    static Value append(Arguments arguments) {
        return Values.append(arguments.get(0), arguments.get(1), arguments.evaluation());
    }

    static Value reverse(Arguments arguments) {
        var array = arguments.array(0);
        if (arguments.isMissing(0) || array.size() <= 1) {
            return arguments.get(0);
        }
        arguments.evaluation().steps(array.size() / 8);
        var reversed = ArrayValue.plain();
        for (var i = array.size() - 1; i >= 0; i--) {
            reversed.add(array.get(i), arguments.evaluation());
        }
        return reversed;
    }

    static Value shuffle(Arguments arguments) {
        var array = arguments.array(0);
        if (arguments.isMissing(0) || array.size() <= 1) {
            return arguments.get(0);
        }
        var evaluation = arguments.evaluation();
        evaluation.steps(array.size() / 2);
        var shuffled = ArrayValue.plain();
        for (var i = 0; i < array.size(); i++) {
            var j = (int) (evaluation.randomness().nextDouble() * (i + 1));
            shuffled.add(array.get(i), evaluation);
            if (i != j) {
                shuffled.set(i, shuffled.get(j));
                shuffled.set(j, array.get(i));
            }
        }
        return shuffled;
    }

    static Value distinct(Arguments arguments) {
        if (!(arguments.get(0) instanceof ArrayValue array) || array.size() <= 1) {
            return arguments.get(0);
        }
        var evaluation = arguments.evaluation();
        var distinct = array.isSequence() ? ArrayValue.sequence() : ArrayValue.plain();
        var scalars = HashMap.<Object, Boolean>newHashMap(HASHED_FROM);
        for (var i = 0; i < array.size(); i++) {
            evaluation.step();
            var value = array.get(i);
            var isNew =
                    switch (value) {
                        case Value.Num(var number, var _) -> isNew(scalars, number);
                        case Value.Text(var text) -> isNew(scalars, text);
                        case Value.Bool bool -> isNew(scalars, bool);
                        case Value.Null nothing -> isNew(scalars, nothing);
                        case Value.Undefined nothing -> isNew(scalars, nothing);
                        case FunctionValue _, ArrayValue _, ObjectValue _ ->
                                !contains(distinct, value, evaluation);
                    };
            if (isNew) {
                distinct.add(value, evaluation);
            }
        }
        return distinct;
    }

    private static boolean isNew(Map<Object, Boolean> known, Object scalar) {
        var isNotANumber = scalar instanceof Double number && number.isNaN();
        var key = scalar.equals(-0.0) ? (Object) 0.0 : scalar;
        return known.put(key, true) == null || isNotANumber; // which equals nothing
    }

    private static boolean contains(ArrayValue array, Value value, Evaluation evaluation) {
        for (var i = 0; i < array.size(); i++) {
            if (Values.equal(value, array.get(i), evaluation)) {
                return true;
            }
        }
        return false;
    }

    static Value zip(Arguments arguments) {
        var evaluation = arguments.evaluation();
        var length = Integer.MAX_VALUE;
        for (var i = 0; i < arguments.size(); i++) {
            var size = arguments.get(i) instanceof ArrayValue array ? array.size() : 0;
            length = Math.min(length, size);
        }
        var zipped = ArrayValue.plain();
        for (var i = 0; i < length && arguments.size() > 0; i++) {
            var tuple = ArrayValue.plain();
            evaluation.steps(arguments.size());
            for (var a = 0; a < arguments.size(); a++) {
                evaluation.made(Evaluation.ELEMENT_BYTES);
                tuple.add(arguments.array(a).get(i), evaluation);
            }
            zipped.add(tuple, evaluation);
        }
        return zipped;
    }

    static Value sort(Arguments arguments) {
        var array = arguments.array(0);
        if (arguments.isMissing(0) || array.size() <= 1) {
            return arguments.get(0);
        }
        var evaluation = arguments.evaluation();
        if (!arguments.isMissing(1)) {
            var function = arguments.get(1);
            return Sorting.stable(
                    array,
                    (left, right) ->
                            Values.isTrue(
                                    Calls.apply(
                                            function,
                                            new Value[] {left, right},
                                            Value.Null.NULL,
                                            evaluation,
                                            null),
                                    evaluation),
                    evaluation);
        }
        if (Filter.isAllNumbers(array, evaluation)) {
            return Sorting.stable(array, ArrayFunctions::isGreater, evaluation);
        }
        if (isAllTexts(array)) {
            evaluation.steps(array.size());
            return Sorting.stable(array, ArrayFunctions::isLater, evaluation);
        }
        throw EvaluationFailure.of("D3070");
    }

    private static boolean isAllTexts(ArrayValue array) {
        for (var i = 0; i < array.size(); i++) {
            if (!(array.get(i) instanceof Value.Text)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isGreater(Value left, Value right) {
        return left instanceof Value.Num(var a, var _)
                && right instanceof Value.Num(var b, var _)
                && a > b;
    }

    private static boolean isLater(Value left, Value right) {
        return left instanceof Value.Text(var a)
                && right instanceof Value.Text(var b)
                && a.compareTo(b) > 0;
    }

    /** Returns values as an array that stays one. */
    static ArrayValue of(Evaluation evaluation, Value... values) {
        var array = ArrayValue.plain();
        Arrays.stream(values).forEach(value -> array.add(value, evaluation));
        return array;
    }
}
