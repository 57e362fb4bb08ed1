package dev.gradus.testkit;

import dev.gradus.engine.EventDetails;
import dev.gradus.engine.EventType;
import dev.gradus.engine.HistoryEvent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A history without what two undisturbed runs may do differently: ids, times and the order in which
 * lines of control interleave. Attempts that a disturbance cost are counted and left out.
 */
public final class HistoryShape {
    private static final int SHOWN = 120;

    private static final Set<EventType> POINTS_TO_LAST =
            EnumSet.of(
                    EventType.PARALLEL_STATE_SUCCEEDED,
                    EventType.PARALLEL_STATE_FAILED,
                    EventType.PARALLEL_STATE_EXITED,
                    EventType.MAP_STATE_SUCCEEDED,
                    EventType.MAP_STATE_FAILED,
                    EventType.MAP_STATE_EXITED,
                    EventType.MAP_ITERATION_STARTED);

    private static final Set<EventType> ATTEMPT =
            EnumSet.of(
                    EventType.TASK_SCHEDULED,
                    EventType.TASK_STARTED,
                    EventType.TASK_SUBMITTED,
                    EventType.LAMBDA_FUNCTION_SCHEDULED,
                    EventType.LAMBDA_FUNCTION_STARTED,
                    EventType.ACTIVITY_SCHEDULED,
                    EventType.ACTIVITY_STARTED);

    private final List<HistoryEvent> events;
    private final Map<Long, Long> previous = new HashMap<>();
    private final Set<Long> leftOut = new HashSet<>();
    private int lostAttempts;

    private HistoryShape(List<HistoryEvent> events) {
        this.events = events;
    }

    /**
     * What is left of a history.
     *
     * @param lines each event with what led to it on its line, in an order that depends on nothing
     *     else
     * @param lostAttempts how many attempts were left out
     */
    public record Shape(List<String> lines, int lostAttempts) {
        public Shape {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Returns the shape of a whole history; {@code isLost} tells which failures a disturbance
     * caused.
     */
    public static Shape of(List<HistoryEvent> events, Predicate<HistoryEvent> isLost) {
        var shape = new HistoryShape(events);
        events.forEach(event -> shape.previous.put(event.id(), shape.onLine(event)));
        events.stream().filter(isLost).forEach(shape::leaveAttemptOut);
        return new Shape(shape.lines(), shape.lostAttempts);
    }

    /**
     * Joins, and iterations that waited for their turn, point to whoever came last: to their fork
     * instead.
     */
    private long onLine(HistoryEvent event) {
        long before = event.previousEventId();
        return POINTS_TO_LAST.contains(event.type()) ? fork(before) : before;
    }

    private long fork(long from) {
        long id = from;
        boolean skipping = false;
        while (id > 0) {
            var type = event(id).type();
            boolean starts = isStart(type);
            if (starts && !skipping) {
                return id;
            }
            skipping = isExit(type) || (skipping && !starts);
            id = previous(id);
        }
        return from;
    }

    private static boolean isStart(EventType type) {
        return type == EventType.PARALLEL_STATE_STARTED || type == EventType.MAP_STATE_STARTED;
    }

    /** Behind the whole of another fork, which this line has left. */
    private static boolean isExit(EventType type) {
        return type == EventType.PARALLEL_STATE_EXITED || type == EventType.MAP_STATE_EXITED;
    }

    private void leaveAttemptOut(HistoryEvent end) {
        lostAttempts++;
        leftOut.add(end.id());
        long id = previous(end.id());
        while (ATTEMPT.contains(event(id).type())) {
            leftOut.add(id);
            id = previous(id);
        }
    }

    private List<String> lines() {
        var paths = new HashMap<Long, Integer>();
        var lines = new ArrayList<String>();
        for (var event : events) {
            if (!leftOut.contains(event.id())) {
                var label = event.type().text() + " " + details(event);
                long before = previous(event.id());
                while (leftOut.contains(before)) {
                    before = previous(before);
                }
                int path = 31 * paths.getOrDefault(before, 0) + label.hashCode();
                paths.put(event.id(), path);
                var shown = label.length() > SHOWN ? label.substring(0, SHOWN) : label;
                lines.add(shown + " #" + Integer.toHexString(path));
            }
        }
        lines.sort(null);
        return lines;
    }

    /**
     * Who took a task, and which token a call brought, is chance; what a service answered when it
     * took a call may be lost although the token was answered already.
     */
    private static String details(HistoryEvent event) {
        if (event.details() instanceof EventDetails.TaskScheduled scheduled
                && hasToken(scheduled.resource())) {
            return scheduled.resource();
        }
        if (event.details() instanceof EventDetails.TaskOutput output
                && event.type() == EventType.TASK_SUBMITTED
                && hasToken(output.resource())) {
            return output.resource();
        }
        return event.details() instanceof EventDetails.ActivityStarted
                ? ""
                : event.details().toString();
    }

    private static boolean hasToken(String resource) {
        return resource.endsWith(".waitForTaskToken");
    }

    private long previous(long id) {
        return previous.getOrDefault(id, 0L);
    }

    private HistoryEvent event(long id) {
        return events.get((int) id - 1);
    }
}
