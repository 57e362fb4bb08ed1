package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.Part.After;
import dev.gradus.expressions.jsonata.Part.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what an expression reads from outside itself. */
final class References {
    /** The names bound in one block, function or path, and what is around it. */
    private static final class Scope {
        private final @Nullable Scope parent;
        private final Set<String> names = new HashSet<>();

        Scope(@Nullable Scope parent) {
            this.parent = parent;
        }

        boolean binds(String name) {
            for (var scope = this; scope != null; scope = scope.parent) {
                if (scope.names.contains(name)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The body of a function, looked at when all names around it are known. */
    private record Later(Part body, Scope scope, boolean isTop) {}

    private final List<VariableReference> found = new ArrayList<>();
    private final Deque<Later> later = new ArrayDeque<>();

    private References() {}

    /** Returns what is read, in the order in which it is written. */
    static List<VariableReference> of(Part root) {
        var references = new References();
        references.walk(root, new Scope(null), true);
        while (!references.later.isEmpty()) {
            var next = references.later.removeFirst();
            references.walk(next.body, next.scope, next.isTop);
        }
        references.found.sort(Comparator.comparingInt(VariableReference::position));
        return List.copyOf(references.found);
    }

    /**
     * Looks at a part.
     *
     * @param isTop whether the context item is the document: no step or predicate gave another
     */
    private void walk(Part part, Scope scope, boolean isTop) {
        switch (part.shape()) {
            case Shape.Literal _, Shape.Regex _, Shape.Placeholder _ -> {}
            case Shape.Name(var name) -> context(part, name, List.of(part), isTop);
            case Shape.Wildcard _ -> context(part, "*", List.of(), isTop);
            case Shape.Descendants _ -> context(part, "**", List.of(), isTop);
            case Shape.Parent _ -> context(part, "%", List.of(), isTop);
            case Shape.Variable(var name) -> variable(part, name, List.of(), scope, isTop);
            case Shape.Path(var steps) -> path(steps, new Scope(scope), isTop);
            case Shape.Sort(var terms) -> terms.forEach(term -> walk(term.value(), scope, false));
            case Shape.Brackets(var items) -> items.forEach(item -> walk(item, scope, isTop));
            case Shape.Braces(var pairs) -> pairs(pairs, scope, isTop);
            case Shape.Binary(var _, var left, var right) -> both(left, right, scope, isTop);
            case Shape.Apply(var left, var right) -> both(left, right, scope, isTop);
            case Shape.Negation(var operand) -> walk(operand, scope, isTop);
            case Shape.Call(var procedure, var arguments, var _) -> {
                if (!(procedure.shape() instanceof Shape.Variable(var name)
                        && !scope.binds(name)
                        && Library.has(name))) {
                    walk(procedure, scope, isTop);
                }
                arguments.forEach(argument -> walk(argument, scope, isTop));
            }
            case Shape.Function(var parameters, var _, var body) -> {
                var inner = new Scope(scope);
                inner.names.addAll(parameters);
                later.add(new Later(body, inner, isTop));
            }
            case Shape.Condition(var condition, var then, var otherwise) -> {
                both(condition, then, scope, isTop);
                otherwise.ifPresent(other -> walk(other, scope, isTop));
            }
            case Shape.Block(var expressions) -> {
                var inner = new Scope(scope);
                expressions.forEach(expression -> walk(expression, inner, isTop));
            }
            case Shape.Bind(var name, var value) -> {
                walk(value, scope, isTop);
                scope.names.add(name);
            }
            case Shape.Transform(var pattern, var update, var delete) -> {
                both(pattern, update, scope, false);
                delete.ifPresent(removed -> walk(removed, scope, false));
            }
        }
        after(part.predicates(), scope);
        if (part.steps() == null) {
            part.group().ifPresent(pairs -> pairs(pairs, scope, false));
        } else {
            part.group().ifPresent(pairs -> pairs(pairs, bound(part, scope), false));
        }
    }

    private static Scope bound(Part path, Scope scope) {
        var inner = new Scope(scope);
        var steps = path.steps();
        if (steps != null) {
            steps.forEach(step -> bind(step, inner));
        }
        return inner;
    }

    private static void bind(Part step, Scope scope) {
        step.focus().ifPresent(scope.names::add);
        step.index().ifPresent(scope.names::add);
        for (var stage : step.stages()) {
            if (stage instanceof After.Index(var name)) {
                scope.names.add(name);
            }
        }
    }

    private void both(Part left, Part right, Scope scope, boolean isTop) {
        walk(left, scope, isTop);
        walk(right, scope, isTop);
    }

    private void pairs(List<Part.Pair> pairs, Scope scope, boolean isTop) {
        pairs.forEach(pair -> both(pair.key(), pair.value(), scope, isTop));
    }

    private void after(List<After> all, Scope scope) {
        for (var after : all) {
            if (after instanceof After.Filter(var predicate)) {
                walk(predicate, scope, false);
            }
        }
    }

    private void path(List<Part> steps, Scope scope, boolean isTop) {
        for (var i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            var isFirst = isTop && i == 0;
            if (i == 0 && step.shape() instanceof Shape.Variable(var name)) {
                variable(step, name, steps.subList(1, steps.size()), scope, isTop);
                after(step.predicates(), scope);
            } else if (i == 0 && step.shape() instanceof Shape.Name(var name)) {
                context(step, name, steps, isTop);
            } else if (!(step.shape() instanceof Shape.Name)) {
                walk(step, scope, isFirst);
            }
            bind(step, scope);
            after(step.stages(), scope);
        }
    }

    private void context(Part part, String text, List<Part> steps, boolean isTop) {
        if (isTop) {
            add(VariableReference.CONTEXT, text, names(part, steps), part.position);
        }
    }

    private void variable(Part part, String name, List<Part> steps, Scope scope, boolean isTop) {
        var isContext = name.equals(VariableReference.CONTEXT);
        if (isContext ? isTop : !scope.binds(name)) {
            add(name, "$" + name, names(part, steps), part.position);
        }
    }

    private void add(String name, String text, List<String> steps, int position) {
        found.add(new VariableReference(name, text, steps, position, Library.has(name)));
    }

    /** Returns the names that follow, up to the first step that is more than a name. */
    private static List<String> names(Part first, List<Part> steps) {
        var names = new ArrayList<String>();
        if (!first.predicates().isEmpty() || (first.isTuple() && !steps.contains(first))) {
            return names;
        }
        for (var step : steps) {
            if (!(step.shape() instanceof Shape.Name(var name))) {
                break;
            }
            names.add(name);
            if (step.hasStages() || step.isTuple()) {
                break;
            }
        }
        return names;
    }
}
