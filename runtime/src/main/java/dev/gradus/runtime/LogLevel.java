package dev.gradus.runtime;

import dev.gradus.engine.EventType;
import dev.gradus.engine.HistoryEvent;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What a machine logs (AWS: Step Functions developer guide, "Using CloudWatch Logs"). */
enum LogLevel {
    ALL,
    ERROR,
    FATAL,
    OFF;

    private static final Set<EventType> ERRORS = types(LogLevel::isError);
    private static final Set<EventType> FATAL_ERRORS =
            EnumSet.of(
                    EventType.EXECUTION_FAILED,
                    EventType.EXECUTION_ABORTED,
                    EventType.EXECUTION_TIMED_OUT);

    boolean logs(EventType type) {
        return switch (this) {
            case ALL -> true;
            case ERROR -> ERRORS.contains(type);
            case FATAL -> FATAL_ERRORS.contains(type);
            case OFF -> false;
        };
    }

    boolean logsAnyOf(List<HistoryEvent> events) {
        if (this == OFF) {
            return false;
        }
        for (var event : events) {
            if (logs(event.type())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isError(EventType type) {
        var text = type.text();
        return type == EventType.FAIL_STATE_ENTERED
                || text.endsWith("Failed")
                || text.endsWith("TimedOut")
                || text.endsWith("Aborted");
    }

    private static Set<EventType> types(Predicate<EventType> wanted) {
        var types = EnumSet.allOf(EventType.class);
        types.removeIf(wanted.negate());
        return types;
    }
}
