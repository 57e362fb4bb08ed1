package dev.gradus.asl;

import dev.gradus.expressions.ReferencePath;

/** Where a Map takes its array from. */
public sealed interface ItemSource {
    /** The effective input itself. */
    record Input() implements ItemSource {}

    /** ItemsPath: a node of the effective input, the context or a variable. */
    record Path(ReferencePath path) implements ItemSource {}
}
