package dev.gradus.engine;

import dev.gradus.asl.ErrorName;
import dev.gradus.asl.State;
import dev.gradus.asl.StateMachine;
import dev.gradus.engine.Scope.BackingOff;
import dev.gradus.expressions.ExpressionFailure;
import java.util.Optional;

/**
 * What becomes of a failure: a retry, a catch, or the end of the scope, of its parent, of the
 * execution.
 */
final class Failures {
    private final StateMachine machine;
    private final Forks forks;

    Failures(StateMachine machine, Forks forks) {
        this.machine = machine;
        this.forks = forks;
    }

    /**
     * Names a failure as it is reported. AWS reports an intrinsic call that does not fit its
     * arguments as {@code States.Runtime} (recorded on Pass states by others in 2026); {@code
     * States.IntrinsicFailure}, which the guide lists, is for states that can retry or catch it.
     */
    static ExpressionFailure reported(ExpressionFailure failure, State state) {
        return failure.error().equals(ExpressionFailure.INTRINSIC)
                        && Retries.handling(state).equals(State.ErrorHandling.NONE)
                ? new ExpressionFailure(ExpressionFailure.RUNTIME, failure.cause())
                : failure;
    }

    /**
     * Turns an expression that does not fit its data into what the line does next. If it is one of
     * a catcher, no other catcher takes that.
     */
    static Move ofExpression(Turn turn, Line line, ExpressionFailure failure, Move move) {
        var visit = line.visit();
        if (failure.error().equals(ErrorName.DATA_LIMIT_EXCEEDED.text())) {
            return new Move.Crash(Failure.of(failure.error(), failure.cause()));
        }
        var cause =
                turn.inspection().isPresent()
                        ? failure.cause() // AWS: a test of one state says no more (recorded).
                        : "An error occurred while executing the state '"
                                + visit.state()
                                + "' (entered at the event id #"
                                + visit.enteredEventId()
                                + "). "
                                + failure.cause();
        var named = Failure.of(failure.error(), cause);
        if (failure.error().equals(ExpressionFailure.RUNTIME)) {
            return new Move.Crash(named); // AWS: never retried, never caught, nor by a Parallel.
        }
        if (failure.error().equals(ExpressionFailure.QUERY_EVALUATION)) {
            if (move instanceof Move.Catch(_, _, var failedEventId)) {
                // AWS: what a catcher evaluates points to the failure, past a ParallelStateFailed
                // (measured by others in 2026).
                line.follow(failedEventId);
            }
            turn.record(
                    line,
                    EventType.EVALUATION_FAILED,
                    new EventDetails.EvaluationFailed(
                            failure.error(), cause, failure.location(), visit.state()));
        }
        return new Move.Lose(named, ErrorName.Origin.OTHER, move instanceof Move.Catch);
    }

    /**
     * Looks for a retrier, then a catcher, then does the same for the Parallel or Map around.
     *
     * @return what goes on, empty when nothing handles the failure and the execution has ended, or
     *     when the scope was ended by another failure before
     */
    Optional<Forks.Handover> settle(Turn turn, Work.Settle settle) {
        var scope = turn.find(settle.scope());
        if (scope.isEmpty() || !(scope.get().phase() instanceof BackingOff(var visit, _, _))) {
            return Optional.empty();
        }
        turn.beginToFail();
        var line = new Line(scope.get(), visit);
        var failure = settle.failure();
        var origin = settle.origin();
        boolean handled = settle.handled();
        boolean attemptFailed = origin != ErrorName.Origin.OTHER;
        while (!turn.isClosed()) {
            var remedy = handled ? Optional.<Move>empty() : remedy(turn, line, failure, origin);
            if (remedy.isPresent()) {
                return Optional.of(new Forks.Handover(line, remedy.get()));
            }
            recordFailed(turn, line, machine.state(line.visit().state()));
            if (line.isRoot()) {
                turn.fail(line, failure);
                return Optional.empty();
            }
            line = forks.failed(turn, line, attemptFailed);
            attemptFailed = false;
            handled = false;
        }
        return Optional.empty();
    }

    private Optional<Move> remedy(Turn turn, Line line, Failure failure, ErrorName.Origin origin) {
        turn.inspection().ifPresent(test -> test.lost(failure, origin));
        var state = machine.state(line.visit().state());
        var handling = Retries.handling(state);
        var visit = line.visit();
        var retrier = Retries.retrier(handling.retriers(), visit, failure, origin);
        if (retrier.isPresent()) {
            int position = retrier.get();
            long due =
                    turn.atMillis()
                            + Retries.delayMillis(
                                    handling.retriers().get(position),
                                    Retries.count(visit, position),
                                    turn.randomness());
            var effect = turn.nextEffect(line);
            turn.emit(new Effect.StartTimer(new Timer(effect, Timer.Kind.RETRY, due)));
            var counted = Retries.counted(visit, position);
            return Optional.of(new Move.Await(new BackingOff(counted, effect.number(), due)));
        }
        var catcher = Retries.catcher(handling.catchers(), failure, origin);
        long failedEventId = line.lastEventId();
        if (catcher.isPresent()) {
            recordFailed(turn, line, state);
        }
        return catcher.map(found -> new Move.Catch(found, failure, failedEventId));
    }

    /** Records the Failed event of a Parallel or Map; other states have none. */
    private static void recordFailed(Turn turn, Line line, State state) {
        switch (state) {
            case State.ParallelState _ ->
                    turn.record(line, EventType.PARALLEL_STATE_FAILED, new EventDetails.None());
            case State.MapState _ ->
                    turn.record(line, EventType.MAP_STATE_FAILED, new EventDetails.None());
            case State.PassState _,
                    State.TaskState _,
                    State.ChoiceState _,
                    State.WaitState _,
                    State.SucceedState _,
                    State.FailState _ -> {}
        }
    }
}
