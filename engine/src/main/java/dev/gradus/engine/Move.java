package dev.gradus.engine;

import dev.gradus.asl.Catcher;
import dev.gradus.asl.ErrorName;
import dev.gradus.expressions.Payload;

/** What a line of control does next. */
sealed interface Move {
    /** Into another state of the same block. */
    record GoTo(String state, Payload input) implements Move {}

    /** The work of the current state is done: shape the result and leave. */
    record Leave(Payload result) implements Move {}

    /** Out of the block with the output of the execution, branch or iteration. */
    record End(Payload output) implements Move {}

    /** Nothing more to do until something happens outside or below. */
    record Await(Scope.Phase phase) implements Move {}

    /** Make another attempt at the current Task, Parallel or Map. */
    record TryAgain() implements Move {}

    /** Start iterations of the current Map while there is room, after the given event. */
    record Refill(long afterEventId) implements Move {}

    /** All children of the current Parallel or Map have their output. */
    record Join(Scope.Fork fork) implements Move {}

    /**
     * A catcher takes the failure of the current state.
     *
     * @param failedEventId event with which it failed, before any ParallelStateFailed or
     *     MapStateFailed
     */
    record Catch(Catcher catcher, Failure failure, long failedEventId) implements Move {}

    /** The current state fails; Retry and Catch come first unless a catcher itself was at fault. */
    record Lose(Failure failure, ErrorName.Origin origin, boolean handled) implements Move {
        Lose(Failure failure, ErrorName.Origin origin) {
            this(failure, origin, false);
        }
    }

    /** The whole execution fails at once, past every Retry and Catch. */
    record Crash(Failure failure) implements Move {}
}
