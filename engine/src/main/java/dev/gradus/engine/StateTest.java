package dev.gradus.engine;

import dev.gradus.asl.Catcher;
import dev.gradus.asl.DataFlow;
import dev.gradus.asl.ErrorName;
import dev.gradus.asl.Retrier;
import dev.gradus.asl.State;
import dev.gradus.asl.State.TaskState;
import dev.gradus.asl.StateMachine;
import dev.gradus.asl.TaskResource;
import dev.gradus.asl.TaskResource.Pattern;
import dev.gradus.asl.Transition;
import dev.gradus.engine.Command.Answerer;
import dev.gradus.engine.ExecutionState.Closed;
import dev.gradus.engine.ExecutionState.Counters;
import dev.gradus.engine.ExecutionState.New;
import dev.gradus.engine.ExecutionState.Running;
import dev.gradus.engine.Scope.Visit;
import dev.gradus.engine.StateTestResult.Inspected;
import dev.gradus.engine.StateTestResult.Remedy;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.Payload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Runs one state by itself, with the interpreter of real executions: the state is about to be tried
 * again in an execution that is nowhere else, and as soon as it is left the execution ends.
 *
 * <p>Nothing waits: a Wait is over at once, and so is a mocked task. Only a Task without a mock
 * asks for a call; its answer comes as a command like any other. Belongs to one thread at a time.
 */
public final class StateTest {
    private static final long ENTERED = 1; // id of an event that nobody sees
    private static final long FIRST_EFFECT = 1;
    private static final long MILLIS = 1_000;

    private final StateTestSetup setup;
    private final Inspection inspection;
    private final Interpreter interpreter;
    private ExecutionState state = new New();
    private List<Effect> effects = List.of();

    /** What a test does next. */
    public sealed interface Step {
        /**
         * A call is to be made; the test goes on with its answer, or with a timer.
         *
         * @param timers those of the attempt
         */
        record Call(Effect.InvokeTask call, List<Timer> timers) implements Step {
            public Call {
                timers = List.copyOf(timers);
            }
        }

        /** The test is over. */
        record Ended(StateTestResult result) implements Step {}

        /** What was asked contradicts itself: the caller's mistake, in AWS's words. */
        record Refused(String why) implements Step {}
    }

    /** Prepares a test. */
    public StateTest(StateTestSetup setup, Surroundings surroundings) {
        this.setup = setup;
        this.inspection = new Inspection(setup);
        this.interpreter = new Interpreter(bounded(setup), surroundings, inspection);
    }

    /** Nothing but a call takes time; AWS ends it after five minutes. */
    private static StateMachine bounded(StateTestSetup setup) {
        var machine = setup.machine();
        var limit =
                setup.state() instanceof TaskState
                        ? OptionalLong.of(Limits.STATE_TEST_SECONDS)
                        : OptionalLong.empty();
        return new StateMachine(
                machine.body(),
                limit,
                machine.queryLanguage(),
                machine.statesByName(),
                machine.variableReferences());
    }

    /**
     * Begins.
     *
     * @param atMillis when the state is entered, in milliseconds since the epoch
     * @param seed feeds all that looks random
     */
    public Step begin(long atMillis, long seed) {
        int retriers = Retries.handling(setup.state()).retriers().size();
        var visit =
                new Visit(
                        setup.state().name(),
                        ENTERED,
                        atMillis,
                        setup.execution().input(),
                        Collections.nCopies(retriers, setup.past().retries()));
        var retry = new Timer(new EffectId(0, FIRST_EFFECT), Timer.Kind.RETRY, atMillis);
        var backingOff = new Scope.BackingOff(visit, FIRST_EFFECT, atMillis);
        var root = new Scope(0, OptionalInt.empty(), 0, ENTERED, setup.variables(), backingOff);
        state =
                new Running(
                        new Counters(ENTERED + 1, FIRST_EFFECT + 1, 1), Scopes.of(List.of(root)));
        return apply(new Command.TimersFired(atMillis, seed, List.of(retry)));
    }

    /** Goes on with what happened to the call. */
    public Step apply(Command command) {
        advance(command);
        if (inspection.refusal().isPresent()) {
            return new Step.Refused(inspection.refusal().get());
        }
        return switch (state) {
            case New _ -> throw new IllegalStateException("begin() comes first");
            case Closed closed -> new Step.Ended(result(closed));
            case Running running -> next(running.scopes().get(0).phase(), command);
        };
    }

