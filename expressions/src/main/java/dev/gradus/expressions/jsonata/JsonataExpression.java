package dev.gradus.expressions.jsonata;

import java.util.List;

/**
 * A JSONata expression, compiled once: immutable, and evaluated by any number of threads at once.
 *
 * @see <a href="https://docs.jsonata.org/2.0.0/overview">the language</a>
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html">Step
 *     Functions: JSONata 2.0.6 without $eval, and six functions more</a>
 */
public final class JsonataExpression {
    private final String source;
    private final Expression expression;
    private final List<VariableReference> references;

    private JsonataExpression(
            String source, Expression expression, List<VariableReference> references) {
        this.source = source;
        this.expression = expression;
        this.references = references;
    }

    /**
     * Compiles the text between <code>{%</code> and <code>%}</code>.
     *
     * @throws JsonataSyntaxException if it is not an expression, or longer or nested deeper than
     *     {@link JsonataLimits} allows; nothing else is thrown for any text
     */
    public static JsonataExpression compile(String text) {
        if (text.length() > JsonataLimits.EXPRESSION_CHARS_MAX) {
            throw Tokenizer.failure(
                    "S0501",
                    JsonataLimits.EXPRESSION_CHARS_MAX,
                    _ ->
                            "The expression has more than the maximum of "
                                    + JsonataLimits.EXPRESSION_CHARS_MAX
                                    + " characters");
        }
        var part = Resolver.resolve(Parser.parse(text));
        return new JsonataExpression(text, Compiler.compile(part), References.of(part));
    }

    /** Returns the text that was compiled. */
    public String source() {
        return source;
    }

    /**
     * Returns what the expression reads from outside itself, in the order in which it is written:
     * each variable that it does not bind, {@code $} and bare names where no step or predicate
     * gives them another meaning, {@code $$} everywhere.
     */
    public List<VariableReference> references() {
        return references;
    }

    /**
     * Evaluates the expression. The same input always gives the same outcome. No work is done
     * beyond the input's limits, and nothing is thrown.
     */
    public JsonataOutcome evaluate(JsonataInput input) {
        var evaluation = new Evaluation(input);
        try {
            var result = expression.evaluate(document(input), Frame.outermost(evaluation));
            if (result == Value.UNDEFINED) {
                return new JsonataOutcome.Undefined();
            }
            var json = Values.json(result, evaluation);
            return json.isPresent()
                    ? new JsonataOutcome.Value(json.get())
                    : new JsonataOutcome.Unsupported();
        } catch (EvaluationFailure failure) {
            return failure.outcome();
        }
    }

    private static Value document(JsonataInput input) {
        if (input.document().isEmpty()) {
            return Value.UNDEFINED;
        }
        var document = Value.of(input.document().get());
        return document instanceof ArrayValue
                ? ArrayValue.sequenceOf(document).asOuterWrapper()
                : document;
    }

    @Override
    public String toString() {
        return source;
    }
}
