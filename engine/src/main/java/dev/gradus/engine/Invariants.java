package dev.gradus.engine;

import dev.gradus.engine.ExecutionState.Closed;
import dev.gradus.engine.ExecutionState.Counters;
import dev.gradus.engine.ExecutionState.New;
import dev.gradus.engine.ExecutionState.Running;
import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.engine.Scope.BackingOff;
import dev.gradus.engine.Scope.Finished;
import dev.gradus.engine.Scope.Fork;
import dev.gradus.engine.Scope.Forked;
import dev.gradus.engine.Scope.Progress;
import dev.gradus.engine.Scope.Ready;
import dev.gradus.engine.Scope.Waiting;
import dev.gradus.engine.Scope.Working;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What must hold between any two steps of any execution, whatever happened to it. */
public final class Invariants {
    private final List<String> violations = new ArrayList<>();

    private Invariants() {}

    /**
     * Returns what does not hold, one sentence for each; empty when all is well.
     *
     * @param history all events of the execution from the first on
     */
    public static List<String> check(
            Execution execution, ExecutionState state, List<HistoryEvent> history) {
        var invariants = new Invariants();
        invariants.checkHistory(execution, history);
        switch (state) {
            case New _ -> invariants.expect(history.isEmpty(), "a new execution has no history");
            case Running running -> invariants.checkRunning(running, history);
            case Closed closed -> invariants.checkClosed(closed, history);
        }
        return List.copyOf(invariants.violations);
    }

    private void checkHistory(Execution execution, List<HistoryEvent> history) {
        long latest = execution.startedAtMillis();
        for (int i = 0; i < history.size(); i++) {
            var event = history.get(i);
            int position = i;
            expect(
                    event.id() == position + 1L,
                    () -> "event at position " + position + " has id " + event.id());
            expect(
                    event.previousEventId() >= 0 && event.previousEventId() < event.id(),
                    () -> "event " + event.id() + " points to " + event.previousEventId());
            expect(
                    event.previousEventId() != 0 || mayPointToNothing(event),
                    () ->
                            "event "
                                    + event.id()
                                    + " of type "
                                    + event.type().text()
                                    + " points to 0");
            expect(event.atMillis() >= latest, () -> "event " + event.id() + " goes back in time");
            expect(
                    !isEnd(event.type()) || isLastOrRedriven(position, history),
                    () -> "event " + event.id() + " ends the execution but is not the last");
            latest = Math.max(latest, event.atMillis());
        }
        expect(
                history.isEmpty() || history.getFirst().type() == EventType.EXECUTION_STARTED,
                "the first event is not ExecutionStarted");
    }

    private static boolean isLastOrRedriven(int position, List<HistoryEvent> history) {
        return position == history.size() - 1
                || history.get(position + 1).type() == EventType.EXECUTION_REDRIVEN;
    }

    /** AWS: the start, the first state's entering and an end from outside point to 0. */
    private static boolean mayPointToNothing(HistoryEvent event) {
        return event.id() <= 2
                || event.type() == EventType.EXECUTION_ABORTED
                || event.type() == EventType.EXECUTION_TIMED_OUT;
    }

    private static boolean isEnd(EventType type) {
        return type == EventType.EXECUTION_SUCCEEDED
                || type == EventType.EXECUTION_FAILED
                || type == EventType.EXECUTION_ABORTED
                || type == EventType.EXECUTION_TIMED_OUT;
    }

    private void checkRunning(Running running, List<HistoryEvent> history) {
        checkCounters(running.counters(), history);
        expect(!history.isEmpty(), "a running execution has no history");
        expect(
                history.isEmpty() || !isEnd(history.getLast().type()),
                "the last event ends the execution but its state is running");
        var root = running.scopes().find(0);
        expect(root.isPresent(), "there is no root scope");
        expect(
                root.isEmpty() || !(root.get().phase() instanceof Finished),
                "the root has finished but the execution is running");
        running.scopes().forEach(scope -> checkScope(scope, running));
    }

