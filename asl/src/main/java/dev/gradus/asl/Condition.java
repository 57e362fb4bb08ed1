package dev.gradus.asl;

import dev.gradus.expressions.ReferencePath;
import java.util.List;

/** A test of a Choice rule. */
public sealed interface Condition {
    /** A JSONata rule that always holds, or never. */
    record Constant(boolean holds) implements Condition {}

    /** A JSONata rule that holds when the expression gives true. */
    record Evaluated(Expression expression) implements Condition {}

    /** A JSONPath rule: a comparison of values at paths, or a tree of such. */
    sealed interface OfPaths extends Condition {}

    /**
     * Holds when all do; tried from left to right, and not further than the first that does not.
     */
    record And(List<OfPaths> conditions) implements OfPaths {}

    /** Holds when one does; tried from left to right. */
    record Or(List<OfPaths> conditions) implements OfPaths {}

    record Not(OfPaths condition) implements OfPaths {}

    /**
     * Compares the value at a path with an operand; a type mismatch on either side is false, never
     * an error.
     */
    record Comparison(ReferencePath variable, Comparator comparator, Operand operand)
            implements OfPaths {}

    /** Tests the kind of the value; {@code expected} false negates. */
    record TypeTest(ReferencePath variable, Kind kind, boolean expected) implements OfPaths {}

    /** StringMatches: {@code *} stands for any text, {@code \*} for a star. */
    record StringMatches(ReferencePath variable, GlobPattern pattern) implements OfPaths {}

    /** What the comparison operators of the four families do. */
    enum Comparator {
        STRING_EQUALS,
        STRING_LESS_THAN,
        STRING_GREATER_THAN,
        STRING_LESS_THAN_EQUALS,
        STRING_GREATER_THAN_EQUALS,
        NUMERIC_EQUALS,
        NUMERIC_LESS_THAN,
        NUMERIC_GREATER_THAN,
        NUMERIC_LESS_THAN_EQUALS,
        NUMERIC_GREATER_THAN_EQUALS,
        BOOLEAN_EQUALS,
        TIMESTAMP_EQUALS,
        TIMESTAMP_LESS_THAN,
        TIMESTAMP_GREATER_THAN,
        TIMESTAMP_LESS_THAN_EQUALS,
        TIMESTAMP_GREATER_THAN_EQUALS
    }

    /** The six type tests. */
    enum Kind {
        IS_NULL,
        IS_PRESENT,
        IS_NUMERIC,
        IS_STRING,
        IS_BOOLEAN,
        IS_TIMESTAMP
    }
}
