package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.StateTestResult.Status;
import dev.gradus.expressions.Payload;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The test of one state: what it shows is as recorded on AWS where nothing else is said. */
final class StateTestTest {
    private static final String CALL =
            """
            "Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName.$":"$.f"}\
            """;
    private static final String DISTRIBUTED =
            """
            "Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
             "StartAt":"In","States":{"In":{"Type":"Pass","End":true}}}\
            """;

    // Stages

    @Test
    void aPassShowsEachStageButNoResult() {
        var result =
                OneState.of(
                                """
                                {"Type":"Pass","InputPath":"$.a","Parameters":{"b.$":"$.c"},"ResultPath":"$.d","Next":"N"}\
                                """,
                                "{\"a\":{\"c\":1}}")
                        .run();

        assertThat(result.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(result.nextState()).contains("N");
        assertThat(OneState.stages(result))
                .containsExactly(
                        "afterInputPath={\"c\":1}",
                        "afterParameters={\"b\":1}",
                        "afterResultSelector={\"b\":1}",
                        "afterResultPath={\"a\":{\"c\":1},\"d\":{\"b\":1}}");
    }

    @Test
    void aPassWithAResultShowsNothingOfItsInputSide() {
        var result =
                OneState.of(
                                "{\"Type\":\"Pass\",\"InputPath\":\"$.no\",\"Result\":1,\"End\":true}",
                                "{}")
                        .run();

        assertThat(OneState.stages(result))
                .containsExactly("result=1", "afterResultSelector=1", "afterResultPath=1");
        assertThat(result.nextState()).isEmpty();
    }

    @Test
    void aFailShowsItsInput() {
        var result =
                OneState.of("{\"Type\":\"Fail\",\"Error\":\"E\",\"Cause\":\"C\"}", "[1]").run();

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.failure()).isEqualTo(Failure.of("E", "C"));
        assertThat(OneState.stages(result)).containsExactly("afterInputPath=[1]");
        assertThat(result.inspected().remedy()).isEmpty();
    }

    @Test
    void aStateWithExpressionsShowsNoStages() {
        var result =
                OneState.of(
                                "{\"Type\":\"Pass\",\"QueryLanguage\":\"JSONata\",\"Output\":\"{% 1+1 %}\",\"End\":true}",
                                "{}")
                        .run();

        assertThat(result.output()).contains(Payload.ofText("2"));
        assertThat(OneState.stages(result)).isEmpty();
    }

    @Test
    void aTaskWithExpressionsShowsArgumentsAndResult() {
        var state =
                """
                {"Type":"Task","QueryLanguage":"JSONata","Resource":"arn:aws:states:::lambda:invoke",
                 "Arguments":{"FunctionName":"{% $states.input.f %}"},"Output":"{% $states.result.a %}","End":true}\
                """;

        var result = OneState.of(state, "{\"f\":\"g\"}").mock("{\"a\":1}").run();

        assertThat(result.output()).contains(Payload.ofText("1"));
        assertThat(OneState.stages(result))
                .containsExactly("afterArguments={\"FunctionName\":\"g\"}", "result={\"a\":1}");
    }

    @Test
    void whiteSpaceOfTheCallerStaysWhereNothingIsEvaluated() {
        var result = OneState.of(parallel(""), "{ }").mock("[1, 2]").run();

        assertThat(result.output().orElseThrow().text()).isEqualTo("[1, 2]");
        assertThat(OneState.stages(result))
                .containsExactly("afterResultSelector=[1, 2]", "afterResultPath=[1, 2]");
    }

    // Simple states

    @Test
    void aChoiceGoesWhereItsRuleSays() {
        var result =
                OneState.of(
                                """
                                {"Type":"Choice","Choices":[{"Variable":"$.a","IsPresent":true,"Next":"StateName"}],"Default":"D"}\
                                """,
                                "{\"a\":1}")
                        .run();

        assertThat(result.nextState()).as("even to itself").contains("StateName");
        assertThat(OneState.stages(result)).containsExactly("afterInputPath={\"a\":1}");
    }

