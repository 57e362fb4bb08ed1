package dev.gradus.runtime;

import dev.gradus.engine.Execution;
import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.engine.Failure;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.spi.StatusEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * What EventBridge is told of an execution: a function of its row, so that whatever changes the
 * status needs to say no more. Source: Step Functions developer guide, "Automating Step Functions
 * event delivery with EventBridge".
 */
final class StatusEvents {
    /** Input and output together, as they stand escaped in the event (AWS). */
    static final int DATA_BYTES_MAX = 248 << 10;

    private StatusEvents() {}

    static StatusEvent of(ExecutionRow row) {
        var place = row.arn().place();
        long at =
                row.end()
                        .map(ExecutionRow.End::stoppedAtMillis)
                        .orElse(begunAtMillis(row.execution()));
        var name = row.arn().text() + " " + row.status() + " " + at;
        return new StatusEvent(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(),
                place.account(),
                place.region(),
                row.arn().text(),
                at,
                detail(row).text());
    }

    private static long begunAtMillis(Execution execution) {
        var redrives = execution.redrives();
        return redrives.count() == 0 ? execution.startedAtMillis() : redrives.lastAtMillis();
    }

    private static JsonObject detail(ExecutionRow row) {
        var execution = row.execution();
        var output = row.end().flatMap(ExecutionRow.End::output).map(Payload::text);
        long outputBytes = output.map(EscapedText::bytes).orElse(0L);
        var input = execution.inputAsGiven().text();
        boolean inputFits = EscapedText.bytes(input) + outputBytes <= DATA_BYTES_MAX;
        boolean outputFits = outputBytes <= DATA_BYTES_MAX;
        var redrives = execution.redrives();
        var failure = row.end().map(ExecutionRow.End::failure).orElse(Failure.NONE);
        return JsonObject.builder()
                .put("executionArn", row.arn().text())
                .put("stateMachineArn", execution.stateMachineArn())
                .put("name", execution.name())
                .put("status", row.status().name())
                .put("startDate", execution.startedAtMillis())
                .put(
                        "stopDate",
                        row.end()
                                .<Json>map(end -> Json.of(end.stoppedAtMillis()))
                                .orElse(Json.NULL))
                .put("input", text(Optional.of(input).filter(_ -> inputFits)))
                .put("inputDetails", included(inputFits))
                .put("output", text(output.filter(_ -> outputFits)))
                .put("outputDetails", output.isPresent() ? included(outputFits) : Json.NULL)
                .put("stateMachineVersionArn", text(execution.versionArn()))
                .put("stateMachineAliasArn", text(execution.aliasArn()))
                .put("redriveCount", redrives.count())
                .put(
                        "redriveDate",
                        redrives.count() == 0 ? Json.NULL : Json.of(redrives.lastAtMillis()))
                .put("redriveStatus", isRedrivable(row.status()) ? "REDRIVABLE" : "NOT_REDRIVABLE")
                .put("redriveStatusReason", redriveReason(row.status()))
                .put("error", text(failure.error()))
                .put("cause", text(failure.cause()))
                .build();
    }

    private static Json text(Optional<String> value) {
        return value.<Json>map(Json::of).orElse(Json.NULL);
    }

    private static Json included(boolean value) {
        return JsonObject.of("included", Json.of(value));
    }

    private static boolean isRedrivable(Status status) {
        return switch (status) {
            case RUNNING, SUCCEEDED -> false;
            case FAILED, TIMED_OUT, ABORTED -> true;
        };
    }

    private static String redriveReason(Status status) {
        return "Execution is "
                + status
                + (isRedrivable(status) ? " and is redrivable" : " and cannot be redriven");
    }
}
