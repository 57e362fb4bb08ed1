package dev.gradus.engine;

import dev.gradus.asl.Condition;
import dev.gradus.asl.Condition.Comparator;
import dev.gradus.asl.Operand;
import dev.gradus.expressions.Bindings;
import dev.gradus.expressions.ExpressionFailure;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonBoolean;
import dev.gradus.expressions.JsonNull;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.ReferencePath;
import dev.gradus.expressions.Timestamps;

/**
 * Tests the conditions of a Choice. A value of another type than the operator's is a false, never
 * an error.
 */
final class Conditions {
    private Conditions() {}

    static boolean holds(Condition.OfPaths condition, Bindings bindings) {
        return switch (condition) {
            case Condition.And(var all) -> {
                for (var one : all) {
                    if (!holds(one, bindings)) {
                        yield false;
                    }
                }
                yield true;
            }
            case Condition.Or(var any) -> {
                for (var one : any) {
                    if (holds(one, bindings)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Condition.Not(var negated) -> !holds(negated, bindings);
            case Condition.Comparison(var variable, var comparator, var operand) ->
                    compares(comparator, present(variable, bindings), operand(operand, bindings));
            case Condition.StringMatches(var variable, var pattern) ->
                    present(variable, bindings) instanceof JsonString(var text)
                            && pattern.matches(text);
            case Condition.TypeTest test -> isOfKind(test, bindings) == test.expected();
        };
    }

    private static Json operand(Operand operand, Bindings bindings) {
        return switch (operand) {
            case Operand.Literal(var value) -> value;
            case Operand.Path(var path) -> present(path, bindings);
        };
    }

    /** AWS: a missing Variable fails the execution unless the operator is IsPresent. */
    private static Json present(ReferencePath path, Bindings bindings) {
        return path.find(bindings)
                .orElseThrow(() ->
                        new ExpressionFailure(
                                ExpressionFailure.RUNTIME,
                                "Invalid path '"
                                        + path.source()
                                        + "': The choice state's condition path references"
                                        + " an invalid value."));
    }

    private static boolean isOfKind(Condition.TypeTest test, Bindings bindings) {
        if (test.kind() == Condition.Kind.IS_PRESENT) {
            return test.variable().find(bindings).isPresent();
        }
        var value = present(test.variable(), bindings);
        return switch (test.kind()) {
            case IS_PRESENT -> true;
            case IS_NULL -> value instanceof JsonNull;
            case IS_NUMERIC -> value instanceof JsonNumber;
            case IS_STRING -> value instanceof JsonString;
            case IS_BOOLEAN -> value instanceof JsonBoolean;
            case IS_TIMESTAMP ->
                    value instanceof JsonString(var text) && Timestamps.parse(text).isPresent();
        };
    }

    private static boolean compares(Comparator comparator, Json left, Json right) {
        return switch (comparator) {
            case STRING_EQUALS,
                    STRING_LESS_THAN,
                    STRING_GREATER_THAN,
                    STRING_LESS_THAN_EQUALS,
                    STRING_GREATER_THAN_EQUALS ->
                    left instanceof JsonString(var a)
                            && right instanceof JsonString(var b)
                            && orders(comparator, a.compareTo(b));
            case NUMERIC_EQUALS,
                    NUMERIC_LESS_THAN,
                    NUMERIC_GREATER_THAN,
                    NUMERIC_LESS_THAN_EQUALS,
                    NUMERIC_GREATER_THAN_EQUALS ->
                    left instanceof JsonNumber a
                            && right instanceof JsonNumber b
                            && orders(comparator, order(a.doubleValue(), b.doubleValue()));
            case BOOLEAN_EQUALS ->
                    left instanceof JsonBoolean a && right instanceof JsonBoolean b && a.equals(b);
            case TIMESTAMP_EQUALS,
                    TIMESTAMP_LESS_THAN,
                    TIMESTAMP_GREATER_THAN,
                    TIMESTAMP_LESS_THAN_EQUALS,
                    TIMESTAMP_GREATER_THAN_EQUALS ->
                    left instanceof JsonString(var a)
                            && right instanceof JsonString(var b)
                            && comparesTimes(comparator, a, b);
        };
    }

    private static boolean comparesTimes(Comparator comparator, String left, String right) {
        var a = Timestamps.parse(left);
        var b = Timestamps.parse(right);
        return a.isPresent() && b.isPresent() && orders(comparator, a.get().compareTo(b.get()));
    }

    /** Orders doubles as JSON sees them: 0.0 and -0.0 are the same number. */
    private static int order(double left, double right) {
        if (left < right) {
            return -1;
        }
        return left > right ? 1 : 0;
    }

    private static boolean orders(Comparator comparator, int order) {
        return switch (comparator) {
            case STRING_EQUALS, NUMERIC_EQUALS, TIMESTAMP_EQUALS, BOOLEAN_EQUALS -> order == 0;
            case STRING_LESS_THAN, NUMERIC_LESS_THAN, TIMESTAMP_LESS_THAN -> order < 0;
            case STRING_GREATER_THAN, NUMERIC_GREATER_THAN, TIMESTAMP_GREATER_THAN -> order > 0;
            case STRING_LESS_THAN_EQUALS, NUMERIC_LESS_THAN_EQUALS, TIMESTAMP_LESS_THAN_EQUALS ->
                    order <= 0;
            case STRING_GREATER_THAN_EQUALS,
                    NUMERIC_GREATER_THAN_EQUALS,
                    TIMESTAMP_GREATER_THAN_EQUALS ->
                    order >= 0;
        };
    }
}
