package dev.gradus.expressions.jsonata;

import java.util.List;
import java.util.Optional;

/** The nodes that are no path, no call and no operator between two values. */
final class Nodes {
    private Nodes() {}

    /** A literal. */
    record Constant(Value value) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            return value;
        }
    }

    /** A field of the context item. */
    record Name(String name) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            return Values.field(input, name, frame.evaluation());
        }
    }

    /** A variable, or the context item if the name is empty. */
    record Variable(String name) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            if (!name.isEmpty()) {
                return frame.lookup(name);
            }
            return input instanceof ArrayValue array && array.isOuterWrapper()
                    ? array.get(0)
                    : input;
        }
    }

    /** {@code *}. */
    record Wildcard() implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            var evaluation = frame.evaluation();
            var from =
                    input instanceof ArrayValue array && array.isOuterWrapper() && !array.isEmpty()
                            ? array.get(0)
                            : input;
            var found = ArrayValue.sequence();
            if (from instanceof ObjectValue object) {
                for (var i = 0; i < object.size(); i++) {
                    found = with(found, object.value(i), evaluation);
                }
            } else if (from instanceof ArrayValue array) {
                for (var i = 0; i < array.size(); i++) {
                    found = with(found, array.get(i), evaluation);
                }
            }
            return found;
        }

        /** An array loses its brackets, and what was found becomes a plain array by it. */
        private static ArrayValue with(ArrayValue found, Value value, Evaluation evaluation) {
            evaluation.step();
            if (!(value instanceof ArrayValue array)) {
                found.add(value, evaluation);
                return found;
            }
            var joined = found;
            if (found.isSequence()) {
                joined = ArrayValue.plain();
                joined.addAll(found, evaluation);
            }
            flatten(array, joined, evaluation);
            return joined;
        }

        private static void flatten(ArrayValue array, ArrayValue into, Evaluation evaluation) {
            evaluation.steps(array.size());
            for (var i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof ArrayValue inner) {
                    flatten(inner, into, evaluation);
                } else {
                    into.add(array.get(i), evaluation);
                }
            }
        }
    }

    /** {@code **}. */
    record Descendants() implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            if (input == Value.UNDEFINED) {
                return input;
            }
            var found = ArrayValue.sequence();
            collect(input, found, frame.evaluation());
            return found.size() == 1 ? found.get(0) : found;
        }

        private static void collect(Value value, ArrayValue found, Evaluation evaluation) {
            evaluation.step();
            if (value instanceof ArrayValue array) {
                for (var i = 0; i < array.size(); i++) {
                    collect(array.get(i), found, evaluation);
                }
                return;
            }
            found.add(value, evaluation);
            if (value instanceof ObjectValue object) {
                for (var i = 0; i < object.size(); i++) {
                    collect(object.value(i), found, evaluation);
                }
            }
        }
    }

    /** {@code %}: what the path bound for it. */
    record Parent(String label) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            return frame.lookup(label);
        }
    }

    /** A minus before a value. */
    record Negation(Expression operand) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            var value = operand.evaluate(input, frame);
            if (value == Value.UNDEFINED) {
                return value;
            }
            if (Values.isNumber(value) && value instanceof Value.Num(var number, var _)) {
                return Value.Num.of(-number);
            }
            throw EvaluationFailure.of("D1002", value).withToken("-");
        }
    }

    /**
     * An array constructor.
     *
     * @param isConstructed whether it is a step of a path that must not be flattened
     */
    record Brackets(List<Item> items, boolean isConstructed) implements Node {
        /** One item; that of brackets inside brackets stays one. */
        record Item(Expression expression, boolean isBrackets) {}

        @Override
        public Value evaluate(Value input, Frame frame) {
            var evaluation = frame.evaluation();
            evaluation.made(Evaluation.VALUE_BYTES);
            var array = ArrayValue.plain();
            for (var item : items) {
                if (item.expression.node() instanceof Operators.Range range) {
                    evaluation.enter();
                    range.addTo(array, input, frame);
                    evaluation.leave();
                    continue;
                }
                var value = item.expression.evaluate(input, frame);
                if (value == Value.UNDEFINED) {
                    continue;
                }
                evaluation.made(Evaluation.ELEMENT_BYTES);
                if (item.isBrackets) {
                    array.add(value, evaluation);
                } else if (array.isEmpty() && value instanceof ArrayValue first) {
                    array = first.extended(evaluation);
                } else {
                    array.addAll(value, evaluation);
                }
            }
            if (isConstructed) {
                array.markConstructed();
            }
            return array;
        }
    }

    /** An object constructor. */
    record Braces(Grouping grouping) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            frame.evaluation().made(Evaluation.VALUE_BYTES);
            return grouping.apply(input, frame);
        }
    }

    /** {@code ? :}. */
    record Condition(Expression condition, Expression then, Optional<Expression> otherwise)
            implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            if (Values.isTrue(condition.evaluate(input, frame), frame.evaluation())) {
                return then.evaluate(input, frame);
            }
            return otherwise.isPresent() ? otherwise.get().evaluate(input, frame) : Value.UNDEFINED;
        }
    }

    /** Expressions in brackets, with variables of their own. */
    record Block(List<Expression> expressions) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            var inner = frame.inner();
            Value result = Value.UNDEFINED;
            for (var expression : expressions) {
                result = expression.evaluate(input, inner);
            }
            return result;
        }
    }

    /** {@code :=}. */
    record Bind(String name, Expression value) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            var bound = value.evaluate(input, frame);
            frame.bind(name, bound);
            return bound;
        }
    }

    /** A function that is written here. */
    record Function(List<String> parameters, Optional<Signature> signature, Expression body)
            implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            frame.evaluation().made(Evaluation.CLOSURE_BYTES);
            return new FunctionValue.Lambda(parameters, signature.orElse(null), body, input, frame);
        }
    }

    /** A call whose value is that of the function it stands in: left to the caller. */
    record Tail(CallNode call) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            return new FunctionValue.Thunk(call, input, frame);
        }
    }

    /** A call with places for arguments. */
    record Partial(CallNode call, List<Boolean> places) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            return call.partial(places, input, frame);
        }
    }

    /** {@code ~>}. */
    record Apply(Expression left, Expression right) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            var evaluation = frame.evaluation();
            var argument = left.evaluate(input, frame);
            if (right.node() instanceof CallNode call) {
                return call.applied(argument, input, frame);
            }
            var function = right.evaluate(input, frame);
            if (!(function instanceof FunctionValue)) {
                throw EvaluationFailure.of("T2006", function);
            }
            if (argument instanceof FunctionValue) {
                return Calls.chain(argument, function, frame);
            }
            return Calls.apply(function, new Value[] {argument}, Value.Null.NULL, evaluation, null);
        }
    }
}