    private void checkScope(Scope scope, Running running) {
        var counters = running.counters();
        var name = "scope " + scope.id();
        expect(scope.id() < counters.nextScope(), name + " was never given out");
        expect(
                scope.lastEventId() < counters.nextEventId(),
                name + " points to event " + scope.lastEventId());
        checkParent(scope, running.scopes());
        switch (scope.phase()) {
            case Ready _, Finished _ -> {}
            case Waiting(_, var effect, _) -> checkEffect(name, effect, counters);
            case BackingOff(_, var effect, _) -> {
                if (effect != Abandoned.NO_EFFECT) { // A redrive that goes on with the next turn.
                    checkEffect(name, effect, counters);
                }
            }
            case Working(_, var attempt) -> {
                checkEffect(name, attempt.effect(), counters);
                boolean isTaken = !(attempt.progress() instanceof Progress.Scheduled);
                expect(
                        isTaken
                                || (attempt.timeoutAtMillis().isEmpty()
                                        && attempt.heartbeatAtMillis().isEmpty()),
                        name + " has a clock on a task that nobody took");
            }
            case Forked(_, var fork) -> checkFork(scope, fork, running.scopes());
        }
    }

    private void checkParent(Scope scope, Scopes scopes) {
        var name = "scope " + scope.id();
        expect(
                scope.parent().isEmpty() == (scope.id() == 0),
                name + " should have a parent or is the root");
        if (scope.parent().isEmpty()) {
            return;
        }
        var parent = scopes.find(scope.parent().getAsInt());
        expect(
                parent.isPresent()
                        && parent.get().phase() instanceof Forked(_, var fork)
                        && fork.firstChild() + scope.index() == scope.id()
                        && scope.index() < fork.started(),
                name + " is no child of its parent's fork");
    }

    private void checkFork(Scope scope, Fork fork, Scopes scopes) {
        var name = "the fork of scope " + scope.id();
        int open = 0;
        int finished = 0;
        for (int index = 0; index < fork.total(); index++) {
            var child = scopes.find(fork.firstChild() + index);
            expect(
                    child.isPresent() == index < fork.started(),
                    name + ": child " + index + " and the count of started ones disagree");
            boolean isFinished = child.isPresent() && child.get().phase() instanceof Finished;
            finished += isFinished ? 1 : 0;
            open += child.isPresent() && !isFinished ? 1 : 0;
        }
        expect(finished == fork.finished(), name + " counts " + fork.finished() + " as finished");
        expect(open == fork.open(), name + " counts " + fork.open() + " as open");
        expect(open > 0 || fork.hasRoom(), name + " has nobody who could wake it");
        expect(
                open <= fork.concurrency(),
                name + " has " + open + " open children of " + fork.concurrency());
    }

    private void checkEffect(String name, long effect, Counters counters) {
        expect(
                effect > 0 && effect < counters.nextEffect(),
                name + " waits for effect " + effect + ", which was never asked for");
    }

    private void checkClosed(Closed closed, List<HistoryEvent> history) {
        checkCounters(closed.counters(), history);
        if (history.isEmpty()) {
            violations.add("a closed execution has no history");
            return;
        }
        var last = history.getLast();
        expect(
                last.type() == endOf(closed.status()),
                "the status is " + closed.status() + " but the last event " + last.type().text());
        expect(
                closed.stoppedAtMillis() == last.atMillis(),
                "the stop date is not that of the last event");
        expect(
                closed.unfinished().size() == 0 || closed.status() != Status.SUCCEEDED,
                "it succeeded but something of it is unfinished");
        closed.unfinished().forEach(scope -> checkParent(scope, closed.unfinished()));
        expect(
                closed.output().isPresent() == (closed.status() == Status.SUCCEEDED),
                "only an execution that succeeded has an output");
        expect(
                switch (closed.status()) {
                    case SUCCEEDED, TIMED_OUT -> closed.failure().equals(Failure.NONE);
                    case FAILED, ABORTED ->
                            last.details()
                                    .equals(
                                            new EventDetails.Failed(
                                                    closed.failure().error(),
                                                    closed.failure().cause()));
                    case RUNNING -> false;
                },
                "the failure is not that of the last event");
    }

    private static EventType endOf(Status status) {
        return switch (status) {
            case SUCCEEDED -> EventType.EXECUTION_SUCCEEDED;
            case FAILED -> EventType.EXECUTION_FAILED;
            case TIMED_OUT -> EventType.EXECUTION_TIMED_OUT;
            case ABORTED -> EventType.EXECUTION_ABORTED;
            case RUNNING -> EventType.EXECUTION_STARTED;
        };
    }

    private void checkCounters(Counters counters, List<HistoryEvent> history) {
        expect(
                counters.nextEventId() == history.size() + 1L,
                "the next event would be "
                        + counters.nextEventId()
                        + " after "
                        + history.size()
                        + " events");
    }

    /** For what is checked often: makes no sentence that nobody reads. */
    private void expect(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            violations.add(otherwise.get());
        }
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(otherwise);
        }
    }
}
