package dev.gradus.asl;

import dev.gradus.asl.TaskResource.Activity;
import dev.gradus.asl.TaskResource.LambdaFunction;
import dev.gradus.asl.TaskResource.Pattern;
import dev.gradus.asl.TaskResource.Service;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the Resource of a Task: a Lambda function, an activity or a service integration, in any AWS
 * partition.
 */
final class ResourceReader {
    private static final String PARTITION = "arn:aws(-[a-z0-9-]+)?:";

    /** What a function may be called is for the Lambda endpoint to say. */
    private static final java.util.regex.Pattern FUNCTION =
            java.util.regex.Pattern.compile(
                    PARTITION
                            + "lambda:[a-z0-9-]+:\\d{12}:function:[^:\\s]{1,140}"
                            + "(:[^:\\s]{1,128})?");

    private static final java.util.regex.Pattern ACTIVITY =
            java.util.regex.Pattern.compile(
                    PARTITION + "states:[a-z0-9-]+:\\d{12}:activity:.{1,80}");
    private static final java.util.regex.Pattern SERVICE =
            java.util.regex.Pattern.compile(
                    PARTITION
                            + "states:::(?<service>(aws-sdk:)?[a-z0-9-]+)"
                            + ":(?<action>[a-z][A-Za-z0-9]*)(?<pattern>[.:].*)?");

    private ResourceReader() {}

    /** Returns what the ARN names; empty when AWS would not recognize it. */
    static Optional<TaskResource> read(String arn) {
        if (FUNCTION.matcher(arn).matches()) {
            return Optional.of(new LambdaFunction(arn));
        }
        if (ACTIVITY.matcher(arn).matches()) {
            return Optional.of(new Activity(arn));
        }
        var matcher = SERVICE.matcher(arn);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var service = matcher.group("service");
        var action = matcher.group("action");
        var suffix = Optional.ofNullable(matcher.group("pattern")).orElse("");
        return Arrays.stream(Pattern.values())
                .filter(pattern -> pattern.suffix().equals(suffix))
                .filter(pattern -> known(service, action, pattern))
                .findFirst()
                .map(pattern -> new Service(arn, service, action, pattern));
    }

    private static boolean known(String service, String action, Pattern pattern) {
        if (!service.startsWith(Service.SDK_PREFIX)) {
            return Integrations.has(service, action, pattern);
        }
        // An SDK integration answers at once or by a token; it never watches a job.
        return switch (pattern) {
            case REQUEST_RESPONSE, WAIT_FOR_TASK_TOKEN -> true;
            case SYNC, SYNC_2 -> false;
        };
    }
}
