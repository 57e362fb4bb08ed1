package dev.gradus.engine;

import dev.gradus.asl.ErrorName;
import dev.gradus.asl.State;
import dev.gradus.asl.State.ChoiceState;
import dev.gradus.asl.State.FailState;
import dev.gradus.asl.State.MapState;
import dev.gradus.asl.State.ParallelState;
import dev.gradus.asl.State.PassState;
import dev.gradus.asl.State.SucceedState;
import dev.gradus.asl.State.TaskState;
import dev.gradus.asl.State.WaitState;
import dev.gradus.asl.StateMachine;
import dev.gradus.asl.Transition;
import dev.gradus.engine.Command.ActivityStarted;
import dev.gradus.engine.Command.Heartbeat;
import dev.gradus.engine.Command.StartExecution;
import dev.gradus.engine.Command.StopExecution;
import dev.gradus.engine.Command.TaskFailed;
import dev.gradus.engine.Command.TaskSubmitted;
import dev.gradus.engine.Command.TaskSucceeded;
import dev.gradus.engine.Command.TimersFired;
import dev.gradus.engine.ExecutionState.Closed;
import dev.gradus.engine.ExecutionState.Counters;
import dev.gradus.engine.ExecutionState.New;
import dev.gradus.engine.ExecutionState.Running;
import dev.gradus.engine.Move.Await;
import dev.gradus.engine.Move.Catch;
import dev.gradus.engine.Move.Crash;
import dev.gradus.engine.Move.End;
import dev.gradus.engine.Move.GoTo;
import dev.gradus.engine.Move.Join;
import dev.gradus.engine.Move.Leave;
import dev.gradus.engine.Move.Lose;
import dev.gradus.engine.Move.Refill;
import dev.gradus.engine.Move.TryAgain;
import dev.gradus.engine.Scope.BackingOff;
import dev.gradus.engine.Scope.Forked;
import dev.gradus.engine.Scope.Ready;
import dev.gradus.engine.Scope.Visit;
import dev.gradus.engine.Scope.Waiting;
import dev.gradus.engine.Scope.Working;
import dev.gradus.expressions.ExpressionFailure;
import dev.gradus.expressions.Payload;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Decides what one command does to one execution of one state machine.
 *
 * <p>Pure: no clock, no I/O, no threads, no logging; the same arguments give the same decision. It
 * never throws for what a workflow or the outside does wrong: that becomes a failure of the
 * workflow, or nothing.
 *
 * <p>One command carries every line of control through all states that need no answer from outside.
 * Lines that can run wait in a queue, first come, first served; each runs to its first blocking
 * point.
 */
public final class Interpreter {
    private final StateMachine machine;
    private final Surroundings surroundings;
    private final ExecutionQuotas quotas;
    private final TaskStep tasks;
    private final Forks forks;
    private final Failures failures;
    private final @Nullable Inspection inspection;

    /** Makes an interpreter of one definition; it keeps nothing between steps. */
    public Interpreter(StateMachine machine, Surroundings surroundings) {
        this(machine, surroundings, null);
    }

    /** Makes one that ends when the state is left in which its execution begins. */
    Interpreter(StateMachine machine, Surroundings surroundings, @Nullable Inspection inspection) {
        this.inspection = inspection;
        this.machine = machine;
        this.surroundings = surroundings;
        this.quotas = surroundings.quotas();
        this.tasks = new TaskStep(surroundings);
        this.forks = new Forks(machine);
        this.failures = new Failures(machine, forks);
    }

    /**
     * Decides; {@link Decision#nothing} when the command comes late, twice, or means nothing in
     * this state.
     */
    public Decision step(Execution execution, ExecutionState before, Command command) {
        return switch (before) {
            case New _ ->
                    command instanceof StartExecution
                            ? start(execution, command)
                            : Decision.nothing(before);
            case Running running -> react(turn(execution, running, command), command);
            case Closed closed ->
                    command instanceof Command.RedriveExecution && closed.unfinished().size() > 0
                            ? redrive(execution, closed, command)
                            : Decision.nothing(before);
        };
    }

    private Turn turn(Execution execution, Running running, Command command) {
        var turn = new Turn(machine, quotas, execution, running, command);
        turn.mayEnter(surroundings.transitions());
        return inspection == null ? turn : turn.inspectedBy(inspection);
    }

