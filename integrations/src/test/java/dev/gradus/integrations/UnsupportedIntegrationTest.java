package dev.gradus.integrations;

import static dev.gradus.integrations.Calls.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.TaskResource;
import dev.gradus.asl.TaskResource.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnsupportedIntegrationTest {
    private final UnsupportedIntegration unsupported = new UnsupportedIntegration();

    @ParameterizedTest
    @CsvSource({
        "sqs, sendMessage, WAIT_FOR_TASK_TOKEN, SQS, sqs:sendMessage.waitForTaskToken",
        "states, startExecution, SYNC_2, StepFunctions, states:startExecution.sync:2",
        "batch, submitJob, SYNC, Batch, batch:submitJob.sync",
        "aws-sdk:dynamodb, getItem, REQUEST_RESPONSE, DynamoDb, aws-sdk:dynamodb:getItem",
        "aws-sdk:s3, getObject, REQUEST_RESPONSE, S3, aws-sdk:s3:getObject",
        "lambda, getFunction, REQUEST_RESPONSE, Lambda, lambda:getFunction"
    })
    void failsWithTheServicesNameAndSaysWhatWouldWork(
            String service, String action, Pattern pattern, String prefix, String shown) {
        var call = Calls.service(service, action, pattern, "{}");

        var failure = failure(Calls.outcome(unsupported, call));

        assertThat(unsupported.performs(call.resource())).isTrue();
        assertThat(failure.error()).contains(prefix + ".UnsupportedOperationException");
        assertThat(failure.cause().orElse(""))
                .startsWith("Integration " + shown + " is not part of this release")
                .contains("nothing was called")
                .contains("lambda:invoke");
        assertThat(unsupported.lostCall(call).failure()).isEqualTo(failure);
    }

    @Test
    void failsEveryOtherKindOfResource() {
        var activity = Calls.of(new TaskResource.Activity("arn:activity"), "{}");

        assertThat(failure(Calls.outcome(unsupported, activity)).cause().orElse(""))
                .startsWith("Activity arn:activity is not part of this release");
        assertThat(failure(Calls.outcome(unsupported, Calls.function("f", "{}"))).error())
                .contains("Lambda.UnsupportedOperationException");
    }
}