    private void advance(Command command) {
        var decision = interpreter.step(setup.execution(), state, command);
        state = decision.state();
        effects = decision.effects();
    }

    private Step next(Scope.Phase phase, Command last) {
        return switch (phase) {
            case Scope.BackingOff(_, _, var due) ->
                    new Step.Ended(retriable((due - last.atMillis()) / MILLIS));
            case Scope.Waiting(_, var effect, var due) -> {
                var timer = new Timer(new EffectId(0, effect), Timer.Kind.WAIT, due);
                yield apply(new Command.TimersFired(due, last.seed(), List.of(timer)));
            }
            case Scope.Working(_, var attempt) -> {
                var id = new EffectId(0, attempt.effect());
                yield setup.mock().isPresent() ? answered(setup.mock().get(), id, last) : call();
            }
            case Scope.Ready _ -> apply(new Command.Continue(last.atMillis(), last.seed()));
            case Scope.Forked _, Scope.Finished _ ->
                    throw new IllegalStateException("a test has no children: " + phase);
        };
    }

    private Step call() {
        var timers = new ArrayList<Timer>();
        Optional<Effect.InvokeTask> call = Optional.empty();
        for (var effect : effects) {
            switch (effect) {
                case Effect.InvokeTask invoke -> call = Optional.of(invoke);
                case Effect.StartTimer(var timer) -> timers.add(timer);
                case Effect.ScheduleActivity _,
                        Effect.CancelTimer _,
                        Effect.CancelTask _,
                        Effect.Continue _ -> {}
            }
        }
        return new Step.Call(
                call.orElseThrow(() ->
                        new IllegalStateException("only a mock answers " + setup.state().name())),
                timers);
    }

    /** Lets a mock be the answer, after what comes before an answer of that kind of task. */
    private Step answered(StateMock mock, EffectId id, Command last) {
        long at = last.atMillis();
        long seed = last.seed();
        var by =
                switch (((TaskState) setup.state()).resource()) {
                    case TaskResource.Activity _ -> {
                        advance(new Command.ActivityStarted(at, seed, id, Optional.empty()));
                        yield Answerer.TOKEN;
                    }
                    case TaskResource.Service service
                            when service.pattern() == Pattern.WAIT_FOR_TASK_TOKEN -> {
                        advance(new Command.TaskSubmitted(at, seed, id, Payload.EMPTY_OBJECT));
                        yield Answerer.TOKEN;
                    }
                    case TaskResource.Service _, TaskResource.LambdaFunction _ ->
                            Answerer.INTEGRATION;
                };
        return apply(
                switch (mock) {
                    case StateMock.Result(var result) ->
                            new Command.TaskSucceeded(at, seed, id, by, result);
                    case StateMock.Fails(var failure) ->
                            new Command.TaskFailed(at, seed, id, by, failure);
                });
    }

    // What became of it

    private StateTestResult result(Closed closed) {
        boolean lost = inspection.lost().isPresent();
        return switch (closed.status()) {
            case SUCCEEDED ->
                    new StateTestResult(
                            lost
                                    ? StateTestResult.Status.CAUGHT_ERROR
                                    : StateTestResult.Status.SUCCEEDED,
                            closed.output(),
                            inspection.lost().map(Inspection.Lost::failure).orElse(Failure.NONE),
                            inspection.left().flatMap(StateTest::target),
                            inspected(lost ? caught() : Optional.empty()));
            case FAILED -> failed(closed.failure());
            case TIMED_OUT -> failed(Failure.of(ErrorName.TIMEOUT.text()));
            case ABORTED, RUNNING -> throw new IllegalStateException("nobody stops a test");
        };
    }

    private StateTestResult failed(Failure failure) {
        var usedUp =
                inspection
                        .lost()
                        .filter(lost -> lost.failure().equals(failure))
                        .flatMap(this::matchingRetrier)
                        .map(index ->
                                new Remedy(
                                        OptionalInt.empty(),
                                        OptionalInt.of(index),
                                        OptionalLong.empty()));
        return new StateTestResult(
                StateTestResult.Status.FAILED,
                Optional.empty(),
                failure,
                Optional.empty(),
                inspected(usedUp));
    }

