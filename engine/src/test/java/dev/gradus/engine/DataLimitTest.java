package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.ExecutionState.Status;
import org.junit.jupiter.api.Test;

/** What happens to data beyond 262,144 bytes, and where it may be beyond. */
final class DataLimitTest {
    private static final int BYTES = Limits.PAYLOAD_BYTES;
    private static final String LAMBDA =
            "\"Type\":\"Task\",\"Resource\":\"arn:aws:lambda:eu-west-1:111111111111:function:f\"";
    private static final String CATCH_ALL =
            "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"S\"}],\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"]}],";

    /** A JSON text of so many bytes: two for each é. */
    private static String text(int bytes) {
        return "\"" + "é".repeat((bytes - 2) / 2) + "x".repeat(bytes % 2) + "\"";
    }

    private static String machine(String state) {
        return "{\"StartAt\":\"P\",\"States\":{\"P\":" + state + ",\"S\":{\"Type\":\"Succeed\"}}}";
    }

    private static Failure exceeded(String name) {
        return Failure.of(
                "States.DataLimitExceeded",
                "The state/task '"
                        + name
                        + "' returned a result with a size exceeding the maximum number of bytes"
                        + " service limit.");
    }

    private static void assertEnds(Scenario run, String... events) {
        run.records(events);
        assertThat(run.closed().failure()).isEqualTo(exceeded("P"));
    }

    @Test
    void countsTheBytesOfAnOutput() {
        var definition = machine("{\"Type\":\"Pass\",\"Parameters\":{\"a.$\":\"$\"},\"End\":true}");

        var fits = Scenario.started(definition, text(BYTES - "{\"a\":}".length()));
        var exceeds = Scenario.started(definition, text(BYTES - "{\"a\":}".length() + 1));

        assertThat(fits.closed().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(fits.closed().output().orElseThrow().bytes()).isEqualTo(BYTES);
        assertEnds(
                exceeds,
                "1<-0 ExecutionStarted",
                "2<-0 PassStateEntered P",
                "3<-2 ExecutionFailed");
    }

    @Test
    void endsTheExecutionWhenParametersAreTooLarge() {
        var run =
                Scenario.started(
                        machine(
                                "{"
                                        + LAMBDA
                                        + ","
                                        + CATCH_ALL
                                        + "\"Parameters\":{\"a.$\":\"$\"},\"End\":true}"),
                        text(BYTES));

        assertEnds(run, "1<-0 ExecutionStarted", "2<-0 TaskStateEntered P", "3<-2 ExecutionFailed");
    }

    @Test
    void endsTheExecutionWhenTheInputOfBranchesIsTooLarge() {
        var run =
                Scenario.started(
                        machine(
                                "{\"Type\":\"Parallel\","
                                        + CATCH_ALL
                                        + "\"Parameters\":{\"a.$\":\"$\"},\"End\":true,\"Branches\":[{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Pass\",\"End\":true}}}]}"),
                        text(BYTES));

        assertEnds(
                run,
                "1<-0 ExecutionStarted",
                "2<-0 ParallelStateEntered P",
                "3<-2 ExecutionFailed");
    }

    @Test
    void endsTheExecutionWhenTheInputOfAnIterationIsTooLarge() {
        var run =
                Scenario.started(
                        machine(
                                "{\"Type\":\"Map\","
                                        + CATCH_ALL
                                        + "\"ItemSelector\":{\"a.$\":\"$$.Map.Item.Value\",\"b.$\":\"$$.Map.Item.Value\"},\"End\":true,\"ItemProcessor\":{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Pass\",\"End\":true}}}}"),
                        "[" + text(BYTES / 2) + "]");

        assertEnds(
                run,
                "1<-0 ExecutionStarted",
                "2<-0 MapStateEntered P",
                "3<-2 MapStateStarted 1",
                "4<-3 ExecutionFailed");
    }

    @Test
    void endsTheExecutionWhenAnItemThatAnExpressionMadeIsTooLarge() {
        var run =
                Scenario.started(
                        "{\"QueryLanguage\":\"JSONata\","
                                + machine(
                                                "{\"Type\":\"Map\","
                                                        + CATCH_ALL
                                                        + "\"Items\":[\"{% $states.input & $states.input %}\"],\"End\":true,\"ItemProcessor\":{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Pass\",\"End\":true}}}}")
                                        .substring(1),
                        text(BYTES / 2 + 2));

        assertEnds(
                run,
                "1<-0 ExecutionStarted",
                "2<-0 MapStateEntered P",
                "3<-2 MapStateStarted 1",
                "4<-3 ExecutionFailed");
    }

    @Test
    void countsWhatLeavesAMapNotWhatItsIterationsGave() {
        var map =
                "{\"Type\":\"Map\",%s\"InputPath\":\"$[0:3]\",\"End\":true,\"ItemProcessor\":{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Pass\",\"Parameters\":{\"a.$\":\"$$.Execution.Input[3]\"},\"End\":true}}}}";
        var input = "[1,2,3," + text(BYTES / 2) + "]";

        var discarded = Scenario.started(machine(map.formatted("\"ResultPath\":null,")), input);
        var selected =
                Scenario.started(
                        machine(
                                map.formatted(
                                        "\"ResultSelector\":{\"n.$\":\"States.ArrayLength($)\"},")),
                        input);
        var kept = Scenario.started(machine(map.formatted("")), input);

        assertThat(discarded.output()).isEqualTo(input);
        assertThat(selected.output()).isEqualTo("{\"n\":3}");
        assertThat(kept.closed().failure()).isEqualTo(exceeded("P"));
        var last = kept.history().getLast();
        assertThat(kept.history().get((int) last.previousEventId() - 1).type())
                .isEqualTo(EventType.MAP_STATE_SUCCEEDED);
    }

    @Test
    void doesNotLetAParallelCatchAnOutputThatIsTooLarge() {
        var run =
                Scenario.started(
                        machine(
                                "{\"Type\":\"Parallel\","
                                        + CATCH_ALL
                                        + "\"End\":true,\"Branches\":[{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Pass\",\"Parameters\":{\"a.$\":\"$\"},\"End\":true}}}]}"),
                        text(BYTES));

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 ParallelStateEntered P",
                "3<-2 ParallelStateStarted",
                "4<-3 PassStateEntered B",
                "5<-4 ExecutionFailed");
        assertThat(run.closed().failure()).isEqualTo(exceeded("B"));
    }

    @Test
    void failsAnActivityWhoseResultIsTooLarge() {
        var arn = "arn:aws:states:eu-west-1:111111111111:activity:a";
        var run =
                Scenario.started(
                        machine(
                                "{\"Type\":\"Task\",\"Resource\":\""
                                        + arn
                                        + "\",\"Catch\":[{\"ErrorEquals\":[\"States.DataLimitExceeded\"],\"Next\":\"S\"}],\"End\":true}"));
        run.take("w").skip().succeedByToken(run.call(), text(BYTES + 1));

        run.records(
                "5<-4 ActivityFailed",
                "6<-5 TaskStateExited",
                "7<-6 SucceedStateEntered S",
                "8<-7 SucceedStateExited",
                "9<-8 ExecutionSucceeded");
        assertThat(run.details(5))
                .isEqualTo(new EventDetails.Failed(exceeded(arn).error(), exceeded(arn).cause()));
    }

    @Test
    void failsATaskWhoseSubmissionOrEarlyAnswerIsTooLarge() {
        var callback =
                machine(
                        "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage.waitForTaskToken\",\"Parameters\":{\"QueueUrl\":\"q\",\"MessageBody\":\"b\"},\"End\":true}");
        var submitted = Scenario.started(callback).skip().submit(text(BYTES + 1));
        var early = Scenario.started(callback).skip();
        early.succeedByToken(early.call(), text(BYTES + 1)).submit("{}");

        submitted.records("5<-4 TaskFailed", "6<-5 ExecutionFailed");
        early.records("5<-4 TaskSubmitted", "6<-5 TaskFailed", "7<-6 ExecutionFailed");
        assertThat(submitted.closed().failure()).isEqualTo(exceeded("sqs"));
        assertThat(early.closed().failure()).isEqualTo(exceeded("sqs"));
    }

    @Test
    void retriesATaskWhoseResultIsTooLarge() {
        var run =
                Scenario.started(
                        machine(
                                "{"
                                        + LAMBDA
                                        + ",\"Retry\":[{\"ErrorEquals\":[\"States.DataLimitExceeded\"]}],\"End\":true}"));
        run.succeed(text(BYTES + 1)).advance(1).succeed(text(BYTES));

        assertThat(run.closed().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void endsTheExecutionWhenACaughtErrorMakesTheOutputTooLarge() {
        var run =
                Scenario.started(
                        machine(
                                "{"
                                        + LAMBDA
                                        + ",\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"ResultPath\":\"$.e\",\"Next\":\"S\"}],\"End\":true}"),
                        "{\"a\":" + text(BYTES - 30) + "}");
        run.skip().fail("E", "c".repeat(100));

        run.records("5<-4 LambdaFunctionFailed", "6<-5 ExecutionFailed");
        assertThat(run.closed().failure()).isEqualTo(exceeded("P"));
    }
}
