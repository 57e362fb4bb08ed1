package dev.gradus.asl;

import dev.gradus.expressions.Intrinsic;
import dev.gradus.expressions.ReferencePath;

/** What a Fail state says as its error or its cause. */
public sealed interface FailText {
    /** Nothing: the event and the execution have no such member. */
    record Absent() implements FailText {}

    record Literal(String text) implements FailText {}

    /** ErrorPath or CausePath with a path into the raw input, the context or a variable. */
    record Path(ReferencePath path) implements FailText {}

    /** Error or Cause as an expression. */
    record Evaluated(Expression expression) implements FailText {}

    /** ErrorPath or CausePath with one of the intrinsics that give strings. */
    record Call(Intrinsic call) implements FailText {}
}
