package dev.gradus.asl;

/** What a Task calls, parsed from its Resource. */
public sealed interface TaskResource {
    /** The ARN as written in the definition. */
    String arn();

    /** A Lambda function by its ARN: events of the LambdaFunction family. */
    record LambdaFunction(String arn) implements TaskResource {}

    /** An activity: workers poll for it. */
    record Activity(String arn) implements TaskResource {}

    /**
     * A service integration, {@code arn:aws:states:::service:action[.pattern]}.
     *
     * @param service for example {@code lambda}, {@code sqs} or {@code aws-sdk:dynamodb}
     * @param action without its pattern, for example {@code invoke}
     */
    record Service(String arn, String service, String action, Pattern pattern)
            implements TaskResource {
        /** What the service name of an integration with the AWS SDK starts with. */
        static final String SDK_PREFIX = "aws-sdk:";

        /** The resource as history events show it: the action with its pattern. */
        public String resourceName() {
            return action + pattern.suffix();
        }
    }

    /** How a service integration ends. */
    enum Pattern {
        REQUEST_RESPONSE(""),
        SYNC(".sync"),
        SYNC_2(".sync:2"),
        WAIT_FOR_TASK_TOKEN(".waitForTaskToken");

        private final String suffix;

        Pattern(String suffix) {
            this.suffix = suffix;
        }

        /** What follows the action in the ARN. */
        public String suffix() {
            return suffix;
        }
    }
}
