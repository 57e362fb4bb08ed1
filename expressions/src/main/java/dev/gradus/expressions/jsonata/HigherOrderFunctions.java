package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.NativeFunction.Arguments;

/** The functions that call a function for each item. */
final class HigherOrderFunctions {
    private static final int REDUCE_WITH_INDEX = 3;
    private static final int REDUCE_WITH_ALL = 4;

    private HigherOrderFunctions() {}

    private static Value called(Arguments arguments, int at, Value item, Value index) {
        return Calls.call(
                function(arguments, at), arguments.evaluation(), item, index, arguments.get(0));
    }

    private static Value function(Arguments arguments, int at) {
        if (arguments.get(at) instanceof FunctionValue function) {
            return function;
        }
        throw EvaluationFailure.internal("The function to call is missing");
    }

    static Value map(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var array = arguments.array(0);
        var mapped = ArrayValue.sequence();
        for (var i = 0; i < array.size(); i++) {
            var result = called(arguments, 1, array.get(i), Value.Num.of(i));
            if (result != Value.UNDEFINED) {
                mapped.add(result, arguments.evaluation());
            }
        }
        return mapped;
    }

    static Value filter(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var array = arguments.array(0);
        var kept = ArrayValue.sequence();
        for (var i = 0; i < array.size(); i++) {
            if (isTrue(arguments, 1, array.get(i), Value.Num.of(i))) {
                kept.add(array.get(i), arguments.evaluation());
            }
        }
        return kept;
    }

    private static boolean isTrue(Arguments arguments, int at, Value item, Value index) {
        return Values.isTrue(called(arguments, at, item, index), arguments.evaluation());
    }

    static Value single(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var array = arguments.array(0);
        var found = (Value) Value.UNDEFINED;
        var count = 0;
        for (var i = 0; i < array.size(); i++) {
            arguments.evaluation().step();
            if (arguments.isMissing(1) || isTrue(arguments, 1, array.get(i), Value.Num.of(i))) {
                found = array.get(i);
                count++;
                if (count > 1) {
                    throw EvaluationFailure.of("D3138");
                }
            }
        }
        if (count == 0) {
            throw EvaluationFailure.of("D3139");
        }
        return found;
    }

    static Value reduce(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var array = arguments.array(0);
        var function = function(arguments, 1);
        var arity = function instanceof FunctionValue known ? known.arity() : 0;
        if (arity < 2) {
            throw EvaluationFailure.of("D3050");
        }
        var startsWithFirst = arguments.isMissing(2) && !array.isEmpty();
        var result = startsWithFirst ? array.get(0) : arguments.get(2);
        for (var i = startsWithFirst ? 1 : 0; i < array.size(); i++) {
            var passed = new Value[Math.min(arity, REDUCE_WITH_ALL)];
            passed[0] = result;
            passed[1] = array.get(i);
            if (arity >= REDUCE_WITH_INDEX) {
                passed[2] = Value.Num.of(i);
            }
            if (arity >= REDUCE_WITH_ALL) {
                passed[3] = array;
            }
            result = Calls.apply(function, passed, Value.Null.NULL, arguments.evaluation(), null);
        }
        return result;
    }

    static Value sift(Arguments arguments) {
        if (!(arguments.get(0) instanceof ObjectValue object)) {
            return Value.UNDEFINED;
        }
        var sifted = ObjectValue.empty();
        for (var i = 0; i < object.size(); i++) {
            if (isTrue(arguments, 1, object.value(i), new Value.Text(object.name(i)))) {
                sifted.set(object.name(i), object.value(i), arguments.evaluation());
            }
        }
        return sifted.size() == 0 ? Value.UNDEFINED : sifted;
    }

    static Value each(Arguments arguments) {
        var results = ArrayValue.sequence();
        if (arguments.get(0) instanceof ObjectValue object) {
            for (var i = 0; i < object.size(); i++) {
                var result = called(arguments, 1, object.value(i), new Value.Text(object.name(i)));
                if (result != Value.UNDEFINED) {
                    results.add(result, arguments.evaluation());
                }
            }
        }
        return results;
    }
}
