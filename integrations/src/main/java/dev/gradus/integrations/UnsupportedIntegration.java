package dev.gradus.integrations;

import dev.gradus.asl.TaskResource;
import dev.gradus.engine.Failure;
import dev.gradus.runtime.spi.Integration;
import dev.gradus.runtime.spi.ResultShape;
import dev.gradus.runtime.spi.TaskCall;
import dev.gradus.runtime.spi.TaskOutcome;
import dev.gradus.runtime.spi.TaskOutcome.Failed;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Fails every task that nothing else performs, and says what would make it work. It belongs at the
 * end of the list.
 *
 * <p>The error is a task error of the service, for example {@code
 * SQS.UnsupportedOperationException}, so that Retry and Catch treat it as they treat any refusal of
 * that service, and a test can catch exactly it. It never pretends to have done something.
 */
public final class UnsupportedIntegration implements Integration {

    // The prefix of AWS's error names where it is not simply the service's token.
    private static final Map<String, String> PREFIXES =
            Map.ofEntries(
                    Map.entry("sqs", "SQS"),
                    Map.entry("sns", "SNS"),
                    Map.entry("ecs", "ECS"),
                    Map.entry("eks", "EKS"),
                    Map.entry("dynamodb", "DynamoDB"),
                    Map.entry("states", "StepFunctions"),
                    Map.entry("events", "EventBridge"),
                    Map.entry("apigateway", "ApiGateway"),
                    Map.entry("codebuild", "CodeBuild"),
                    Map.entry("sagemaker", "SageMaker"),
                    Map.entry("elasticmapreduce", "ElasticMapReduce"),
                    Map.entry("emr-containers", "EmrContainers"),
                    Map.entry("emr-serverless", "EmrServerless"),
                    Map.entry("databrew", "DataBrew"),
                    Map.entry("mediaconvert", "MediaConvert"),
                    Map.entry("bedrockagentcore", "BedrockAgentCore"),
                    Map.entry("aws-sdk:dynamodb", "DynamoDb"),
                    Map.entry("aws-sdk:secretsmanager", "SecretsManager"),
                    Map.entry("aws-sdk:cloudwatchlogs", "CloudWatchLogs"));

    private static final String AWS_SDK = "aws-sdk:";

    private final ServiceShapes shapes = new ServiceShapes();

    @Override
    public boolean performs(TaskResource resource) {
        return true;
    }

    @Override
    public void call(TaskCall call, Consumer<TaskOutcome> answer) {
        answer.accept(unsupported(call.resource()));
    }

    @Override
    public Failed lostCall(TaskCall call) {
        return unsupported(call.resource());
    }

    /**
     * Knows what a service answers with, though it never calls one: a mock is checked all the same.
     */
    @Override
    public Optional<ResultShape> resultShape(TaskResource resource) {
        return shapes.of(resource);
    }

    private static Failed unsupported(TaskResource resource) {
        return switch (resource) {
            case TaskResource.Service service ->
                    failed(
                            prefix(service.service()),
                            "Integration " + service.service() + ":" + service.resourceName());
            case TaskResource.LambdaFunction(var arn) -> failed("Lambda", "Lambda function " + arn);
            case TaskResource.Activity(var arn) -> failed("Activity", "Activity " + arn);
        };
    }

    private static Failed failed(String prefix, String subject) {
        return new Failed(
                Failure.of(
                        prefix + ".UnsupportedOperationException",
                        subject
                                + " is not part of this release, and nothing was called. Tasks can"
                                + " call Lambda functions (by ARN, lambda:invoke,"
                                + " lambda:invoke.waitForTaskToken) and activities: let one of"
                                + " them make this call. See docs/integrations.md."));
    }

    private static String prefix(String service) {
        var known = PREFIXES.get(service);
        if (known != null) {
            return known;
        }
        var token = service.startsWith(AWS_SDK) ? service.substring(AWS_SDK.length()) : service;
        return token.isEmpty()
                ? "Service"
                : token.substring(0, 1).toUpperCase(Locale.ROOT) + token.substring(1);
    }
}
