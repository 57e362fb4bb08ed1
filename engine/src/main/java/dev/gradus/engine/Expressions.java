package dev.gradus.engine;

import dev.gradus.asl.Expression;
import dev.gradus.asl.JsonataTemplate;
import dev.gradus.asl.StatesMember;
import dev.gradus.expressions.ExpressionFailure;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonBoolean;
import dev.gradus.expressions.JsonNull;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.Payload;
import dev.gradus.expressions.Randomness;
import dev.gradus.expressions.jsonata.JsonataInput;
import dev.gradus.expressions.jsonata.JsonataOutcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the JSONata expressions of one state at one moment, and says what is wrong with a
 * result as AWS does (recorded; those of limits measured by others in 2026).
 *
 * <p>What {@code $states} holds is only made for an expression that looks at it.
 */
final class Expressions {
    private final EnumMap<StatesMember, Supplier<Json>> members;
    private final Supplier<Json> contextOutline;
    private final Map<StatesMember, Json> made = new EnumMap<>(StatesMember.class);
    private @Nullable Json outlineMade;
    private final Function<String, Optional<Json>> variables;
    private final long atMillis;
    private final Randomness randomness;

    /**
     * @param members what {@code $states} holds here
     * @param contextOutline the context object for those that cannot reach the execution's input
     * @param variables the value of a variable by its name without the dollar
     * @param atMillis what {@code $now()} gives
     */
    Expressions(
            EnumMap<StatesMember, Supplier<Json>> members,
            Supplier<Json> contextOutline,
            Function<String, Optional<Json>> variables,
            long atMillis,
            Randomness randomness) {
        this.members = members;
        this.contextOutline = contextOutline;
        this.variables = variables;
        this.atMillis = atMillis;
        this.randomness = randomness;
    }

    /** Evaluates all expressions in a value. */
    Payload template(JsonataTemplate template) {
        return Payload.of(template.evaluate(this::value));
    }

    /** Evaluates an expression that may give any JSON value. */
    Json value(Expression expression) {
        var states = states(expression);
        var input =
                JsonataInput.of(
                        name -> name.equals("states") ? states : variables.apply(name),
                        atMillis,
                        randomness);
        return switch (expression.compiled().evaluate(input)) {
            case JsonataOutcome.Value(var value) -> value;
            case JsonataOutcome.Undefined _ ->
                    throw failure(expression, " returned nothing (undefined).");
            case JsonataOutcome.Unsupported _ ->
                    throw failure(expression, " returned an unsupported result type.");
            case JsonataOutcome.Failed(var code, var message) ->
                    throw failure(
                            expression,
                            " threw an error during evaluation"
                                    + code.map(it -> ". " + it + ": ").orElse(": ")
                                    + message);
            case JsonataOutcome.Internal _ ->
                    throw failure(
                            expression,
                            " threw an internal error during evaluation. " + randomness.uuid());
        };
    }

    /**
     * Evaluates a template that must give an array: one written down, or an expression as a whole.
     */
    Json array(JsonataTemplate template) {
        return template.evaluate(expression ->
                template.isExpression() ? value(expression, "array") : value(expression));
    }

    /** Evaluates Credentials, whose role must be a text. */
    Json credentials(JsonataTemplate template) {
        return template.evaluate(expression ->
                expression.location().equals("Credentials/RoleArn")
                        ? value(expression, "string")
                        : value(expression));
    }

    /** Evaluates an expression that must give true or false. */
    boolean bool(Expression expression) {
        if (value(expression, "boolean") instanceof JsonBoolean(var bool)) {
            return bool;
        }
        throw new AssertionError("the type was checked");
    }

    /** Evaluates an expression that must give a text. */
    String string(Expression expression) {
        if (value(expression, "string") instanceof JsonString(var text)) {
            return text;
        }
        throw new AssertionError("the type was checked");
    }

    /**
     * Evaluates an expression that must give a whole number and no smaller one than that.
     *
     * @throws ExpressionFailure the text about bounds is ours, that about fractions AWS's (recorded
     *     of TimeoutSeconds by others in 2026)
     */
    long whole(Expression expression, long min) {
        var number = (JsonNumber) value(expression, "number");
        var whole = number.longValue();
        if (whole.isEmpty()) {
            throw ofField(expression, " cannot be parsed as an integer: " + number.text());
        }
        if (whole.getAsLong() < min) {
            throw ofField(expression, " must be at least " + min + " but was: " + number.text());
        }
        return whole.getAsLong();
    }

    /** Evaluates an expression that must give a number within bounds, which are included. */
    double number(Expression expression, double min, double max) {
        var number = (JsonNumber) value(expression, "number");
        double value = number.doubleValue();
        if (value < min || value > max) {
            throw ofField(
                    expression,
                    " must be between "
                            + Json.of(min).text()
                            + " and "
                            + Json.of(max).text()
                            + " but was: "
                            + number.text());
        }
        return value;
    }

    private Json value(Expression expression, String type) {
        var value = value(expression);
        if (!typeOf(value).equals(type)) {
            throw failure(
                    expression,
                    " returned an unexpected result type. Expected '"
                            + type
                            + "', but was '"
                            + typeOf(value)
                            + "' for value: "
                            + value.text());
        }
        return value;
    }

    /** Words a failure that is the field's, not the expression's. */
    static ExpressionFailure ofField(Expression expression, String text) {
        return ExpressionFailure.ofQuery(
                "The " + expression.location() + " field" + text, expression.location());
    }

    private static ExpressionFailure failure(Expression expression, String text) {
        return ExpressionFailure.ofQuery(
                "The JSONata expression '"
                        + expression.compiled().source()
                        + "' specified for the field '"
                        + expression.location()
                        + "'"
                        + text,
                expression.location());
    }

    private static String typeOf(Json value) {
        return switch (value) {
            case JsonNull _ -> "null";
            case JsonBoolean _ -> "boolean";
            case JsonNumber _ -> "number";
            case JsonString _ -> "string";
            case JsonArray _ -> "array";
            case JsonObject _ -> "object";
        };
    }

    private Optional<Json> states(Expression expression) {
        var reads = expression.reads();
        if (reads.isEmpty()) {
            return Optional.empty();
        }
        var states = JsonObject.builder();
        members.forEach((member, source) -> { // In the order of the enum, which is AWS's.
            if (reads.contains(member)) {
                boolean outlined =
                        member == StatesMember.CONTEXT && !expression.readsExecutionInput();
                states.put(
                        member.text(),
                        outlined ? outline() : made.computeIfAbsent(member, _ -> source.get()));
            }
        });
        return Optional.of(states.build());
    }

    private Json outline() {
        var known = outlineMade;
        if (known == null) {
            known = contextOutline.get();
            outlineMade = known;
        }
        return known;
    }
}
