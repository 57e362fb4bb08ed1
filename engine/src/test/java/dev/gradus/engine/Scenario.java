package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.ParseResult;
import dev.gradus.asl.Parser;
import dev.gradus.asl.StateMachine;
import dev.gradus.asl.TaskResource;
import dev.gradus.engine.Command.Answerer;
import dev.gradus.engine.ExecutionState.Closed;
import dev.gradus.engine.ExecutionState.Running;
import dev.gradus.expressions.Payload;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One execution with an outside that a test plays: given a definition, when commands come, then
 * history, effects and state.
 *
 * <p>Every command is checked against the laws: the same decision twice, nothing when an answer is
 * repeated, all invariants afterwards, and each event points to one that it may point to.
 */
final class Scenario {
    static final long START = 1_767_225_600_000L; // 2026-01-01T00:00:00Z
    static final String MISSING_ACTIVITY = "arn:aws:states:eu-west-1:111111111111:activity:missing";

    private static final Surroundings SURROUNDINGS =
            new Surroundings() {
                @Override
                public boolean activityExists(String activityArn) {
                    return !activityArn.equals(MISSING_ACTIVITY);
                }

                @Override
                public String taskToken(EffectId effect, Scope.Nonce nonce) {
                    return "token:"
                            + effect.scope()
                            + ":"
                            + effect.number()
                            + ":"
                            + HexFormat.of().formatHex(nonce.bytes());
                }
            };

    private final Interpreter interpreter;
    private Execution execution;
    private final List<HistoryEvent> history = new ArrayList<>();
    private final Map<EffectId, Effect> calls = new LinkedHashMap<>();
    private final Set<Timer> timers = new LinkedHashSet<>();
    private final List<Effect> lastEffects = new ArrayList<>();
    private ExecutionState state = new ExecutionState.New();
    private long now = START;
    private long seed = 42;
    private int reported;
    private int owedTurns;

    private Scenario(StateMachine machine, String input) {
        var payload = Payload.ofText(input);
        interpreter = new Interpreter(machine, SURROUNDINGS);
        execution =
                new Execution(
                        "arn:aws:states:eu-west-1:111111111111:execution:m:e",
                        "e",
                        "arn:aws:states:eu-west-1:111111111111:stateMachine:m",
                        "m",
                        Optional.empty(),
                        Optional.empty(),
                        "arn:aws:iam::111111111111:role/r",
                        "eu-west-1",
                        START,
                        payload,
                        payload,
                        Execution.Kind.STANDARD,
                        Execution.Redrives.NONE);
    }

    /** Defines a machine, not yet started. */
    static Scenario of(String definition, String input) {
        return new Scenario(machine(definition), input);
    }

    /** Defines a machine and starts an execution with {@code {}}. */
    static Scenario started(String definition) {
        return started(definition, "{}");
    }

    /** Defines a machine and starts an execution. */
    static Scenario started(String definition, String input) {
        return of(definition, input).start();
    }

    static StateMachine machine(String definition) {
        return switch (Parser.parse(definition)) {
            case ParseResult.Parsed(var machine) -> machine;
            case ParseResult.Refused(var diagnostics) ->
                    throw new AssertionError("refused: " + diagnostics);
        };
    }

    // When

    Scenario start() {
        return step(new Command.StartExecution(now, seed));
    }

    Scenario goOn() {
        return step(new Command.Continue(now, seed));
    }

    /** Answers the oldest call that is open. */
    Scenario succeed(String output) {
        return succeed(call(), output);
    }

    Scenario succeed(EffectId effect, String output) {
        return step(
                new Command.TaskSucceeded(
                        now, seed, effect, Answerer.INTEGRATION, Payload.ofText(output)));
    }

    Scenario fail(String error, String cause) {
        return fail(call(), error, cause);
    }

    Scenario fail(EffectId effect, String error, String cause) {
        return step(
                new Command.TaskFailed(
                        now, seed, effect, Answerer.INTEGRATION, Failure.of(error, cause)));
    }

    Scenario submit(String response) {
        return step(new Command.TaskSubmitted(now, seed, call(), Payload.ofText(response)));
    }

    Scenario succeedByToken(EffectId effect, String output) {
        return step(
                new Command.TaskSucceeded(
                        now, seed, effect, Answerer.TOKEN, Payload.ofText(output)));
    }

    Scenario failByToken(EffectId effect, Failure failure) {
        return step(new Command.TaskFailed(now, seed, effect, Answerer.TOKEN, failure));
    }

    Scenario take(String worker) {
        return step(new Command.ActivityStarted(now, seed, call(), Optional.of(worker)));
    }

    Scenario heartbeat(EffectId effect) {
        return step(new Command.Heartbeat(now, seed, effect));
    }

    Scenario stop(Failure reason) {
        return step(new Command.StopExecution(now, seed, reason));
    }

    /** Has an execution that ended without success go on. */
    Scenario redrive() {
        execution = execution.redriven(now);
        return step(new Command.RedriveExecution(now, seed));
    }

    /** Lets time pass; timers that come due at one instant fire together. */
    Scenario advance(long seconds) {
        return advanceMillis(seconds * 1_000);
    }

    Scenario advanceMillis(long millis) {
        long end = now + millis;
        for (var next = nextDue(end); next.isPresent(); next = nextDue(end)) {
            now = Math.max(now, next.get());
            var due = timers.stream().filter(timer -> timer.dueMillis() <= now).toList();
            due.forEach(timers::remove);
            step(new Command.TimersFired(now, seed, due));
        }
        now = end;
        return this;
    }