    @Test
    void aWaitIsOverAtOnce() {
        var result =
                OneState.of("{\"Type\":\"Wait\",\"Seconds\":86400,\"Next\":\"N\"}", "{\"a\":1}")
                        .run();

        assertThat(result.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(result.output()).contains(Payload.ofText("{\"a\":1}"));
        assertThat(result.nextState()).contains("N");
    }

    @Test
    void aCauseDoesNotNameTheState() {
        var result =
                OneState.of("{\"Type\":\"Pass\",\"InputPath\":\"$.no\",\"End\":true}", "{}").run();

        assertThat(result.failure())
                .isEqualTo(
                        Failure.of(
                                "States.Runtime",
                                "Invalid path '$.no' : No results for path: $['no']"));
    }

    // Variables

    @Test
    void showsTheVariablesAfterTheState() {
        var result =
                OneState.of(
                                """
                                {"Type":"Pass","Parameters":{"y.$":"$x"},"Assign":{"x":2,"z":3},"End":true}\
                                """,
                                "{}")
                        .variables("{\"x\":1,\"w\":0}")
                        .run();

        assertThat(result.output()).contains(Payload.ofText("{\"y\":1}"));
        assertThat(result.inspected().variables().orElseThrow().text())
                .isEqualTo("{\"w\":0,\"x\":2,\"z\":3}");
    }

    @Test
    void aStateWithoutVariablesShowsNone() {
        assertThat(
                        OneState.of("{\"Type\":\"Succeed\"}", "{}")
                                .variables("{}")
                                .run()
                                .inspected()
                                .variables())
                .isEmpty();
    }

    // Tasks

    @Test
    void aTaskWithoutAMockAsksForItsCall() {
        var test = OneState.of("{" + CALL + ",\"TimeoutSeconds\":7,\"End\":true}", "{\"f\":\"g\"}");

        var call = test.call();

        assertThat(call.call().payload().text()).isEqualTo("{\"FunctionName\":\"g\"}");
        assertThat(call.timers()).hasSize(1);
        assertThat(test.answer(call, "{\"StatusCode\":200}").output())
                .contains(Payload.ofText("{\"StatusCode\":200}"));
    }

    @Test
    void aCallThatTakesTooLongTimesOut() {
        var test = OneState.of("{" + CALL + ",\"TimeoutSeconds\":7,\"End\":true}", "{\"f\":\"g\"}");

        var result = test.fire(test.call().timers().getFirst());

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.failure()).isEqualTo(Failure.of("States.Timeout"));
    }

    @Test
    void aTestEndsAfterFiveMinutes() {
        var test = OneState.of("{" + CALL + ",\"End\":true}", "{\"f\":\"g\"}");
        var _ = test.call();

        var result = test.at(Limits.STATE_TEST_SECONDS);

        assertThat(result.failure()).isEqualTo(Failure.of("States.Timeout"));
    }

    @Test
    void mocksAnswerTasksOfEveryPattern() {
        for (var resource :
                List.of(
                        "arn:aws:states:::lambda:invoke.waitForTaskToken",
                        "arn:aws:states:::states:startExecution.sync",
                        "arn:aws:states:us-east-1:123456789012:activity:a",
                        "arn:aws:lambda:us-east-1:123456789012:function:f")) {
            var state =
                    "{\"Type\":\"Task\",\"Resource\":\""
                            + resource
                            + "\",\"Parameters\":{\"FunctionName\":\"f\",\"StateMachineArn\":\"m\"},"
                            + "\"End\":true}";

            assertThat(OneState.of(state, "{}").mock("{\"a\":1}").run().output())
                    .as(resource)
                    .contains(Payload.ofText("{\"a\":1}"));
            assertThat(OneState.of(state, "{}").mockError("E", "C").run().failure())
                    .as(resource)
                    .isEqualTo(Failure.of("E", "C"));
        }
    }

    // Errors

    @Test
    void aRetrierWouldTryAgainAfterItsBackoff() {
        var result = retrying(4).run();

        assertThat(result.status()).isEqualTo(Status.RETRIABLE);
        assertThat(result.output()).isEmpty();
        assertThat(result.inspected().remedy().orElseThrow())
                .isEqualTo(
                        new StateTestResult.Remedy(
                                OptionalInt.empty(), OptionalInt.of(1), OptionalLong.of(16)));
    }

