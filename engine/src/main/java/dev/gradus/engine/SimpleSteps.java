package dev.gradus.engine;

import dev.gradus.asl.Condition;
import dev.gradus.asl.DataFlow;
import dev.gradus.asl.ErrorName;
import dev.gradus.asl.FailText;
import dev.gradus.asl.State.ChoiceState;
import dev.gradus.asl.State.FailState;
import dev.gradus.expressions.ExpressionFailure;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonPath;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.Payload;
import java.util.Optional;

/** The rules of Choice and Fail. */
final class SimpleSteps {
    private SimpleSteps() {}

    /** Where a Choice goes, and how its data leaves it. */
    record Chosen(String next, DataFlow flow) {}

    /** Returns what the first rule that holds says; the state's own Assign is the default's. */
    static Chosen chosen(ChoiceState state, View view, Payload effectiveInput) {
        var bindings = view.bindings(effectiveInput);
        for (var rule : state.rules()) {
            boolean holds =
                    switch (rule.condition()) {
                        case Condition.OfPaths ofPaths -> Conditions.holds(ofPaths, bindings);
                        case Condition.Constant(var always) -> always;
                        case Condition.Evaluated(var expression) ->
                                view.expressions().bool(expression);
                    };
            if (holds) {
                return new Chosen(rule.next(), rule.flow());
            }
        }
        return state.defaultNext()
                .map(next -> new Chosen(next, state.flow()))
                .orElseThrow(() ->
                        // AWS: States.Runtime, not States.NoChoiceMatched (measured 2026).
                        new ExpressionFailure(
                                ExpressionFailure.RUNTIME,
                                "Failed to transition out of the state. The state does not"
                                        + " point to a next state."));
    }

    static Move failed(FailState state, View view, Payload input) {
        return new Move.Lose(
                new Failure(
                        text(state.error(), "ErrorPath", view, input),
                        text(state.cause(), "CausePath", view, input)),
                ErrorName.Origin.OTHER);
    }

    private static Optional<String> text(FailText text, String field, View view, Payload input) {
        return switch (text) {
            case FailText.Absent _ -> Optional.empty();
            case FailText.Literal(var literal) -> Optional.of(literal);
            case FailText.Evaluated(var expression) ->
                    Optional.of(view.expressions().string(expression));
            case FailText.Path(var path) -> {
                var bindings = view.bindings(input);
                // The other kind of path knows how AWS words a miss.
                yield Optional.of(
                        string(
                                path.find(bindings)
                                        .orElseGet(() ->
                                                JsonPath.compile(path.source())
                                                        .evaluate(bindings, field)),
                                path.source(),
                                field));
            }
            case FailText.Call(var call) ->
                    Optional.of(
                            string(
                                    call.evaluate(view.bindings(input), field),
                                    call.source(),
                                    field));
        };
    }

    private static String string(Json value, String expression, String field) {
        if (value instanceof JsonString(var text)) {
            return text;
        }
        throw new ExpressionFailure(
                ExpressionFailure.RUNTIME,
                "The value of '"
                        + expression
                        + "' specified for the field '"
                        + field
                        + "' must be a string but was "
                        + value.text());
    }
}
