package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.Part.After;
import dev.gradus.expressions.jsonata.Part.Shape;
import dev.gradus.expressions.jsonata.PathNode.Stage;
import dev.gradus.expressions.jsonata.PathNode.Step;
import dev.gradus.expressions.jsonata.PathNode.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Turns resolved parts into nodes that can be evaluated. */
final class Compiler {
    private Compiler() {}

    /** Compiles a text of our own. */
    static Expression compile(String text) {
        return compile(Resolver.resolve(Parser.parse(text)));
    }

    /** Compiles a resolved expression. */
    static Expression compile(Part part) {
        var isPath = part.steps() != null;
        return new Expression(
                node(part),
                part.predicates().stream().map(Compiler::filter).toList(),
                isPath ? Optional.empty() : grouping(part),
                part.keepsArray());
    }

    private static Optional<Expression> compile(Optional<Part> part) {
        return part.map(Compiler::compile);
    }

    private static List<Expression> compile(List<Part> parts) {
        return parts.stream().map(Compiler::compile).toList();
    }

    private static Filter filter(After after) {
        if (after instanceof After.Filter(var predicate)) {
            var index =
                    predicate.shape() instanceof Shape.Literal(Value.Num(var number, var _))
                            ? OptionalDouble.of(number)
                            : OptionalDouble.empty();
            return new Filter(compile(predicate), index);
        }
        throw new AssertionError("An index is bound by a step");
    }

    private static Optional<Grouping> grouping(Part part) {
        return part.group().map(Compiler::grouping);
    }

    private static Grouping grouping(List<Part.Pair> pairs) {
        return new Grouping(
                pairs.stream()
                        .map(pair -> new Grouping.Pair(compile(pair.key()), compile(pair.value())))
                        .toList());
    }

    private static Node node(Part part) {
        return switch (part.shape()) {
            case Shape.Literal(var value) -> new Nodes.Constant(value);
            case Shape.Name(var name) -> new Nodes.Name(name);
            case Shape.Variable(var name) -> new Nodes.Variable(name);
            case Shape.Regex(var program) -> new Nodes.Constant(new FunctionValue.Pattern(program));
            case Shape.Wildcard _ -> new Nodes.Wildcard();
            case Shape.Descendants _ -> new Nodes.Descendants();
            case Shape.Parent(var slot) -> new Nodes.Parent(slot.label());
            case Shape.Placeholder _ -> new Nodes.Constant(Value.UNDEFINED);
            case Shape.Path(var steps) -> path(part, steps);
            case Shape.Sort _ -> throw new AssertionError("An order-by is a step");
            case Shape.Brackets(var items) ->
                    new Nodes.Brackets(
                            items.stream().map(Compiler::item).toList(), part.isConstructor());
            case Shape.Braces(var pairs) -> new Nodes.Braces(grouping(pairs));
            case Shape.Binary(var operator, var left, var right) ->
                    binary(operator, compile(left), compile(right));
            case Shape.Negation(var operand) -> new Nodes.Negation(compile(operand));
            case Shape.Call call -> call(call);
            case Shape.Function(var parameters, var signature, var body) ->
                    new Nodes.Function(parameters, signature, tail(body));
            case Shape.Condition(var condition, var then, var otherwise) ->
                    new Nodes.Condition(compile(condition), compile(then), compile(otherwise));
            case Shape.Block(var expressions) -> new Nodes.Block(compile(expressions));
            case Shape.Bind(var name, var value) -> new Nodes.Bind(name, compile(value));
            case Shape.Apply(var left, var right) -> new Nodes.Apply(compile(left), compile(right));
            case Shape.Transform(var pattern, var update, var delete) ->
                    new TransformNode(compile(pattern), compile(update), compile(delete));
        };
    }

    private static Nodes.Brackets.Item item(Part part) {
        return new Nodes.Brackets.Item(compile(part), part.shape() instanceof Shape.Brackets);
    }