    private Decision start(Execution execution, Command command) {
        var turn = turn(execution, new Running(Counters.FIRST, Scopes.EMPTY), command);
        turn.note(
                0,
                EventType.EXECUTION_STARTED,
                new EventDetails.ExecutionStarted(
                        execution.inputAsGiven(),
                        execution.roleArn(),
                        execution.aliasArn(),
                        execution.versionArn()));
        turn.deadlineTimer().ifPresent(timer -> turn.emit(new Effect.StartTimer(timer)));
        // AWS: the first state's Entered event points to 0 too, not to ExecutionStarted.
        var first = new Ready(machine.body().startAt(), execution.input());
        turn.put(new Scope(0, OptionalInt.empty(), 0, 0, Variables.NONE, first));
        turn.enqueue(new Work.Run(0));
        return workOff(turn);
    }

    private Decision redrive(Execution execution, Closed closed, Command command) {
        var running = new Running(closed.counters(), closed.unfinished());
        var turn = turn(execution, running, command);
        Redriving.begin(turn);
        return workOff(turn);
    }

    private Decision react(Turn turn, Command command) {
        var deadline = turn.deadline();
        if (deadline.isPresent() && command.atMillis() >= deadline.get().dueMillis()) {
            turn.timeOut(deadline.get().dueMillis()); // Whatever comes later comes too late.
            return turn.decision();
        }
        switch (command) {
            case StartExecution _, Command.RedriveExecution _ -> {} // A repetition.
            case Command.Continue _ -> turn.enqueuePostponed();
            case TaskSubmitted(_, _, var effect, var response) ->
                    open(turn, effect)
                            .ifPresent(task ->
                                    goOn(turn, task, tasks.submitted(turn, task, response)));
            case TaskSucceeded(_, _, var effect, var by, var output) ->
                    open(turn, effect)
                            .ifPresent(task ->
                                    goOn(
                                            turn,
                                            task,
                                            tasks.answered(
                                                    turn, task, by, TaskStep.succeeded(output))));
            case TaskFailed(_, _, var effect, var by, var failure) ->
                    open(turn, effect)
                            .ifPresent(task ->
                                    goOn(
                                            turn,
                                            task,
                                            tasks.answered(
                                                    turn, task, by, TaskStep.failed(failure))));
            case ActivityStarted(_, _, var effect, var worker) ->
                    open(turn, effect)
                            .ifPresent(task -> goOn(turn, task, tasks.taken(turn, task, worker)));
            case Heartbeat(_, _, var effect) ->
                    open(turn, effect)
                            .ifPresent(task -> goOn(turn, task, tasks.heartbeat(turn, task)));
            case TimersFired(_, _, var timers) -> fire(turn, timers);
            case StopExecution(_, _, var reason) -> turn.abort(reason);
        }
        return workOff(turn);
    }

    /** Returns the attempt of that number if its scope still waits for exactly this one. */
    private Optional<TaskStep.Open> open(Turn turn, EffectId effect) {
        var scope = turn.find(effect.scope());
        if (scope.isPresent()
                && scope.get().phase() instanceof Working(var visit, var attempt)
                && attempt.effect() == effect.number()
                && machine.state(visit.state()) instanceof TaskState state) {
            return Optional.of(new TaskStep.Open(new Line(scope.get(), visit), state, attempt));
        }
        return Optional.empty();
    }

    private void goOn(Turn turn, TaskStep.Open task, Optional<Move> move) {
        move.ifPresent(next -> run(turn, task.line(), next));
    }

    /**
     * Records all timeouts first and then queues what follows from them, in the order of their due
     * times.
     */
    private void fire(Turn turn, List<Timer> timers) {
        for (var timer : Timers.inOrder(timers)) {
            var scope = turn.find(timer.effect().scope());
            if (scope.isEmpty() || !Timers.isExpected(timer, scope.get().phase())) {
                continue;
            }
            switch (timer.kind()) {
                case WAIT, RETRY -> turn.enqueue(new Work.WakeUp(timer.effect()));
                case TIMEOUT -> timeOut(turn, timer.effect(), ErrorName.Origin.TASK);
                case HEARTBEAT -> timeOut(turn, timer.effect(), ErrorName.Origin.HEARTBEAT);
                case DEADLINE -> {} // Not due yet, or the whole step would have ended with it.
            }
        }
    }

    private void timeOut(Turn turn, EffectId effect, ErrorName.Origin origin) {
        open(turn, effect)
                .ifPresent(task -> run(turn, task.line(), tasks.timedOut(turn, task, origin)));
    }

    // The queue

