package dev.gradus.api;

import dev.gradus.engine.ExecutionState;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.ExecutionView;
import dev.gradus.runtime.SyncExecutionView;
import java.util.List;
import java.util.Optional;

/** Writes the answers about executions. */
final class ExecutionOutputs {
    private ExecutionOutputs() {}

    static void started(ExecutionRequests.Started started, WireWriter out) {
        out.string("executionArn", started.arn().text()).date("startDate", started.startMillis());
    }

    /** AWS: outputDetails are there without an output too (recorded). */
    static void ended(SyncExecutionView execution, WireWriter out) {
        out.string("executionArn", execution.arn().text())
                .string("stateMachineArn", execution.machine().text())
                .string("name", execution.arn().name())
                .string("status", execution.status().name())
                .date("startDate", execution.startMillis())
                .date("stopDate", execution.stopMillis())
                .string("input", execution.input())
                .string("output", execution.output())
                .string("traceHeader", execution.traceHeader())
                .string("error", execution.failure().error())
                .string("cause", execution.failure().cause());
        included("inputDetails", out);
        included("outputDetails", out);
        out.object(
                "billingDetails",
                () ->
                        out.number("billedDurationInMilliseconds", execution.billedMillis())
                                .number("billedMemoryUsedInMB", execution.billedMegabytes()));
    }

    static void described(ExecutionView execution, WireWriter out) {
        out.string("executionArn", execution.arn().text())
                .string("stateMachineArn", execution.arn().stateMachine().text())
                .string("name", execution.arn().name())
                .string("status", execution.status().name())
                .date("startDate", execution.startMillis())
                .date("stopDate", execution.stopMillis())
                .string("input", execution.input());
        included("inputDetails", out);
        execution
                .output()
                .ifPresent(output -> {
                    out.string("output", output);
                    included("outputDetails", out);
                });
        out.string("traceHeader", execution.traceHeader())
                .string("error", execution.failure().error())
                .string("cause", execution.failure().cause())
                .string("stateMachineVersionArn", execution.versionArn())
                .string("stateMachineAliasArn", execution.aliasArn())
                .number("redriveCount", 0);
        redrive(execution.status(), out);
    }

    static void listed(
            List<ExecutionView.Summary> executions, Optional<String> next, WireWriter out) {
        out.array("executions", executions, each -> out.object(() -> item(each, out)))
                .string("nextToken", next);
    }

    private static void item(ExecutionView.Summary execution, WireWriter out) {
        out.string("executionArn", execution.arn().text())
                .string("stateMachineArn", execution.arn().stateMachine().text())
                .string("name", execution.arn().name())
                .string("status", execution.status().name())
                .date("startDate", execution.startMillis())
                .date("stopDate", execution.stopMillis())
                .string("stateMachineVersionArn", execution.versionArn())
                .string("stateMachineAliasArn", execution.aliasArn())
                .number("redriveCount", 0);
    }

    private static void included(String name, WireWriter out) {
        out.object(name, () -> out.flag("included", true));
    }

    private static void redrive(ExecutionState.Status status, WireWriter out) {
        switch (status) {
            case RUNNING, SUCCEEDED ->
                    out.string("redriveStatus", "NOT_REDRIVABLE")
                            .string(
                                    "redriveStatusReason",
                                    "Execution is " + status + " and cannot be redriven");
            case FAILED, TIMED_OUT, ABORTED -> out.string("redriveStatus", "REDRIVABLE");
        }
    }
}
