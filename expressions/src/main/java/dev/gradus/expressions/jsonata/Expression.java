package dev.gradus.expressions.jsonata;

import java.util.List;
import java.util.Optional;

/**
 * A node with the predicates and the grouping that follow it, and whether it keeps a sequence of
 * one. What leaves it is never an empty sequence nor, unless it keeps, a sequence of one.
 */
record Expression(
        Node node, List<Filter> predicates, Optional<Grouping> grouping, boolean keepArray) {
    /** Makes an expression of a node alone. */
    static Expression of(Node node) {
        return new Expression(node, List.of(), Optional.empty(), false);
    }

    /** Evaluates for a context item, counting one step. */
    Value evaluate(Value input, Frame frame) {
        var evaluation = frame.evaluation();
        evaluation.enter();
        var result = node.evaluate(input, frame);
        if (!predicates.isEmpty()) {
            for (var predicate : predicates) {
                result = predicate.apply(result, frame);
            }
        }
        if (grouping.isPresent()) {
            result = grouping.get().apply(result, frame);
        }
        evaluation.leave();
        return result instanceof ArrayValue array ? unwrapped(array, keepArray) : result;
    }

    /** Returns a sequence of none as undefined, and of one as its item unless it keeps. */
    static Value unwrapped(ArrayValue array, boolean keep) {
        if (!array.isSequence() || array.isTupleStream()) {
            return array;
        }
        if (keep) {
            array.keepSingleton();
        }
        return switch (array.size()) {
            case 0 -> Value.UNDEFINED;
            case 1 -> array.keepsSingleton() ? array : array.get(0);
            default -> array;
        };
    }

    /** Tells whether this is a plain field name and nothing else. */
    boolean isPlainName() {
        return node instanceof Nodes.Name && isPlain();
    }

    /** Tells whether nothing follows the node. */
    boolean isPlain() {
        return predicates.isEmpty() && grouping.isEmpty() && !keepArray;
    }
}
