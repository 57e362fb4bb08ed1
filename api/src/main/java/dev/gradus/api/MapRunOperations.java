package dev.gradus.api;

import dev.gradus.api.Operation.Call;
import dev.gradus.api.Operation.Reply;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.MapRunRequests;
import dev.gradus.runtime.MapRunView;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** The operations on Map Runs. */
final class MapRunOperations {
    private final Service service;
    private final PageTokens tokens;

    MapRunOperations(Service service, PageTokens tokens) {
        this.service = service;
        this.tokens = tokens;
    }

    List<Operation<?>> table() {
        return List.of(
                new Operation<>(
                        "DescribeMapRun", MapRunInputs.DescribeMapRun.SHAPE, this::describe),
                new Operation<>("ListMapRuns", MapRunInputs.ListMapRuns.SHAPE, this::list),
                new Operation<>("UpdateMapRun", MapRunInputs.UpdateMapRun.SHAPE, this::update));
    }

    private CompletionStage<Reply> describe(MapRunInputs.DescribeMapRun in, Call call) {
        return service.describe(call.own(ArnParser.mapRun(in.mapRunArn())))
                .thenApply(run -> out -> described(run, out));
    }

    private CompletionStage<Reply> list(MapRunInputs.ListMapRuns in, Call call) {
        var execution = call.own(ArnParser.execution(in.executionArn()));
        var binding = new PageTokens.Binding("ListMapRuns", List.of(execution.text()));
        var request = new MapRunRequests.ListOf(execution, in.page().request(tokens, binding));
        return service.mapRuns(request)
                .thenApply(page -> {
                    var next = page.next().map(after -> tokens.issue(binding, after));
                    return out ->
                            out.array(
                                            "mapRuns",
                                            page.items(),
                                            each -> out.object(() -> item(each, out)))
                                    .string("nextToken", next);
                });
    }

    private CompletionStage<Reply> update(MapRunInputs.UpdateMapRun in, Call call) {
        var arn = call.own(ArnParser.mapRun(in.mapRunArn()));
        if (in.changesNothing()) {
            throw new ApiException(
                    ErrorShape.ValidationException,
                    "Must specify at least one of maxConcurrency, toleratedFailurePercentage and"
                            + " toleratedFailureCount",
                    Map.of("reason", "MISSING_REQUIRED_PARAMETER"));
        }
        var request =
                new MapRunRequests.Update(
                        arn,
                        in.maxConcurrency().map(OptionalInt::of).orElse(OptionalInt.empty()),
                        in.toleratedFailurePercentage(),
                        in.toleratedFailureCount()
                                .map(OptionalLong::of)
                                .orElse(OptionalLong.empty()));
        return service.update(request).thenApply(_ -> Reply.EMPTY);
    }

    private static void described(MapRunView run, WireWriter out) {
        out.string("mapRunArn", run.arn().text())
                .string("executionArn", run.execution().text())
                .string("status", run.status().name())
                .date("startDate", run.startMillis())
                .date("stopDate", run.stopMillis())
                .number("maxConcurrency", run.settings().maxConcurrency())
                .number(
                        "toleratedFailurePercentage",
                        OptionalDouble.of(run.settings().toleratedFailurePercentage()))
                .number("toleratedFailureCount", run.settings().toleratedFailureCount())
                .object("itemCounts", () -> counts(run.items(), out))
                .object("executionCounts", () -> counts(run.executions(), out))
                .number("redriveCount", run.redrives().count())
                .date("redriveDate", run.redrives().dateMillis());
    }

    private static void counts(MapRunView.Counts counts, WireWriter out) {
        out.number("pending", counts.pending())
                .number("running", counts.running())
                .number("succeeded", counts.succeeded())
                .number("failed", counts.failed())
                .number("timedOut", counts.timedOut())
                .number("aborted", counts.aborted())
                .number("total", counts.total())
                .number("resultsWritten", counts.resultsWritten())
                .number("failuresNotRedrivable", counts.failuresNotRedrivable())
                .number("pendingRedrive", counts.pendingRedrive());
    }

    /** AWS: the machine of a run is the labelled one (recorded). */
    private static void item(MapRunView run, WireWriter out) {
        var arn = run.arn();
        var machine = new Arn.LabelledStateMachine(arn.place(), arn.machine(), arn.label());
        out.string("executionArn", run.execution().text())
                .string("mapRunArn", arn.text())
                .string("stateMachineArn", machine.text())
                .date("startDate", run.startMillis())
                .date("stopDate", run.stopMillis());
    }
}
