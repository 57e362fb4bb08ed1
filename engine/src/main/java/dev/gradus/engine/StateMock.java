package dev.gradus.engine;

import dev.gradus.expressions.Payload;

/** What stands in for the work of a Task, Parallel or Map that is tested. */
public sealed interface StateMock {
    /**
     * The work gives this result: an array, or what a ResultWriter gives, for a Parallel or Map.
     */
    record Result(Payload result) implements StateMock {}

    /** The work fails. */
    record Fails(Failure failure) implements StateMock {}
}