    /** Lets time pass without any timer firing: the outside is late. */
    Scenario sleep(long seconds) {
        now += seconds * 1_000;
        return this;
    }

    Scenario fire(Timer timer) {
        timers.remove(timer);
        return step(new Command.TimersFired(now, seed, List.of(timer)));
    }

    Scenario seed(long next) {
        seed = next;
        return this;
    }

    /** Gives the execution turns until it owes none. */
    Scenario drain() {
        while (owedTurns > 0) {
            goOn();
        }
        return this;
    }

    Scenario step(Command command) {
        var before = state;
        var decision = interpreter.step(execution, before, command);
        assertThat(interpreter.step(execution, before, command))
                .as("deterministic")
                .isEqualTo(decision);
        if (decision.isNothing()) {
            assertThat(decision.state()).isSameAs(before);
        }
        apply(decision);
        owedTurns += command instanceof Command.Continue ? -1 : 0;
        assertThat(Invariants.check(execution, state, history)).as("invariants").isEmpty();
        if (!(command instanceof Command.Continue)
                && !(command instanceof Command.RedriveExecution)) {
            assertThat(interpreter.step(execution, state, command).isNothing())
                    .as("idempotent: %s", command)
                    .isTrue();
        }
        return this;
    }

    private void apply(Decision decision) {
        state = decision.state();
        int known = history.size();
        history.addAll(decision.history());
        assertThat(EventChains.check(history, known)).as("shape of the history").isEmpty();
        lastEffects.clear();
        lastEffects.addAll(decision.effects());
        for (var effect : decision.effects()) {
            switch (effect) {
                case Effect.InvokeTask call -> calls.put(call.id(), call);
                case Effect.ScheduleActivity task -> calls.put(task.id(), task);
                case Effect.CancelTask cancelled -> calls.remove(cancelled.id());
                case Effect.StartTimer(var timer) -> timers.add(timer);
                case Effect.CancelTimer(var timer) -> timers.remove(timer);
                case Effect.Continue _ -> owedTurns++;
            }
        }
        calls.keySet().removeIf(id -> !isOpen(id));
        assertThat(timers).as("timers that nobody waits for").allMatch(this::isExpected);
    }

    private boolean isOpen(EffectId id) {
        return state instanceof Running running
                && running.scopes()
                        .find(id.scope())
                        .filter(scope ->
                                scope.phase() instanceof Scope.Working(_, var attempt)
                                        && attempt.effect() == id.number())
                        .isPresent();
    }

    private boolean isExpected(Timer timer) {
        if (timer.kind() == Timer.Kind.DEADLINE) {
            return state instanceof Running;
        }
        return state instanceof Running running
                && running.scopes()
                        .find(timer.effect().scope())
                        .filter(scope -> Timers.isExpected(timer, scope.phase()))
                        .isPresent();
    }

    private Optional<Long> nextDue(long end) {
        return timers.stream().map(Timer::dueMillis).filter(due -> due <= end).min(Long::compare);
    }

    // Then

    /** Returns the oldest call or activity task that is open. */
    EffectId call() {
        return calls.keySet().iterator().next();
    }

    EffectId call(int position) {
        return List.copyOf(calls.keySet()).get(position);
    }

    List<EffectId> calls() {
        return List.copyOf(calls.keySet());
    }

    Effect.InvokeTask invocation() {
        return (Effect.InvokeTask) calls.values().iterator().next();
    }

    Set<Timer> timers() {
        return timers;
    }

    List<Effect> lastEffects() {
        return lastEffects;
    }

    List<TaskResource> cancelled() {
        var cancelled = new ArrayList<TaskResource>();
        for (var effect : lastEffects) {
            if (effect instanceof Effect.CancelTask(_, var resource)) {
                cancelled.add(resource);
            }
        }
        return cancelled;
    }

    List<HistoryEvent> history() {
        return history;
    }

    ExecutionState state() {
        return state;
    }

    Closed closed() {
        return (Closed) state;
    }

    Running running() {
        return (Running) state;
    }

    int openScopes() {
        return state instanceof Running running ? running.scopes().size() : 0;
    }

    int owedTurns() {
        return owedTurns;
    }

    long now() {
        return now;
    }

    /**
     * Compares the events since the last call of this method, written {@code id<-previous Type}.
     */
    Scenario records(String... expected) {
        var news =
                history.subList(reported, history.size()).stream().map(Scenario::compact).toList();
        reported = history.size();
        assertThat(news).containsExactly(expected);
        return this;
    }

    Scenario skip() {
        reported = history.size();
        return this;
    }

    EventDetails details(int eventId) {
        return history.get(eventId - 1).details();
    }

    /** Returns the output of the last StateExited or of the execution. */
    String output() {
        return closed().output().orElseThrow().text();
    }

    private static String compact(HistoryEvent event) {
        var text = event.id() + "<-" + event.previousEventId() + " " + event.type().text();
        return switch (event.details()) {
            case EventDetails.StateEntered(var name, _) -> text + " " + name;
            case EventDetails.MapIteration(_, var index) -> text + " " + index;
            case EventDetails.MapStateStarted(var length) -> text + " " + length;
            default -> text;
        };
    }
}
