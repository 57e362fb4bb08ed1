package dev.gradus.engine;

import static dev.gradus.engine.EventType.ACTIVITY_FAILED;
import static dev.gradus.engine.EventType.ACTIVITY_SCHEDULED;
import static dev.gradus.engine.EventType.ACTIVITY_STARTED;
import static dev.gradus.engine.EventType.ACTIVITY_SUCCEEDED;
import static dev.gradus.engine.EventType.ACTIVITY_TIMED_OUT;
import static dev.gradus.engine.EventType.CHOICE_STATE_ENTERED;
import static dev.gradus.engine.EventType.CHOICE_STATE_EXITED;
import static dev.gradus.engine.EventType.EVALUATION_FAILED;
import static dev.gradus.engine.EventType.EXECUTION_ABORTED;
import static dev.gradus.engine.EventType.EXECUTION_FAILED;
import static dev.gradus.engine.EventType.EXECUTION_REDRIVEN;
import static dev.gradus.engine.EventType.EXECUTION_SUCCEEDED;
import static dev.gradus.engine.EventType.EXECUTION_TIMED_OUT;
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
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which type of event may point to which as its previous one, in any history. */
final class EventChains {
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

    private static final Set<EventType> ENTERED =
            EnumSet.of(
                    PASS_STATE_ENTERED,
                    TASK_STATE_ENTERED,
                    CHOICE_STATE_ENTERED,
                    WAIT_STATE_ENTERED,
                    SUCCEED_STATE_ENTERED,
                    FAIL_STATE_ENTERED,
                    PARALLEL_STATE_ENTERED,
                    MAP_STATE_ENTERED);

    /** Where a Task schedules, schedules again, or is left. */
    private static final Set<EventType> BETWEEN_ATTEMPTS =
            union(ATTEMPT_ENDS, EnumSet.of(TASK_STATE_ENTERED, EVALUATION_FAILED));

    /** What a state has recorded when one of its expressions, or all of it, fails. */
    private static final Set<EventType> FAILING =
            union(
                    union(ATTEMPT_ENDS, ENTERED),
                    EnumSet.of(
                            MAP_STATE_STARTED,
                            PARALLEL_STATE_SUCCEEDED,
                            MAP_STATE_SUCCEEDED,
                            PARALLEL_STATE_FAILED,
                            MAP_STATE_FAILED,
                            EVALUATION_FAILED));

    /** Types that are missing never point to another event. */
    private static final Map<EventType, Set<EventType>> PREVIOUS = previous();

    private EventChains() {}

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
        return PREVIOUS.getOrDefault(type, Set.of()).contains(previous);
    }

    private static Map<EventType, Set<EventType>> previous() {
        var previous = new EnumMap<EventType, Set<EventType>>(EventType.class);
        ofStates(previous);
        ofTasks(previous);
        // An ItemSelector may fail after any iteration has ended.
        var failing = union(FAILING, EXITED);
        for (var type : NOTES) {
            previous.put(type, failing);
        }
        for (var type :
                List.of(
                        MAP_STATE_FAILED,
                        PARALLEL_STATE_FAILED,
                        EVALUATION_FAILED,
                        EXECUTION_FAILED)) {
            previous.put(type, failing);
        }
        previous.put(
                EXECUTION_REDRIVEN,
                EnumSet.of(EXECUTION_FAILED, EXECUTION_ABORTED, EXECUTION_TIMED_OUT));
        previous.put(MAP_STATE_STARTED, failing);
        previous.put(PARALLEL_STATE_STARTED, FAILING);
        return previous;
    }

    private static void ofStates(Map<EventType, Set<EventType>> previous) {
        var before = union(EXITED, EnumSet.of(PARALLEL_STATE_STARTED, MAP_ITERATION_STARTED));
        for (var entered : ENTERED) {
            previous.put(entered, before);
        }
        previous.put(PASS_STATE_EXITED, EnumSet.of(PASS_STATE_ENTERED));
        previous.put(CHOICE_STATE_EXITED, EnumSet.of(CHOICE_STATE_ENTERED));
        previous.put(WAIT_STATE_EXITED, EnumSet.of(WAIT_STATE_ENTERED));
        previous.put(SUCCEED_STATE_EXITED, EnumSet.of(SUCCEED_STATE_ENTERED));
        previous.put(TASK_STATE_EXITED, BETWEEN_ATTEMPTS);
        previous.put(PARALLEL_STATE_EXITED, union(EXITED, EnumSet.of(PARALLEL_STATE_FAILED)));
        previous.put(
                MAP_STATE_EXITED,
                EnumSet.of(MAP_ITERATION_SUCCEEDED, MAP_STATE_STARTED, MAP_STATE_FAILED));
        previous.put(PARALLEL_STATE_SUCCEEDED, EXITED);
        previous.put(MAP_ITERATION_SUCCEEDED, EXITED);
        previous.put(EXECUTION_SUCCEEDED, EXITED);
        previous.put(MAP_STATE_SUCCEEDED, EnumSet.of(MAP_ITERATION_SUCCEEDED, MAP_STATE_STARTED));
        previous.put(MAP_ITERATION_STARTED, union(EXITED, EnumSet.of(MAP_STATE_STARTED)));
    }

    private static void ofTasks(Map<EventType, Set<EventType>> previous) {
        for (var scheduled :
                List.of(TASK_SCHEDULED, LAMBDA_FUNCTION_SCHEDULED, ACTIVITY_SCHEDULED)) {
            previous.put(scheduled, BETWEEN_ATTEMPTS);
        }
        previous.put(TASK_STARTED, EnumSet.of(TASK_SCHEDULED));
        previous.put(LAMBDA_FUNCTION_STARTED, EnumSet.of(LAMBDA_FUNCTION_SCHEDULED));
        previous.put(ACTIVITY_STARTED, EnumSet.of(ACTIVITY_SCHEDULED));
        previous.put(TASK_SUBMITTED, EnumSet.of(TASK_STARTED));
        for (var end : List.of(TASK_SUCCEEDED, TASK_FAILED, TASK_TIMED_OUT)) {
            previous.put(end, EnumSet.of(TASK_STARTED, TASK_SUBMITTED));
        }
        for (var end :
                List.of(
                        LAMBDA_FUNCTION_SUCCEEDED,
                        LAMBDA_FUNCTION_FAILED,
                        LAMBDA_FUNCTION_TIMED_OUT)) {
            previous.put(end, EnumSet.of(LAMBDA_FUNCTION_STARTED));
        }
        for (var end : List.of(ACTIVITY_SUCCEEDED, ACTIVITY_FAILED, ACTIVITY_TIMED_OUT)) {
            previous.put(end, EnumSet.of(ACTIVITY_STARTED));
        }
    }

    private static Set<EventType> union(Set<EventType> some, Set<EventType> others) {
        var all = EnumSet.copyOf(some);
        all.addAll(others);
        return all;
    }
}
