package dev.gradus.expressions.jsonata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls functions of every kind, and goes on with what they leave to be called. */
final class Calls {
    private static final Signature TRANSFORMER = Signature.parse("<(oa):o>");
    private static final Expression CHAIN =
            Compiler.compile("function($f, $g) { function($x) { $g($f($x)) } }");

    private Calls() {}

    /**
     * Calls a function.
     *
     * @param context the context item, which may stand in for an argument
     * @param name what the function is called by, for messages; null if it has no name here
     * @throws EvaluationFailure T1006 if it is no function; what the function throws
     */
    static Value apply(
            Value function,
            Value[] arguments,
            Value context,
            Evaluation evaluation,
            @Nullable String name) {
        var result = once(function, arguments, context, evaluation, name);
        while (result instanceof FunctionValue.Thunk(var call, var input, var frame)) {
            evaluation.step();
            var next = call.procedure().evaluate(input, frame);
            var values = call.evaluate(call.arguments(), input, frame);
            result = once(next, values, context, evaluation, call.variableName());
        }
        return result;
    }

    private static Value once(
            Value function,
            Value[] arguments,
            Value context,
            Evaluation evaluation,
            @Nullable String name) {
        try {
            return switch (function) {
                case FunctionValue.Lambda lambda -> lambda(lambda, arguments, context, evaluation);
                case NativeFunction known -> {
                    evaluation.step();
                    var fitted = known.signature().fit(arguments, context, evaluation);
                    yield known.body().apply(new NativeFunction.Arguments(fitted, evaluation));
                }
                case FunctionValue.Closure(var target) ->
                        apply(target, arguments, Value.Null.NULL, evaluation, null);
                case FunctionValue.PartialNative partial ->
                        partialNative(partial, arguments, evaluation);
                case FunctionValue.Transformer(var node, var frame) ->
                        node.transform(TRANSFORMER.fit(arguments, context, evaluation)[0], frame);
                case FunctionValue.Pattern(var program) ->
                        Matches.call(program, arguments, evaluation);
                case FunctionValue.NextMatch next -> Matches.callNext(next, evaluation);
                case FunctionValue.Thunk _ ->
                        throw new AssertionError("A thunk is called by apply alone");
                default -> throw EvaluationFailure.of("T1006");
            };
        } catch (EvaluationFailure failure) {
            throw function instanceof NativeFunction known
                    ? failure.withTokenIfNone(name).withFunction(known.name())
                    : failure.withTokenIfNone(name);
        }
    }

    private static Value lambda(
            FunctionValue.Lambda lambda, Value[] arguments, Value context, Evaluation evaluation) {
        var signature = lambda.signature();
        var fitted = signature == null ? arguments : signature.fit(arguments, context, evaluation);
        var frame = lambda.frame().inner();
        var parameters = lambda.parameters();
        for (var i = 0; i < parameters.size(); i++) {
            frame.bind(parameters.get(i), i < fitted.length ? fitted[i] : Value.UNDEFINED);
        }
        return lambda.body().evaluate(lambda.input(), frame);
    }

    private static Value partialNative(
            FunctionValue.PartialNative partial, Value[] arguments, Evaluation evaluation) {
        evaluation.step();
        var given = partial.arguments();
        var all = new Value[given.size()];
        var used = 0;
        for (var i = 0; i < all.length; i++) {
            var isGiven = given.get(i).isGiven();
            all[i] =
                    isGiven
                            ? given.get(i).value()
                            : used < arguments.length ? arguments[used] : Value.UNDEFINED;
            used += isGiven ? 0 : 1;
        }
        return partial.target().body().apply(new NativeFunction.Arguments(all, evaluation));
    }

    /**
     * Gives some of a function's arguments.
     *
     * @param values the arguments; those at a place are not looked at
     * @param places which arguments are left open
     * @return the function of the others; undefined if it was no function
     */
    static Value partial(
            Value function, Value[] values, List<Boolean> places, Evaluation evaluation) {
        evaluation.made(Evaluation.CLOSURE_BYTES);
        return switch (function) {
            case FunctionValue.Lambda lambda -> {
                var frame = lambda.frame().inner();
                var open = new ArrayList<String>();
                var parameters = lambda.parameters();
                for (var i = 0; i < parameters.size(); i++) {
                    if (i < values.length && places.get(i)) {
                        open.add(parameters.get(i));
                    } else {
                        frame.bind(
                                parameters.get(i), i < values.length ? values[i] : Value.UNDEFINED);
                    }
                }
                yield new FunctionValue.Lambda(
                        List.copyOf(open), null, lambda.body(), lambda.input(), frame);
            }
            case NativeFunction known -> {
                var given = new ArrayList<FunctionValue.PartialNative.Argument>();
                for (var i = 0; i < known.parameters(); i++) {
                    given.add(argument(i, values, places));
                }
                yield new FunctionValue.PartialNative(known, List.copyOf(given));
            }
            case FunctionValue.PartialNative(var target, var earlier) -> {
                var given = new ArrayList<FunctionValue.PartialNative.Argument>();
                var used = 0;
                for (var argument : earlier) {
                    given.add(argument.isGiven() ? argument : argument(used, values, places));
                    used += argument.isGiven() ? 0 : 1;
                }
                yield new FunctionValue.PartialNative(target, List.copyOf(given));
            }
            case FunctionValue.Closure(var target) -> partial(target, values, places, evaluation);
            default -> Value.UNDEFINED;
        };
    }

    private static FunctionValue.PartialNative.Argument argument(
            int at, Value[] values, List<Boolean> places) {
        var isGiven = at >= values.length || !places.get(at);
        return new FunctionValue.PartialNative.Argument(
                isGiven, at < values.length ? values[at] : Value.UNDEFINED);
    }

    /** Makes the function that calls the first and then, with its value, the second. */
    static Value chain(Value first, Value second, Frame frame) {
        var chain = CHAIN.evaluate(Value.Null.NULL, frame);
        return apply(chain, new Value[] {first, second}, Value.Null.NULL, frame.evaluation(), null);
    }

    /** Calls a function with as many of the arguments as it takes; at least the first. */
    static Value call(Value function, Evaluation evaluation, Value... arguments) {
        var arity = function instanceof FunctionValue known ? known.arity() : 0;
        var passed = Math.clamp(arity, 1, arguments.length);
        return apply(
                function,
                passed == arguments.length ? arguments : Arrays.copyOf(arguments, passed),
                Value.Null.NULL,
                evaluation,
                null);
    }
}
