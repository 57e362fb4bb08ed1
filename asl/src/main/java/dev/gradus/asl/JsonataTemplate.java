package dev.gradus.asl;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import java.util.List;
import java.util.function.Function;

/**
 * A JSON value in which strings may be JSONata expressions, at any depth, compiled once.
 *
 * <p>Members keep their written order; parts without expressions are shared by all results.
 */
public final class JsonataTemplate {
    /** A part of a template. */
    sealed interface Part {
        /** A part without expressions. */
        record Constant(Json value) implements Part {}

        record Elements(List<Part> elements) implements Part {}

        record Members(List<String> names, List<Part> values) implements Part {}

        record Evaluated(Expression expression) implements Part {}
    }

    private final Part root;

    JsonataTemplate(Part root) {
        this.root = root;
    }

    /** Tells whether the value as a whole is an expression. */
    public boolean isExpression() {
        return root instanceof Part.Evaluated;
    }

    /** Returns the value, with each expression replaced by what the evaluator makes of it. */
    public Json evaluate(Function<Expression, Json> evaluator) {
        return evaluate(root, evaluator);
    }

    private static Json evaluate(Part part, Function<Expression, Json> evaluator) {
        return switch (part) {
            case Part.Constant(var value) -> value;
            case Part.Evaluated(var expression) -> evaluator.apply(expression);
            case Part.Elements(var elements) ->
                    JsonArray.of(elements.stream().map(it -> evaluate(it, evaluator)).toList());
            case Part.Members(var names, var values) -> {
                var object = JsonObject.builder();
                for (int i = 0; i < names.size(); i++) {
                    object.put(names.get(i), evaluate(values.get(i), evaluator));
                }
                yield object.build();
            }
        };
    }
}
