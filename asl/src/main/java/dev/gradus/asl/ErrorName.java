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

    /** Where a failure began; it stays the same on its way out of branches and iterations. */
    public enum Origin {
        /** A task's own error. */
        TASK,
        /** A task that missed its heartbeat; reported as States.Timeout. */
        HEARTBEAT,
        /** Anything else: a Fail state, an expression. */
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
            // AWS: a wildcard for every error but a timeout ("Handling errors" of its guide), a
            // missed heartbeat included, for that is reported as a timeout.
            return error.filter(TIMEOUT.text::equals).isEmpty();
        }
        if (equals(HEARTBEAT_TIMEOUT)) {
            return origin == Origin.HEARTBEAT || error.filter(text::equals).isPresent();
        }
        return error.filter(text::equals).isPresent();
    }
}
