package dev.gradus.engine;

import dev.gradus.asl.Expression;
import dev.gradus.asl.State.TaskState;
import dev.gradus.asl.TimeLimit;
import dev.gradus.engine.Scope.Attempt;
import dev.gradus.engine.TaskCall.TaskLimits;
import dev.gradus.expressions.ExpressionFailure;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.Payload;
import java.util.Optional;
import java.util.OptionalLong;

/** The two clocks of a task attempt. */
final class TaskTimes {
    private static final long SECONDS_MAX = 99_999_999;

    private TaskTimes() {}

    /**
     * Evaluates TimeoutSeconds and HeartbeatSeconds against the effective input. Within one attempt
     * they are always the same.
     */
    static TaskLimits limits(TaskState state, View view, Payload effectiveInput) {
        return new TaskLimits(
                seconds(state.timeout(), "TimeoutSecondsPath", view, effectiveInput),
                seconds(state.heartbeat(), "HeartbeatSecondsPath", view, effectiveInput));
    }

    private static OptionalLong seconds(
            Optional<TimeLimit> limit, String field, View view, Payload input) {
        if (limit.isEmpty()) {
            return OptionalLong.empty();
        }
        return switch (limit.get()) {
            case TimeLimit.Seconds(var seconds) -> OptionalLong.of(seconds);
            case TimeLimit.SecondsPath(var path) -> {
                var value = view.require(path, input);
                var seconds =
                        value instanceof JsonNumber number
                                ? number.longValue()
                                : OptionalLong.empty();
                if (seconds.isEmpty()
                        || seconds.getAsLong() <= 0
                        || seconds.getAsLong() > SECONDS_MAX) {
                    throw new ExpressionFailure(
                            ExpressionFailure.RUNTIME,
                            "The "
                                    + field
                                    + " parameter does not reference a positive integer: "
                                    + path.source()
                                    + " == "
                                    + value.text());
                }
                yield seconds;
            }
            case TimeLimit.Evaluated(var expression) -> OptionalLong.of(seconds(expression, view));
        };
    }

    private static long seconds(Expression expression, View view) {
        long seconds = view.steadyExpressions().whole(expression, 1);
        if (seconds > SECONDS_MAX) {
            throw Expressions.ofField(
                    expression, " must be at most " + SECONDS_MAX + " but was: " + seconds);
        }
        return seconds;
    }

    static void startTimers(Turn turn, EffectId id, Attempt attempt) {
        attempt.timeoutAtMillis().ifPresent(due -> turn.emit(start(id, Timer.Kind.TIMEOUT, due)));
        attempt.heartbeatAtMillis()
                .ifPresent(due -> turn.emit(start(id, Timer.Kind.HEARTBEAT, due)));
    }

    static void cancelTimers(Turn turn, EffectId id, Attempt attempt) {
        attempt.timeoutAtMillis().ifPresent(due -> turn.emit(cancel(id, Timer.Kind.TIMEOUT, due)));
        attempt.heartbeatAtMillis()
                .ifPresent(due -> turn.emit(cancel(id, Timer.Kind.HEARTBEAT, due)));
    }

    static void moveHeartbeat(Turn turn, EffectId id, OptionalLong from, OptionalLong to) {
        from.ifPresent(due -> turn.emit(cancel(id, Timer.Kind.HEARTBEAT, due)));
        to.ifPresent(due -> turn.emit(start(id, Timer.Kind.HEARTBEAT, due)));
    }

    private static Effect start(EffectId id, Timer.Kind kind, long due) {
        return new Effect.StartTimer(new Timer(id, kind, due));
    }

    private static Effect cancel(EffectId id, Timer.Kind kind, long due) {
        return new Effect.CancelTimer(new Timer(id, kind, due));
    }
}
