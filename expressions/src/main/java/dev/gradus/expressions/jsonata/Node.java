package dev.gradus.expressions.jsonata;

/**
 * One operation of a compiled expression, with its operands inside. Immutable: what changes during
 * an evaluation is in the frame.
 */
sealed interface Node
        permits Nodes.Constant,
                Nodes.Name,
                Nodes.Variable,
                Nodes.Wildcard,
                Nodes.Descendants,
                Nodes.Parent,
                Nodes.Negation,
                Nodes.Brackets,
                Nodes.Braces,
                Nodes.Condition,
                Nodes.Block,
                Nodes.Bind,
                Nodes.Function,
                Nodes.Tail,
                Operators.Arithmetic,
                Operators.Equality,
                Operators.Comparison,
                Operators.Concatenation,
                Operators.Range,
                Operators.Membership,
                Operators.Logic,
                PathNode,
                CallNode,
                Nodes.Partial,
                Nodes.Apply,
                TransformNode {
    /**
     * Computes the value for a context item.
     *
     * @throws EvaluationFailure if the expression fails or a limit is met
     */
    Value evaluate(Value input, Frame frame);
}
