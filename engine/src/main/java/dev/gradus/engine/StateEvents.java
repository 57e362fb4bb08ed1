package dev.gradus.engine;

import dev.gradus.asl.State;

/** The event types that each kind of state has. */
final class StateEvents {
    private StateEvents() {}

    static EventType entered(State state) {
        return switch (state) {
            case State.PassState _ -> EventType.PASS_STATE_ENTERED;
            case State.TaskState _ -> EventType.TASK_STATE_ENTERED;
            case State.ChoiceState _ -> EventType.CHOICE_STATE_ENTERED;
            case State.WaitState _ -> EventType.WAIT_STATE_ENTERED;
            case State.SucceedState _ -> EventType.SUCCEED_STATE_ENTERED;
            case State.FailState _ -> EventType.FAIL_STATE_ENTERED;
            case State.ParallelState _ -> EventType.PARALLEL_STATE_ENTERED;
            case State.MapState _ -> EventType.MAP_STATE_ENTERED;
        };
    }

    static EventType exited(State state) {
        return switch (state) {
            case State.PassState _ -> EventType.PASS_STATE_EXITED;
            case State.TaskState _ -> EventType.TASK_STATE_EXITED;
            case State.ChoiceState _ -> EventType.CHOICE_STATE_EXITED;
            case State.WaitState _ -> EventType.WAIT_STATE_EXITED;
            case State.SucceedState _ -> EventType.SUCCEED_STATE_EXITED;
            case State.ParallelState _ -> EventType.PARALLEL_STATE_EXITED;
            case State.MapState _ -> EventType.MAP_STATE_EXITED;
            case State.FailState _ -> throw new IllegalStateException("a Fail is never left");
        };
    }

    /** Tells of which states an Aborted event exists: those that can stay open. */
    static boolean hasAborted(State state) {
        return switch (state) {
            case State.TaskState _, State.WaitState _, State.ParallelState _, State.MapState _ ->
                    true;
            case State.PassState _, State.ChoiceState _, State.SucceedState _, State.FailState _ ->
                    false;
        };
    }

    static EventType aborted(State state) {
        return switch (state) {
            case State.TaskState _ -> EventType.TASK_STATE_ABORTED;
            case State.WaitState _ -> EventType.WAIT_STATE_ABORTED;
            case State.ParallelState _ -> EventType.PARALLEL_STATE_ABORTED;
            case State.MapState _ -> EventType.MAP_STATE_ABORTED;
            case State.PassState _, State.ChoiceState _, State.SucceedState _, State.FailState _ ->
                    throw new IllegalStateException(
                            "AWS has no Aborted event for a " + State.typeName(state));
        };
    }
}
