package dev.gradus.engine;

/**
 * The 62 history event types of the AWS API; names are AWS's, in {@link #text()}. The order is
 * stored: append only.
 */
public enum EventType {
    EXECUTION_STARTED,
    EXECUTION_SUCCEEDED,
    EXECUTION_FAILED,
    EXECUTION_ABORTED,
    EXECUTION_TIMED_OUT,
    EXECUTION_REDRIVEN,
    PASS_STATE_ENTERED,
    PASS_STATE_EXITED,
    TASK_STATE_ENTERED,
    TASK_STATE_EXITED,
    TASK_STATE_ABORTED,
    CHOICE_STATE_ENTERED,
    CHOICE_STATE_EXITED,
    WAIT_STATE_ENTERED,
    WAIT_STATE_EXITED,
    WAIT_STATE_ABORTED,
    SUCCEED_STATE_ENTERED,
    SUCCEED_STATE_EXITED,
    FAIL_STATE_ENTERED,
    PARALLEL_STATE_ENTERED,
    PARALLEL_STATE_EXITED,
    PARALLEL_STATE_STARTED,
    PARALLEL_STATE_SUCCEEDED,
    PARALLEL_STATE_FAILED,
    PARALLEL_STATE_ABORTED,
    MAP_STATE_ENTERED,
    MAP_STATE_EXITED,
    MAP_STATE_STARTED,
    MAP_STATE_SUCCEEDED,
    MAP_STATE_FAILED,
    MAP_STATE_ABORTED,
    MAP_ITERATION_STARTED,
    MAP_ITERATION_SUCCEEDED,
    MAP_ITERATION_FAILED,
    MAP_ITERATION_ABORTED,
    MAP_RUN_STARTED,
    MAP_RUN_SUCCEEDED,
    MAP_RUN_FAILED,
    MAP_RUN_ABORTED,
    MAP_RUN_REDRIVEN,
    TASK_SCHEDULED,
    TASK_STARTED,
    TASK_START_FAILED,
    TASK_SUBMITTED,
    TASK_SUBMIT_FAILED,
    TASK_SUCCEEDED,
    TASK_FAILED,
    TASK_TIMED_OUT,
    LAMBDA_FUNCTION_SCHEDULED,
    LAMBDA_FUNCTION_STARTED,
    LAMBDA_FUNCTION_SUCCEEDED,
    LAMBDA_FUNCTION_FAILED,
    LAMBDA_FUNCTION_SCHEDULE_FAILED,
    LAMBDA_FUNCTION_START_FAILED,
    LAMBDA_FUNCTION_TIMED_OUT,
    ACTIVITY_SCHEDULED,
    ACTIVITY_STARTED,
    ACTIVITY_SUCCEEDED,
    ACTIVITY_FAILED,
    ACTIVITY_SCHEDULE_FAILED,
    ACTIVITY_TIMED_OUT,
    EVALUATION_FAILED;

    private final String text = camelCase(name());

    /** Returns AWS's name, for example {@code PassStateEntered}. */
    public String text() {
        return text;
    }

    private static String camelCase(String constant) {
        var text = new StringBuilder();
        for (var word : constant.split("_", -1)) {
            text.append(word.charAt(0))
                    .append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return text.toString();
    }
}
