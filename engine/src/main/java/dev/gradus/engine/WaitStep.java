package dev.gradus.engine;

import dev.gradus.asl.Expression;
import dev.gradus.asl.WaitUntil;
import dev.gradus.expressions.ExpressionFailure;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonNull;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.Payload;
import dev.gradus.expressions.Timestamps;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** When a Wait is over. All texts as recorded on AWS. */
final class WaitStep {
    private static final long MILLIS = 1_000;

    private WaitStep() {}

    /** Returns the due time in milliseconds since the epoch; the clock starts at state entry. */
    static long dueMillis(WaitUntil until, View view, Payload effectiveInput, long enteredMillis) {
        return switch (until) {
            case WaitUntil.Seconds(var seconds) -> after(enteredMillis, seconds);
            case WaitUntil.SecondsPath(var path) ->
                    after(
                            enteredMillis,
                            seconds(
                                    path.source(),
                                    path.find(view.bindings(effectiveInput)).orElse(Json.NULL)));
            case WaitUntil.Timestamp(var instant) -> at(enteredMillis, instant);
            case WaitUntil.TimestampPath(var path) ->
                    at(
                            enteredMillis,
                            instant(
                                    path.source(),
                                    path.find(view.bindings(effectiveInput)).orElse(Json.NULL)));
            case WaitUntil.EvaluatedSeconds(var expression) ->
                    after(enteredMillis, view.expressions().whole(expression, 0));
            case WaitUntil.EvaluatedTimestamp(var expression) ->
                    at(enteredMillis, instant(expression, view.expressions().string(expression)));
        };
    }

    private static Instant instant(Expression expression, String text) {
        return Timestamps.parse(text)
                .orElseThrow(() ->
                        Expressions.ofField(
                                expression,
                                " cannot be parsed as an ISO-8601 extended offset date-time"
                                        + " format string: "
                                        + text));
    }

    private static long seconds(String path, Json value) {
        if (value instanceof JsonNull) {
            throw failure("The SecondsPath parameter does not reference an input value: " + path);
        }
        var seconds = longValue(value);
        if (seconds.isEmpty()) {
            throw failure(
                    "The SecondsPath parameter cannot be parsed as a long value: "
                            + path
                            + " == "
                            + shown(value));
        }
        if (seconds.getAsLong() < 0) {
            throw failure(
                    "The SecondsPath parameter references a negative value: "
                            + path
                            + " == "
                            + shown(value));
        }
        return seconds.getAsLong();
    }

    /**
     * The text speaks of parsing: a string that holds a whole number passes, as in the other
     * ...Path fields.
     */
    private static OptionalLong longValue(Json value) {
        return switch (value) {
            case JsonNumber number when number.isPlainInteger() -> number.longValue();
            case JsonString(var text) -> parsed(text);
            default -> OptionalLong.empty();
        };
    }

    private static OptionalLong parsed(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException noLong) {
            return OptionalLong.empty();
        }
    }

    private static Instant instant(String path, Json value) {
        var parsed =
                value instanceof JsonString(var text)
                        ? Timestamps.parse(text)
                        : Optional.<Instant>empty();
        return parsed.orElseThrow(() ->
                failure(
                        "The TimestampPath parameter does not reference a valid ISO-8601"
                                + " extended offset date-time format string: "
                                + path
                                + " == "
                                + shown(value)));
    }

    private static String shown(Json value) {
        return value instanceof JsonString(var text) ? text : value.text();
    }

    private static long after(long enteredMillis, long seconds) {
        if (seconds > Limits.WAIT_SECONDS) {
            throw failure("Wait state delay is too long.");
        }
        return enteredMillis + seconds * MILLIS;
    }

    /** Rounds up to the millisecond: a wait may end late, never early. */
    private static long at(long enteredMillis, Instant instant) {
        if (instant.isAfter(Instant.ofEpochMilli(enteredMillis).plusSeconds(Limits.WAIT_SECONDS))) {
            throw failure("Wait state delay is too long.");
        }
        boolean before = instant.isBefore(Instant.ofEpochMilli(enteredMillis));
        return before ? enteredMillis : instant.plusNanos(999_999).toEpochMilli();
    }

    private static ExpressionFailure failure(String cause) {
        return new ExpressionFailure(ExpressionFailure.RUNTIME, cause);
    }
}
