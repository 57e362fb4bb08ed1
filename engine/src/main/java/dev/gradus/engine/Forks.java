package dev.gradus.engine;

import dev.gradus.asl.ConcurrencyLimit;
import dev.gradus.asl.DataFlow;
import dev.gradus.asl.ItemSource;
import dev.gradus.asl.State;
import dev.gradus.asl.State.MapState;
import dev.gradus.asl.State.ParallelState;
import dev.gradus.asl.State.TaskState;
import dev.gradus.asl.StateMachine;
import dev.gradus.engine.Scope.BackingOff;
import dev.gradus.engine.Scope.Finished;
import dev.gradus.engine.Scope.Fork;
import dev.gradus.engine.Scope.Forked;
import dev.gradus.engine.Scope.Ready;
import dev.gradus.expressions.ExpressionFailure;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.Payload;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The rules of Parallel and Map: how children begin, how they are joined, how they are cut off. */
final class Forks {
    private static final EventDetails NONE = new EventDetails.None();

    /** The line that has its turn next and what it does. */
    record Handover(Line line, Move move) {}

    private final StateMachine machine;

    Forks(StateMachine machine) {
        this.machine = machine;
    }

    // The beginning

    Move branches(Turn turn, Line line, ParallelState state) {
        var view = View.of(turn, line, state);
        var input = Oversize.refuse(view.arguments(view.effectiveInput()), state.name());
        turn.record(line, EventType.PARALLEL_STATE_STARTED, NONE);
        int total = state.branches().size();
        int first = turn.reserveScopes(total);
        for (int i = 0; i < total; i++) {
            var start = new Ready(state.branches().get(i).startAt(), input);
            turn.put(child(line, first + i, i, line.lastEventId(), start));
            turn.enqueue(new Work.Run(first + i));
        }
        var fork = new Fork(first, total, total, 0, total, Optional.empty());
        return new Move.Await(new Forked(line.visit(), fork));
    }

    Move iterations(Turn turn, Line line, MapState state) {
        var view = View.of(turn, line, state);
        var input = view.effectiveInput();
        var items = items(state, view, input);
        int concurrency = concurrency(state, view, input);
        int total = items.json() instanceof JsonArray array ? array.size() : 0;
        turn.record(line, EventType.MAP_STATE_STARTED, new EventDetails.MapStateStarted(total));
        var fork =
                new Fork(turn.reserveScopes(total), total, 0, 0, concurrency, Optional.of(items));
        turn.put(line.parked(new Forked(line.visit(), fork)));
        return total == 0 ? new Move.Join(fork) : new Move.Refill(line.lastEventId());
    }

    /**
     * Starts iterations in index order while there is room; all of them point to the given event.
     */
    Move refill(Turn turn, Line line, MapState state, long afterEventId) {
        var fork = fork(turn, line);
        var view = View.of(turn, line, state);
        var effective =
                state.itemSelector().isPresent() ? view.effectiveInput() : line.visit().input();
        while (fork.hasRoom()) {
            if (turn.isFull()) {
                turn.postpone();
                break;
            }
            int index = fork.started();
            var input = iterationInput(state, view, effective, ContextObject.item(fork, index));
            fork = with(fork, index + 1, fork.finished());
            turn.put(line.parked(new Forked(line.visit(), fork)));
            long started =
                    turn.note(
                            afterEventId,
                            EventType.MAP_ITERATION_STARTED,
                            new EventDetails.MapIteration(state.name(), index));
            int id = fork.firstChild() + index;
            turn.made(input);
            var start = new Ready(state.itemProcessor().startAt(), input);
            turn.put(child(line, id, index, started, start));
            turn.enqueue(new Work.Run(id));
        }
        return new Move.Await(new Forked(line.visit(), fork));
    }

    private static Payload iterationInput(
            MapState state, View view, Payload effectiveInput, ContextObject.Item item) {
        if (state.itemSelector().isEmpty()) {
            return Payload.of(item.value());
        }
        var input = view.withItem(item).template(state.itemSelector(), effectiveInput);
        return Oversize.refuse(input, state.name());
    }

