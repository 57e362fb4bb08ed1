package dev.gradus.engine;

import static dev.gradus.engine.EventType.ACTIVITY_FAILED;
import static dev.gradus.engine.EventType.ACTIVITY_SCHEDULED;
import static dev.gradus.engine.EventType.ACTIVITY_STARTED;
import static dev.gradus.engine.EventType.ACTIVITY_SUCCEEDED;
import static dev.gradus.engine.EventType.ACTIVITY_TIMED_OUT;
import static dev.gradus.engine.EventType.CHOICE_STATE_ENTERED;
import static dev.gradus.engine.EventType.CHOICE_STATE_EXITED;
import static dev.gradus.engine.EventType.EVALUATION_FAILED;
import static dev.gradus.engine.EventType.FAIL_STATE_ENTERED;
import static dev.gradus.engine.EventType.LAMBDA_FUNCTION_FAILED;
import static dev.gradus.engine.EventType.LAMBDA_FUNCTION_SCHEDULED;
import static dev.gradus.engine.EventType.LAMBDA_FUNCTION_STARTED;
import static dev.gradus.engine.EventType.LAMBDA_FUNCTION_SUCCEEDED;
import static dev.gradus.engine.EventType.LAMBDA_FUNCTION_TIMED_OUT;
import static dev.gradus.engine.EventType.MAP_ITERATION_ABORTED;
import static dev.gradus.engine.EventType.MAP_ITERATION_FAILED;
import static dev.gradus.engine.EventType.MAP_ITERATION_STARTED;
import static dev.gradus.engine.EventType.MAP_ITERATION_SUCCEEDED;
import static dev.gradus.engine.EventType.MAP_STATE_ABORTED;
import static dev.gradus.engine.EventType.MAP_STATE_ENTERED;
import static dev.gradus.engine.EventType.MAP_STATE_EXITED;
import static dev.gradus.engine.EventType.MAP_STATE_FAILED;
import static dev.gradus.engine.EventType.MAP_STATE_STARTED;
import static dev.gradus.engine.EventType.MAP_STATE_SUCCEEDED;
import static dev.gradus.engine.EventType.PARALLEL_STATE_ABORTED;
import static dev.gradus.engine.EventType.PARALLEL_STATE_ENTERED;
import static dev.gradus.engine.EventType.PARALLEL_STATE_EXITED;
import static dev.gradus.engine.EventType.PARALLEL_STATE_FAILED;
import static dev.gradus.engine.EventType.PARALLEL_STATE_STARTED;
import static dev.gradus.engine.EventType.PARALLEL_STATE_SUCCEEDED;
import static dev.gradus.engine.EventType.PASS_STATE_ENTERED;
import static dev.gradus.engine.EventType.PASS_STATE_EXITED;
import static dev.gradus.engine.EventType.SUCCEED_STATE_ENTERED;
import static dev.gradus.engine.EventType.SUCCEED_STATE_EXITED;
import static dev.gradus.engine.EventType.TASK_FAILED;
import static dev.gradus.engine.EventType.TASK_SCHEDULED;
import static dev.gradus.engine.EventType.TASK_STARTED;
import static dev.gradus.engine.EventType.TASK_STATE_ABORTED;
import static dev.gradus.engine.EventType.TASK_STATE_ENTERED;
import static dev.gradus.engine.EventType.TASK_STATE_EXITED;
import static dev.gradus.engine.EventType.TASK_SUBMITTED;
import static dev.gradus.engine.EventType.TASK_SUCCEEDED;
import static dev.gradus.engine.EventType.TASK_TIMED_OUT;
import static dev.gradus.engine.EventType.WAIT_STATE_ABORTED;
import static dev.gradus.engine.EventType.WAIT_STATE_ENTERED;
import static dev.gradus.engine.EventType.WAIT_STATE_EXITED;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which type of event may point to which as its previous one, in any history. */
final class HistoryShape {
    /** Remarks beside a chain, to which nothing points. */
    private static final Set<EventType> NOTES =
            EnumSet.of(
                    TASK_STATE_ABORTED,
                    WAIT_STATE_ABORTED,
                    PARALLEL_STATE_ABORTED,
                    MAP_STATE_ABORTED,
                    MAP_ITERATION_FAILED,
                    MAP_ITERATION_ABORTED);