    @Test
    void aRetrierThatIsUsedUpIsNamed() {
        var result = retrying(5).run();

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.inspected().remedy().orElseThrow())
                .isEqualTo(
                        new StateTestResult.Remedy(
                                OptionalInt.empty(), OptionalInt.of(1), OptionalLong.empty()));
    }

    private static OneState retrying(int before) {
        return OneState.of(
                        "{"
                                + CALL
                                + """
                                ,"Retry":[{"ErrorEquals":["Other"]},
                                  {"ErrorEquals":["E"],"IntervalSeconds":1,"BackoffRate":2,"MaxAttempts":5}],"End":true}\
                                """,
                        "{\"f\":\"g\"}")
                .retries(before)
                .mockError("E", "C");
    }

    @Test
    void aCatcherTakesTheErrorAndSaysWhereToGo() {
        var result =
                OneState.of(
                                "{"
                                        + CALL
                                        + """
                                        ,"Catch":[{"ErrorEquals":["Other"],"Next":"A"},
                                          {"ErrorEquals":["States.ALL"],"ResultPath":"$.e","Next":"B"}],"End":true}\
                                        """,
                                "{\"f\":\"g\"}")
                        .mockError("E", "C")
                        .run();

        assertThat(result.status()).isEqualTo(Status.CAUGHT_ERROR);
        assertThat(result.nextState()).contains("B");
        assertThat(result.failure()).isEqualTo(Failure.of("E", "C"));
        assertThat(result.output())
                .contains(Payload.ofText("{\"f\":\"g\",\"e\":{\"Error\":\"E\",\"Cause\":\"C\"}}"));
        assertThat(result.inspected().remedy().orElseThrow().catchIndex())
                .isEqualTo(OptionalInt.of(1));
    }

    // Maps

    @Test
    void aMapShowsItsItemsAndFigures() {
        var result =
                OneState.of(
                                "{"
                                        + DISTRIBUTED
                                        + """
                                        ,"ItemsPath":"$.v","MaxConcurrencyPath":"$.n","ToleratedFailureCount":1,
                                         "ToleratedFailurePercentagePath":"$.p","End":true}\
                                        """,
                                "{\"v\":[1,2],\"n\":\"3\",\"p\":1.5}")
                        .mock("[5,6]")
                        .run();

        assertThat(OneState.stages(result))
                .containsExactly(
                        "afterInputPath={\"v\":[1,2],\"n\":\"3\",\"p\":1.5}",
                        "afterResultSelector=[5,6]",
                        "afterResultPath=[5,6]",
                        "afterItemsPath=[1,2]");
        assertThat(result.inspected().map())
                .isEqualTo(
                        new StateTestResult.MapFigures(
                                OptionalLong.of(3), OptionalLong.of(1), OptionalDouble.of(1.5)));
    }

    @Test
    void aMapWhoseItemsAreNoArrayShowsItsInputOnly() {
        var result = OneState.of("{" + DISTRIBUTED + ",\"End\":true}", "{}").mock("[]").run();

        assertThat(result.failure())
                .isEqualTo(
                        Failure.of("States.Runtime", "Reference path \"$\" must point to array."));
        assertThat(OneState.stages(result)).containsExactly("afterInputPath={}");
        assertThat(result.inspected().map()).isEqualTo(StateTestResult.MapFigures.NONE);
    }

    @Test
    void failedIterationsCountOnlyAgainstATolerance() {
        assertThat(failing(3, "").run().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(failing(1, "\"ToleratedFailureCount\":1,").run().status())
                .isEqualTo(Status.SUCCEEDED);
        assertThat(failing(2, "\"ToleratedFailureCount\":1,").run().failure())
                .isEqualTo(
                        Failure.of(
                                "States.ExceedToleratedFailureThreshold",
                                "The specified tolerated failure threshold was exceeded"));
        assertThat(failing(1, "\"ToleratedFailurePercentage\":33,").run().status())
                .isEqualTo(Status.FAILED);
        assertThat(failing(1, "\"ToleratedFailurePercentage\":34,").run().status())
                .isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void noMoreIterationsFailThanThereAre() {
        assertThat(failing(4, "").step())
                .isEqualTo(
                        new StateTest.Step.Refused(
                                "Map iteration failure count must be less than or equal to the"
                                        + " number of Map iterations"));
    }

    private static OneState failing(int count, String tolerance) {
        return OneState.of("{" + DISTRIBUTED + "," + tolerance + "\"End\":true}", "[1,2,3]")
                .failedIterations(count)
                .mock("[]");
    }

    @Test
    void aMapShowsWhatItsIterationsGet() {
        var result =
                OneState.of(
                                "{"
                                        + DISTRIBUTED
                                        + """
                                        ,"ItemSelector":{"i.$":"$$.Map.Item.Index","v.$":"$$.Map.Item.Value"},
                                         "ItemBatcher":{"MaxItemsPerBatch":2,"BatchInput":{"b":1}},"End":true}\
                                        """,
                                "[7,8,9]")
                        .mock("[]")
                        .run();

        assertThat(OneState.stages(result))
                .contains(
                        "afterItemSelector=[{\"v\":7,\"i\":0},{\"v\":8,\"i\":1},{\"v\":9,\"i\":2}]",
                        "afterItemBatcher=[{\"BatchInput\":{\"b\":1},\"Items\":[{\"v\":7,\"i\":0},{\"v\":8,\"i\":1}]},"
                                + "{\"BatchInput\":{\"b\":1},\"Items\":[{\"v\":9,\"i\":2}]}]");
    }

    @Test
    void dataStandsInForTheItemReader() {
        var state =
                "{"
                        + DISTRIBUTED
                        + """
                        ,"ItemReader":{"Resource":"arn:aws:states:::s3:getObject","Parameters":{"Bucket":"b"},
                          "ReaderConfig":{"InputType":"JSON","ItemsPointer":"/a/0"}},"End":true}\
                        """;

        var found = OneState.of(state, "{}").reads("{\"a\":[[1,2]]}").mock("[]").run();
        var missed = OneState.of(state, "{}").reads("{\"a\":[]}").mock("[]").run();
        var noList = OneState.of(state, "{}").reads("{\"a\":[1]}").mock("[]").run();

        assertThat(OneState.stages(found)).contains("afterItemsPointer=[1,2]");
        assertThat(missed.failure().error()).contains("States.ItemReaderFailed");
        assertThat(noList.failure().cause()).contains("Attempting to map over non-iterable node.");
    }

    private static String parallel(String more) {
        return """
        {"Type":"Parallel","Branches":[{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}},
         {"StartAt":"B","States":{"B":{"Type":"Pass","End":true}}}],%s"End":true}\
        """
                .formatted(more);
    }

    @Test
    void aParallelFailsWithTheMockedError() {
        var result =
                OneState.of(parallel("\"Catch\":[{\"ErrorEquals\":[\"E\"],\"Next\":\"N\"}],"), "{}")
                        .mockError("E", "C")
                        .run();

        assertThat(result.status()).isEqualTo(Status.CAUGHT_ERROR);
        assertThat(result.output()).contains(Payload.ofText("{\"Error\":\"E\",\"Cause\":\"C\"}"));
    }

    // The context

    @Test
    void theContextIsThatOfAnExpressExecutionWithoutARole() {
        var result =
                OneState.of(
                                "{\"Type\":\"Pass\",\"Parameters\":{\"c.$\":\"$$\"},\"End\":true}",
                                "[]")
                        .run();

        assertThat(result.output().orElseThrow().text())
                .isEqualTo(
                        """
                        {"c":{"Execution":{"Id":"arn:e","Input":[],"Name":"e","RoleArn":null,"StartTime":"2026-01-01T00:00:00Z"},\
                        "StateMachine":{"Id":"arn:m","Name":"m"},"State":{"Name":"StateName","EnteredTime":"2026-01-01T00:00:00Z"}}}\
                        """);
    }

    @Test
    void aGivenContextIsUsedAsItIs() {
        var result =
                OneState.of(
                                "{" + CALL + ",\"ResultSelector\":{\"c.$\":\"$$\"},\"End\":true}",
                                "{\"f\":\"g\"}")
                        .context("{\"State\":{}}")
                        .mock("1")
                        .run();

        assertThat(result.output()).contains(Payload.ofText("{\"c\":{\"State\":{}}}"));
    }

    @Test
    void theContextCountsTheRetriesThatWereGiven() {
        var result =
                OneState.of(
                                "{"
                                        + CALL
                                        + """
                                        ,"Retry":[{"ErrorEquals":["A"]},{"ErrorEquals":["B"]}],
                                         "ResultSelector":{"c.$":"$$.State.RetryCount"},"End":true}\
                                        """,
                                "{\"f\":\"g\"}")
                        .retries(2)
                        .mock("1")
                        .run();

        assertThat(result.output()).contains(Payload.ofText("{\"c\":2}"));
    }
}