    private static Scope child(Line parent, int id, int index, long lastEventId, Ready start) {
        return new Scope(
                id, OptionalInt.of(parent.id()), index, lastEventId, Variables.NONE, start);
    }

    private static Payload items(MapState state, View view, Payload input) {
        return switch (state.items()) {
            case ItemSource.Input _ ->
                    switch (state.flow()) {
                        case DataFlow.JsonPathFlow _ -> array(input, "$");
                        case DataFlow.JsonataFlow _ -> arrayOfInput(input);
                    };
            case ItemSource.Path(var path) ->
                    array(Payload.of(view.require(path, input)), path.source());
            case ItemSource.Items(var items) -> Payload.of(view.expressions().array(items));
        };
    }

    /** AWS: no field is at fault then, so that there is no location either (recorded). */
    private static Payload arrayOfInput(Payload input) {
        if (input.json() instanceof JsonArray) {
            return input;
        }
        throw new ExpressionFailure(
                ExpressionFailure.QUERY_EVALUATION,
                "Map state input must be an array but was: " + input.text());
    }

    private static Payload array(Payload items, String path) {
        if (items.json() instanceof JsonArray) {
            return items;
        }
        // AWS: a context path loses one dollar in this text (recorded).
        var shown = path.startsWith("$$") ? path.substring(1) : path;
        throw new ExpressionFailure(
                ExpressionFailure.RUNTIME, "Reference path \"" + shown + "\" must point to array.");
    }

    private static int concurrency(MapState state, View view, Payload input) {
        long limit =
                switch (state.maxConcurrency()) {
                    case ConcurrencyLimit.Fixed(var iterations) -> iterations;
                    case ConcurrencyLimit.Path(var path) ->
                            limit(view.require(path, input), path.source());
                    case ConcurrencyLimit.Evaluated(var expression) ->
                            view.expressions().whole(expression, 0);
                };
        return limit == 0
                ? Limits.INLINE_MAP_CONCURRENCY
                : (int) Math.min(limit, Integer.MAX_VALUE);
    }

    private static long limit(Json value, String path) {
        var shown = value instanceof JsonString(var text) ? text : value.text();
        var limit = wholeNumber(value, shown);
        if (limit.isEmpty()) {
            throw new ExpressionFailure(
                    ExpressionFailure.RUNTIME,
                    "The MaxConcurrencyPath field refers to value \""
                            + shown
                            + "\" which is not a valid integer: "
                            + path);
        }
        if (limit.getAsLong() < 0) {
            // On AWS such an execution hung after its start (recorded); it must end here.
            throw new ExpressionFailure(
                    ExpressionFailure.RUNTIME, "MaxConcurrency cannot be negative.");
        }
        return limit.getAsLong();
    }

