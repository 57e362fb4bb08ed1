package dev.gradus.integrations;

import java.util.List;

/**
 * An AWS service whose calls can be sent somewhere else, with the settings that say where.
 *
 * <p>The names are those of Step Functions Local ({@code LAMBDA_ENDPOINT}) and of the AWS SDKs
 * ({@code AWS_ENDPOINT_URL_LAMBDA}).
 */
public enum AwsService {
    LAMBDA("Lambda", "lambda", "LAMBDA", "LAMBDA"),
    BATCH("Batch", "batch", "BATCH", "BATCH"),
    DYNAMODB("DynamoDB", "dynamodb", "DYNAMODB", "DYNAMODB"),
    ECS("ECS", "ecs", "ECS", "ECS"),
    GLUE("Glue", "glue", "GLUE", "GLUE"),
    SAGE_MAKER("SageMaker", "sagemaker", "SAGE_MAKER", "SAGEMAKER"),
    SQS("SQS", "sqs", "SQS", "SQS"),
    SNS("SNS", "sns", "SNS", "SNS"),
    STEP_FUNCTIONS("Step Functions", "step-functions", "STEP_FUNCTIONS", "SFN"),
    CLOUDWATCH_LOGS("CloudWatch Logs", "logs", "LOGS", "CLOUDWATCH_LOGS"),
    EVENTBRIDGE("EventBridge", "events", "EVENTS", "EVENTBRIDGE"),
    CLOUDWATCH("CloudWatch", "metrics", "METRICS", "CLOUDWATCH");

    private final String title;
    private final String flag;
    private final String localVariable;
    private final String sdkVariable;

    AwsService(String title, String flagName, String localName, String sdkName) {
        this.title = title;
        this.flag = "--" + flagName + "-endpoint";
        this.localVariable = localName + "_ENDPOINT";
        this.sdkVariable = Endpoints.GENERAL_VARIABLE + "_" + sdkName;
    }

    /** Returns the name to show to people. */
    public String title() {
        return title;
    }

    /** Returns the command line flag, for example {@code --lambda-endpoint}. */
    public String flag() {
        return flag;
    }

    /** Returns Step Functions Local's environment variable, for example {@code LAMBDA_ENDPOINT}. */
    public String localVariable() {
        return localVariable;
    }

    /** Returns the SDKs' environment variable, for example {@code AWS_ENDPOINT_URL_LAMBDA}. */
    public String sdkVariable() {
        return sdkVariable;
    }

    /** Tells whether this release calls the service at all, for a task or for a feed. */
    public boolean called() {
        return switch (this) {
            case LAMBDA, CLOUDWATCH_LOGS, EVENTBRIDGE, CLOUDWATCH -> true;
            case BATCH, DYNAMODB, ECS, GLUE, SAGE_MAKER, SQS, SNS, STEP_FUNCTIONS -> false;
        };
    }

    List<String> variables() {
        return List.of(localVariable, sdkVariable);
    }
}
