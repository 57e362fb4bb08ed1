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
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Evaluates the JSONata expressions of one state at one moment, and says what is wrong with a
 * result as AWS does (recorded; those of limits measured by others in 2026).
 *
 * <p>What {@code $states} holds is only made for an expression that looks at it.
 */
final class Expressions {
    private final EnumMap<StatesMember, Supplier<Json>> members;
    private final Map<StatesMember, Json> made = new EnumMap<>(StatesMember.class);
    private final Function<String, Optional<Json>> variables;
    private final long atMillis;
    private final Randomness randomness;

    /**
     * @param members what {@code $states} holds here
     * @param variables the value of a variable by its name without the dollar
     * @param atMillis what {@code $now()} gives
     */
    Expressions(
            EnumMap<StatesMember, Supplier<Json>> members,
            Function<String, Optional<Json>> variables,
            long atMillis,
            Randomness randomness) {
        this.members = members;
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
        var states = states(expression.reads());
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
     * @throws ExpressionFailure the texts about fractions and bounds are ours, AWS's are not known
     */
    long whole(Expression expression, long min) {
        var number = (JsonNumber) value(expression, "number");
        var whole = number.longValue();
        if (whole.isEmpty()) {
            throw ofField(expression, " cannot be parsed as a long value: " + number.text());
        }
        if (whole.getAsLong() < min) {
            throw ofField(expression, " must be at least " + min + " but was: " + number.text());
        }
        return whole.getAsLong();
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

    private Optional<Json> states(Set<StatesMember> reads) {
        if (reads.isEmpty()) {
            return Optional.empty();
        }
        var states = JsonObject.builder();
        members.forEach((member, source) -> { // In the order of the enum, which is AWS's.
            if (reads.contains(member)) {
                states.put(member.text(), made.computeIfAbsent(member, _ -> source.get()));
            }
        });
        return Optional.of(states.build());
    }
}
