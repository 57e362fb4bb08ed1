package dev.gradus.api;

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
                .string("stateMachineAliasArn", execution.aliasArn());
        redrives(execution.redrive().past(), out);
        var refusal = execution.redrive().notRedrivable();
        out.string("redriveStatus", refusal.isPresent() ? "NOT_REDRIVABLE" : "REDRIVABLE")
                .string("redriveStatusReason", refusal);
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
                .string("stateMachineAliasArn", execution.aliasArn());
        redrives(execution.redrives(), out);
    }

    private static void included(String name, WireWriter out) {
        out.object(name, () -> out.flag("included", true));
    }

    private static void redrives(ExecutionView.Redrives redrives, WireWriter out) {
        out.number("redriveCount", redrives.count()).date("redriveDate", redrives.dateMillis());
    }
}