    private static final Set<EventType> EXITED =
            EnumSet.of(
                    PASS_STATE_EXITED,
                    TASK_STATE_EXITED,
                    CHOICE_STATE_EXITED,
                    WAIT_STATE_EXITED,
                    SUCCEED_STATE_EXITED,
                    PARALLEL_STATE_EXITED,
                    MAP_STATE_EXITED);

    private static final Set<EventType> ATTEMPT_ENDS =
            EnumSet.of(
                    TASK_SUCCEEDED,
                    TASK_FAILED,
                    TASK_TIMED_OUT,
                    LAMBDA_FUNCTION_SUCCEEDED,
                    LAMBDA_FUNCTION_FAILED,
                    LAMBDA_FUNCTION_TIMED_OUT,
                    ACTIVITY_SUCCEEDED,
                    ACTIVITY_FAILED,
                    ACTIVITY_TIMED_OUT);

    /** What a state has recorded when one of its expressions, or all of it, fails. */
    private static final Set<EventType> FAILING =
            with(
                    ATTEMPT_ENDS,
                    PASS_STATE_ENTERED,
                    TASK_STATE_ENTERED,
                    CHOICE_STATE_ENTERED,
                    WAIT_STATE_ENTERED,
                    SUCCEED_STATE_ENTERED,
                    FAIL_STATE_ENTERED,
                    PARALLEL_STATE_ENTERED,
                    MAP_STATE_ENTERED,
                    MAP_STATE_STARTED,
                    PARALLEL_STATE_SUCCEEDED,
                    MAP_STATE_SUCCEEDED,
                    PARALLEL_STATE_FAILED,
                    MAP_STATE_FAILED,
                    EVALUATION_FAILED);

    private HistoryShape() {}

    /** Returns what is wrong with the events from a position on, one sentence for each. */
    static List<String> check(List<HistoryEvent> history, int from) {
        var violations = new ArrayList<String>();
        for (int i = from; i < history.size(); i++) {
            var event = history.get(i);
            if (event.previousEventId() > 0 && event.id() < Limits.HISTORY_EVENTS) {
                var previous = history.get((int) event.previousEventId() - 1);
                if (!follows(event.type(), previous.type()) || !sameName(event, previous)) {
                    violations.add(event + " points to " + previous);
                }
            }
        }
        return violations;
    }

    /** A state without work inside is left right after it was entered. */
    private static boolean sameName(HistoryEvent event, HistoryEvent previous) {
        return !(event.details() instanceof EventDetails.StateExited(var left, _, _))
                || !(previous.details() instanceof EventDetails.StateEntered(var entered, _))
                || left.equals(entered);
    }

