package dev.gradus.expressions.jsonata;

import java.util.Optional;

/** {@code |pattern|update, delete|}: a function that changes what the pattern selects in a copy. */
record TransformNode(Expression pattern, Expression update, Optional<Expression> delete)
        implements Node {
    private static final String CLONE = "clone";

    @Override
    public Value evaluate(Value input, Frame frame) {
        frame.evaluation().made(Evaluation.CLOSURE_BYTES);
        return new FunctionValue.Transformer(this, frame);
    }

    /** Copies an object or an array and changes the copy. */
    Value transform(Value original, Frame frame) {
        if (original == Value.UNDEFINED) {
            return original;
        }
        var evaluation = frame.evaluation();
        var clone = frame.lookup(CLONE);
        if (!(clone instanceof FunctionValue)) {
            throw EvaluationFailure.of("T2013");
        }
        var result = Calls.apply(clone, new Value[] {original}, Value.Null.NULL, evaluation, null);
        var matches = pattern.evaluate(result, frame);
        if (matches instanceof ArrayValue array) {
            for (var i = 0; i < array.size(); i++) {
                change(array.get(i), frame);
            }
        } else if (matches != Value.UNDEFINED) {
            change(matches, frame);
        }
        return ObjectFunctions.copy(result, evaluation); // its depth is known again, and bounded
    }

    private void change(Value match, Frame frame) {
        var evaluation = frame.evaluation();
        evaluation.step();
        var members = update.evaluate(match, frame);
        if (members instanceof ObjectValue object) {
            if (match instanceof ObjectValue changed && changed.source() == null) {
                for (var i = 0; i < object.size(); i++) {
                    // A copy: what is inserted may contain the place where it is inserted.
                    changed.set(
                            object.name(i),
                            ObjectFunctions.copy(object.value(i), evaluation),
                            evaluation);
                }
            } else if (!(match instanceof ArrayValue) && object.size() > 0) {
                throw EvaluationFailure.internal("Only the members of an object can be changed");
            }
        } else if (members != Value.UNDEFINED) {
            throw EvaluationFailure.of("T2011", members);
        }
        if (delete.isPresent()) {
            delete(match, delete.get().evaluate(match, frame));
        }
    }

    private static void delete(Value match, Value names) {
        if (names instanceof ArrayValue array) {
            for (var i = 0; i < array.size(); i++) {
                if (!(array.get(i) instanceof Value.Text)) {
                    throw EvaluationFailure.of("T2012", names);
                }
            }
            for (var i = 0; i < array.size(); i++) {
                delete(match, array.get(i));
            }
        } else if (names instanceof Value.Text(var name)) {
            if (match instanceof ObjectValue changed && changed.source() == null) {
                changed.remove(name);
            }
        } else if (names != Value.UNDEFINED) {
            throw EvaluationFailure.of("T2012", names);
        }
    }
}
