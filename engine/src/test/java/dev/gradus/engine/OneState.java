package dev.gradus.engine;

import static java.util.Objects.requireNonNull;

import dev.gradus.asl.LoneState;
import dev.gradus.asl.ParseResult;
import dev.gradus.asl.StateMachine;
import dev.gradus.engine.StateTestSetup.Past;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.Payload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One state that a test tests, with what it is tested with. */
final class OneState {
    private static final long SEED = 7;
    private static final Surroundings SURROUNDINGS =
            new Surroundings() {
                @Override
                public boolean activityExists(String activityArn) {
                    return true;
                }

                @Override
                public String taskToken(EffectId effect, Scope.Nonce nonce) {
                    return "token";
                }
            };

    private final StateMachine machine;
    private final Payload input;
    private Variables variables = Variables.NONE;
    private Optional<Json> context = Optional.empty();
    private Optional<StateMock> mock = Optional.empty();
    private Past past = Past.NOTHING;
    private @Nullable StateTest test;

    private OneState(StateMachine machine, Payload input) {
        this.machine = machine;
        this.input = input;
    }

    static OneState of(String state, String input) {
        return switch (LoneState.alone(state)) {
            case ParseResult.Parsed(var machine) -> new OneState(machine, raw(input));
            case ParseResult.Refused(var diagnostics) -> throw new AssertionError(diagnostics);
        };
    }

    /** The text as the caller wrote it. */
    private static Payload raw(String text) {
        return Payload.ofCompactUtf8(text.getBytes(StandardCharsets.UTF_8));
    }

    OneState variables(String object) {
        variables = Variables.NONE.with(Payload.ofText(object));
        return this;
    }

    OneState context(String json) {
        context = Optional.of(Json.parse(json));
        return this;
    }

    OneState mock(String result) {
        mock = Optional.of(new StateMock.Result(raw(result)));
        return this;
    }

    OneState mockError(String error, String cause) {
        mock = Optional.of(new StateMock.Fails(Failure.of(error, cause)));
        return this;
    }

    OneState retries(int count) {
        past = new Past(count, past.failedIterations(), past.itemReaderData());
        return this;
    }

    OneState failedIterations(int count) {
        past = new Past(past.retries(), count, past.itemReaderData());
        return this;
    }

    OneState reads(String data) {
        past = new Past(past.retries(), past.failedIterations(), Optional.of(data));
        return this;
    }

    StateTest.Step step() {
        var execution =
                new Execution(
                        "arn:e",
                        "e",
                        "arn:m",
                        "m",
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        "us-east-1",
                        Scenario.START,
                        input,
                        input,
                        Execution.Kind.STANDARD,
                        Execution.Redrives.NONE);
        test =
                new StateTest(
                        new StateTestSetup(
                                machine,
                                machine.state(LoneState.NAME),
                                execution,
                                variables,
                                context,
                                mock,
                                past),
                        SURROUNDINGS);
        return test.begin(Scenario.START, SEED);
    }

    StateTestResult run() {
        return ended(step());
    }

    StateTest.Step.Call call() {
        if (step() instanceof StateTest.Step.Call call) {
            return call;
        }
        throw new AssertionError("no call is asked for");
    }

    StateTestResult answer(StateTest.Step.Call call, String output) {
        return apply(
                new Command.TaskSucceeded(
                        Scenario.START + 1,
                        SEED,
                        call.call().id(),
                        Command.Answerer.INTEGRATION,
                        Payload.ofText(output)));
    }

    StateTestResult fire(Timer timer) {
        return apply(new Command.TimersFired(timer.dueMillis(), SEED, List.of(timer)));
    }

    /** Lets time go by until so many seconds after the beginning. */
    StateTestResult at(long seconds) {
        return apply(new Command.Continue(Scenario.START + seconds * 1_000, SEED));
    }

    private StateTestResult apply(Command command) {
        return ended(requireNonNull(test).apply(command));
    }

    private static StateTestResult ended(StateTest.Step step) {
        if (step instanceof StateTest.Step.Ended(var result)) {
            return result;
        }
        throw new AssertionError("not over: " + step);
    }

    /** Returns the stages that a result shows, as {@code name=value}. */
    static List<String> stages(StateTestResult result) {
        return result.inspected().stages().entrySet().stream()
                .map(stage -> stage.getKey().text() + "=" + stage.getValue().text())
                .toList();
    }
}
