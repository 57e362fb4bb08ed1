package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonObject;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every operator and function asks of values. */
final class Values {
    /** The member names of a tuple begin with what no variable name has. */
    static final String ITEM = "@";

    private Values() {}

    /**
     * Tells whether a value is a number that can be computed with.
     *
     * @throws EvaluationFailure D1001 if it is infinite
     */
    static boolean isNumber(Value value) {
        if (!(value instanceof Value.Num(var number, var _))) {
            return false;
        }
        if (Double.isInfinite(number)) {
            throw EvaluationFailure.of("D1001", value);
        }
        return !Double.isNaN(number);
    }

    /** Tells whether a value counts as true: {@code $boolean}, where undefined is false. */
    static boolean isTrue(Value value, Evaluation evaluation) {
        return switch (value) {
            case Value.Undefined _, Value.Null _ -> false;
            case Value.Bool bool -> bool.isTrue();
            case Value.Num(var number, var _) -> isNumber(value) && number != 0;
            case Value.Text(var text) -> !text.isEmpty();
            case ObjectValue object -> object.size() > 0;
            case FunctionValue.Closure _, FunctionValue.Pattern _, FunctionValue.NextMatch _ ->
                    false;
            case FunctionValue _ -> true; // an object with members, to JavaScript
            case ArrayValue array -> anyTrue(array, evaluation);
        };
    }

    private static boolean anyTrue(ArrayValue array, Evaluation evaluation) {
        var any = false;
        evaluation.steps(array.size() / 4);
        for (var i = 0; i < array.size(); i++) {
            any |= isTrue(array.get(i), evaluation);
        }
        return any;
    }

    /** Compares as the operator {@code =} does: by value, to any depth. */
    static boolean equal(Value left, Value right, Evaluation evaluation) {
        evaluation.step();
        return switch (left) {
            case Value.Num(var number, var _) ->
                    right instanceof Value.Num(var other, var _) && number == other;
            case Value.Text(var text) ->
                    right instanceof Value.Text(var other) && text.equals(other);
            case ArrayValue array ->
                    right instanceof ArrayValue other && equalItems(array, other, evaluation);
            case ObjectValue object ->
                    right instanceof ObjectValue other && equalMembers(object, other, evaluation);
            case Value.Undefined _, Value.Null _, Value.Bool _, FunctionValue _ ->
                    Objects.equals(left, right);
        };
    }

    private static boolean equalItems(ArrayValue left, ArrayValue right, Evaluation evaluation) {
        if (left.size() != right.size()) {
            return false;
        }
        for (var i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i), evaluation)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMembers(
            ObjectValue left, ObjectValue right, Evaluation evaluation) {
        if (left.size() != right.size()) {
            return false;
        }
        for (var i = 0; i < left.size(); i++) {
            var name = left.name(i);
            if (!right.has(name) || !equal(left.value(i), right.find(name), evaluation)) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether both are the same scalar, or the same array or object and not one like it. */
    static boolean same(Value left, Value right) {
        return switch (left) {
            case Value.Num(var number, var _) ->
                    right instanceof Value.Num(var other, var _) && number == other;
            case ArrayValue array ->
                    right instanceof ArrayValue other
                            && (isIdentical(array, other)
                                    || (array.source() != null
                                            && isIdentical(array.source(), other.source())));
            case ObjectValue object ->
                    right instanceof ObjectValue other
                            && (isIdentical(object, other)
                                    || (object.source() != null
                                            && isIdentical(object.source(), other.source())));
            case Value.Text _, Value.Undefined _, Value.Null _, Value.Bool _, FunctionValue _ ->
                    left.equals(right);
        };
    }

    @SuppressWarnings("ReferenceEquality") // identity is what is asked
    private static boolean isIdentical(Object left, @Nullable Object right) {
        return left == right;
    }

    /** Appends as {@code $append} does: what is no array counts as one of one item. */
    static Value append(Value first, Value second, Evaluation evaluation) {
        if (first == Value.UNDEFINED) {
            return second;
        }
        if (second == Value.UNDEFINED) {
            return first;
        }
        evaluation.made(Evaluation.VALUE_BYTES);
        var joined = started(first, evaluation);
        joined.addAll(second, evaluation);
        return joined;
    }

    private static ArrayValue started(Value first, Evaluation evaluation) {
        if (first instanceof ArrayValue array) {
            return array.extended(evaluation);
        }
        var single = ArrayValue.plain();
        single.add(first, evaluation);
        return single;
    }

    /** Returns the value of a field, of each item if it is asked of an array. */
    static Value field(Value input, String name, Evaluation evaluation) {
        return switch (input) {
            case ObjectValue object -> object.find(name);
            case ArrayValue array -> {
                var found = ArrayValue.sequence();
                evaluation.steps(array.size());
                for (var i = 0; i < array.size(); i++) {
                    var value = field(array.get(i), name, evaluation);
                    if (value != Value.UNDEFINED) {
                        found.addAll(value, evaluation);
                    }
                }
                yield found;
            }
            case Value.Undefined _, Value.Null _, Value.Bool _, Value.Num _, Value.Text _ ->
                    Value.UNDEFINED;
            case FunctionValue _ -> Value.UNDEFINED;
        };
    }

    /** Returns {@code $string} of a value that is not undefined. */
    static String text(Value value, Evaluation evaluation) {
        return switch (value) {
            case Value.Text(var text) -> text;
            case FunctionValue _ -> "";
            case Value.Num(var number, var _) when !Double.isFinite(number) ->
                    throw EvaluationFailure.of("D3001", value);
            case Value.Num(var number, var _) -> NumberText.ofRounded(number);
            case ArrayValue array when array.isOuterWrapper() && !array.isEmpty() ->
                    JsonText.of(array.get(0), false, evaluation);
            default -> JsonText.of(value, false, evaluation);
        };
    }

    /** Returns the JSON of a value; empty if there is a function in it. */
    static Optional<Json> json(Value value, Evaluation evaluation) {
        evaluation.step();
        return switch (value) {
            case Value.Undefined _, Value.Null _ -> Optional.of(Json.NULL);
            case Value.Bool bool -> Optional.of(Json.of(bool.isTrue()));
            case Value.Num number -> Optional.of(json(number));
            case Value.Text(var text) -> Optional.of(Json.of(text));
            case FunctionValue _ -> Optional.empty();
            case ArrayValue array -> array(array, evaluation);
            case ObjectValue object -> object(object, evaluation);
        };
    }

    private static Json json(Value.Num number) {
        if (number.written() != null) {
            return number.written();
        }
        return Double.isFinite(number.number())
                ? new JsonNumber(NumberText.of(number.number()))
                : Json.NULL;
    }

    private static Optional<Json> array(ArrayValue array, Evaluation evaluation) {
        if (array.source() != null) {
            return Optional.of(array.source());
        }
        var elements = new ArrayList<Json>(array.size());
        for (var i = 0; i < array.size(); i++) {
            var element = json(array.get(i), evaluation);
            if (element.isEmpty()) {
                return Optional.empty();
            }
            elements.add(element.get());
        }
        return Optional.of(JsonArray.of(elements));
    }

    private static Optional<Json> object(ObjectValue object, Evaluation evaluation) {
        if (object.source() != null) {
            return Optional.of(object.source());
        }
        var members = JsonObject.builder();
        for (var i = 0; i < object.size(); i++) {
            if (object.value(i) == Value.UNDEFINED) {
                continue;
            }
            var member = json(object.value(i), evaluation);
            if (member.isEmpty()) {
                return Optional.empty();
            }
            members.put(object.name(i), member.get());
        }
        return Optional.of(members.build());
    }
}
