package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.Randomness;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything that one evaluation depends on. It belongs to one evaluation on one thread, because
 * the random numbers are drawn from it.
 *
 * @param document what {@code $$} and, at the top level, {@code $} mean; Step Functions has none
 * @param variables the value of a variable by its name without the dollar; asked at most for the
 *     names that the expression reads, and before the functions of the same name
 * @param epochMillis what {@code $now()} and {@code $millis()} give, in milliseconds since 1970
 * @param randomness where {@code $random()}, {@code $shuffle()} and {@code $uuid()} draw from
 * @param limits how much work is allowed
 */
public record JsonataInput(
        Optional<Json> document,
        Function<String, Optional<Json>> variables,
        long epochMillis,
        Randomness randomness,
        JsonataLimits limits) {
    /** Makes the input of a Step Functions evaluation: no document, the usual limits. */
    public static JsonataInput of(
            Function<String, Optional<Json>> variables, long epochMillis, Randomness randomness) {
        return new JsonataInput(
                Optional.empty(), variables, epochMillis, randomness, JsonataLimits.DEFAULT);
    }

    /** Returns this input with a document. */
    public JsonataInput withDocument(Json newDocument) {
        return new JsonataInput(
                Optional.of(newDocument), variables, epochMillis, randomness, limits);
    }

    /** Returns this input with other limits. */
    public JsonataInput withLimits(JsonataLimits newLimits) {
        return new JsonataInput(document, variables, epochMillis, randomness, newLimits);
    }
}
