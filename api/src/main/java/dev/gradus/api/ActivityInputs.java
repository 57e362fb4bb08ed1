package dev.gradus.api;

import dev.gradus.api.StateMachineInputs.EncryptionConfiguration;
import dev.gradus.api.StateMachineInputs.Tag;
import dev.gradus.engine.Limits;
import java.util.List;
import java.util.Optional;

/** The requests about activities and task tokens, each with its members as AWS's model has them. */
final class ActivityInputs {
    private static final Member<String> ACTIVITY_ARN =
            Member.required("activityArn", MemberType.text(1, 256));
    private static final Member<String> TASK_TOKEN =
            Member.required("taskToken", MemberType.text(1, 2048));

    record CreateActivity(
            String name,
            Optional<List<Tag>> tags,
            Optional<EncryptionConfiguration> encryptionConfiguration) {
        private static final Member<String> NAME = Member.required("name", MemberType.text(1, 80));
        private static final Member<List<Tag>> TAGS =
                Member.optional("tags", StateMachineInputs.TAGS);
        private static final Member<EncryptionConfiguration> ENCRYPTION =
                Member.optional("encryptionConfiguration", StateMachineInputs.ENCRYPTION);
        static final Shape<CreateActivity> SHAPE =
                new Shape<>(
                        "CreateActivityInput",
                        List.of(NAME, TAGS, ENCRYPTION),
                        in ->
                                new CreateActivity(
                                        in.get(NAME), in.optional(TAGS), in.optional(ENCRYPTION)));
    }

    record DescribeActivity(String activityArn) {
        static final Shape<DescribeActivity> SHAPE =
                new Shape<>(
                        "DescribeActivityInput",
                        List.of(ACTIVITY_ARN),
                        in -> new DescribeActivity(in.get(ACTIVITY_ARN)));
    }

    record DeleteActivity(String activityArn) {
        static final Shape<DeleteActivity> SHAPE =
                new Shape<>(
                        "DeleteActivityInput",
                        List.of(ACTIVITY_ARN),
                        in -> new DeleteActivity(in.get(ACTIVITY_ARN)));
    }

    record ListActivities(PageInput page) {
        static final Shape<ListActivities> SHAPE =
                new Shape<>(
                        "ListActivitiesInput",
                        List.of(PageInput.MAX_RESULTS, PageInput.NEXT_TOKEN),
                        in -> new ListActivities(PageInput.of(in)));
    }

    record GetActivityTask(String activityArn, Optional<String> workerName) {
        private static final Member<String> WORKER_NAME =
                Member.optional("workerName", MemberType.text(1, 80));
        static final Shape<GetActivityTask> SHAPE =
                new Shape<>(
                        "GetActivityTaskInput",
                        List.of(ACTIVITY_ARN, WORKER_NAME),
                        in -> new GetActivityTask(in.get(ACTIVITY_ARN), in.optional(WORKER_NAME)));
    }

    record SendTaskSuccess(String taskToken, String output) {
        private static final Member<String> OUTPUT =
                Member.required("output", MemberType.payload(Limits.PAYLOAD_BYTES));
        static final Shape<SendTaskSuccess> SHAPE =
                new Shape<>(
                        "SendTaskSuccessInput",
                        List.of(TASK_TOKEN, OUTPUT),
                        in -> new SendTaskSuccess(in.get(TASK_TOKEN), in.get(OUTPUT)));
    }

    record SendTaskFailure(String taskToken, Optional<String> error, Optional<String> cause) {
        private static final Member<String> ERROR =
                Member.optional("error", MemberType.secret(0, 256));
        private static final Member<String> CAUSE =
                Member.optional("cause", MemberType.secret(0, 32_768));
        static final Shape<SendTaskFailure> SHAPE =
                new Shape<>(
                        "SendTaskFailureInput",
                        List.of(TASK_TOKEN, ERROR, CAUSE),
                        in ->
                                new SendTaskFailure(
                                        in.get(TASK_TOKEN),
                                        in.optional(ERROR),
                                        in.optional(CAUSE)));
    }

    record SendTaskHeartbeat(String taskToken) {
        static final Shape<SendTaskHeartbeat> SHAPE =
                new Shape<>(
                        "SendTaskHeartbeatInput",
                        List.of(TASK_TOKEN),
                        in -> new SendTaskHeartbeat(in.get(TASK_TOKEN)));
    }

    private ActivityInputs() {}
}
