package dev.gradus.runtime.spi;

import dev.gradus.asl.TaskResource;
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

    /**
     * What an attempt fails with when a crash took its answer, for example {@code
     * Lambda.SdkClientException}.
     */
    TaskOutcome.Failed lostCall(TaskCall call);
}
