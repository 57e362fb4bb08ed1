package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.ExecutionState.Status;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Tasks of every family and pattern, from scheduling to answer. */
final class TaskTest {
    private static final String INVOKE =
            """
            {"StartAt":"T","States":{"T":{"Type":"Task",
              "Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f","Payload.$":"$"},
              "End":true}}}\
            """;
    private static final String CALLBACK =
            """
            {"StartAt":"T","States":{"T":{"Type":"Task",
              "Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
              "Parameters":{"QueueUrl":"q","MessageBody":{"Token.$":"$$.Task.Token"}},
              "End":true}}}\
            """;
    private static final String SYNC =
            """
            {"StartAt":"T","States":{"T":{"Type":"Task",
              "Resource":"arn:aws:states:::states:startExecution.sync:2",
              "Parameters":{"StateMachineArn":"a"},"End":true}}}\
            """;
    private static final String ACTIVITY =
            """
            {"StartAt":"T","States":{"T":{"Type":"Task","TimeoutSeconds":10,"HeartbeatSeconds":4,
              "Resource":"arn:aws:states:eu-west-1:111111111111:activity:a","End":true}}}\
            """;

    @Test
    void recordsARequestAndItsResponse() {
        var run = Scenario.started(INVOKE, "{\"x\":1}");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 TaskStateEntered T",
                "3<-2 TaskScheduled",
                "4<-3 TaskStarted");
        assertThat(run.details(3))
                .isEqualTo(
                        new EventDetails.TaskScheduled(
                                "lambda",
                                "invoke",
                                "eu-west-1",
                                run.invocation().payload(),
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                Optional.empty()));
        assertThat(run.invocation().payload().text())
                .isEqualTo("{\"FunctionName\":\"f\",\"Payload\":{\"x\":1}}");

        run.succeed("{\"Payload\":2}");

