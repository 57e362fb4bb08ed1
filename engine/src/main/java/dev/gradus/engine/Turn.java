package dev.gradus.engine;

import dev.gradus.asl.ErrorName;
import dev.gradus.asl.StateMachine;
import dev.gradus.engine.ExecutionState.Closed;
import dev.gradus.engine.ExecutionState.Counters;
import dev.gradus.engine.ExecutionState.Running;
import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.engine.Scope.Phase;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.Payload;
import dev.gradus.expressions.Randomness;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Collects what one step does: its history events, effects, changed scopes and the work that waits.
 *
 * <p>Lives for one call of {@link Interpreter#step}. Once the turn is closed, recording and asking
 * for effects do nothing any more, so that whoever is under way may simply return.
 */
final class Turn {
    private static final int NONE = -1;
    private static final long MILLIS = 1_000;

    private final ExecutionQuotas quotas;
    private final Execution execution;
    private final Command command;
    private final StateMachine machine;
    private final Running before;
    private final Randomness randomness;
    private final List<HistoryEvent> history = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Integer> touched = new ArrayList<>();
    private final ArrayDeque<Work> queue = new ArrayDeque<>();

    private Scopes scopes;
    private long nextEventId;
    private long nextEffect;
    private int nextScope;
    private long newBytes;
    private int resumed = NONE;
    private boolean yielded;
    private long entriesLeft = Long.MAX_VALUE;
    private @Nullable Closed closed;
    private @Nullable Scopes failing;
    private @Nullable Inspection inspection;

    Turn(
            StateMachine machine,
            ExecutionQuotas quotas,
            Execution execution,
            Running before,
            Command command) {
        this.machine = machine;
        this.quotas = quotas;
        this.execution = execution;
        this.before = before;
        this.command = command;
        this.randomness = new Randomness(command.seed());
        this.scopes = before.scopes();
        this.nextEventId = before.counters().nextEventId();
        this.nextEffect = before.counters().nextEffect();
        this.nextScope = before.counters().nextScope();
    }

    /** Sets how many states this turn may enter. */
    void mayEnter(long states) {
        entriesLeft = states;
    }

    /** Counts a state that is entered. */
    void entered() {
        entriesLeft--;
    }

    /** Makes this the turn of a test of one state. */
    Turn inspectedBy(Inspection test) {
        inspection = test;
        return this;
    }

    /** Returns the test that this turn belongs to; a real execution has none. */
    Optional<Inspection> inspection() {
        return Optional.ofNullable(inspection);
    }

    /** Tells a test, if there is one, what a stage of the data flow made; returns that. */
    Payload reached(Stage stage, Payload value) {
        if (inspection != null) {
            inspection.reached(stage, value);
        }
        return value;
    }

    /** Returns the context object that expressions see: a test has one of its own. */
    Json seen(Json context) {
        return inspection == null ? context : inspection.context(context);
    }

    Execution execution() {
        return execution;
    }

    long atMillis() {
        return command.atMillis();
    }

    Randomness randomness() {
        return randomness;
    }

    /**
     * Returns when the execution has run for too long: by its machine, or by a quota, which counts
     * from its first start.
     */
    Optional<Timer> deadline() {
        long quota = isStandard() ? quotas.runSeconds() : Limits.EXPRESS_SECONDS;
        long due =
                Math.min(
                        after(execution.startedAtMillis(), quota),
                        after(
                                execution.clockedFromMillis(),
                                machine.timeoutSeconds().orElse(ExecutionQuotas.UNLIMITED)));
        return due == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(new Timer(EffectId.DEADLINE, Timer.Kind.DEADLINE, due));
    }

    private static long after(long fromMillis, long seconds) {
        return seconds == ExecutionQuotas.UNLIMITED
                ? Long.MAX_VALUE
                : fromMillis + seconds * MILLIS;
    }

    /**
     * Returns the same if a timer is to end it. One that would only end a run of a year costs each
     * execution a row, and nearly none needs it: the runtime looks for such runs instead.
     */
    Optional<Timer> deadlineTimer() {
        boolean timed = !isStandard() || machine.timeoutSeconds().isPresent() || quotas.runTimer();
        return timed ? deadline() : Optional.empty();
    }

    private boolean isStandard() {
        return execution.kind() == Execution.Kind.STANDARD;
    }

    // History

    /** Records the next event of a line. */
    void record(Line line, EventType type, EventDetails details) {
        line.follow(note(line.lastEventId(), type, details));
    }

    /** Returns the id of the last event of the execution. */
    long newestEventId() {
        return nextEventId - 1;
    }

    /** Records an event that points to a line but does not move it; returns its id. */
    long note(long previousEventId, EventType type, EventDetails details) {
        return append(previousEventId, atMillis(), type, details);
    }

    private long append(
            long previousEventId, long eventMillis, EventType type, EventDetails details) {
        if (closed != null) {
            return previousEventId;
        }
        long id = nextEventId++;
        if (id < quotas.historyEvents() || !isStandard()) {
            history.add(new HistoryEvent(id, previousEventId, eventMillis, type, details));
            return id;
        }
        // AWS: event 25,000 is always this one and points to event 24,999 (measured 2026).
        var failure =
                Failure.of(
                        ErrorName.RUNTIME.text(),
                        "The execution reached the maximum number of history events ("
                                + quotas.historyEvents()
                                + ").");
        history.add(
                new HistoryEvent(
                        id, id - 1, eventMillis, EventType.EXECUTION_FAILED, failed(failure)));
        close(Status.FAILED, Optional.empty(), failure, eventMillis);
        return id;
    }

    /** Counts bytes that this step made and the store will keep. */
    void made(Payload payload) {
        newBytes += payload.bytes();
    }

    // Effects

    void emit(Effect effect) {
        if (closed == null) {
            effects.add(effect);
        }
    }

    EffectId nextEffect(Line line) {
        return new EffectId(line.id(), nextEffect++);
    }

    // Scopes

    Optional<Scope> find(int scope) {
        return scopes.find(scope);
    }

    Scope scope(int scope) {
        return scopes.get(scope);
    }

    /** Tells that what a line waited for has come: nothing of its kept phase is open any more. */
    void resume(Line line) {
        resumed = line.id();
    }

    /** Ends the turn of a line: it waits in that phase. */
    void park(Line line, Phase phase) {
        resumed = NONE;
        put(line.parked(phase));
    }

    void put(Scope scope) {
        if (closed == null) {
            scopes = scopes.put(scope);
            touched.add(scope.id());
        }
    }

    void remove(int scope) {
        if (closed == null) {
            scopes = scopes.remove(scope);
            touched.add(scope);
        }
    }

    /** Reserves consecutive ids for the children of a fork and returns the first. */
    int reserveScopes(int count) {
        int first = nextScope;
        nextScope = Math.addExact(nextScope, count);
        return first;
    }

    /** Sets variables of a line, if they and all others of the execution are not too large. */
    void assign(Line line, Payload assigned) {
        var state = line.visit().state();
        made(Oversize.refuseAssigned(assigned, state));
        var variables = line.variables().with(assigned);
        long others =
                scopes.variableBytes()
                        - scopes.find(line.id()).map(kept -> kept.variables().bytes()).orElse(0L);
        Oversize.refuseVariables(others + variables.bytes(), state);
        line.variables(variables);
    }

    // Work

    void enqueue(Work work) {
        queue.add(work);
    }

    Optional<Work> nextWork() {
        return closed == null ? Optional.ofNullable(queue.poll()) : Optional.empty();
    }

    /** Tells whether this decision is long enough: others want their turn. */
    boolean isFull() {
        return history.size() >= Limits.DECISION_EVENTS
                || newBytes >= Limits.DECISION_BYTES
                || entriesLeft <= 0;
    }

    /** Leaves the rest to the next Continue. */
    void postpone() {
        yielded = true;
    }

    /**
     * Queues what an earlier decision postponed. The line that has recorded nothing for the longest
     * time goes first, so that none that loops keeps the others back.
     */
    void enqueuePostponed() {
        var postponed = new ArrayList<Scope>();
        scopes.forEach(scope -> {
            switch (scope.phase()) {
                case Scope.Ready _ -> postponed.add(scope);
                case Scope.Forked(_, var fork) when fork.hasRoom() -> postponed.add(scope);
                case Scope.BackingOff(_, var effect, _) when effect == Abandoned.NO_EFFECT ->
                        postponed.add(scope);
                case Scope.Forked _,
                        Scope.Waiting _,
                        Scope.Working _,
                        Scope.BackingOff _,
                        Scope.Finished _ -> {}
            }
        });
        postponed.sort(Comparator.comparingLong(Scope::lastEventId));
        for (var scope : postponed) {
            queue.add(
                    switch (scope.phase()) {
                        case Scope.Ready _ -> new Work.Run(scope.id());
                        case Scope.BackingOff _ -> new Work.Again(scope.id());
                        case Scope.Forked _, Scope.Waiting _, Scope.Working _, Scope.Finished _ ->
                                new Work.Refill(scope.id());
                    });
        }
    }

    // The end

    boolean isClosed() {
        return closed != null;
    }

    /** Ends the execution with the output of its last state. */
    void succeed(Line line, Payload output) {
        record(line, EventType.EXECUTION_SUCCEEDED, new EventDetails.Output(output));
        close(Status.SUCCEEDED, Optional.of(output), Failure.NONE, atMillis());
    }

    /**
     * Remembers the lines as they are now: should the failure that is being settled end the
     * execution, a redrive goes on from here. Nothing is copied.
     */
    void beginToFail() {
        failing = scopes;
    }

    /** Ends the execution with a failure that nothing handled. */
    void fail(Line line, Failure failure) {
        record(line, EventType.EXECUTION_FAILED, failed(failure));
        close(Status.FAILED, Optional.empty(), failure, atMillis());
    }

    /** Ends the execution with a failure past all Retry and Catch. */
    void crash(Line line, Failure failure) {
        park(line, new Scope.BackingOff(line.visit(), Abandoned.NO_EFFECT, atMillis()));
        beginToFail();
        fail(line, failure);
    }

    /** Ends the execution because a caller wants it. */
    void abort(Failure reason) {
        note(0, EventType.EXECUTION_ABORTED, failed(reason));
        close(Status.ABORTED, Optional.empty(), reason, atMillis());
    }

    /** Ends the execution at its deadline: that instant counts, however late this step is. */
    void timeOut(long deadlineMillis) {
        append(
                0,
                deadlineMillis,
                EventType.EXECUTION_TIMED_OUT,
                failed(Failure.of(ErrorName.TIMEOUT.text())));
        close(Status.TIMED_OUT, Optional.empty(), Failure.NONE, deadlineMillis);
    }

    private static EventDetails failed(Failure failure) {
        return new EventDetails.Failed(failure.error(), failure.cause());
    }

    /** Ends the execution: every open attempt and timer is given up, every scope goes. */
    private void close(
            Status status, Optional<Payload> output, Failure failure, long stoppedAtMillis) {
        if (closed != null) {
            return;
        }
        scopes.forEach(scope -> {
            if (scope.id() != resumed) {
                Abandoned.scope(this, machine, scope);
            }
        });
        deadlineTimer().ifPresent(timer -> emit(new Effect.CancelTimer(timer)));
        closed =
                new Closed(
                        counters(), status, output, failure, stoppedAtMillis, unfinished(status));
    }

    private Scopes unfinished(Status status) {
        boolean redrivable =
                isStandard()
                        && status != Status.SUCCEEDED
                        && newestEventId() < quotas.historyEvents() - 1; // AWS: fewer than 24,999
        return redrivable ? Redriving.reachable(failing == null ? scopes : failing) : Scopes.EMPTY;
    }

    Decision decision() {
        var changed = new TreeSet<Integer>();
        if (closed != null) {
            addChanges(before.scopes(), closed.unfinished(), changed);
            return new Decision(closed, List.copyOf(changed), history, effects);
        }
        for (int scope : touched) {
            if (before.scopes().find(scope).isPresent() || scopes.find(scope).isPresent()) {
                changed.add(scope);
            }
        }
        if (yielded) {
            effects.add(new Effect.Continue());
        }
        if (changed.isEmpty() && history.isEmpty() && effects.isEmpty()) {
            return Decision.nothing(before);
        }
        return new Decision(
                new Running(counters(), scopes), List.copyOf(changed), history, effects);
    }

    /**
     * Adds what differs between the lines before and those kept for a redrive. The root is among
     * them, whose row has the counters.
     */
    private static void addChanges(Scopes before, Scopes kept, Set<Integer> changed) {
        before.forEach(scope -> {
            if (!kept.find(scope.id()).equals(Optional.of(scope))) {
                changed.add(scope.id());
            }
        });
        kept.forEach(scope -> {
            if (before.find(scope.id()).isEmpty()) {
                changed.add(scope.id());
            }
        });
        if (kept.size() > 0) {
            changed.add(0);
        }
    }

    private Counters counters() {
        return new Counters(nextEventId, nextEffect, nextScope);
    }
}
