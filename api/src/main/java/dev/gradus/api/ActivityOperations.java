package dev.gradus.api;

import dev.gradus.api.Operation.Call;
import dev.gradus.api.Operation.Reply;
import dev.gradus.engine.Failure;
import dev.gradus.expressions.JsonSyntaxException;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.ActivityView;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The operations on activities and task tokens. */
final class ActivityOperations {
    private final Service service;
    private final PageTokens tokens;
    private final Polls polls;

    ActivityOperations(Service service, PageTokens tokens, Polls polls) {
        this.service = service;
        this.tokens = tokens;
        this.polls = polls;
    }

    List<Operation<?>> table() {
        return List.of(
                new Operation<>(
                        "CreateActivity", ActivityInputs.CreateActivity.SHAPE, this::create),
                new Operation<>(
                        "DescribeActivity", ActivityInputs.DescribeActivity.SHAPE, this::describe),
                new Operation<>("ListActivities", ActivityInputs.ListActivities.SHAPE, this::list),
                new Operation<>(
                        "DeleteActivity", ActivityInputs.DeleteActivity.SHAPE, this::delete),
                new Operation<>(
                        "GetActivityTask", ActivityInputs.GetActivityTask.SHAPE, this::poll),
                new Operation<>(
                        "SendTaskSuccess", ActivityInputs.SendTaskSuccess.SHAPE, this::succeed),
                new Operation<>(
                        "SendTaskFailure", ActivityInputs.SendTaskFailure.SHAPE, this::fail),
                new Operation<>(
                        "SendTaskHeartbeat",
                        ActivityInputs.SendTaskHeartbeat.SHAPE,
                        this::heartbeat));
    }

    private CompletionStage<Reply> create(ActivityInputs.CreateActivity in, Call call) {
        var arn = new Arn.Activity(call.place(), Names.valid(in.name()));
        in.encryptionConfiguration().ifPresent(MachineSettings::refuseOwnKey);
        return service.create(arn, in.tags().map(TagOperations::valid).orElse(Map.of()))
                .thenApply(activity ->
                        out ->
                                out.string("activityArn", activity.arn().text())
                                        .date("creationDate", activity.creationMillis()));
    }

    private CompletionStage<Reply> describe(ActivityInputs.DescribeActivity in, Call call) {
        return service.describe(call.own(ArnParser.activity(in.activityArn())))
                .thenApply(activity ->
                        out -> {
                            item(activity, out);
                            StateMachineOutputs.encryption(out);
                        });
    }

    private CompletionStage<Reply> list(ActivityInputs.ListActivities in, Call call) {
        var binding = new PageTokens.Binding("ListActivities", List.of(call.place().toString()));
        return service.activities(call.place(), in.page().request(tokens, binding))
                .thenApply(page -> {
                    var next = page.next().map(after -> tokens.issue(binding, after));
                    return out ->
                            out.array(
                                            "activities",
                                            page.items(),
                                            each -> out.object(() -> item(each, out)))
                                    .string("nextToken", next);
                });
    }

    private CompletionStage<Reply> delete(ActivityInputs.DeleteActivity in, Call call) {
        var activity = ArnParser.activity(in.activityArn());
        return call.owns(activity)
                ? service.delete(activity).thenApply(_ -> Reply.EMPTY)
                : Operation.nothingThere();
    }

    private CompletionStage<Reply> poll(ActivityInputs.GetActivityTask in, Call call) {
        // A task taken by one who may not answer it would be lost.
        var activity = call.own(ArnParser.activity(in.activityArn()));
        return polls.await(
                        open -> service.poll(activity, in.workerName(), open),
                        call.http().connection().open())
                .thenApply(ActivityOperations::handedOut);
    }

    private static Reply handedOut(Optional<ActivityView.Task> task) {
        return task.<Reply>map(found ->
                        out ->
                                out.string("taskToken", found.taskToken())
                                        .string("input", found.input()))
                .orElse(Reply.EMPTY);
    }

    private CompletionStage<Reply> succeed(ActivityInputs.SendTaskSuccess in, Call call) {
        return service.succeed(call.place(), in.taskToken(), output(in.output()))
                .thenApply(_ -> Reply.EMPTY);
    }

    private CompletionStage<Reply> fail(ActivityInputs.SendTaskFailure in, Call call) {
        return service.fail(call.place(), in.taskToken(), new Failure(in.error(), in.cause()))
                .thenApply(_ -> Reply.EMPTY);
    }

    private CompletionStage<Reply> heartbeat(ActivityInputs.SendTaskHeartbeat in, Call call) {
        return service.heartbeat(call.place(), in.taskToken()).thenApply(_ -> Reply.EMPTY);
    }

    private static Payload output(String text) {
        if (text.isEmpty()) {
            throw ErrorShape.InvalidOutput.because("Invalid Output: 'Invalid output.'");
        }
        try {
            return Payload.ofText(text);
        } catch (JsonSyntaxException notJson) {
            throw ErrorShape.InvalidOutput.because("Invalid Output: '" + notJson.message() + "'");
        }
    }

    private static void item(ActivityView activity, WireWriter out) {
        out.string("activityArn", activity.arn().text())
                .string("name", activity.arn().name())
                .date("creationDate", activity.creationMillis());
    }
}
