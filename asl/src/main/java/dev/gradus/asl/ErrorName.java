package dev.gradus.asl;

import java.util.List;
import java.util.Optional;

/** The name of an error as Retry and Catch write it, with the matching rule in one place. */
public record ErrorName(String text) {
    public static final ErrorName ALL = new ErrorName("States.ALL");
    public static final ErrorName TASK_FAILED = new ErrorName("States.TaskFailed");
    public static final ErrorName TIMEOUT = new ErrorName("States.Timeout");
    public static final ErrorName HEARTBEAT_TIMEOUT = new ErrorName("States.HeartbeatTimeout");
    public static final ErrorName RUNTIME = new ErrorName("States.Runtime");
    public static final ErrorName DATA_LIMIT_EXCEEDED = new ErrorName("States.DataLimitExceeded");

    /** What kind of failure is being matched: wildcard names depend on it. */
    public enum Origin {
        /** A task's own error. */
        TASK,
        /** A task that missed its heartbeat; reported as States.Timeout. */
        HEARTBEAT,
        /** Anything else: a Fail state, a branch, an iteration. */
        OTHER
    }

    /**
     * Tells whether any of these names handles a failure with that error; nothing handles
     * States.Runtime.
     */
    public static boolean anyMatches(List<ErrorName> names, Optional<String> error, Origin origin) {
        if (error.filter(RUNTIME.text::equals).isPresent()) {
            return false; // AWS: never retried, never caught, not even by States.ALL (recorded).
        }
        return names.stream().anyMatch(name -> name.matches(error, origin));
    }

    private boolean matches(Optional<String> error, Origin origin) {
        if (equals(ALL)) {
            return true;
        }
        if (equals(TASK_FAILED)) {
            return (origin == Origin.TASK && error.filter(TIMEOUT.text::equals).isEmpty())
                    || error.filter(text::equals).isPresent();
        }
        if (equals(HEARTBEAT_TIMEOUT)) {
            return origin == Origin.HEARTBEAT || error.filter(text::equals).isPresent();
        }
        return error.filter(text::equals).isPresent();
    }
}