    private Decision workOff(Turn turn) {
        for (var work = turn.nextWork(); work.isPresent(); work = turn.nextWork()) {
            switch (work.get()) {
                case Work.Run(var id) -> turn.find(id).ifPresent(scope -> begin(turn, scope));
                case Work.WakeUp(var effect) ->
                        turn.find(effect.scope())
                                .ifPresent(scope -> wakeUp(turn, scope, effect.number()));
                case Work.Again(var id) -> turn.find(id).ifPresent(scope -> again(turn, scope));
                case Work.StartCall(var call) ->
                        open(turn, call.id())
                                .ifPresent(task ->
                                        run(turn, task.line(), tasks.start(turn, task, call)));
                case Work.Refill(var id) -> turn.find(id).ifPresent(scope -> refill(turn, scope));
                case Work.Settle settle ->
                        failures.settle(turn, settle)
                                .ifPresent(next -> run(turn, next.line(), next.move()));
            }
        }
        return turn.decision();
    }

    private void begin(Turn turn, Scope scope) {
        if (scope.phase() instanceof Ready(var state, var input)) {
            run(turn, new Line(scope), new GoTo(state, input));
        }
    }

    private void again(Turn turn, Scope scope) {
        if (!(scope.phase() instanceof BackingOff(var visit, var effect, _))
                || effect != Abandoned.NO_EFFECT) {
            return;
        }
        if (turn.isFull()) {
            turn.postpone();
        } else {
            run(turn, new Line(scope, visit), new TryAgain());
        }
    }

    private void refill(Turn turn, Scope scope) {
        if (scope.phase() instanceof Forked(var visit, _)) {
            run(turn, new Line(scope, visit), new Refill(scope.lastEventId()));
        }
    }

    private void wakeUp(Turn turn, Scope scope, long number) {
        switch (scope.phase()) {
            case Waiting(var visit, var effect, _) when effect == number ->
                    resume(turn, new Line(scope, visit), new Leave(visit.input()));
            case BackingOff(var visit, var effect, _) when effect == number ->
                    resume(turn, new Line(scope, visit), new TryAgain());
            case Waiting _, BackingOff _, Ready _, Working _, Forked _, Scope.Finished _ -> {}
        }
    }

    private void resume(Turn turn, Line line, Move move) {
        turn.resume(line);
        run(turn, line, move);
    }

    // One line

    /** Carries a line from move to move until it is blocked, or another one has to go first. */
    private void run(Turn turn, Line start, Move first) {
        var line = start;
        var move = first;
        while (!turn.isClosed()) {
            switch (move) {
                case GoTo(var state, var input) when turn.isFull() -> {
                    turn.park(line, new Ready(state, input));
                    turn.postpone();
                    return;
                }
                case GoTo _, Leave _, TryAgain _, Refill _, Join _, Catch _ ->
                        move = next(turn, line, move);
                case End(var output) -> {
                    if (line.isRoot()) {
                        turn.succeed(line, output);
                        return;
                    }
                    var handover = forks.finished(turn, line, output);
                    line = handover.line();
                    move = handover.move();
                }
                case Await(var phase) -> {
                    turn.park(line, phase);
                    return;
                }
                case Lose lose -> {
                    lose(turn, line, lose);
                    return;
                }
                case Crash(var failure) -> {
                    turn.crash(line, failure);
                    return;
                }
            }
        }
    }

    /**
     * Makes one move; the one place where an expression that does not fit its data becomes a
     * failure.
     */
    private Move next(Turn turn, Line line, Move move) {
        try {
            return switch (move) {
                case GoTo(var name, var input) -> enter(turn, line, machine.state(name), input);
                case TryAgain _ -> work(turn, line, state(line));
                case Leave(var result) -> leave(turn, line, state(line), result);
                case Refill(var after) -> forks.refill(turn, line, (MapState) state(line), after);
                case Join(var fork) -> join(turn, line, fork);
                case Catch(var catcher, var failure, _) -> {
                    var leaving =
                            View.of(turn, line, state(line))
                                    .caught(Retries.errorOutput(failure), catcher.flow());
                    yield exit(turn, line, leaving, new Transition.Next(catcher.next()));
                }
                case End _, Await _, Lose _, Crash _ -> move;
            };
        } catch (ExpressionFailure failure) {
            return Failures.ofExpression(turn, line, Failures.reported(failure, state(line)), move);
        }
    }

    private State state(Line line) {
        return machine.state(line.visit().state());
    }

    private Move enter(Turn turn, Line line, State state, Payload input) {
        turn.entered();
        turn.record(
                line,
                StateEvents.entered(state),
                new EventDetails.StateEntered(state.name(), input));
        line.visit(new Visit(state.name(), line.lastEventId(), turn.atMillis(), input, List.of()));
        return work(turn, line, state);
    }

