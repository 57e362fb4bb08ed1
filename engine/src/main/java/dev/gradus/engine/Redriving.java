package dev.gradus.engine;

import java.util.List;

/**
 * How an execution that ended without success goes on: every line that has not finished works at
 * the state that it had entered, once more and with its retries unspent; what finished stays.
 *
 * <p>AWS: no state is entered a second time for that. The events of its next attempt point to its
 * first Entered event, as compared with histories of the service by others in 2026.
 */
final class Redriving {
    private Redriving() {}

    /** Records the redrive and queues all lines that go on. */
    static void begin(Turn turn) {
        turn.note(
                turn.newestEventId(),
                EventType.EXECUTION_REDRIVEN,
                new EventDetails.ExecutionRedriven(turn.execution().redrives().count()));
        turn.deadlineTimer().ifPresent(timer -> turn.emit(new Effect.StartTimer(timer)));
        goOn(turn, turn.scope(0));
    }

    private static void goOn(Turn turn, Scope scope) {
        switch (scope.phase()) {
            case Scope.Ready _ -> turn.enqueue(new Work.Run(scope.id()));
            case Scope.Waiting(var visit, _, _) -> again(turn, scope, visit);
            case Scope.Working(var visit, _) -> again(turn, scope, visit);
            case Scope.BackingOff(var visit, _, _) -> again(turn, scope, visit);
            case Scope.Forked(var visit, var fork) -> {
                turn.put(scope.in(new Scope.Forked(fresh(visit), fork)));
                for (int index = 0; index < fork.started(); index++) {
                    goOn(turn, turn.scope(fork.firstChild() + index));
                }
            }
            case Scope.Finished _ -> {}
        }
    }

    private static void again(Turn turn, Scope scope, Scope.Visit visit) {
        var phase = new Scope.BackingOff(fresh(visit), Abandoned.NO_EFFECT, turn.atMillis());
        turn.put(scope.after(visit.enteredEventId()).in(phase));
        turn.enqueue(new Work.Again(scope.id()));
    }

    private static Scope.Visit fresh(Scope.Visit visit) {
        return new Scope.Visit(
                visit.state(),
                visit.enteredEventId(),
                visit.enteredAtMillis(),
                visit.input(),
                List.of());
    }

    /** Returns the lines that a redrive would find, without those that a failure left behind. */
    static Scopes reachable(Scopes scopes) {
        return scopes.find(0).map(root -> with(Scopes.EMPTY, root, scopes)).orElse(Scopes.EMPTY);
    }

    private static Scopes with(Scopes kept, Scope scope, Scopes all) {
        var next = kept.put(scope);
        if (scope.phase() instanceof Scope.Forked(_, var fork)) {
            for (int index = 0; index < fork.started(); index++) {
                next = with(next, all.get(fork.firstChild() + index), all);
            }
        }
        return next;
    }
}