    private StateTestResult retriable(long backoffSeconds) {
        var lost = inspection.lost().orElseThrow();
        int index = matchingRetrier(lost).orElseThrow();
        return new StateTestResult(
                StateTestResult.Status.RETRIABLE,
                Optional.empty(),
                lost.failure(),
                Optional.empty(),
                inspected(
                        Optional.of(
                                new Remedy(
                                        OptionalInt.empty(),
                                        OptionalInt.of(index),
                                        OptionalLong.of(backoffSeconds)))));
    }

    private Optional<Integer> matchingRetrier(Inspection.Lost lost) {
        var retriers = Retries.handling(setup.state()).retriers();
        return first(retriers.stream().map(Retrier::errorEquals).toList(), lost);
    }

    private Optional<Remedy> caught() {
        var catchers = Retries.handling(setup.state()).catchers();
        return inspection
                .lost()
                .flatMap(lost -> first(catchers.stream().map(Catcher::errorEquals).toList(), lost))
                .map(index ->
                        new Remedy(
                                OptionalInt.of(index), OptionalInt.empty(), OptionalLong.empty()));
    }

    private static Optional<Integer> first(List<List<ErrorName>> names, Inspection.Lost lost) {
        for (int i = 0; i < names.size(); i++) {
            if (ErrorName.anyMatches(names.get(i), lost.failure().error(), lost.origin())) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> target(Transition then) {
        return switch (then) {
            case Transition.Next(var name) -> Optional.of(name);
            case Transition.End _ -> Optional.empty();
        };
    }

    private Inspected inspected(Optional<Remedy> remedy) {
        var stages = inspection.stages();
        stages.keySet().retainAll(shown(setup.state()));
        if (setup.state() instanceof State.FailState
                && setup.state().flow() instanceof DataFlow.JsonPathFlow) {
            stages.put(Stage.INPUT_PATH, setup.execution().input()); // It has no InputPath.
        }
        return new Inspected(stages, variables(), inspection.figures(), remedy);
    }

    private Optional<Payload> variables() {
        var assignments = inspection.variables().assignments();
        if (assignments.size() <= 1) {
            return assignments.stream().findFirst();
        }
        var all = JsonObject.builder();
        for (var assignment : assignments) {
            if (assignment.json() instanceof JsonObject object) {
                object.forEach(member -> all.put(member.name(), member.value()));
            }
        }
        return Optional.of(Payload.of(all.build()));
    }

    /** Returns the stages that AWS shows of a state (recorded; of a Wait as of the others). */
    private static Set<Stage> shown(State state) {
        return switch (state.flow()) {
            case DataFlow.JsonPathFlow _ ->
                    switch (state) {
                        case State.PassState pass ->
                                pass.result().isPresent()
                                        ? EnumSet.of(
                                                Stage.RESULT,
                                                Stage.RESULT_SELECTOR,
                                                Stage.RESULT_PATH)
                                        : EnumSet.of(
                                                Stage.INPUT_PATH,
                                                Stage.PARAMETERS,
                                                Stage.RESULT_SELECTOR,
                                                Stage.RESULT_PATH);
                        case TaskState _ -> EnumSet.complementOf(EnumSet.of(Stage.ARGUMENTS));
                        case State.ChoiceState _,
                                State.WaitState _,
                                State.SucceedState _,
                                State.FailState _ ->
                                EnumSet.of(Stage.INPUT_PATH);
                        case State.ParallelState _ ->
                                EnumSet.of(Stage.RESULT_SELECTOR, Stage.RESULT_PATH);
                        case State.MapState _ ->
                                EnumSet.complementOf(
                                        EnumSet.of(
                                                Stage.ARGUMENTS, Stage.PARAMETERS, Stage.RESULT));
                    };
            case DataFlow.JsonataFlow _ ->
                    switch (state) {
                        case TaskState _ -> EnumSet.of(Stage.ARGUMENTS, Stage.RESULT);
                        case State.MapState _ ->
                                EnumSet.of(
                                        Stage.ITEM_SELECTOR,
                                        Stage.ITEM_BATCHER,
                                        Stage.ITEMS_POINTER);
                        case State.PassState _,
                                State.ChoiceState _,
                                State.WaitState _,
                                State.SucceedState _,
                                State.FailState _,
                                State.ParallelState _ ->
                                EnumSet.noneOf(Stage.class);
                    };
        };
    }
}
