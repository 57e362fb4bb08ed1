package dev.gradus.api;

import java.util.Set;

/** What a caller may do; each role may do what the one before it may. */
public enum Role {
    /** May look: Describe, List, GetExecutionHistory, ValidateStateMachineDefinition. */
    VIEWER,
    /** May also run things: executions, tasks, tests of states. */
    OPERATOR,
    /** May do everything. */
    ADMIN;

    private static final Set<String> LOOKS =
            Set.of("GetExecutionHistory", "ValidateStateMachineDefinition");
    private static final Set<String> RUNS =
            Set.of(
                    "GetActivityTask",
                    "RedriveExecution",
                    "SendTaskFailure",
                    "SendTaskHeartbeat",
                    "SendTaskSuccess",
                    "StartExecution",
                    "StartSyncExecution",
                    "StopExecution",
                    "TestState",
                    "UpdateMapRun");

    boolean allows(String operation) {
        return switch (this) {
            case VIEWER -> looks(operation);
            case OPERATOR -> looks(operation) || RUNS.contains(operation);
            case ADMIN -> true;
        };
    }

    private static boolean looks(String operation) {
        return operation.startsWith("Describe")
                || operation.startsWith("List")
                || LOOKS.contains(operation);
    }
}
