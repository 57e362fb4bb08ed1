package dev.gradus.asl;

import dev.gradus.expressions.ReferencePath;

/** How many iterations of a Map may run at once; 0 means no explicit limit. */
public sealed interface ConcurrencyLimit {
    record Fixed(int iterations) implements ConcurrencyLimit {}

    record Path(ReferencePath path) implements ConcurrencyLimit {}

    record Evaluated(Expression expression) implements ConcurrencyLimit {}
}
