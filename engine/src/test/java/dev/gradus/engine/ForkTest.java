package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.ExecutionState.Status;
import org.junit.jupiter.api.Test;

/** Parallel and Map: order of events, joining, nesting. */
final class ForkTest {
    private static final String TASK =
            """
            {"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},"End":true}\
            """;

    private static String map(String more, String states) {
        return """
        {"StartAt":"M","States":{"M":{"Type":"Map","End":true,%s
          "ItemProcessor":{"StartAt":"I","States":{%s}}}}}\
        """
                .formatted(more, states);
    }

    private static String parallel(String... branches) {
        var text = new StringBuilder();
        for (int i = 0; i < branches.length; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"StartAt\":\"B%d\",\"States\":{%s}}".formatted(i, branches[i]));
        }
        return """
        {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[%s]}}}\
        """
                .formatted(text);
    }

    @Test
    void startsAllIterationsBeforeTheyRun() {
        var run = Scenario.started(map("", "\"I\":" + TASK), "[1,2]");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 MapStateEntered M",
                "3<-2 MapStateStarted 2",
                "4<-3 MapIterationStarted 0",
                "5<-3 MapIterationStarted 1",
                "6<-4 TaskStateEntered I",
                "7<-6 TaskScheduled",
                "8<-5 TaskStateEntered I",
                "9<-8 TaskScheduled",
                "10<-7 TaskStarted",
                "11<-9 TaskStarted");
        run.succeed(run.call(1), "\"b\"")
                .records(
                        "12<-11 TaskSucceeded",
                        "13<-12 TaskStateExited",
                        "14<-13 MapIterationSucceeded 1");
        run.succeed("\"a\"");
        run.records(
                "15<-10 TaskSucceeded",
                "16<-15 TaskStateExited",
                "17<-16 MapIterationSucceeded 0",
                "18<-17 MapStateSucceeded",
                "19<-17 MapStateExited",
                "20<-19 ExecutionSucceeded");
        assertThat(run.output()).isEqualTo("[\"a\",\"b\"]");
    }

    @Test
    void startsTheNextIterationAfterTheLastEventOfTheOneBefore() {
        var run =
                Scenario.started(
                        map("\"MaxConcurrency\":1,", "\"I\":{\"Type\":\"Pass\",\"End\":true}"),
                        "[1,2]");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 MapStateEntered M",
                "3<-2 MapStateStarted 2",
                "4<-3 MapIterationStarted 0",
                "5<-4 PassStateEntered I",
                "6<-5 PassStateExited",
                "7<-6 MapIterationSucceeded 0",
                "8<-6 MapIterationStarted 1",
                "9<-8 PassStateEntered I",
                "10<-9 PassStateExited",
                "11<-10 MapIterationSucceeded 1",
                "12<-11 MapStateSucceeded",
                "13<-11 MapStateExited",
                "14<-13 ExecutionSucceeded");
        assertThat(run.output()).isEqualTo("[1,2]");
    }

    @Test
    void mapsNothing() {
        var run = Scenario.started(map("", "\"I\":{\"Type\":\"Pass\",\"End\":true}"), "[]");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 MapStateEntered M",
                "3<-2 MapStateStarted 0",
                "4<-3 MapStateSucceeded",
                "5<-3 MapStateExited",
                "6<-5 ExecutionSucceeded");
        assertThat(run.output()).isEqualTo("[]");
    }

    @Test
    void pointsOuterEventsToTheEndOfAnInnerMap() {
        var run =
                Scenario.started(
                        map(
                                "\"MaxConcurrency\":1,",
                                """
                                "I":{"Type":"Map","MaxConcurrency":1,"End":true,
                                  "ItemProcessor":{"StartAt":"J","States":{"J":{"Type":"Pass","End":true}}}}\
                                """),
                        "[[1],[2]]");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 MapStateEntered M",
                "3<-2 MapStateStarted 2",
                "4<-3 MapIterationStarted 0",
                "5<-4 MapStateEntered I",
                "6<-5 MapStateStarted 1",
                "7<-6 MapIterationStarted 0",
                "8<-7 PassStateEntered J",
                "9<-8 PassStateExited",
                "10<-9 MapIterationSucceeded 0",
                "11<-10 MapStateSucceeded",
                "12<-10 MapStateExited",
                "13<-12 MapIterationSucceeded 0",
                "14<-12 MapIterationStarted 1",
                "15<-14 MapStateEntered I",
                "16<-15 MapStateStarted 1",
                "17<-16 MapIterationStarted 0",
                "18<-17 PassStateEntered J",
                "19<-18 PassStateExited",
                "20<-19 MapIterationSucceeded 0",
                "21<-20 MapStateSucceeded",
                "22<-20 MapStateExited",
                "23<-22 MapIterationSucceeded 1",
                "24<-23 MapStateSucceeded",
                "25<-23 MapStateExited",
                "26<-25 ExecutionSucceeded");
        assertThat(run.output()).isEqualTo("[[1],[2]]");
    }

    @Test
    void selectsTheInputOfEachIteration() {
        var run =
                Scenario.started(
                        map(
                                """
                                "InputPath":"$.a","ItemsPath":"$.items",
                                "ItemSelector":{"k":1,"v.$":"$$.Map.Item.Value","i.$":"$$.Map.Item.Index","all.$":"$.x"},\
                                """,
                                """
                                "I":{"Type":"Pass","Parameters":{"in.$":"$","item.$":"$$.Map.Item.Value"},"End":true}\
                                """),
                        "{\"a\":{\"items\":[\"p\",\"q\"],\"x\":0}}");

        assertThat(run.output())
                .isEqualTo(
                        "[{\"item\":\"p\",\"in\":{\"k\":1,\"all\":0,\"v\":\"p\",\"i\":0}},"
                                + "{\"item\":\"q\",\"in\":{\"k\":1,\"all\":0,\"v\":\"q\",\"i\":1}}]");
    }

    @Test
    void refusesToMapWhatIsNoArray() {
        var run =
                Scenario.started(
                        map(
                                "\"ItemsPath\":\"$$.Execution.Input\",",
                                "\"I\":{\"Type\":\"Pass\",\"End\":true}"));

        run.records("1<-0 ExecutionStarted", "2<-0 MapStateEntered M", "3<-2 ExecutionFailed");
        assertThat(run.closed().failure().cause().orElseThrow())
                .endsWith("). Reference path \"$.Execution.Input\" must point to array.");
    }

    @Test
    void readsTheConcurrencyFromThePath() {
        var run =
                Scenario.started(
                        map(
                                "\"ItemsPath\":\"$.v\",\"MaxConcurrencyPath\":\"$.c\",",
                                "\"I\":" + TASK),
                        "{\"v\":[1,2,3],\"c\":\"2\"}");

        assertThat(run.calls()).hasSize(2);
        run.succeed("1");
        assertThat(run.calls()).hasSize(2);
    }

    @Test
    void reportsAConcurrencyThatIsNoNumber() {
        var run =
                Scenario.started(
                        map(
                                "\"ItemsPath\":\"$.v\",\"MaxConcurrencyPath\":\"$.c\",",
                                "\"I\":" + TASK),
                        "{\"v\":[1],\"c\":{}}");

        run.records("1<-0 ExecutionStarted", "2<-0 MapStateEntered M", "3<-2 ExecutionFailed");
        assertThat(run.closed().failure().cause())
                .contains(
                        "An error occurred while executing the state 'M' (entered at the event id"
                                + " #2). The MaxConcurrencyPath field refers to value \"{}\" which"
                                + " is not a valid integer: $.c");
    }

    @Test
    void opensFortyIterationsWithoutALimit() {
        var items = "[" + "0,".repeat(99) + "0]";
        var run = Scenario.started(map("", "\"I\":" + TASK), items);

        assertThat(run.calls()).hasSize(Limits.INLINE_MAP_CONCURRENCY);
    }

    @Test
    void runsBranchesSideBySide() {
        var run =
                Scenario.started(
                        parallel(
                                "\"B0\":{\"Type\":\"Pass\",\"End\":true}",
                                "\"B1\":{\"Type\":\"Pass\",\"Result\":2,\"End\":true}"),
                        "1");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 ParallelStateEntered P",
                "3<-2 ParallelStateStarted",
                "4<-3 PassStateEntered B0",
                "5<-4 PassStateExited",
                "6<-3 PassStateEntered B1",
                "7<-6 PassStateExited",
                "8<-7 ParallelStateSucceeded",
                "9<-7 ParallelStateExited",
                "10<-9 ExecutionSucceeded");
        assertThat(run.output()).isEqualTo("[1,2]");
    }

    @Test
    void failsAParallelWithItsTask() {
        var run =
                Scenario.started(
                        parallel(
                                "\"B0\":" + TASK,
                                "\"B1\":{\"Type\":\"Wait\",\"Seconds\":9,\"End\":true}",
                                "\"B2\":{\"Type\":\"Pass\",\"End\":true}"));
        run.skip().fail("E", "c");

        run.records(
                "10<-9 TaskFailed",
                "11<-10 TaskStateAborted",
                "12<-10 WaitStateAborted",
                "13<-10 ParallelStateFailed",
                "14<-13 ExecutionFailed");
        assertThat(run.timers()).isEmpty();
        assertThat(run.closed().failure()).isEqualTo(Failure.of("E", "c"));
    }

    @Test
    void catchesTheFailureOfABranch() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,
                          "Catch":[{"ErrorEquals":["E"],"ResultPath":"$.e","Next":"S"}],
                          "Branches":[{"StartAt":"B","States":{"B":{"Type":"Fail","Error":"E"}}}]},
                          "S":{"Type":"Succeed"}}}\
                        """,
                        "{\"a\":1}");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 ParallelStateEntered P",
                "3<-2 ParallelStateStarted",
                "4<-3 FailStateEntered B",
                "5<-4 ParallelStateFailed",
                "6<-5 ParallelStateExited",
                "7<-6 SucceedStateEntered S",
                "8<-7 SucceedStateExited",
                "9<-8 ExecutionSucceeded");
        assertThat(run.output()).isEqualTo("{\"a\":1,\"e\":{\"Error\":\"E\",\"Cause\":null}}");
    }

    @Test
    void recordsAllTimeoutsBeforeTheMapFails() {
        var run =
                Scenario.started(
                        map(
                                "",
                                """
                                "I":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                                  "Parameters":{"FunctionName":"f"},"TimeoutSeconds":5,"End":true}\
                                """),
                        "[1,2,3,4]");
        run.skip().advance(5);

        run.records(
                "20<-16 TaskTimedOut",
                "21<-17 TaskTimedOut",
                "22<-18 TaskTimedOut",
                "23<-19 TaskTimedOut",
                "24<-20 MapIterationFailed 0",
                "25<-20 TaskStateAborted",
                "26<-20 MapIterationAborted 1",
                "27<-20 TaskStateAborted",
                "28<-20 MapIterationAborted 2",
                "29<-20 TaskStateAborted",
                "30<-20 MapIterationAborted 3",
                "31<-20 TaskStateAborted",
                "32<-20 MapStateFailed",
                "33<-32 ExecutionFailed");
        assertThat(run.closed().failure()).isEqualTo(Failure.of("States.Timeout"));
    }

    @Test
    void abortsOpenIterationsBeforeAndAfterTheOneThatFails() {
        var run =
                Scenario.started(
                        map(
                                "",
                                """
                                "I":{"Type":"Choice","Choices":[{"Variable":"$","NumericEquals":1,"Next":"F"}],
                                  "Default":"T"},"F":{"Type":"Fail","Error":"E"},
                                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                                  "Parameters":{"FunctionName":"f"},"End":true}\
                                """),
                        "[0,1]");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 MapStateEntered M",
                "3<-2 MapStateStarted 2",
                "4<-3 MapIterationStarted 0",
                "5<-3 MapIterationStarted 1",
                "6<-4 ChoiceStateEntered I",
                "7<-6 ChoiceStateExited",
                "8<-7 TaskStateEntered T",
                "9<-8 TaskScheduled",
                "10<-5 ChoiceStateEntered I",
                "11<-10 ChoiceStateExited",
                "12<-11 FailStateEntered F",
                "13<-9 TaskStarted",
                "14<-12 MapIterationAborted 0",
                "15<-12 TaskStateAborted",
                "16<-12 MapIterationFailed 1",
                "17<-12 MapStateFailed",
                "18<-17 ExecutionFailed");
        assertThat(run.cancelled()).hasSize(1);
    }

    @Test
    void failsTheOuterMapWithTheInnerOne() {
        var run =
                Scenario.started(
                        map(
                                "",
                                """
                                "I":{"Type":"Map","End":true,
                                  "ItemProcessor":{"StartAt":"J","States":{"J":{"Type":"Choice",
                                    "Choices":[{"Variable":"$","NumericEquals":9,"Next":"F"}],"Default":"W"},
                                    "F":{"Type":"Fail","Error":"E"},"W":{"Type":"Wait","Seconds":9,"End":true}}}}\
                                """),
                        "[[9],[1]]");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 MapStateEntered M",
                "3<-2 MapStateStarted 2",
                "4<-3 MapIterationStarted 0",
                "5<-3 MapIterationStarted 1",
                "6<-4 MapStateEntered I",
                "7<-6 MapStateStarted 1",
                "8<-7 MapIterationStarted 0",
                "9<-5 MapStateEntered I",
                "10<-9 MapStateStarted 1",
                "11<-10 MapIterationStarted 0",
                "12<-8 ChoiceStateEntered J",
                "13<-12 ChoiceStateExited",
                "14<-13 FailStateEntered F",
                "15<-11 ChoiceStateEntered J",
                "16<-15 ChoiceStateExited",
                "17<-16 WaitStateEntered W",
                "18<-14 MapIterationFailed 0",
                "19<-14 MapStateFailed",
                "20<-19 MapIterationFailed 0",
                "21<-19 MapIterationAborted 1",
                "22<-19 MapIterationAborted 0",
                "23<-19 WaitStateAborted",
                "24<-19 MapStateAborted",
                "25<-19 MapStateFailed",
                "26<-25 ExecutionFailed");
        assertThat(run.timers()).isEmpty();
    }

    @Test
    void endsTheWholeExecutionWithARuntimeErrorInABranch() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,
                          "Catch":[{"ErrorEquals":["States.ALL"],"Next":"S"}],
                          "Branches":[{"StartAt":"Fast","States":{"Fast":{"Type":"Pass","Parameters":{"m.$":"$.nope"},"End":true}}},
                                      {"StartAt":"Slow","States":{"Slow":{"Type":"Wait","Seconds":5,"End":true}}}]},
                          "S":{"Type":"Succeed"}}}\
                        """,
                        "{\"x\":\"a\"}");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 ParallelStateEntered P",
                "3<-2 ParallelStateStarted",
                "4<-3 PassStateEntered Fast",
                "5<-4 ExecutionFailed");
        assertThat(run.closed().failure())
                .isEqualTo(
                        Failure.of(
                                "States.Runtime",
                                "An error occurred while executing the state 'Fast' (entered at the"
                                        + " event id #4). The JSONPath '$.nope' specified for the"
                                        + " field 'm.$' could not be found in the input"
                                        + " '{\"x\":\"a\"}'"));
    }

    @Test
    void failsAfterSucceededWhenTheResultSelectorMisses() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,
                          "ResultSelector":{"a.$":"$.nope"},
                          "Branches":[{"StartAt":"B","States":{"B":{"Type":"Pass","End":true}}}]}}}\
                        """);

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 ParallelStateEntered P",
                "3<-2 ParallelStateStarted",
                "4<-3 PassStateEntered B",
                "5<-4 PassStateExited",
                "6<-5 ParallelStateSucceeded",
                "7<-6 ExecutionFailed");
    }

    @Test
    void leavesOutBranchesThatFinishedWhenAnotherFails() {
        var run =
                Scenario.started(
                        parallel(
                                "\"B0\":{\"Type\":\"Pass\",\"End\":true}",
                                "\"B1\":{\"Type\":\"Fail\",\"Error\":\"E\"}"));

        run.skip();
        assertThat(run.closed().status()).isEqualTo(Status.FAILED);
        assertThat(run.history()).hasSize(8);
    }
}
