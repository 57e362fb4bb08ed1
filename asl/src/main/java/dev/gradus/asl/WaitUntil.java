package dev.gradus.asl;

import dev.gradus.expressions.ReferencePath;
import java.time.Instant;

/** The four forms of a Wait; the clock of the relative ones starts at state entry. */
public sealed interface WaitUntil {
    record Seconds(long seconds) implements WaitUntil {}

    record SecondsPath(ReferencePath path) implements WaitUntil {}

    record Timestamp(Instant instant) implements WaitUntil {}

    record TimestampPath(ReferencePath path) implements WaitUntil {}

    /** Seconds as an expression. */
    record EvaluatedSeconds(Expression expression) implements WaitUntil {}

    /** Timestamp as an expression. */
    record EvaluatedTimestamp(Expression expression) implements WaitUntil {}
}
