package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.NativeFunction.Arguments;
import java.util.LinkedHashSet;
import java.util.Set;

/** The functions over objects and over values of any kind. */
final class ObjectFunctions {
    private ObjectFunctions() {}

    static Value truth(Arguments arguments) {
        return arguments.isMissing(0)
                ? Value.UNDEFINED
                : Value.Bool.of(Values.isTrue(arguments.get(0), arguments.evaluation()));
    }

    static Value not(Arguments arguments) {
        return arguments.isMissing(0)
                ? Value.UNDEFINED
                : Value.Bool.of(!Values.isTrue(arguments.get(0), arguments.evaluation()));
    }

    static Value exists(Arguments arguments) {
        return Value.Bool.of(!arguments.isMissing(0));
    }

    static Value type(Arguments arguments) {
        var value = arguments.get(0);
        return switch (value) {
            case Value.Undefined _ -> value;
            case Value.Null _ -> new Value.Text("null");
            case Value.Num _ -> new Value.Text(Values.isNumber(value) ? "number" : "object");
            case Value.Text _ -> new Value.Text("string");
            case Value.Bool _ -> new Value.Text("boolean");
            case ArrayValue _ -> new Value.Text("array");
            case ObjectValue _ -> new Value.Text("object");
            case FunctionValue _ -> new Value.Text("function");
        };
    }

    static Value error(Arguments arguments) {
        return failing("D3137", message(arguments, 0, "$error() function evaluated"));
    }

    private static Value failing(String code, String message) {
        throw EvaluationFailure.of(code).with("message", message);
    }

    static Value check(Arguments arguments) {
        if (arguments.get(0) == Value.Bool.TRUE) {
            return Value.UNDEFINED;
        }
        return failing("D3141", message(arguments, 1, "$assert() statement failed"));
    }

    private static String message(Arguments arguments, int at, String otherwise) {
        return arguments.text(at).isEmpty() ? otherwise : arguments.text(at);
    }

    static Value keys(Arguments arguments) {
        var evaluation = arguments.evaluation();
        var names = new LinkedHashSet<String>();
        collectKeys(arguments.get(0), names, evaluation);
        var keys = ArrayValue.sequence();
        names.forEach(name -> keys.add(new Value.Text(name), evaluation));
        return keys;
    }

    private static void collectKeys(Value value, Set<String> names, Evaluation evaluation) {
        evaluation.step();
        if (value instanceof ArrayValue array) {
            for (var i = 0; i < array.size(); i++) {
                collectKeys(array.get(i), names, evaluation);
            }
        } else if (value instanceof ObjectValue object) {
            evaluation.steps(object.size());
            for (var i = 0; i < object.size(); i++) {
                names.add(object.name(i));
            }
        }
    }

    static Value lookup(Arguments arguments) {
        return Values.field(arguments.get(0), arguments.text(1), arguments.evaluation());
    }

    static Value spread(Arguments arguments) {
        return spread(arguments.get(0), arguments.evaluation());
    }

    private static Value spread(Value value, Evaluation evaluation) {
        evaluation.step();
        return switch (value) {
            case ArrayValue array -> {
                var all = ArrayValue.sequence();
                var joined = array.isEmpty() ? all : ArrayValue.plain();
                for (var i = 0; i < array.size(); i++) {
                    var part = spread(array.get(i), evaluation);
                    if (part != Value.UNDEFINED) {
                        joined.addAll(part, evaluation);
                    }
                }
                yield joined;
            }
            case ObjectValue object -> {
                var parts = ArrayValue.sequence();
                for (var i = 0; i < object.size(); i++) {
                    var part = ObjectValue.empty();
                    part.set(object.name(i), object.value(i), evaluation);
                    parts.add(part, evaluation);
                }
                yield parts;
            }
            case Value.Undefined _, Value.Null _, Value.Bool _, Value.Num _, Value.Text _ -> value;
            case FunctionValue _ -> value;
        };
    }

    static Value merge(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var evaluation = arguments.evaluation();
        var merged = ObjectValue.empty();
        var array = arguments.array(0);
        for (var i = 0; i < array.size(); i++) {
            evaluation.step();
            if (array.get(i) instanceof ObjectValue object) {
                evaluation.steps(object.size());
                for (var m = 0; m < object.size(); m++) {
                    merged.set(object.name(m), object.value(m), evaluation);
                }
            }
        }
        return merged;
    }

    /** Copies as through JSON text: numbers have at most 15 digits, functions become strings. */
    static Value clone(Arguments arguments) {
        return clone(arguments.get(0), arguments.evaluation());
    }

    private static Value clone(Value value, Evaluation evaluation) {
        evaluation.step();
        return switch (value) {
            case ArrayValue array -> {
                var copy = ArrayValue.plain();
                for (var i = 0; i < array.size(); i++) {
                    var item = array.get(i) == Value.UNDEFINED ? Value.Null.NULL : array.get(i);
                    copy.add(clone(item, evaluation), evaluation);
                }
                yield copy;
            }
            case ObjectValue object -> {
                var copy = ObjectValue.empty();
                for (var i = 0; i < object.size(); i++) {
                    if (object.value(i) != Value.UNDEFINED) {
                        copy.set(object.name(i), clone(object.value(i), evaluation), evaluation);
                    }
                }
                yield copy;
            }
            case Value.Num(var number, var written) -> {
                if (Double.isInfinite(number)) {
                    throw EvaluationFailure.of("D1001", value);
                }
                var rounded = NumberText.rounded(number);
                yield Double.isNaN(number)
                        ? Value.Null.NULL
                        : written != null && rounded == number ? value : Value.Num.of(rounded);
            }
            case FunctionValue _ -> new Value.Text("");
            case Value.Undefined _, Value.Null _, Value.Bool _, Value.Text _ -> value;
        };
    }

    /** Copies what this evaluation made, to any depth; views of the document are shared. */
    static Value copy(Value value, Evaluation evaluation) {
        evaluation.step();
        if (value instanceof ArrayValue array && array.source() == null) {
            var copy = array.isSequence() ? ArrayValue.sequence() : ArrayValue.plain();
            for (var i = 0; i < array.size(); i++) {
                copy.add(copy(array.get(i), evaluation), evaluation);
            }
            return copy;
        }
        if (value instanceof ObjectValue object && object.source() == null) {
            var copy = ObjectValue.empty();
            for (var i = 0; i < object.size(); i++) {
                copy.set(object.name(i), copy(object.value(i), evaluation), evaluation);
            }
            return copy;
        }
        return value;
    }
}
