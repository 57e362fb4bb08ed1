package dev.gradus.asl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.TaskResource.Activity;
import dev.gradus.asl.TaskResource.LambdaFunction;
import dev.gradus.asl.TaskResource.Pattern;
import dev.gradus.asl.TaskResource.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:lambda:us-east-1:123456789012:function:f",
                "arn:aws:lambda:us-east-1:123456789012:function:f:1",
                "arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST",
                "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:my-f_1:alias",
            })
    void readsFunctions(String arn) {
        assertThat(ResourceReader.read(arn)).contains(new LambdaFunction(arn));
    }

    @Test
    void readsActivities() {
        var arn = "arn:aws-cn:states:cn-north-1:123456789012:activity:pack the parcel";

        assertThat(ResourceReader.read(arn)).contains(new Activity(arn));
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:states:::lambda:invoke, lambda, invoke, REQUEST_RESPONSE",
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken, sqs, sendMessage, WAIT_FOR_TASK_TOKEN",
        "arn:aws:states:::states:startExecution.sync:2, states, startExecution, SYNC_2",
        "arn:aws-cn:states:::ecs:runTask.sync, ecs, runTask, SYNC",
        "arn:aws:states:::aws-sdk:dynamodb:putItem, aws-sdk:dynamodb, putItem, REQUEST_RESPONSE",
        "arn:aws:states:::aws-sdk:sfn:startExecution.waitForTaskToken, aws-sdk:sfn,"
                + " startExecution, WAIT_FOR_TASK_TOKEN",
        "arn:aws:states:::http:invoke, http, invoke, REQUEST_RESPONSE",
        "arn:aws:states:::eks:call, eks, call, REQUEST_RESPONSE",
        "arn:aws:states:::emr-containers:startJobRun.sync, emr-containers, startJobRun, SYNC",
    })
    void readsIntegrations(String arn, String service, String action, Pattern pattern) {
        var resource = new Service(arn, service, action, pattern);

        assertThat(ResourceReader.read(arn)).contains(resource);
        assertThat(arn).endsWith(":" + resource.resourceName());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "arn:aws:states:::",
                "arn:aws:states:::lambda",
                "arn:aws:states:::lambda:invoke.sync",
                "arn:aws:states:::lambda:invoke.async",
                "arn:aws:states:::lambda:invokeAsync",
                "arn:aws:states:::dynamodb:query",
                "arn:aws:states:::dynamodb:getItem.waitForTaskToken",
                "arn:aws:states:::ecs:runTask.sync:2",
                "arn:aws:states:::batch:submitJob.waitForTaskToken",
                "arn:aws:states:::eks:call.sync",
                "arn:aws:states:::athena:getQueryResults.sync",
                "arn:aws:states:::aws-sdk:ecs:runTask.sync",
                "arn:aws:states:::aws-sdk:s3",
                "arn:aws:states:::aws-sdk:s3:GetObject",
                "arn:aws:states:us-east-1::lambda:invoke",
                "arn:gcp:states:::lambda:invoke",
                "arn:aws:lambda:us-east-1:123456789012:f",
                "arn:aws:lambda:us-east-1:12345678901:function:f",
                "arn:aws:lambda:us-east-1:123456789012:function:f:1:2",
                "arn:aws:states:us-east-1:123456789012:activity:",
                "arn:aws:swf:us-east-1:123456789012:task:X",
            })
    void knowsNothingElse(String arn) {
        assertThat(ResourceReader.read(arn)).isEmpty();
    }
}
