package dev.gradus.expressions.jsonata;

import java.util.OptionalDouble;

/**
 * A predicate in brackets: an index, or a condition on each item.
 *
 * @param index the number that was written, if it is just one
 */
record Filter(Expression predicate, OptionalDouble index) {
    /** Selects items; of a value that is no array, the value itself or nothing. */
    Value apply(Value input, Frame frame) {
        var isTuples = input instanceof ArrayValue array && array.isTupleStream();
        if (!(input instanceof ArrayValue items)) {
            if (index.isPresent()) {
                return input != Value.UNDEFINED && isFirst(index.getAsDouble())
                        ? ArrayValue.sequenceOf(input)
                        : ArrayValue.sequence();
            }
            return select(ArrayValue.sequenceOf(input), frame, false);
        }
        return index.isPresent()
                ? at(items, index.getAsDouble(), isTuples, frame.evaluation())
                : select(items, frame, isTuples);
    }

    private static boolean isFirst(double index) {
        var at = Math.floor(index);
        return at == 0 || at == -1;
    }

    private static Value at(
            ArrayValue items, double index, boolean isTuples, Evaluation evaluation) {
        var at = position(index, items.size());
        var found = results(isTuples);
        if (at < 0 || at >= items.size()) {
            return found;
        }
        var item = items.get((int) at);
        if (item instanceof ArrayValue) {
            return item;
        }
        if (item != Value.UNDEFINED) {
            found.add(item, evaluation);
        }
        return found;
    }

    private static double position(double index, int size) {
        var at = Math.floor(index);
        return at < 0 ? size + at : at;
    }

    private static ArrayValue results(boolean isTuples) {
        var found = ArrayValue.sequence();
        return isTuples ? found.asTupleStream() : found;
    }

    private Value select(ArrayValue items, Frame frame, boolean isTuples) {
        var evaluation = frame.evaluation();
        var found = results(isTuples);
        for (var i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var result =
                    isTuples && item instanceof ObjectValue tuple
                            ? predicate.evaluate(tuple.find(Values.ITEM), frame.inner(tuple))
                            : predicate.evaluate(item, frame);
            var times = times(result, i, items.size(), evaluation);
            for (var n = 0; n < times; n++) {
                found.add(item, evaluation);
            }
        }
        return found;
    }

    /** How often a result selects an item: numbers are indexes, and may name it again. */
    private static int times(Value result, int at, int size, Evaluation evaluation) {
        if (Values.isNumber(result) && result instanceof Value.Num(var number, var _)) {
            return position(number, size) == at ? 1 : 0;
        }
        if (!(result instanceof ArrayValue indexes) || !isAllNumbers(indexes, evaluation)) {
            return Values.isTrue(result, evaluation) ? 1 : 0;
        }
        var times = 0;
        for (var i = 0; i < indexes.size(); i++) {
            if (indexes.get(i) instanceof Value.Num(var number, var _)
                    && position(number, size) == at) {
                times++;
            }
        }
        return times;
    }

    /** Tells whether an array has nothing but numbers. */
    static boolean isAllNumbers(ArrayValue array, Evaluation evaluation) {
        for (var i = 0; i < array.size(); i++) {
            if (!Values.isNumber(array.get(i))) {
                return false;
            }
        }
        evaluation.steps(array.size() / 4);
        return true;
    }
}