    private static Node binary(String operator, Expression left, Expression right) {
        return switch (operator) {
            case "+", "-", "*", "/", "%" ->
                    new Operators.Arithmetic(operator.charAt(0), left, right);
            case "=", "!=" -> new Operators.Equality(operator.equals("!="), left, right);
            case "<", "<=", ">", ">=" -> new Operators.Comparison(operator, left, right);
            case "&" -> new Operators.Concatenation(left, right);
            case ".." -> new Operators.Range(left, right);
            case "in" -> new Operators.Membership(left, right);
            case "and", "or" -> new Operators.Logic(operator.equals("and"), left, right);
            default -> throw new AssertionError("No operator " + operator);
        };
    }

    private static Node call(Shape.Call call) {
        var node = callNode(call);
        return call.isPartial()
                ? new Nodes.Partial(
                        node,
                        call.arguments().stream()
                                .map(argument -> argument.shape() instanceof Shape.Placeholder)
                                .toList())
                : node;
    }

    private static CallNode callNode(Shape.Call call) {
        var procedure = call.procedure();
        var steps = procedure.steps();
        var fieldName =
                steps != null && steps.getFirst().shape() instanceof Shape.Name(var field)
                        ? Optional.of(field)
                        : Optional.<String>empty();
        var name =
                procedure.shape() instanceof Shape.Variable(var variable)
                        ? Optional.of(variable)
                        : fieldName;
        return new CallNode(compile(procedure), compile(call.arguments()), name, fieldName);
    }

    /** Compiles what a function's value comes from: a call there is left to the caller. */
    private static Expression tail(Part part) {
        return switch (part.shape()) {
            case Shape.Call call when !call.isPartial() && !part.hasPredicates() ->
                    Expression.of(new Nodes.Tail(callNode(call)));
            case Shape.Condition(var condition, var then, var otherwise) ->
                    around(
                            part,
                            new Nodes.Condition(
                                    compile(condition), tail(then), otherwise.map(Compiler::tail)));
            case Shape.Block(var expressions) when !expressions.isEmpty() -> {
                var last = expressions.size() - 1;
                var compiled = new ArrayList<>(compile(expressions.subList(0, last)));
                compiled.add(tail(expressions.get(last)));
                yield around(part, new Nodes.Block(List.copyOf(compiled)));
            }
            default -> compile(part);
        };
    }

    private static Expression around(Part part, Node node) {
        return new Expression(
                node,
                part.predicates().stream().map(Compiler::filter).toList(),
                grouping(part),
                part.keepsArray());
    }

    private static PathNode path(Part path, List<Part> parts) {
        var steps = parts.stream().map(Compiler::step).toList();
        var isPlain = !path.keepsSingletonArray() && !path.isTuple() && path.group().isEmpty();
        for (var i = 0; i < steps.size(); i++) {
            isPlain &= isPlain(steps.get(i), i);
        }
        return new PathNode(
                steps, path.keepsSingletonArray(), path.isTuple(), grouping(path), isPlain);
    }

    private static boolean isPlain(Step step, int at) {
        return step.work() instanceof Work.Each(var expression)
                && expression.isPlain()
                && (expression.isPlainName()
                        || (at == 0 && expression.node() instanceof Nodes.Variable))
                && step.stages().isEmpty()
                && !step.isTuple();
    }

    private static Step step(Part part) {
        Work work =
                part.shape() instanceof Shape.Sort(var terms)
                        ? new Work.Order(
                                new Sorting(
                                        terms.stream()
                                                .map(term ->
                                                        new Sorting.Term(
                                                                compile(term.value()),
                                                                term.descending()))
                                                .toList()))
                        : new Work.Each(compile(part));
        return new Step(
                work,
                part.stages().stream().map(Compiler::stage).toList(),
                part.isTuple(),
                part.focus(),
                part.index(),
                part.ancestor().map(Part.Slot::label),
                part.isConstructor());
    }

    private static Stage stage(After after) {
        return after instanceof After.Index(var name)
                ? new Stage.Count(name)
                : new Stage.Select(filter(after));
    }
}