    /** AWS takes a string that holds a number too (recorded). */
    private static OptionalLong wholeNumber(Json value, String text) {
        if (!(value instanceof JsonNumber) && !(value instanceof JsonString)) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Integer.parseInt(text));
        } catch (NumberFormatException noInteger) {
            return OptionalLong.empty();
        }
    }

    // The end of a child

    /** A branch or iteration has its output: its parent may start another one, or join them all. */
    Handover finished(Turn turn, Line child, Payload output) {
        turn.park(child, new Finished(output));
        var parent = turn.scope(child.parent().orElseThrow());
        var forked = forked(parent);
        var line = new Line(parent, forked.visit());
        var fork = with(forked.fork(), forked.fork().started(), forked.fork().finished() + 1);
        long last = child.lastEventId();
        boolean isMap = fork.items().isPresent();
        if (isMap) {
            var details = new EventDetails.MapIteration(forked.visit().state(), child.index());
            long succeeded = turn.note(last, EventType.MAP_ITERATION_SUCCEEDED, details);
            if (fork.finished() == fork.total()) {
                line.follow(succeeded);
                return new Handover(line, new Move.Join(fork));
            }
        } else if (fork.finished() == fork.total()) {
            line.follow(last);
            return new Handover(line, new Move.Join(fork));
        }
        var now = new Forked(forked.visit(), fork);
        if (isMap && fork.started() < fork.total()) {
            turn.put(line.parked(now));
            return new Handover(line, new Move.Refill(last));
        }
        return new Handover(line, new Move.Await(now));
    }

    /** Takes the outputs of all children, in order, and lets the children go. */
    Payload join(Turn turn, Fork fork) {
        var outputs = new ArrayList<Json>(fork.total());
        for (int id = fork.firstChild(); id < fork.firstChild() + fork.total(); id++) {
            if (turn.scope(id).phase() instanceof Finished(var output)) {
                outputs.add(output.json());
            } else {
                throw new IllegalStateException("scope " + id + " has no output to join");
            }
            turn.remove(id);
        }
        return Payload.of(JsonArray.of(outputs));
    }

    /** A child failed for good: its siblings are cut off, and the failure is its parent's. */
    Line failed(Turn turn, Line child) {
        var parent = turn.scope(child.parent().orElseThrow());
        var forked = forked(parent);
        cutOff(turn, forked, OptionalInt.of(child.index()), child.lastEventId());
        var line = new Line(parent, forked.visit());
        line.follow(child.lastEventId());
        return line;
    }

    /** Ends all children; whatever they had open is noted as aborted, pointing to one event. */
    void cutOff(Turn turn, Forked forked, OptionalInt failing, long failingEventId) {
        var fork = forked.fork();
        for (int index = 0; index < fork.started(); index++) {
            var found = turn.find(fork.firstChild() + index);
            if (found.isEmpty()) {
                continue; // Joined or cut off before.
            }
            var scope = found.get();
            boolean failed = failing.isPresent() && failing.getAsInt() == index;
            if (fork.items().isPresent() && !(scope.phase() instanceof Finished)) {
                turn.note(
                        failingEventId,
                        failed ? EventType.MAP_ITERATION_FAILED : EventType.MAP_ITERATION_ABORTED,
                        new EventDetails.MapIteration(forked.visit().state(), index));
            }
            abort(turn, scope, failed, failingEventId);
        }
    }

    private void abort(Turn turn, Scope scope, boolean failed, long failingEventId) {
        switch (scope.phase()) {
            case Scope.Working(var visit, _) -> note(turn, visit, failingEventId);
            case Scope.Waiting(var visit, _, _) -> note(turn, visit, failingEventId);
            case BackingOff(var visit, _, _) -> {
                // A Parallel or Map that failed has its own Failed event already.
                if (!failed || machine.state(visit.state()) instanceof TaskState) {
                    note(turn, visit, failingEventId);
                }
            }
            case Forked forked -> {
                cutOff(turn, forked, OptionalInt.empty(), failingEventId);
                if (!failed) {
                    note(turn, forked.visit(), failingEventId);
                }
            }
            case Ready _, Finished _ -> {}
        }
        Abandoned.scope(turn, machine, scope);
        turn.remove(scope.id());
    }

    private void note(Turn turn, Scope.Visit visit, long failingEventId) {
        State state = machine.state(visit.state());
        if (StateEvents.hasAborted(state)) {
            turn.note(failingEventId, StateEvents.aborted(state), NONE);
        }
    }

    private static Fork fork(Turn turn, Line line) {
        return forked(turn.scope(line.id())).fork();
    }

    private static Forked forked(Scope scope) {
        if (scope.phase() instanceof Forked forked) {
            return forked;
        }
        throw new IllegalStateException("scope " + scope.id() + " has no children");
    }

    private static Fork with(Fork fork, int started, int finished) {
        return new Fork(
                fork.firstChild(),
                fork.total(),
                started,
                finished,
                fork.concurrency(),
                fork.items());
    }
}
