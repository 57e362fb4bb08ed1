package dev.gradus.engine;

import dev.gradus.asl.ErrorName;

/** What waits for its turn within one step; first come, first served. */
sealed interface Work {
    /** A scope that is Ready enters its state. */
    record Run(int scope) implements Work {}

    /** A Map that had to stop starting iterations goes on. */
    record Refill(int scope) implements Work {}

    /** A line whose state had failed or was cut off is redriven. */
    record Again(int scope) implements Work {}

    /** A wait or a back-off is over. */
    record WakeUp(EffectId effect) implements Work {}

    /** A scheduled call is started, unless its scope ended meanwhile. */
    record StartCall(TaskCall call) implements Work {}

    /** A state has failed; what follows is decided when all that happened before it is recorded. */
    record Settle(int scope, Failure failure, ErrorName.Origin origin, boolean handled)
            implements Work {}
}
