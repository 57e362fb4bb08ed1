package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.Part.After;
import dev.gradus.expressions.jsonata.Part.Shape;
import java.util.ArrayList;
import java.util.List;

/** Turns what was written into paths with their steps, predicates, bindings and parents. */
final class Resolver {
    private final Ancestry ancestry = new Ancestry();

    private Resolver() {}

    /**
     * Resolves a whole expression.
     *
     * @throws JsonataSyntaxException if its parts do not fit together
     */
    static Part resolve(Syntax root) {
        var part = new Resolver().part(root);
        if (part.shape() instanceof Shape.Parent || part.seeking() != null) {
            throw Tokenizer.failure("S0217", part.position);
        }
        return part;
    }

    private Part part(Syntax syntax) {
        var at = syntax.position();
        return switch (syntax) {
            case Syntax.Literal(var value, var _) -> new Part(new Shape.Literal(value), at);
            case Syntax.Name(var name, var _) -> path(new Part(new Shape.Name(name), at));
            case Syntax.Variable(var name, var _) -> new Part(new Shape.Variable(name), at);
            case Syntax.Regex(var program, var _) -> new Part(new Shape.Regex(program), at);
            case Syntax.Wildcard _ -> new Part(new Shape.Wildcard(), at);
            case Syntax.Descendants _ -> new Part(new Shape.Descendants(), at);
            case Syntax.Parent _ -> new Part(new Shape.Parent(ancestry.slot()), at);
            case Syntax.Placeholder _ -> new Part(new Shape.Placeholder(), at);
            case Syntax.End _ -> throw Tokenizer.failure("S0207", at);
            case Syntax.KeepArray(var left) -> keepArray(left);
            case Syntax.Binary binary ->
                    binary.operator().equals(".") ? step(binary) : operator(binary);
            case Syntax.Predicate predicate -> predicate(predicate);
            case Syntax.Group group -> group(group);
            case Syntax.Sort sort -> sort(sort);
            case Syntax.Focus(var left, var name, var _) -> focus(left, name, at, false);
            case Syntax.Index(var left, var name, var _) -> index(left, name);
            case Syntax.Negation(var value, var _) -> negation(value, at);
            case Syntax.Brackets _, Syntax.Braces _ -> constructor(syntax);
            case Syntax.Bind _, Syntax.Apply _, Syntax.Condition _, Syntax.Block _ ->
                    control(syntax);
            case Syntax.Call _, Syntax.Function _, Syntax.Transform _ -> function(syntax);
        };
    }

    private static Part path(Part step) {
        var steps = new ArrayList<Part>();
        steps.add(step);
        return new Part(new Shape.Path(steps), step.position);
    }

    private List<Part> parts(List<Syntax> many) {
        return new ArrayList<>(many.stream().map(this::part).toList());
    }

    private Part keepArray(Syntax left) {
        var result =
                left instanceof Syntax.Focus(var inner, var name, var at)
                        ? focus(inner, name, at, true)
                        : part(left);
        if (left instanceof Syntax.Name) {
            result.keepSingletonArray();
            result.lastStep().keepArray();
        }
        result.keepArray();
        return result;
    }

    private Part step(Syntax.Binary dot) {
        var left = part(dot.left());
        var result = left.steps() == null ? path(left) : left;
        if (left.shape() instanceof Shape.Parent(var slot)) {
            var sought = new ArrayList<Part.Slot>();
            sought.add(slot);
            result.seek(sought);
        }
        var right = part(dot.right());
        var steps = ((Shape.Path) result.shape()).steps();
        var more = right.steps();
        if (more == null) {
            right.predicatesBecomeStages();
            steps.add(right);
        } else {
            steps.addAll(more);
        }
        for (var step : steps) {
            if (step.shape() instanceof Shape.Literal(var value)) {
                if (!(value instanceof Value.Text(var text))) {
                    throw Tokenizer.failure("S0213", step.position, _ -> value);
                }
                step.become(new Shape.Name(text)); // a string is a quoted name here
            }
            if (step.keepsArray()) {
                result.keepSingletonArray();
            }
        }
        markConstructor(steps.getFirst());
        markConstructor(steps.getLast());
        ancestry.resolve(result);
        return result;
    }

    private static void markConstructor(Part step) {
        if (step.shape() instanceof Shape.Brackets) {
            step.makeConstructor();
        }
    }

    private Part operator(Syntax.Binary binary) {
        var left = part(binary.left());
        var right = part(binary.right());
        var result = new Part(new Shape.Binary(binary.operator(), left, right), binary.position());
        Ancestry.pass(left, result);
        Ancestry.pass(right, result);
        return result;
    }

    private Part predicate(Syntax.Predicate syntax) {
        var result = part(syntax.left());
        var step = result.lastStep();
        if (step.group().isPresent()) {
            throw Tokenizer.failure("S0209", syntax.position());
        }
        var isStep = result.steps() != null;
        var predicate = part(syntax.predicate());
        var sought = predicate.seeking();
        if (sought != null) {
            for (var slot : sought) {
                if (slot.level() == 1) {
                    ancestry.seek(step, slot);
                } else {
                    slot.down();
                }
            }
            Ancestry.pass(predicate, step);
        }
        if (isStep) {
            step.addStage(new After.Filter(predicate));
        } else {
            step.addPredicate(new After.Filter(predicate));
        }
        return result;
    }

