package dev.gradus.asl;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.ReferencePath;

/**
 * The right side of a comparison: written down, or found at a path ({@code StringEqualsPath} and
 * its kin).
 */
public sealed interface Operand {
    record Literal(Json value) implements Operand {}

    record Path(ReferencePath path) implements Operand {}
}
