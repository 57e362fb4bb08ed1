package dev.gradus.runtime;

import dev.gradus.engine.EventDetails;
import dev.gradus.engine.HistoryEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * The tasks under way of one execution, each by the last history event of its line of control: what
 * their later events do not say again, and when they were scheduled and started. What is not in
 * memory is read from the history. Used by whoever decides for the execution alone.
 */
final class OpenTasks {
    private final Map<Long, Task> byLastEvent = new HashMap<>();

    /**
     * One attempt.
     *
     * @param subject what its metrics are counted for
     * @param startedAtMillis absent until it has started
     */
    record Task(MetricSubject subject, long scheduledAtMillis, OptionalLong startedAtMillis) {
        Task started(long atMillis) {
            return new Task(subject, scheduledAtMillis, OptionalLong.of(atMillis));
        }
    }

    void put(long eventId, Task task) {
        byLastEvent.put(eventId, task);
    }

    /** Removes the task whose last event that was. */
    Optional<Task> take(long eventId) {
        return Optional.ofNullable(byLastEvent.remove(eventId));
    }

    void forget(long eventId) {
        byLastEvent.remove(eventId);
    }

    /** How many are in memory. */
    int size() {
        return byLastEvent.size();
    }

    /**
     * Reads a task from a history.
     *
     * @param eventId the last event of it
     * @param subject makes what it is counted for of the event that scheduled it
     * @param stored the history, event by event
     */
    static Optional<Task> recall(
            long eventId,
            ExecutionMetrics.SubjectOfTask subject,
            LongFunction<Optional<HistoryEvent>> stored) {
        var started = OptionalLong.empty();
        var event = stored.apply(eventId);
        while (event.isPresent() && ExecutionMetrics.goesOn(event.get().type())) {
            if (!(event.get().details() instanceof EventDetails.TaskOutput)) {
                started = OptionalLong.of(event.get().atMillis());
            }
            event = stored.apply(event.get().previousEventId());
        }
        if (event.isEmpty()) {
            return Optional.empty();
        }
        var scheduled = event.get();
        var startedAt = started;
        return subject.of(scheduled.details())
                .map(of -> new Task(of, scheduled.atMillis(), startedAt));
    }
}
