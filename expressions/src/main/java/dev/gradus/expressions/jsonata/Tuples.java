package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.PathNode.Stage;
import dev.gradus.expressions.jsonata.PathNode.Step;
import dev.gradus.expressions.jsonata.PathNode.Work;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a path that carries bindings: each item travels as a tuple, an object with the item
 * itself, the variables bound by {@code @} and {@code #}, and the ancestors that a {@code %} needs.
 */
final class Tuples {
    private Tuples() {}

    /**
     * Takes one step.
     *
     * @param items what the step before selected, if it carried no bindings
     * @param tuples what the step before gave, if it did
     */
    static ArrayValue step(Step step, ArrayValue items, @Nullable ArrayValue tuples, Frame frame) {
        if (step.work() instanceof Work.Order(var sorting)) {
            var sorted = sorting.sort(tuples == null ? items : tuples, frame);
            return asArray(
                    stages(
                            step.stages(),
                            tuples == null ? numbered(step, sorted, frame.evaluation()) : sorted,
                            frame));
        }
        var expression = ((Work.Each) step.work()).expression();
        var evaluation = frame.evaluation();
        var before = tuples == null ? wrapped(items, evaluation) : tuples;
        var after = ArrayValue.sequence().asTupleStream();
        for (var i = 0; i < before.size(); i++) {
            var tuple = asTuple(before.get(i));
            var result = expression.evaluate(tuple.find(Values.ITEM), frame.inner(tuple));
            if (result instanceof ArrayValue array) {
                for (var n = 0; n < array.size(); n++) {
                    var item = array.get(n);
                    after.add(
                            array.isTupleStream()
                                    ? joined(tuple, asTuple(item), evaluation)
                                    : bound(step, tuple, item, n, evaluation),
                            evaluation);
                }
            } else if (result != Value.UNDEFINED) {
                after.add(bound(step, tuple, result, 0, evaluation), evaluation);
            }
        }
        return asArray(stages(step.stages(), after, frame));
    }

    private static ObjectValue asTuple(Value value) {
        return value instanceof ObjectValue tuple ? tuple : ObjectValue.empty();
    }

    private static ArrayValue asArray(Value value) {
        return value instanceof ArrayValue array ? array : ArrayValue.sequenceOf(value);
    }

    private static ArrayValue wrapped(ArrayValue items, Evaluation evaluation) {
        var wrapped = ArrayValue.sequence();
        for (var i = 0; i < items.size(); i++) {
            wrapped.add(tuple(items.get(i), evaluation), evaluation);
        }
        return wrapped;
    }

    private static ObjectValue tuple(Value item, Evaluation evaluation) {
        var tuple = ObjectValue.empty();
        tuple.set(Values.ITEM, item, evaluation);
        return tuple;
    }

    private static ArrayValue numbered(Step step, Value sorted, Evaluation evaluation) {
        var numbered = ArrayValue.sequence().asTupleStream();
        var items = asArray(sorted);
        for (var i = 0; i < items.size(); i++) {
            var tuple = tuple(items.get(i), evaluation);
            if (step.index().isPresent()) {
                tuple.set(step.index().get(), Value.Num.of(i), evaluation);
            }
            numbered.add(tuple, evaluation);
        }
        return numbered;
    }

    private static ObjectValue joined(
            ObjectValue before, ObjectValue inner, Evaluation evaluation) {
        var tuple = before.copy(evaluation);
        for (var i = 0; i < inner.size(); i++) {
            tuple.set(inner.name(i), inner.value(i), evaluation);
        }
        return tuple;
    }

    private static ObjectValue bound(
            Step step, ObjectValue before, Value result, int at, Evaluation evaluation) {
        var tuple = before.copy(evaluation);
        if (step.focus().isPresent()) {
            tuple.set(step.focus().get(), result, evaluation);
            tuple.set(Values.ITEM, before.find(Values.ITEM), evaluation);
        } else {
            tuple.set(Values.ITEM, result, evaluation);
        }
        if (step.index().isPresent()) {
            tuple.set(step.index().get(), Value.Num.of(at), evaluation);
        }
        if (step.ancestor().isPresent()) {
            tuple.set(step.ancestor().get(), before.find(Values.ITEM), evaluation);
        }
        return tuple;
    }

    /** Applies what follows a step to all that it gave. */
    static Value stages(List<Stage> stages, Value given, Frame frame) {
        var result = given;
        for (var stage : stages) {
            result =
                    switch (stage) {
                        case Stage.Select(var filter) -> filter.apply(result, frame);
                        case Stage.Count(var name) -> number(result, name, frame.evaluation());
                    };
        }
        return result;
    }

    private static Value number(Value result, String name, Evaluation evaluation) {
        if (result instanceof ArrayValue tuples) {
            for (var i = 0; i < tuples.size(); i++) {
                if (tuples.get(i) instanceof ObjectValue tuple && tuple.source() == null) {
                    tuple.set(name, Value.Num.of(i), evaluation);
                }
            }
        }
        return result;
    }

    /** Returns the items without their bindings. */
    static ArrayValue items(ArrayValue tuples, Evaluation evaluation) {
        var items = ArrayValue.sequence();
        for (var i = 0; i < tuples.size(); i++) {
            items.add(asTuple(tuples.get(i)).find(Values.ITEM), evaluation);
        }
        return items;
    }
}
