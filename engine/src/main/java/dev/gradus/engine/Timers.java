package dev.gradus.engine;

import dev.gradus.engine.Scope.BackingOff;
import dev.gradus.engine.Scope.Finished;
import dev.gradus.engine.Scope.Forked;
import dev.gradus.engine.Scope.Phase;
import dev.gradus.engine.Scope.Ready;
import dev.gradus.engine.Scope.Waiting;
import dev.gradus.engine.Scope.Working;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** Which timers count when they fire, and in which order. */
final class Timers {
    private static final Comparator<Timer> ORDER =
            Comparator.comparingLong(Timer::dueMillis)
                    .thenComparingInt(timer -> timer.effect().scope())
                    .thenComparingLong(timer -> timer.effect().number())
                    .thenComparing(Timer::kind);

    private Timers() {}

    /**
     * Returns the timers by due time, so that the order in which they were read does not matter.
     */
    static List<Timer> inOrder(List<Timer> timers) {
        if (timers.size() < 2) {
            return timers;
        }
        var sorted = new ArrayList<>(timers);
        sorted.sort(ORDER);
        return sorted;
    }

    /**
     * Tells whether a scope in that phase waits for exactly this timer: one that was moved does not
     * count.
     */
    static boolean isExpected(Timer timer, Phase phase) {
        long number = timer.effect().number();
        return switch (phase) {
            case Waiting(_, var effect, _) -> timer.kind() == Timer.Kind.WAIT && effect == number;
            case BackingOff(_, var effect, _) ->
                    timer.kind() == Timer.Kind.RETRY && effect == number;
            case Working(_, var attempt) ->
                    attempt.effect() == number
                            && switch (timer.kind()) {
                                case TIMEOUT -> isDue(attempt.timeoutAtMillis(), timer);
                                case HEARTBEAT -> isDue(attempt.heartbeatAtMillis(), timer);
                                case WAIT, RETRY, DEADLINE -> false;
                            };
            case Ready _, Forked _, Finished _ -> false;
        };
    }

    private static boolean isDue(OptionalLong expected, Timer timer) {
        return expected.isPresent() && expected.getAsLong() == timer.dueMillis();
    }
}
