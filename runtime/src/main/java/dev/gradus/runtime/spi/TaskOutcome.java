package dev.gradus.runtime.spi;

import dev.gradus.engine.Failure;
import dev.gradus.expressions.Payload;

/** How a call ended, or went on. */
public sealed interface TaskOutcome {
    /** The work is done. */
    record Succeeded(Payload output) implements TaskOutcome {}

    /** The work, or the call, failed. */
    record Failed(Failure failure) implements TaskOutcome {}

    /** The service took the call; its end comes by token. */
    record Submitted(Payload response) implements TaskOutcome {}
}
