package dev.gradus.asl;

import dev.gradus.expressions.ReferencePath;

/** A number of seconds, written down or found in the effective input. */
public sealed interface TimeLimit {
    record Seconds(long seconds) implements TimeLimit {}

    record SecondsPath(ReferencePath path) implements TimeLimit {}

    record Evaluated(Expression expression) implements TimeLimit {}
}
