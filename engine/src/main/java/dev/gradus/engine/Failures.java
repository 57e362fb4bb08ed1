package dev.gradus.engine;

import dev.gradus.asl.ErrorName;
import dev.gradus.asl.State;
import dev.gradus.expressions.ExpressionFailure;

/** How failures that the interpreter itself finds are worded and recorded. */
final class Failures {
    private Failures() {}

    /**
     * Turns an expression that does not fit its data into what the line does next.
     *
     * @param handled whether a catcher was at fault, which no other one then catches
     */
    static Move ofExpression(ExpressionFailure failure, Scope.Visit visit, boolean handled) {
        if (failure.error().equals(ErrorName.DATA_LIMIT_EXCEEDED.text())) {
            return new Move.Crash(Failure.of(failure.error(), failure.cause()));
        }
        var cause =
                "An error occurred while executing the state '"
                        + visit.state()
                        + "' (entered at the event id #"
                        + visit.enteredEventId()
                        + "). "
                        + failure.cause();
        var named = Failure.of(failure.error(), cause);
        return failure.error().equals(ExpressionFailure.RUNTIME)
                ? new Move.Crash(
                        named) // AWS: never retried, never caught, not even by a Parallel around.
                : new Move.Lose(named, ErrorName.Origin.OTHER, handled);
    }

    /** Records the Failed event of a Parallel or Map; other states have none. */
    static void recordFailed(Turn turn, Line line, State state) {
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
