package dev.gradus.expressions;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A compiled call of an intrinsic function, such as {@code States.Format('{}', $.name)}.
 *
 * <p>A failure names the outermost call as it was written. An argument that is a path must find
 * something: an index past the end, {@code null} in a plain field, is a miss here.
 */
public final class Intrinsic implements ValueExpression {
    /** One argument as written. */
    sealed interface Argument {
        /** A number, a string, {@code null}, {@code true} or {@code false}. */
        record Literal(Json value) implements Argument {}

        /** The template of {@code States.Format} written in the call. */
        record Template(Json value, FormatTemplate template) implements Argument {}

        /** A path. */
        record Path(JsonPath path) implements Argument {}

        /** A call inside the call. */
        record Nested(Intrinsic call) implements Argument {}
    }

    private final String source;
    private final IntrinsicFunction function;
    private final List<Argument> arguments;

    Intrinsic(String source, IntrinsicFunction function, List<Argument> arguments) {
        this.source = source;
        this.function = function;
        this.arguments = List.copyOf(arguments);
    }

    /**
     * Compiles a call: its syntax and the function's name are checked here, number and types of the
     * arguments when they are known: AWS creates machines whose calls lack arguments, and fails
     * their executions (recorded by others in 2026).
     *
     * @throws IntrinsicSyntaxException if the text is no such call, or nested over 10 levels
     */
    public static Intrinsic compile(String call) {
        return IntrinsicParser.parse(call);
    }

    /** Returns the function's full name, such as {@code States.Format}. */
    public String functionName() {
        return function.fullName();
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public List<String> variables() {
        var names = new LinkedHashSet<String>();
        collectVariables(names);
        return List.copyOf(names);
    }

    private void collectVariables(Set<String> names) {
        for (var argument : arguments) {
            switch (argument) {
                case Argument.Path(var path) -> path.variable().ifPresent(names::add);
                case Argument.Nested(var call) -> call.collectVariables(names);
                case Argument.Literal _, Argument.Template _ -> {}
            }
        }
    }

    /**
     * Evaluates the call.
     *
     * @throws ExpressionFailure {@code States.Runtime} for a path that finds nothing, {@code
     *     States.IntrinsicFailure} for arguments that the function does not take
     */
    public Json evaluate(Bindings bindings) {
        return evaluated(bindings, source);
    }

    @Override
    public Json evaluate(Bindings bindings, String field) {
        return evaluate(bindings);
    }

    private Json evaluated(Bindings bindings, String outermost) {
        var values = new Json[arguments.size()];
        for (var i = 0; i < values.length; i++) {
            values[i] =
                    switch (arguments.get(i)) {
                        case Argument.Literal(var value) -> value;
                        case Argument.Template(var value, _) -> value;
                        case Argument.Path(var path) -> read(path, bindings, outermost);
                        case Argument.Nested(var call) -> call.evaluated(bindings, outermost);
                    };
        }
        var evaluated = new Arguments(outermost, function, values, bindings);
        if (!function.takes(values.length)) {
            throw evaluated.invalid();
        }
        return !arguments.isEmpty() && arguments.getFirst() instanceof Argument.Template format
                ? format.template().fill(evaluated)
                : function.apply(evaluated);
    }

    private static Json read(JsonPath path, Bindings bindings, String outermost) {
        return switch (path.find(bindings)) {
            case PathResult.Found(var value) -> value;
            case PathResult.PastEnd _, PathResult.Missing _ ->
                    throw ExpressionFailure.runtime(
                            "The function '"
                                    + outermost
                                    + "' had the following error: The JsonPath argument for the"
                                    + " field '"
                                    + path.sourceFromInput()
                                    + "' could not be found in the input '"
                                    + bindings.input().text()
                                    + "'");
        };
    }

    @Override
    public String toString() {
        return source;
    }
}
