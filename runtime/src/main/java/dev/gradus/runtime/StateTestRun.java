package dev.gradus.runtime;

import dev.gradus.engine.Command;
import dev.gradus.engine.Command.Answerer;
import dev.gradus.engine.Effect;
import dev.gradus.engine.EffectId;
import dev.gradus.engine.Execution;
import dev.gradus.engine.Limits;
import dev.gradus.engine.Scope;
import dev.gradus.engine.StateTest;
import dev.gradus.engine.StateTestSetup;
import dev.gradus.engine.Surroundings;
import dev.gradus.engine.Timer;
import dev.gradus.expressions.Randomness;
import dev.gradus.runtime.spi.HttpExchange;
import dev.gradus.runtime.spi.TaskCall;
import dev.gradus.runtime.spi.TaskOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One test of a state under way. Nothing of it is stored, and it holds no shard.
 *
 * <p>Its steps come one at a time, on whatever thread brings the next answer or timer; everything
 * is guarded by this object.
 */
final class StateTestRun implements Dispatcher.Caller, HttpExchange.Watcher {
    /** Where its calls are counted: beside all shards. */
    static final int NO_SHARD = -1;

    private final Platform platform;
    private final Dispatcher dispatcher;
    private final StateTestRequest request;
    private final Execution execution;
    private final StateTest test;
    private final long number;
    private final CompletableFuture<StateTestView> reply;
    private final List<Platform.Cancellable> timers = new ArrayList<>();
    private Optional<HttpExchange> exchange = Optional.empty();
    private Optional<Dispatcher.Key> call = Optional.empty();
    private long lastMillis;

    /** What every run needs of its node. */
    record Node(Platform platform, Dispatcher dispatcher, long number) {}

    StateTestRun(
            Node node,
            StateTestRequest request,
            TestedState tested,
            CompletableFuture<StateTestView> reply) {
        this.platform = node.platform();
        this.dispatcher = node.dispatcher();
        this.number = node.number();
        this.request = request;
        this.reply = reply;
        this.lastMillis = platform.wallMillis();
        this.execution = execution(request, tested);
        this.test =
                new StateTest(
                        new StateTestSetup(
                                tested.machine(),
                                tested.state(),
                                execution,
                                tested.variables(),
                                tested.context(),
                                tested.mock(),
                                tested.past()),
                        surroundings());
    }

    /** What AWS shows of a test: an express execution of a machine that there is not (recorded). */
    private Execution execution(StateTestRequest asked, TestedState tested) {
        var random = new Randomness(platform.randomLong());
        var name = random.uuid();
        var machine = new Arn.StateMachine(asked.place(), random.uuid());
        return new Execution(
                asked.place().prefix() + "express:" + machine.name() + ":" + name,
                name,
                machine.text(),
                machine.name(),
                Optional.empty(),
                Optional.empty(),
                asked.roleArn().orElse(""),
                asked.place().region(),
                lastMillis,
                tested.input(),
                tested.input(),
                Execution.Kind.STANDARD,
                Execution.Redrives.NONE);
    }

    /** A mock stands in for an activity that there is not; nobody can answer the token. */
    private Surroundings surroundings() {
        var token = new Randomness(platform.randomLong()).uuid();
        return new Surroundings() {
            @Override
            public boolean activityExists(String activityArn) {
                return true;
            }

            @Override
            public String taskToken(EffectId effect, Scope.Nonce nonce) {
                return token;
            }
        };
    }

    synchronized void begin() {
        follow(test.begin(lastMillis, platform.randomLong()));
    }

    private void follow(StateTest.Step step) {
        switch (step) {
            case StateTest.Step.Ended(var result) -> {
                release();
                reply.complete(new StateTestView(result, request.data().input(), exchange));
            }
            case StateTest.Step.Refused(var why) ->
                    fail(ErrorShape.ValidationException.because(why));
            case StateTest.Step.Call(var invoke, var due) -> {
                due.forEach(timer -> after(timer.dueMillis(), () -> fired(timer)));
                var limit = execution.startedAtMillis() + Limits.STATE_TEST_SECONDS * 1_000;
                after(limit, () -> tooLong(limit));
                send(invoke);
            }
        }
    }

    private void send(Effect.InvokeTask invoke) {
        var key = new Dispatcher.Key(NO_SHARD, number, invoke.id());
        call = Optional.of(key);
        var taskCall =
                new TaskCall(
                        invoke.resource(),
                        invoke.payload(),
                        execution.arn(),
                        execution.stateMachineArn(),
                        invoke.roleArn(),
                        execution.region(),
                        new Randomness(platform.randomLong()).uuid(),
                        invoke.deadlineMillis());
        if (!dispatcher.dispatch(key, taskCall, this)) {
            notSent();
        }
    }

    /** Timers come on a thread that must not be held: the step is made on another. */
    private void after(long dueMillis, Runnable step) {
        var delay = Duration.ofMillis(Math.max(0, dueMillis - platform.wallMillis()));
        timers.add(platform.runLater(delay, () -> platform.calls().execute(step)));
    }

    // What happens to it

    @Override
    public synchronized void answered(TaskOutcome outcome) {
        call.ifPresent(key -> {
            call = Optional.empty(); // The dispatcher knows it no more.
            var effect = key.effect();
            long at = now();
            long seed = platform.randomLong();
            switch (outcome) {
                case TaskOutcome.Succeeded(var output) ->
                        advance(
                                new Command.TaskSucceeded(
                                        at, seed, effect, Answerer.INTEGRATION, output));
                case TaskOutcome.Failed(var failure) ->
                        advance(
                                new Command.TaskFailed(
                                        at, seed, effect, Answerer.INTEGRATION, failure));
                case TaskOutcome.Submitted _ ->
                        fail(
                                new IllegalStateException(
                                        "a request-response call was answered with Submitted"));
            }
        });
    }

    @Override
    public synchronized void notSent() {
        fail(
                ErrorShape.ServiceUnavailable.because(
                        "The server is going down; the state was not tested."));
    }

    private synchronized void fired(Timer timer) {
        long at = Math.max(now(), timer.dueMillis());
        advance(new Command.TimersFired(at, platform.randomLong(), List.of(timer)));
    }

    private synchronized void tooLong(long limitMillis) {
        long at = Math.max(now(), limitMillis);
        advance(new Command.Continue(at, platform.randomLong()));
    }

    private void advance(Command command) {
        if (reply.isDone()) {
            return;
        }
        try {
            follow(test.apply(command));
        } catch (RuntimeException | AssertionError | StackOverflowError bug) {
            fail(bug);
        }
    }

    private long now() {
        lastMillis = Math.max(lastMillis, platform.wallMillis());
        return lastMillis;
    }

    private void fail(Throwable why) {
        release();
        reply.completeExceptionally(why);
    }

    private void release() {
        timers.forEach(Platform.Cancellable::cancel);
        timers.clear();
        call.ifPresent(dispatcher::cancel);
        call = Optional.empty();
    }

    // What it sees of HTTP

    @Override
    public Optional<HttpExchange.Watcher> watcher() {
        return Optional.of(this);
    }

    @Override
    public boolean mayRevealSecrets() {
        return request.revealSecrets();
    }

    @Override
    public synchronized void exchanged(HttpExchange seen) {
        exchange = Optional.of(seen);
    }
}
