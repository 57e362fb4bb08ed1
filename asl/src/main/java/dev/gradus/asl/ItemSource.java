package dev.gradus.asl;

import dev.gradus.expressions.ReferencePath;

/** Where a Map takes its array from. */
public sealed interface ItemSource {
    /** The effective input itself. */
    record Input() implements ItemSource {}

    /** Items: the array itself, or an expression that gives it. */
    record Items(JsonataTemplate items) implements ItemSource {}

    /** ItemsPath: a node of the effective input, the context or a variable. */
    record Path(ReferencePath path) implements ItemSource {}
}