    private Part group(Syntax.Group syntax) {
        var result = part(syntax.left());
        if (result.group().isPresent()) {
            throw Tokenizer.failure("S0210", syntax.position());
        }
        result.groupBy(pairs(syntax.pairs()));
        return result;
    }

    private List<Part.Pair> pairs(List<Syntax.Pair> pairs) {
        return pairs.stream()
                .map(pair -> new Part.Pair(part(pair.key()), part(pair.value())))
                .toList();
    }

    private Part sort(Syntax.Sort syntax) {
        var left = part(syntax.left());
        var result = left.steps() == null ? path(left) : left;
        var terms = new ArrayList<Part.Term>();
        var step = new Part(new Shape.Sort(terms), syntax.position());
        for (var term : syntax.terms()) {
            var value = part(term.value());
            Ancestry.pass(value, step);
            terms.add(new Part.Term(value, term.descending()));
        }
        ((Shape.Path) result.shape()).steps().add(step);
        ancestry.resolve(result);
        return result;
    }

    private Part focus(Syntax left, String name, int at, boolean keepsArray) {
        var result = part(left);
        var step = result.lastStep();
        if (step.hasStages() || step.hasPredicates()) {
            throw Tokenizer.failure("S0215", at);
        }
        if (step.shape() instanceof Shape.Sort) {
            throw Tokenizer.failure("S0216", at);
        }
        if (keepsArray) {
            step.keepArray();
        }
        step.focusOn(name);
        return result;
    }

    private Part index(Syntax left, String name) {
        var first = part(left);
        var result = first;
        var step = first.lastStep();
        if (first.steps() == null) {
            result = path(first);
            step.predicatesBecomeStages();
        }
        if (step.hasStages()) {
            step.addStage(new After.Index(name));
        } else {
            step.indexAs(name);
        }
        step.makeTuple();
        return result;
    }

    private Part negation(Syntax value, int at) {
        var operand = part(value);
        if (operand.shape() instanceof Shape.Literal(Value.Num(var number, var _))) {
            operand.become(new Shape.Literal(Value.Num.of(-number)));
            return operand;
        }
        var result = new Part(new Shape.Negation(operand), at);
        Ancestry.pass(operand, result);
        return result;
    }

    private Part constructor(Syntax syntax) {
        if (syntax instanceof Syntax.Braces(var pairs, var at)) {
            var parts = pairs(pairs);
            var result = new Part(new Shape.Braces(parts), at);
            for (var pair : parts) {
                Ancestry.pass(pair.key(), result);
                Ancestry.pass(pair.value(), result);
            }
            return result;
        }
        var items = parts(Syntax.children(syntax));
        var result = new Part(new Shape.Brackets(items), syntax.position());
        items.forEach(item -> Ancestry.pass(item, result));
        return result;
    }

    private Part control(Syntax syntax) {
        var at = syntax.position();
        var inner = parts(Syntax.children(syntax));
        Shape shape =
                switch (syntax) {
                    case Syntax.Bind(var name, var _, var _) ->
                            new Shape.Bind(name, inner.getFirst());
                    case Syntax.Apply _ -> new Shape.Apply(inner.getFirst(), inner.getLast());
                    case Syntax.Condition _ ->
                            new Shape.Condition(
                                    inner.getFirst(),
                                    inner.get(1),
                                    inner.stream().skip(2).findFirst());
                    default -> new Shape.Block(inner);
                };
        var result = new Part(shape, at);
        if (shape instanceof Shape.Apply(var left, var right)) {
            if (left.keepsArray() || right.keepsArray()) {
                result.keepArray();
            }
            return result;
        }
        for (var part : inner) {
            Ancestry.pass(part, result);
            if (shape instanceof Shape.Block && isConstructor(part)) {
                result.makeConstructor();
            }
        }
        return result;
    }

    private static boolean isConstructor(Part part) {
        var steps = part.steps();
        return part.isConstructor() || (steps != null && steps.getFirst().isConstructor());
    }

    private Part function(Syntax syntax) {
        var at = syntax.position();
        return switch (syntax) {
            case Syntax.Call(var procedure, var arguments, var isPartial, var _) -> {
                var parts = parts(arguments);
                var result = new Part(new Shape.Call(part(procedure), parts, isPartial), at);
                parts.forEach(argument -> Ancestry.pass(argument, result));
                yield result;
            }
            case Syntax.Transform(var pattern, var update, var delete, var _) ->
                    new Part(
                            new Shape.Transform(
                                    part(pattern), part(update), delete.map(this::part)),
                            at);
            case Syntax.Function(var parameters, var signature, var body, var _) ->
                    new Part(new Shape.Function(parameters, signature, part(body)), at);
            default -> throw new AssertionError("Not a function: " + syntax);
        };
    }
}
