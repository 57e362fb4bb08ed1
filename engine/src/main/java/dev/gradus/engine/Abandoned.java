package dev.gradus.engine;

import dev.gradus.asl.State.TaskState;
import dev.gradus.asl.StateMachine;
import dev.gradus.asl.TaskResource;
import dev.gradus.engine.Scope.Attempt;
import dev.gradus.engine.Scope.Progress;

/** Takes back what a scope has outside when nobody waits for it any more. */
final class Abandoned {

    /**
     * Marks a back-off that has no timer: its state has failed and what follows is not decided yet,
     * or it is to be worked at again because of a redrive.
     */
    static final long NO_EFFECT = 0;

    private Abandoned() {}

    /** Cancels the timers and the call or activity task of a scope. */
    static void scope(Turn turn, StateMachine machine, Scope scope) {
        switch (scope.phase()) {
            case Scope.Working(var visit, var attempt) -> {
                if (!(machine.state(visit.state()) instanceof TaskState task)) {
                    throw new IllegalStateException("only a Task has attempts: " + visit.state());
                }
                attempt(turn, new EffectId(scope.id(), attempt.effect()), task.resource(), attempt);
            }
            case Scope.Waiting(_, var effect, var due) ->
                    cancel(turn, scope, effect, Timer.Kind.WAIT, due);
            case Scope.BackingOff(_, var effect, var due) -> {
                if (effect != NO_EFFECT) {
                    cancel(turn, scope, effect, Timer.Kind.RETRY, due);
                }
            }
            case Scope.Ready _, Scope.Forked _, Scope.Finished _ -> {}
        }
    }

    /** Cancels the timers of an attempt that was not answered, and what it asked for. */
    static void attempt(Turn turn, EffectId id, TaskResource resource, Attempt attempt) {
        TaskTimes.cancelTimers(turn, id, attempt);
        boolean nothingOutside =
                attempt.progress() instanceof Progress.Scheduled
                        && !(resource instanceof TaskResource.Activity);
        if (!nothingOutside) {
            turn.emit(new Effect.CancelTask(id, resource));
        }
    }

    private static void cancel(Turn turn, Scope scope, long effect, Timer.Kind kind, long due) {
        turn.emit(new Effect.CancelTimer(new Timer(new EffectId(scope.id(), effect), kind, due)));
    }
}