        run.records("5<-4 TaskSucceeded", "6<-5 TaskStateExited", "7<-6 ExecutionSucceeded");
    }

    @Test
    void endsWithTheErrorThatNothingHandles() {
        var run = Scenario.started(INVOKE).skip();

        run.fail("Exception", "{\"a\":1}");

        run.records("5<-4 TaskFailed", "6<-5 ExecutionFailed");
        assertThat(run.closed().failure()).isEqualTo(Failure.of("Exception", "{\"a\":1}"));
    }

    @Test
    void dropsParametersThatTheLambdaIntegrationDoesNotKnow() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                          "Parameters":{"FunctionName":"f","Nonsense":1,"LogType":"Tail"},"End":true}}}\
                        """);

        assertThat(run.invocation().payload().text())
                .isEqualTo("{\"FunctionName\":\"f\",\"LogType\":\"Tail\"}");
    }

    @Test
    void refusesToInvokeWithoutFunctionName() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                          "Catch":[{"ErrorEquals":["States.ALL"],"Next":"S"}],"End":true},"S":{"Type":"Succeed"}}}\
                        """,
                        "{\"Payload\":1}");

        run.records("1<-0 ExecutionStarted", "2<-0 TaskStateEntered T", "3<-2 ExecutionFailed");
        assertThat(run.closed().failure())
                .isEqualTo(
                        Failure.of(
                                "States.Runtime",
                                "An error occurred while executing the state 'T' (entered at the"
                                        + " event id #2). The Parameters '{\"Payload\":1}' could not"
                                        + " be used to start the Task: [The field 'FunctionName' is"
                                        + " required but was missing]"));
    }

    @Test
    void showsTheRoleOfItsCredentials() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:eu-west-1:111111111111:function:f",
                          "Credentials":{"RoleArn.$":"$.role"},"End":true}}}\
                        """,
                        "{\"role\":\"arn:aws:iam::111111111111:role/x\"}");

        assertThat(run.invocation().roleArn()).contains("arn:aws:iam::111111111111:role/x");
        assertThat(((EventDetails.LambdaFunctionScheduled) run.details(3)).credentialsRoleArn())
                .contains("arn:aws:iam::111111111111:role/x");
    }

    @Test
    void waitsForTheTokenAfterTheResponse() {
        var run = Scenario.started(CALLBACK).skip();
        var call = run.call();

        run.submit("{\"MessageId\":\"1\"}").records("5<-4 TaskSubmitted");
        run.succeedByToken(call, "[1]");

        run.records("6<-5 TaskSucceeded", "7<-6 TaskStateExited", "8<-7 ExecutionSucceeded");
        assertThat(run.output()).isEqualTo("[1]");
    }

    @Test
    void givesEachAttemptATokenOfItsOwn() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"T","States":{"T":{"Type":"Task",
                          "Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                          "Parameters":{"QueueUrl":"q","MessageBody.$":"$$.Task.Token"},
                          "Retry":[{"ErrorEquals":["States.ALL"]}],"End":true}}}\
                        """);
        var first = run.invocation().payload();
        var old = run.call();

        run.fail("E", "c").seed(7).advance(1);

        assertThat(run.invocation().payload()).isNotEqualTo(first);
        assertThat(first.text()).contains("token:0:1:");
        assertThat(run.invocation().payload().text()).contains("token:0:3:");
        run.skip().succeedByToken(old, "1").records();
    }

    @Test
    void keepsAnAnswerThatComesBeforeTheResponse() {
        var run = Scenario.started(CALLBACK).skip();
        var call = run.call();

        run.succeedByToken(call, "1").records();
        run.failByToken(call, Failure.of("Late")).records();
        run.submit("{}");

        run.records(
                "5<-4 TaskSubmitted",
                "6<-5 TaskSucceeded",
                "7<-6 TaskStateExited",
                "8<-7 ExecutionSucceeded");
        assertThat(run.output()).isEqualTo("1");
    }

    @Test
    void failsAnAttemptWhoseCallFailsAfterItsTokenWasAnswered() {
        var run = Scenario.started(CALLBACK).skip();

        run.succeedByToken(run.call(), "1").fail("SQS.AmazonSQSException", "no queue");

        run.records("5<-4 TaskFailed", "6<-5 ExecutionFailed");
    }

    @Test
    void ignoresATokenWhereThereIsNone() {
        var run = Scenario.started(INVOKE).skip();

        run.succeedByToken(run.call(), "1").records();

        assertThat(run.calls()).hasSize(1);
    }

    @Test
    void catchesACallbackFailureWithoutErrorAndCauseAsNulls() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"T","States":{"T":{"Type":"Task",
                          "Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                          "Parameters":{"QueueUrl":"q","MessageBody":"b"},
                          "Catch":[{"ErrorEquals":["States.Runtime"],"Next":"No"},
                                   {"ErrorEquals":["States.ALL"],"ResultPath":"$.e","Next":"S"}],
                          "End":true},"S":{"Type":"Succeed"},"No":{"Type":"Fail"}}}\
                        """,
                        "{\"a\":1}");
        var call = run.call();

        run.submit("{}").failByToken(call, Failure.NONE);

        assertThat(run.output()).isEqualTo("{\"a\":1,\"e\":{\"Error\":null,\"Cause\":null}}");
    }

    @Test
    void watchesAJobToItsEnd() {
        var run = Scenario.started(SYNC).skip();

        run.submit("{\"ExecutionArn\":\"x\"}").records("5<-4 TaskSubmitted");
        run.succeed("{\"Status\":\"SUCCEEDED\"}");

        run.records("6<-5 TaskSucceeded", "7<-6 TaskStateExited", "8<-7 ExecutionSucceeded");
    }

    @Test
    void stopsWatchingAJobThatItsTokenEnds() {
        var run = Scenario.started(SYNC).submit("{}");

        run.succeedByToken(run.call(), "{}");

        assertThat(run.cancelled()).hasSize(1);
        assertThat(run.closed().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void beginsTheClocksOfAnActivityWhenAWorkerTakesIt() {
        var run = Scenario.started(ACTIVITY);
        run.records("1<-0 ExecutionStarted", "2<-0 TaskStateEntered T", "3<-2 ActivityScheduled");
        var task = run.call();

        run.advance(3_600).records();
        run.take("w").records("4<-3 ActivityStarted");
        run.advance(3).heartbeat(task).advance(3).heartbeat(task).advance(3).records();
        run.advance(1);

        run.records("5<-4 ActivityTimedOut", "6<-5 ExecutionFailed");
        assertThat(run.closed().failure()).isEqualTo(Failure.of("States.Timeout"));
    }

    @Test
    void missesAHeartbeat() {
        var run = Scenario.started(ACTIVITY).take("w").skip();

        run.advance(3).records();
        run.advance(1).records("5<-4 ActivityTimedOut", "6<-5 ExecutionFailed");
    }

    @Test
    void ignoresAHeartbeatTimerThatWasMoved() {
        var run = Scenario.started(ACTIVITY).take("w").skip();
        var task = run.call();
        var old = new Timer(task, Timer.Kind.HEARTBEAT, run.now() + 4_000);

        run.advance(2).heartbeat(task).sleep(2).fire(old).records();
    }

    @Test
    void failsAtOnceWhenTheActivityDoesNotExist() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"%s",
                          "Catch":[{"ErrorEquals":["States.ALL"],"Next":"S"}],"End":true},"S":{"Type":"Succeed"}}}\
                        """
                                .formatted(Scenario.MISSING_ACTIVITY));

        run.records("1<-0 ExecutionStarted", "2<-0 TaskStateEntered T", "3<-2 ExecutionFailed");
        assertThat(run.closed().failure().cause())
                .contains(
                        "An error occurred while executing the state 'T' (entered at the event id"
                                + " #2). The activity "
                                + Scenario.MISSING_ACTIVITY
                                + " does not exist.");
    }

    @Test
    void timesOutWithoutACauseAndCatchesAnEmptyOne() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"T","States":{"T":{"Type":"Task","TimeoutSecondsPath":"$.t",
                          "Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},
                          "Catch":[{"ErrorEquals":["States.TaskFailed"],"Next":"No"},
                                   {"ErrorEquals":["States.Timeout"],"Next":"S"}],
                          "End":true},"S":{"Type":"Succeed"},"No":{"Type":"Fail"}}}\
                        """,
                        "{\"t\":5}");
        assertThat(run.invocation().deadlineMillis()).hasValue(Scenario.START + 5_000);

        run.skip().advance(5);

        run.records(
                "5<-4 TaskTimedOut",
                "6<-5 TaskStateExited",
                "7<-6 SucceedStateEntered S",
                "8<-7 SucceedStateExited",
                "9<-8 ExecutionSucceeded");
        assertThat(run.output()).isEqualTo("{\"Error\":\"States.Timeout\",\"Cause\":\"\"}");
    }

    @Test
    void abandonsTheCallThatTimedOut() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"T","States":{"T":{"Type":"Task","TimeoutSeconds":5,"HeartbeatSeconds":4,
                          "Resource":"arn:aws:lambda:eu-west-1:111111111111:function:f",
                          "Catch":[{"ErrorEquals":["States.HeartbeatTimeout"],"Next":"S"}],"End":true},
                          "S":{"Type":"Succeed"}}}\
                        """);
        var call = run.call();

        run.skip().advance(4);

        assertThat(run.cancelled()).hasSize(1);
        assertThat(run.timers()).isEmpty();
        assertThat(run.closed().status()).isEqualTo(Status.SUCCEEDED);
        run.skip().succeed(call, "1").records();
    }

    @Test
    void reportsAMissingTimeoutPath() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"T","States":{"T":{"Type":"Task","TimeoutSecondsPath":"$.t",
                          "Resource":"arn:aws:lambda:eu-west-1:111111111111:function:f","End":true}}}\
                        """);

        run.records("1<-0 ExecutionStarted", "2<-0 TaskStateEntered T", "3<-2 ExecutionFailed");
        assertThat(run.closed().failure().cause().orElseThrow())
                .endsWith("Invalid path '$.t' : No results for path: $['t']");
    }

    @Test
    void failsATaskWhoseResultIsTooLarge() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                          "Parameters":{"FunctionName":"f"},
                          "Catch":[{"ErrorEquals":["States.ALL"],"Next":"S"}],"End":true},"S":{"Type":"Succeed"}}}\
                        """);

        run.skip().succeed("\"" + "x".repeat(Limits.PAYLOAD_BYTES) + "\"");

        run.records(
                "5<-4 TaskFailed",
                "6<-5 TaskStateExited",
                "7<-6 SucceedStateEntered S",
                "8<-7 SucceedStateExited",
                "9<-8 ExecutionSucceeded");
        assertThat(run.output())
                .isEqualTo(
                        "{\"Error\":\"States.DataLimitExceeded\",\"Cause\":\"The state/task 'lambda'"
                                + " returned a result with a size exceeding the maximum number of"
                                + " bytes service limit.\"}");
    }

    @Test
    void doesNotCatchAMissAfterTheAnswer() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:eu-west-1:111111111111:function:f",
                          "OutputPath":"$.no.such.result.path",
                          "Catch":[{"ErrorEquals":["States.ALL"],"Next":"S"}],"End":true},"S":{"Type":"Succeed"}}}\
                        """);

        run.skip().succeed("{}");

        run.records("5<-4 LambdaFunctionSucceeded", "6<-5 ExecutionFailed");
        assertThat(run.closed().failure())
                .isEqualTo(
                        Failure.of(
                                "States.Runtime",
                                "An error occurred while executing the state 'T' (entered at the"
                                        + " event id #2). Invalid path '$.no.such.result.path' :"
                                        + " Missing property in path $['no']"));
    }
}
