package dev.gradus.engine;

import dev.gradus.expressions.Payload;
import java.util.List;
import java.util.Optional;

/** What happens to an execution: asked for by a caller, or reported by the outside. */
public sealed interface Command {

    /**
     * When it happens, in milliseconds since the epoch; never less than that of an earlier command.
     */
    long atMillis();

    /** Feeds everything that looks random in the step: jitter, UUIDs, token nonces. */
    long seed();

    /** The first command of every execution; its input is in {@link Execution}. */
    record StartExecution(long atMillis, long seed) implements Command {}

    /** A decision stopped early so that others could have their turn; go on. */
    record Continue(long atMillis, long seed) implements Command {}

    /** The service took a call whose end comes later, by a token or a watched job. */
    record TaskSubmitted(long atMillis, long seed, EffectId effect, Payload response)
            implements Command {}

    /** The work is done. */
    record TaskSucceeded(long atMillis, long seed, EffectId effect, Answerer by, Payload output)
            implements Command {}

    /** The work failed. */
    record TaskFailed(long atMillis, long seed, EffectId effect, Answerer by, Failure failure)
            implements Command {}

    /** A worker took an activity task. */
    record ActivityStarted(long atMillis, long seed, EffectId effect, Optional<String> workerName)
            implements Command {}

    /** A worker or callback holder is still alive. */
    record Heartbeat(long atMillis, long seed, EffectId effect) implements Command {}

    /** Timers of this execution came due; one command for all that are due at once. */
    record TimersFired(long atMillis, long seed, List<Timer> timers) implements Command {
        public TimersFired {
            timers = List.copyOf(timers);
        }
    }

    /** A caller ends the execution; both texts of the reason may be absent. */
    record StopExecution(long atMillis, long seed, Failure reason) implements Command {}

    /**
     * A caller has an execution that ended without success go on where it failed; the {@link
     * Execution} counts this redrive already.
     */
    record RedriveExecution(long atMillis, long seed) implements Command {}

    /** Who ended a task. */
    enum Answerer {
        /** The integration that made the call. */
        INTEGRATION,
        /** Whoever holds the task token. */
        TOKEN
    }
}
