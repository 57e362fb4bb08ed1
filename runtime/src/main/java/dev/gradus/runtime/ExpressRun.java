package dev.gradus.runtime;

import dev.gradus.asl.StateMachine;
import dev.gradus.engine.Command;
import dev.gradus.engine.Command.Answerer;
import dev.gradus.engine.Decision;
import dev.gradus.engine.Effect;
import dev.gradus.engine.EffectId;
import dev.gradus.engine.Execution;
import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.Interpreter;
import dev.gradus.engine.Scope;
import dev.gradus.engine.Surroundings;
import dev.gradus.engine.Timer;
import dev.gradus.runtime.StateMachineView.Logging;
import dev.gradus.runtime.spi.TaskCall;
import dev.gradus.runtime.spi.TaskOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Express execution in memory: the same interpreter as for Standard, its effects carried out at
 * once.
 *
 * <p>Who may touch what: {@link #deliver} and {@link #end} any thread; everything else belongs to
 * the turn, of which one runs at a time on {@link Platform#shards}. Its time is the monotonic clock
 * from its start on, so that no jump of the wall ends it.
 */
final class ExpressRun {
    private static final Logger LOG = LoggerFactory.getLogger(ExpressRun.class);

    /** No shard has this number: it marks calls of Express executions. */
    private static final int NO_SHARD = -1;

    private static final long NANOS_A_MILLI = 1_000_000;

    private final Platform platform;
    private final Dispatcher dispatcher;
    private final long number;
    private final Feeds feeds;
    private final ExecutionMetrics metrics;
    private final OpenTasks tasks = new OpenTasks();
    private final Execution facts;
    private final Logging logging;
    private final Optional<TraceBuilder> trace;
    private final Interpreter interpreter;
    private final Listener listener;
    private final long startedNanos;
    private final Map<Timer, Platform.Cancellable> timers = new HashMap<>();
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>(); // guarded by itself
    private boolean over;
    private ExecutionState state = new ExecutionState.New();
    private final ScopesWeight weight = new ScopesWeight(state);
    private long peakBytes;

    /**
     * What is run.
     *
     * @param logging where its events go: they are kept nowhere else
     * @param trace what they are shown to, if it is traced
     */
    record Plan(
            Execution facts,
            StateMachine definition,
            Logging logging,
            Optional<TraceBuilder> trace) {}

    /** Exactly one of the methods is called, once, on a turn. */
    interface Listener {
        /** It ran to its end. */
        void closed(ExecutionState.Closed end, long peakBytes);

        /** It will not: this process stops, or our own code failed. */
        void lost(ApiException why);
    }

    /** A command, but for the time and the seed that it gets in its turn. */
    private interface Pending {
        Command at(long millis, long seed);
    }

    ExpressRun(ExpressRuns owner, long number, Plan plan, Listener listener) {
        this.platform = owner.platform();
        this.dispatcher = owner.dispatcher();
        this.number = number;
        this.feeds = owner.feeds();
        this.metrics = owner.metrics();
        this.facts = plan.facts();
        this.logging = plan.logging();
        this.trace = plan.trace();
        this.listener = listener;
        this.interpreter = new Interpreter(plan.definition(), new NothingAround());
        this.startedNanos = platform.monotonicNanos();
    }

    void start() {
        deliver(Command.StartExecution::new);
    }

    /** Gives it up: nothing of it happens any more. */
    void end(ApiException why) {
        enqueue(() -> lose(why));
    }

    private void deliver(Pending command) {
        enqueue(() -> handle(command.at(nowMillis(), platform.randomLong())));
    }

    private void enqueue(Runnable step) {
        synchronized (queue) {
            queue.addLast(step);
            if (queue.size() > 1) {
                return; // The turn that works on the first one goes on.
            }
        }
        platform.shards().execute(this::turn);
    }

    /** Takes one step; others have their turn before the next. */
    private void turn() {
        Runnable next;
        synchronized (queue) {
            next = queue.getFirst();
        }
        if (!over) {
            next.run();
        }
        boolean more;
        synchronized (queue) {
            queue.removeFirst();
            more = !queue.isEmpty();
        }
        if (more) {
            platform.shards().execute(this::turn);
        }
    }

    private void handle(Command command) {
        Decision decision;
        try {
            decision = interpreter.step(facts, state, command);
        } catch (RuntimeException | StackOverflowError bug) {
            LOG.error(
                    "our bug in an Express execution, which is given up execution={} command={}",
                    facts.arn(),
                    command.getClass().getSimpleName(),
                    bug);
            lose(ErrorShape.InternalServerError.because("The execution could not go on."));
            return;
        }
        weight.follow(state, decision);
        peakBytes = Math.max(peakBytes, weight.bytes());
        // All its tasks are in memory: it keeps no history.
        metrics.decided(facts, state, decision, tasks, _ -> Optional.empty());
        state = decision.state();
        feeds.expressDid(logging, facts.arn(), decision.history());
        trace.ifPresent(builder -> builder.add(decision.history()));
        carryOut(decision.effects());
        if (state instanceof ExecutionState.Closed closed) {
            over = true;
            giveUp();
            traced(closed);
            listener.closed(closed, peakBytes);
        }
    }

    private void traced(ExecutionState.Closed closed) {
        var end = new TraceBuilder.End(closed.status(), closed.stoppedAtMillis(), closed.failure());
        trace.ifPresent(builder -> feeds.expressEnded(builder.finish(end)));
    }

    private void lose(ApiException why) {
        over = true;
        giveUp();
        listener.lost(why);
    }

    private void giveUp() {
        timers.values().forEach(Platform.Cancellable::cancel);
        timers.clear();
        if (state instanceof ExecutionState.Running running) {
            running.scopes()
                    .forEach(scope -> {
                        if (scope.phase() instanceof Scope.Working working) {
                            dispatcher.cancel(
                                    key(new EffectId(scope.id(), working.attempt().effect())));
                        }
                    });
        }
    }

    private long nowMillis() {
        return facts.startedAtMillis() + (platform.monotonicNanos() - startedNanos) / NANOS_A_MILLI;
    }

    // Effects

    private void carryOut(List<Effect> effects) {
        boolean closed = state instanceof ExecutionState.Closed;
        for (var effect : effects) {
            switch (effect) {
                case Effect.InvokeTask call -> call(call);
                case Effect.CancelTask cancel -> dispatcher.cancel(key(cancel.id()));
                case Effect.StartTimer(var timer) when !closed -> schedule(timer);
                case Effect.StartTimer _ -> {} // What ends in the same decision waits for nothing.
                case Effect.CancelTimer(var timer) ->
                        Optional.ofNullable(timers.remove(timer))
                                .ifPresent(Platform.Cancellable::cancel);
                case Effect.Continue _ -> deliver(Command.Continue::new);
                case Effect.ScheduleActivity task ->
                        throw new IllegalStateException(
                                "an Express machine with an activity is refused: "
                                        + task.activityArn());
            }
        }
    }

    private void schedule(Timer timer) {
        var delay = Duration.ofMillis(Math.max(0, timer.dueMillis() - nowMillis()));
        timers.put(timer, platform.runLater(delay, () -> deliver(fired(timer))));
    }

    private Pending fired(Timer timer) {
        return (millis, seed) -> {
            timers.remove(timer);
            return new Command.TimersFired(millis, seed, List.of(timer));
        };
    }

    private void call(Effect.InvokeTask effect) {
        var call =
                new TaskCall(
                        effect.resource(),
                        effect.payload(),
                        facts.arn(),
                        facts.stateMachineArn(),
                        effect.roleArn(),
                        facts.region(),
                        new UUID(number, effect.id().number()).toString(),
                        effect.deadlineMillis());
        var caller =
                new Dispatcher.Caller() {
                    @Override
                    public void answered(TaskOutcome outcome) {
                        deliver(ExpressRun.answer(effect.id(), outcome));
                    }

                    @Override
                    public void notSent() {
                        end(ExpressRuns.stopping());
                    }
                };
        if (!dispatcher.dispatch(key(effect.id()), call, caller)) {
            end(ExpressRuns.stopping());
        }
    }

    private static Pending answer(EffectId effect, TaskOutcome outcome) {
        return (at, seed) ->
                switch (outcome) {
                    case TaskOutcome.Succeeded(var output) ->
                            new Command.TaskSucceeded(
                                    at, seed, effect, Answerer.INTEGRATION, output);
                    case TaskOutcome.Failed(var failure) ->
                            new Command.TaskFailed(at, seed, effect, Answerer.INTEGRATION, failure);
                    case TaskOutcome.Submitted(var response) ->
                            new Command.TaskSubmitted(at, seed, effect, response);
                };
    }

    private Dispatcher.Key key(EffectId effect) {
        return new Dispatcher.Key(NO_SHARD, number, effect);
    }

    /** Express machines have neither activities nor callbacks (AWS refuses them at creation). */
    private static final class NothingAround implements Surroundings {
        @Override
        public boolean activityExists(String activityArn) {
            return false;
        }

        @Override
        public String taskToken(EffectId effect, Scope.Nonce nonce) {
            throw new IllegalStateException("an Express machine with a callback is refused");
        }
    }
}
