package dev.gradus.expressions;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A compiled payload template: a JSON value in which every member {@code "name.$"} of an object, at
 * any depth, is replaced by a member {@code name} with the value of a path or an intrinsic call.
 *
 * <p>The result shares every part that has no such member with the template. Its members stand in
 * the service's order: first those without {@code .$} as written, then the evaluated ones in the
 * iteration order of a hash map.
 */
public final class PayloadTemplate {
    /** A part of a template. */
    sealed interface Part {
        /** A part without expressions. */
        record Constant(Json value) implements Part {}

        /** An array with an expression somewhere inside. */
        record Elements(List<Part> elements) implements Part {}

        /** An object with an expression somewhere inside; names are final and in final order. */
        record Members(Names names, List<Part> values) implements Part {}

        /** The right side of a member whose name was written as {@code field}. */
        record Evaluated(String field, ValueExpression expression) implements Part {}
    }

    /** Names that every value of one template object shares; the array is never changed. */
    static final class Names {
        private final String[] names;

        Names(List<String> names) {
            this.names = names.toArray(new String[0]);
        }
    }

    private final Json source;
    private final Part root;

    private PayloadTemplate(Json source, Part root) {
        this.source = source;
        this.root = root;
    }

    /**
     * Compiles a template.
     *
     * @throws TemplateSyntaxException if a {@code .$} member is neither a path nor a call, or
     *     stands beside a member of the same name; it names all such members
     */
    public static PayloadTemplate compile(Json template) {
        return new PayloadTemplate(template, TemplateCompiler.compile(template));
    }

    /** Returns what was compiled. */
    public Json source() {
        return source;
    }

    /** Tells whether nothing is to be evaluated: the value is the template. */
    public boolean constant() {
        return root instanceof Part.Constant;
    }

    /**
     * Returns the names, without the dollar, of the variables that are read, each once, in order.
     */
    public List<String> variables() {
        var names = new LinkedHashSet<String>();
        collectVariables(root, names);
        return List.copyOf(names);
    }

    private static void collectVariables(Part part, Set<String> names) {
        switch (part) {
            case Part.Constant _ -> {}
            case Part.Elements array -> array.elements().forEach(e -> collectVariables(e, names));
            case Part.Members object -> object.values().forEach(v -> collectVariables(v, names));
            case Part.Evaluated field -> names.addAll(field.expression().variables());
        }
    }

    /**
     * Evaluates the template.
     *
     * @throws ExpressionFailure if a path finds nothing or a call fails
     */
    public Json evaluate(Bindings bindings) {
        return evaluate(root, bindings);
    }

    private static Json evaluate(Part part, Bindings bindings) {
        return switch (part) {
            case Part.Constant(var value) -> value;
            case Part.Evaluated(var field, var expression) -> expression.evaluate(bindings, field);
            case Part.Elements(var elements) -> new JsonArray(all(elements, bindings));
            case Part.Members(var names, var values) ->
                    new JsonObject(names.names, all(values, bindings));
        };
    }

    private static Json[] all(List<Part> parts, Bindings bindings) {
        var values = new Json[parts.size()];
        for (var i = 0; i < values.length; i++) {
            values[i] = evaluate(parts.get(i), bindings);
        }
        return values;
    }

    @Override
    public String toString() {
        return source.text();
    }
}
