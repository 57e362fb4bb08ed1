package dev.gradus.runtime;

import dev.gradus.engine.Failure;
import dev.gradus.expressions.Payload;
import java.util.concurrent.CompletionStage;

/**
 * Answers to task tokens. A token that is none fails with InvalidToken, one whose task is closed with TaskTimedOut, one
 * of an execution that is gone with TaskDoesNotExist. Every method may be called by any thread and never blocks.
 */
public final class Tasks {

    public CompletionStage<Void> succeed(String taskToken, Payload output) {
        throw new IllegalStateException("being built: " + taskToken + output);
    }

    public CompletionStage<Void> fail(String taskToken, Failure failure) {
        throw new IllegalStateException("being built: " + taskToken + failure);
    }

    public CompletionStage<Void> heartbeat(String taskToken) {
        throw new IllegalStateException("being built: " + taskToken);
    }
}
