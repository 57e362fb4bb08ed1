package dev.gradus.expressions.jsonata;

import java.util.List;

/** The order that {@code ^(terms)} asks for. */
record Sorting(List<Term> terms) {
    /** One term. */
    record Term(Expression expression, boolean descending) {}

    /** Decides whether one item belongs after another. */
    @FunctionalInterface
    interface After {
        boolean isAfter(Value left, Value right);
    }

    /** Sorts items, or tuples by their bindings. */
    Value sort(ArrayValue items, Frame frame) {
        var isTuples = items.isTupleStream();
        return stable(
                items, (left, right) -> isAfter(left, right, isTuples, frame), frame.evaluation());
    }

    private boolean isAfter(Value left, Value right, boolean isTuples, Frame frame) {
        for (var term : terms) {
            var a = value(term, left, isTuples, frame);
            var b = value(term, right, isTuples, frame);
            if (a == Value.UNDEFINED || b == Value.UNDEFINED) {
                if (a == Value.UNDEFINED && b == Value.UNDEFINED) {
                    continue;
                }
                return a == Value.UNDEFINED;
            }
            var order = compare(a, b);
            if (order != 0) {
                return (order > 0) != term.descending;
            }
        }
        return false;
    }

    private static Value value(Term term, Value item, boolean isTuples, Frame frame) {
        return isTuples && item instanceof ObjectValue tuple
                ? term.expression.evaluate(tuple.find(Values.ITEM), frame.inner(tuple))
                : term.expression.evaluate(item, frame);
    }

    private static int compare(Value a, Value b) {
        var isOrdered = a instanceof Value.Num || a instanceof Value.Text;
        if (!isOrdered || !(b instanceof Value.Num || b instanceof Value.Text)) {
            throw EvaluationFailure.of("T2008", isOrdered ? b : a);
        }
        if (a instanceof Value.Num(var x, var _) && b instanceof Value.Num(var y, var _)) {
            return x == y ? 0 : x < y ? -1 : 1; // what is no number comes last, as in JavaScript
        }
        if (a instanceof Value.Text(var x) && b instanceof Value.Text(var y)) {
            return x.compareTo(y);
        }
        throw EvaluationFailure.of("T2007", a).with("value2", b);
    }

    /**
     * Sorts by merging, as JSONata does: equal items keep their order, and a function that decides
     * is asked for the same pairs.
     */
    static Value stable(ArrayValue array, After after, Evaluation evaluation) {
        if (array.size() <= 1) {
            return array;
        }
        var items = new Value[array.size()];
        evaluation.made(items.length * Evaluation.ELEMENT_BYTES);
        for (var i = 0; i < items.length; i++) {
            items[i] = array.get(i);
        }
        sort(items, new Value[items.length], 0, items.length, new Order(after, evaluation));
        var sorted = ArrayValue.plain();
        for (var item : items) {
            sorted.add(item, evaluation);
        }
        return sorted;
    }

    /** The decision with its count. */
    private record Order(After after, Evaluation evaluation) {
        boolean isAfter(Value left, Value right) {
            evaluation.step();
            return after.isAfter(left, right);
        }
    }

    private static void sort(Value[] items, Value[] spare, int from, int to, Order order) {
        if (to - from <= 1) {
            return;
        }
        var middle = from + (to - from) / 2;
        sort(items, spare, from, middle, order);
        sort(items, spare, middle, to, order);
        var left = from;
        var right = middle;
        for (var at = from; at < to; at++) {
            var takeRight =
                    left == middle || (right < to && order.isAfter(items[left], items[right]));
            spare[at] = takeRight ? items[right++] : items[left++];
        }
        System.arraycopy(spare, from, items, from, to - from);
    }
}