    private Move work(Turn turn, Line line, State state) {
        var view = View.of(turn, line, state);
        var input = line.visit().input();
        return switch (state) {
            case PassState pass ->
                    leave(
                            turn,
                            line,
                            state,
                            pass.result().orElseGet(() -> view.arguments(view.effectiveInput())));
            case TaskState task -> tasks.schedule(turn, line, task);
            case ChoiceState choice -> {
                var effective = view.effectiveInput();
                var chosen = SimpleSteps.chosen(choice, view, effective);
                var leaving = view.leavingWithoutResult(effective, chosen.flow());
                yield exit(turn, line, leaving, new Transition.Next(chosen.next()));
            }
            case WaitState wait -> {
                var entered = line.visit().enteredAtMillis();
                long due = WaitStep.dueMillis(wait.until(), view, view.effectiveInput(), entered);
                yield due <= turn.atMillis()
                        ? leave(turn, line, state, input)
                        : await(turn, line, due);
            }
            case SucceedState _ -> leave(turn, line, state, input);
            case FailState fail -> SimpleSteps.failed(fail, view, input);
            case ParallelState parallel -> forks.branches(turn, line, parallel);
            case MapState map -> forks.iterations(turn, line, map);
        };
    }

    private static Move await(Turn turn, Line line, long due) {
        var effect = turn.nextEffect(line);
        turn.emit(new Effect.StartTimer(new Timer(effect, Timer.Kind.WAIT, due)));
        return new Await(new Waiting(line.visit(), effect.number(), due));
    }

    /**
     * Shapes the output of a state whose work is done. States without a result have no use for the
     * given one.
     */
    private Move leave(Turn turn, Line line, State state, Payload result) {
        var view = View.of(turn, line, state);
        return switch (state) {
            case PassState pass -> exit(turn, line, view.leaving(result), pass.then());
            case TaskState task ->
                    exit(
                            turn,
                            line,
                            tasks.withToken(turn, line, task, view).leaving(result),
                            task.then());
            case ParallelState parallel -> exit(turn, line, view.leaving(result), parallel.then());
            case MapState map -> exit(turn, line, view.leaving(result), map.then());
            case WaitState wait ->
                    exit(turn, line, view.leavingWithoutResult(view.effectiveInput()), wait.then());
            case SucceedState _ ->
                    exit(
                            turn,
                            line,
                            view.leavingWithoutResult(view.effectiveInput()),
                            new Transition.End());
            case ChoiceState _, FailState _ ->
                    throw new IllegalStateException(
                            "a " + State.typeName(state) + " has no result: " + state.name());
        };
    }

    private Move exit(Turn turn, Line line, View.Leaving leaving, Transition then) {
        var state = state(line);
        var output = leaving.output();
        if (Oversize.isNew(output, line.visit().input())) {
            turn.made(Oversize.refuse(output, state.name()));
        }
        if (leaving.assigned().isPresent()) {
            turn.assign(line, leaving.assigned().get());
        }
        turn.record(
                line,
                StateEvents.exited(state),
                new EventDetails.StateExited(state.name(), output, leaving.assigned()));
        if (turn.inspection().isPresent()) {
            turn.inspection().get().left(then, line.variables());
            return new End(output);
        }
        return switch (then) {
            case Transition.Next(var next) -> new GoTo(next, output);
            case Transition.End _ -> new End(output);
        };
    }

    /**
     * AWS: the Exited event points to the same event as Succeeded, a failure in between to
     * Succeeded.
     */
    private Move join(Turn turn, Line line, Scope.Fork fork) {
        long last = line.lastEventId();
        boolean isMap = fork.items().isPresent();
        turn.record(
                line,
                isMap ? EventType.MAP_STATE_SUCCEEDED : EventType.PARALLEL_STATE_SUCCEEDED,
                new EventDetails.None());
        var state = state(line);
        var leaving = View.of(turn, line, state).leaving(forks.join(turn, fork));
        Oversize.refuse(leaving.output(), state.name());
        line.follow(last);
        return exit(
                turn,
                line,
                leaving,
                state instanceof MapState map ? map.then() : ((ParallelState) state).then());
    }

    /**
     * A failure waits in the queue: what happened at the same time is recorded before its
     * consequences.
     */
    private void lose(Turn turn, Line line, Lose lose) {
        if (turn.scope(line.id()).phase() instanceof Forked forked) {
            forks.cutOff(turn, forked, Forks.Failing.NONE, line.lastEventId());
        }
        turn.park(line, new BackingOff(line.visit(), Abandoned.NO_EFFECT, turn.atMillis()));
        turn.enqueue(new Work.Settle(line.id(), lose.failure(), lose.origin(), lose.handled()));
    }
}
