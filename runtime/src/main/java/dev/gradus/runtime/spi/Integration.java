package dev.gradus.runtime.spi;

import dev.gradus.asl.TaskResource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Performs one kind of task resource.
 *
 * <ul>
 *   <li>{@link #performs} must be pure and quick; the first integration that says yes gets the
 *       call.
 *   <li>{@link #call} runs on a thread of its own that may block; it must give exactly one outcome,
 *       from any thread, also when it fails: what it throws is our bug and is treated as a lost
 *       answer.
 *   <li>It must not send a call twice by itself: whether to try again is the definition's Retry to
 *       say.
 *   <li>When the thread is interrupted nobody waits any more; it should give up soon, and the
 *       outcome is ignored.
 * </ul>
 */
public interface Integration {

    boolean performs(TaskResource resource);

    void call(TaskCall call, Consumer<TaskOutcome> answer);

    /** Does the same and shows a watcher what goes over HTTP; most resources show nothing. */
    default void call(TaskCall call, HttpExchange.Watcher watcher, Consumer<TaskOutcome> answer) {
        call(call, answer);
    }

    /**
     * Returns the form of what the resource answers with, for checking what stands in for an
     * answer; empty when it may be anything, or is not known.
     */
    default Optional<ResultShape> resultShape(TaskResource resource) {
        return Optional.empty();
    }

    /**
     * What an attempt fails with when a crash took its answer, for example {@code
     * Lambda.SdkClientException}.
     */
    TaskOutcome.Failed lostCall(TaskCall call);
}
