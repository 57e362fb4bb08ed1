package dev.gradus.expressions.jsonata;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path: each step is evaluated for each item that the one before selected.
 *
 * @param keepsArray whether a single item stays in an array
 * @param givesTuples whether what surrounds the path wants its bindings too
 * @param isPlain whether it is a variable or a name and then names, nothing else
 */
record PathNode(
        List<Step> steps,
        boolean keepsArray,
        boolean givesTuples,
        Optional<Grouping> grouping,
        boolean isPlain)
        implements Node {
    /** What follows a step: a predicate, or the binding of each item's index. */
    sealed interface Stage {
        /** A predicate. */
        record Select(Filter filter) implements Stage {}

        /** {@code #$name} after a predicate. */
        record Count(String name) implements Stage {}
    }

    /**
     * One step.
     *
     * @param work what it evaluates for each item, or how it orders them all
     * @param isTuple whether from here on the path carries bindings
     * @param focus the variable that is bound to each item while the context stays
     * @param index the variable that is bound to each item's index
     * @param ancestor the label under which the item before is remembered
     * @param isConstructor whether a first step is evaluated once and not for each item
     */
    record Step(
            Work work,
            List<Stage> stages,
            boolean isTuple,
            Optional<String> focus,
            Optional<String> index,
            Optional<String> ancestor,
            boolean isConstructor) {}

    /** What a step does. */
    sealed interface Work {
        /** Selects from each item. */
        record Each(Expression expression) implements Work {}

        /** Orders all items. */
        record Order(Sorting sorting) implements Work {}
    }

    @Override
    public Value evaluate(Value input, Frame frame) {
        if (isPlain) {
            return plain(input, frame);
        }
        var items =
                input instanceof ArrayValue array && !startsWithVariable()
                        ? array
                        : ArrayValue.sequenceOf(input);
        return walk(items, 0, frame);
    }

    private boolean startsWithVariable() {
        return steps.getFirst().work instanceof Work.Each(var expression)
                && expression.node() instanceof Nodes.Variable;
    }

    /** Follows names from object to object; the first array on the way is left to the full walk. */
    private Value plain(Value input, Frame frame) {
        if (input instanceof ArrayValue array && !startsWithVariable()) {
            return walk(array, 0, frame);
        }
        var evaluation = frame.evaluation();
        evaluation.enter();
        var value = input;
        var last = steps.size() - 1;
        for (var i = 0; i <= last; i++) {
            evaluation.step();
            value = expression(i).node().evaluate(value, frame);
            if (value instanceof ArrayValue array) {
                value = Expression.unwrapped(array, false);
                if (value instanceof ArrayValue items) {
                    evaluation.leave();
                    return i == last ? asLast(items) : walk(asItems(items), i + 1, frame);
                }
            }
            if (value == Value.UNDEFINED) {
                break;
            }
        }
        evaluation.leave();
        return value;
    }

    private Expression expression(int step) {
        if (steps.get(step).work instanceof Work.Each(var expression)) {
            return expression;
        }
        throw new AssertionError("A plain path has no order");
    }

    private static Value asLast(ArrayValue items) {
        return items.isSequence() && items.keepsSingleton() && items.size() == 1
                ? items.get(0)
                : items;
    }

    private static ArrayValue asItems(ArrayValue items) {
        return items.isConstructed() ? ArrayValue.sequenceOf(items) : items;
    }

    private Value walk(ArrayValue start, int from, Frame frame) {
        var evaluation = frame.evaluation();
        var items = start;
        var selected = (Value) Value.UNDEFINED;
        ArrayValue tuples = null;
        var isTuples = false;
        for (var i = from; i < steps.size(); i++) {
            var step = steps.get(i);
            isTuples |= step.isTuple;
            if (i == 0 && step.isConstructor && step.work instanceof Work.Each(var expression)) {
                selected = expression.evaluate(items, frame);
            } else if (isTuples) {
                tuples = Tuples.step(step, items, tuples, frame);
            } else {
                selected = each(step, items, frame, i == steps.size() - 1);
            }
            if (!isTuples) {
                var array =
                        selected instanceof ArrayValue made ? made : items(selected, evaluation);
                if (selected == Value.UNDEFINED
                        || (array.isEmpty() && selected instanceof ArrayValue)) {
                    break;
                }
                items = array;
            }
        }
        if (tuples != null) {
            selected = givesTuples ? tuples : Tuples.items(tuples, evaluation);
        }
        if (keepsArray) {
            selected = kept(selected);
        }
        return grouping.isPresent()
                ? grouping.get().apply(tuples == null ? selected : tuples, frame)
                : selected;
    }

    /**
     * What the next step sees of a value that is no array: JavaScript finds items in strings only.
     */
    private static ArrayValue items(Value value, Evaluation evaluation) {
        var items = ArrayValue.sequence();
        if (value instanceof Value.Text(var text)) {
            for (var i = 0; i < text.length(); i++) {
                items.add(evaluation.text(text, i, i + 1), evaluation);
            }
        }
        return items;
    }

    private static Value kept(Value selected) {
        if (!(selected instanceof ArrayValue array)) {
            return selected;
        }
        var kept =
                array.isConstructed() && !array.isSequence() ? ArrayValue.sequenceOf(array) : array;
        kept.keepSingleton();
        return kept;
    }

    private static Value each(Step step, ArrayValue items, Frame frame, boolean isLast) {
        var evaluation = frame.evaluation();
        if (step.work instanceof Work.Order(var sorting)) {
            return Tuples.stages(step.stages, sorting.sort(items, frame), frame);
        }
        var expression = ((Work.Each) step.work).expression;
        var flat = ArrayValue.sequence();
        var count = 0;
        @Nullable Value first = null;
        for (var i = 0; i < items.size(); i++) {
            var result = expression.evaluate(items.get(i), frame);
            for (var stage : step.stages) {
                if (stage instanceof Stage.Select(var filter)) {
                    result = filter.apply(result, frame);
                }
            }
            if (result == Value.UNDEFINED) {
                continue;
            }
            count++;
            first = result;
            if (result instanceof ArrayValue array && !array.isConstructed()) {
                if (!(isLast && items.size() == 1 && !array.isSequence())) {
                    flat.addAll(array, evaluation);
                }
            } else {
                flat.add(result, evaluation);
            }
        }
        return isLast && count == 1 && first instanceof ArrayValue only && !only.isSequence()
                ? only
                : flat;
    }
}
