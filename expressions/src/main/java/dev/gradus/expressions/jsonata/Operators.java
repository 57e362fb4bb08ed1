package dev.gradus.expressions.jsonata;

/** The operators between two values. */
final class Operators {
    private static final double RANGE_SIZE_MAX = 1e7;

    private Operators() {}

    /** {@code + - * / %}. */
    record Arithmetic(char operator, Expression left, Expression right) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            var leftValue = left.evaluate(input, frame);
            var rightValue = right.evaluate(input, frame);
            check("T2001", leftValue);
            check("T2002", rightValue);
            if (!(leftValue instanceof Value.Num(var a, var _))
                    || !(rightValue instanceof Value.Num(var b, var _))) {
                return Value.UNDEFINED;
            }
            return Value.Num.of(
                    switch (operator) {
                        case '+' -> a + b;
                        case '-' -> a - b;
                        case '*' -> a * b;
                        case '/' -> a / b;
                        default -> a % b;
                    });
        }

        private void check(String code, Value operand) {
            try {
                if (operand != Value.UNDEFINED && !Values.isNumber(operand)) {
                    throw EvaluationFailure.of(code, operand);
                }
            } catch (EvaluationFailure failure) {
                throw failure.withToken(String.valueOf(operator));
            }
        }
    }

    /** {@code = !=}. */
    record Equality(boolean negated, Expression left, Expression right) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            var leftValue = left.evaluate(input, frame);
            var rightValue = right.evaluate(input, frame);
            if (leftValue == Value.UNDEFINED || rightValue == Value.UNDEFINED) {
                return Value.Bool.FALSE;
            }
            return Value.Bool.of(
                    Values.equal(leftValue, rightValue, frame.evaluation()) != negated);
        }
    }

    /** {@code < <= > >=}. */
    record Comparison(String operator, Expression left, Expression right) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            var leftValue = left.evaluate(input, frame);
            var rightValue = right.evaluate(input, frame);
            if (!isComparable(leftValue) || !isComparable(rightValue)) {
                throw EvaluationFailure.of("T2010").withToken(operator);
            }
            if (leftValue == Value.UNDEFINED || rightValue == Value.UNDEFINED) {
                return Value.UNDEFINED;
            }
            if (leftValue instanceof Value.Num(var a, var _)
                    && rightValue instanceof Value.Num(var b, var _)) {
                return Value.Bool.of(holds(a, b));
            }
            if (leftValue instanceof Value.Text(var a) && rightValue instanceof Value.Text(var b)) {
                return Value.Bool.of(holds(a.compareTo(b), 0));
            }
            throw EvaluationFailure.of("T2009", leftValue)
                    .with("value2", rightValue)
                    .withToken(operator);
        }

        private static boolean isComparable(Value value) {
            return value == Value.UNDEFINED
                    || value instanceof Value.Num
                    || value instanceof Value.Text;
        }

        private boolean holds(double a, double b) {
            return switch (operator) {
                case "<" -> a < b;
                case "<=" -> a <= b;
                case ">" -> a > b;
                default -> a >= b;
            };
        }
    }

    /** {@code &}. */
    record Concatenation(Expression left, Expression right) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            var evaluation = frame.evaluation();
            var leftValue = left.evaluate(input, frame);
            var rightValue = right.evaluate(input, frame);
            var start = text(leftValue, evaluation);
            var end = text(rightValue, evaluation);
            evaluation.madeChars((long) start.length() + end.length() + 16);
            return new Value.Text(start.concat(end));
        }

        private static String text(Value value, Evaluation evaluation) {
            return value == Value.UNDEFINED ? "" : Values.text(value, evaluation);
        }
    }

    /** {@code ..}. */
    record Range(Expression left, Expression right) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            var range = ArrayValue.sequence();
            addTo(range, input, frame);
            return range;
        }

        /** Adds the numbers to an array: a range stands in brackets only. */
        void addTo(ArrayValue array, Value input, Frame frame) {
            var leftValue = left.evaluate(input, frame);
            var rightValue = right.evaluate(input, frame);
            check("T2003", leftValue);
            check("T2004", rightValue);
            if (!(leftValue instanceof Value.Num(var from, var _))
                    || !(rightValue instanceof Value.Num(var to, var _))
                    || from > to) {
                return;
            }
            var size = to - from + 1;
            if (size > RANGE_SIZE_MAX) {
                throw EvaluationFailure.of("D2014", Value.Num.of(size)).withToken("..");
            }
            var count = (long) size;
            var evaluation = frame.evaluation();
            evaluation.steps(count);
            evaluation.made(count * (Evaluation.RANGE_NUMBER_BYTES - Evaluation.ELEMENT_BYTES));
            for (var i = 0; i < count; i++) {
                array.add(Value.Num.of(from + i), evaluation);
            }
        }

        private static void check(String code, Value value) {
            if (value != Value.UNDEFINED
                    && !(value instanceof Value.Num(var number, var _)
                            && Math.rint(number) == number
                            && !Double.isInfinite(number))) {
                throw EvaluationFailure.of(code, value).withToken("..");
            }
        }
    }

    /** {@code in}. */
    record Membership(Expression left, Expression right) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            var wanted = left.evaluate(input, frame);
            var where = right.evaluate(input, frame);
            if (wanted == Value.UNDEFINED || where == Value.UNDEFINED) {
                return Value.Bool.FALSE;
            }
            if (!(where instanceof ArrayValue array)) {
                return Value.Bool.of(Values.same(where, wanted));
            }
            frame.evaluation().steps(array.size() / 4);
            for (var i = 0; i < array.size(); i++) {
                if (Values.same(array.get(i), wanted)) {
                    return Value.Bool.TRUE;
                }
            }
            return Value.Bool.FALSE;
        }
    }

    /** {@code and or}: the right side is looked at only if it decides. */
    record Logic(boolean isAnd, Expression left, Expression right) implements Node {
        @Override
        public Value evaluate(Value input, Frame frame) {
            var evaluation = frame.evaluation();
            var leftValue = left.evaluate(input, frame);
            try {
                return Values.isTrue(leftValue, evaluation) == isAnd
                        ? Value.Bool.of(Values.isTrue(right.evaluate(input, frame), evaluation))
                        : Value.Bool.of(!isAnd);
            } catch (EvaluationFailure failure) {
                throw failure.withToken(isAnd ? "and" : "or"); // as JSONata names it, too
            }
        }
    }
}