    private static boolean follows(EventType type, EventType previous) {
        return switch (type) {
            case PASS_STATE_ENTERED,
                    TASK_STATE_ENTERED,
                    CHOICE_STATE_ENTERED,
                    WAIT_STATE_ENTERED,
                    SUCCEED_STATE_ENTERED,
                    FAIL_STATE_ENTERED,
                    PARALLEL_STATE_ENTERED,
                    MAP_STATE_ENTERED ->
                    with(EXITED, PARALLEL_STATE_STARTED, MAP_ITERATION_STARTED).contains(previous);
            case PASS_STATE_EXITED -> previous == PASS_STATE_ENTERED;
            case CHOICE_STATE_EXITED -> previous == CHOICE_STATE_ENTERED;
            case WAIT_STATE_EXITED -> previous == WAIT_STATE_ENTERED;
            case SUCCEED_STATE_EXITED -> previous == SUCCEED_STATE_ENTERED;
            case TASK_STATE_EXITED ->
                    with(ATTEMPT_ENDS, TASK_STATE_ENTERED, EVALUATION_FAILED).contains(previous);
            case PARALLEL_STATE_EXITED -> with(EXITED, PARALLEL_STATE_FAILED).contains(previous);
            case MAP_STATE_EXITED ->
                    EnumSet.of(MAP_ITERATION_SUCCEEDED, MAP_STATE_STARTED, MAP_STATE_FAILED)
                            .contains(previous);
            case PARALLEL_STATE_SUCCEEDED, MAP_ITERATION_SUCCEEDED, EXECUTION_SUCCEEDED ->
                    EXITED.contains(previous);
            case MAP_STATE_SUCCEEDED ->
                    EnumSet.of(MAP_ITERATION_SUCCEEDED, MAP_STATE_STARTED).contains(previous);
            case MAP_ITERATION_STARTED -> with(EXITED, MAP_STATE_STARTED).contains(previous);
            case TASK_SCHEDULED, LAMBDA_FUNCTION_SCHEDULED, ACTIVITY_SCHEDULED ->
                    with(ATTEMPT_ENDS, TASK_STATE_ENTERED, EVALUATION_FAILED).contains(previous);
            case TASK_STARTED -> previous == TASK_SCHEDULED;
            case LAMBDA_FUNCTION_STARTED -> previous == LAMBDA_FUNCTION_SCHEDULED;
            case ACTIVITY_STARTED -> previous == ACTIVITY_SCHEDULED;
            case TASK_SUBMITTED -> previous == TASK_STARTED;
            case TASK_SUCCEEDED, TASK_FAILED, TASK_TIMED_OUT ->
                    previous == TASK_STARTED || previous == TASK_SUBMITTED;
            case LAMBDA_FUNCTION_SUCCEEDED, LAMBDA_FUNCTION_FAILED, LAMBDA_FUNCTION_TIMED_OUT ->
                    previous == LAMBDA_FUNCTION_STARTED;
            case ACTIVITY_SUCCEEDED, ACTIVITY_FAILED, ACTIVITY_TIMED_OUT ->
                    previous == ACTIVITY_STARTED;
            case PARALLEL_STATE_STARTED,
                    MAP_STATE_STARTED,
                    PARALLEL_STATE_FAILED,
                    MAP_STATE_FAILED,
                    EVALUATION_FAILED,
                    EXECUTION_FAILED,
                    TASK_STATE_ABORTED,
                    WAIT_STATE_ABORTED,
                    PARALLEL_STATE_ABORTED,
                    MAP_STATE_ABORTED,
                    MAP_ITERATION_FAILED,
                    MAP_ITERATION_ABORTED ->
                    FAILING.contains(previous) || isBetweenIterations(type, previous);
            case EXECUTION_STARTED, EXECUTION_ABORTED, EXECUTION_TIMED_OUT -> false;
            case EXECUTION_REDRIVEN,
                    MAP_RUN_STARTED,
                    MAP_RUN_SUCCEEDED,
                    MAP_RUN_FAILED,
                    MAP_RUN_ABORTED,
                    MAP_RUN_REDRIVEN,
                    TASK_START_FAILED,
                    TASK_SUBMIT_FAILED,
                    LAMBDA_FUNCTION_SCHEDULE_FAILED,
                    LAMBDA_FUNCTION_START_FAILED,
                    ACTIVITY_SCHEDULE_FAILED ->
                    !NOTES.contains(previous);
        };
    }

    /** An ItemSelector may fail after any iteration has ended. */
    private static boolean isBetweenIterations(EventType type, EventType previous) {
        return type != PARALLEL_STATE_STARTED && EXITED.contains(previous);
    }

    private static Set<EventType> with(Set<EventType> types, EventType... more) {
        var all = EnumSet.copyOf(types);
        all.addAll(List.of(more));
        return all;
    }
}
