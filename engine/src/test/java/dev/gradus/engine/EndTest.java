package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.expressions.Payload;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ends from outside, limits, and what a workflow does wrong. */
final class EndTest {
    private static final String LOOP =
            """
            {"StartAt":"A","States":{
              "A":{"Type":"Choice","Choices":[{"Variable":"$.go","BooleanEquals":true,"Next":"A"}],"Default":"S"},
              "S":{"Type":"Succeed"}}}\
            """;
    private static final String WAIT =
            """
            {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":60,"End":true}}}\
            """;

    private static String limited(String state) {
        return """
        {"TimeoutSeconds":10,"StartAt":"X","States":{"X":%s}}\
        """
                .formatted(state);
    }

    @Test
    void stopsWithoutNotesOfOpenStates() {
        var run = Scenario.started(WAIT).skip();

        run.stop(new Failure(Optional.of("E"), Optional.empty()));

        run.records("3<-0 ExecutionAborted");
        assertThat(run.closed().status()).isEqualTo(Status.ABORTED);
        assertThat(run.timers()).isEmpty();
    }

    @Test
    void timesOutAtTheInstantOfTheDeadline() {
        var run = Scenario.started(limited("{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}"));

        run.skip().advance(10);

        run.records("3<-0 ExecutionTimedOut");
        assertThat(run.closed().status()).isEqualTo(Status.TIMED_OUT);
        assertThat(run.closed().failure()).isEqualTo(Failure.NONE);
        assertThat(run.closed().stoppedAtMillis()).isEqualTo(Scenario.START + 10_000);
    }

    @Test
    void timesOutAtTheDeadlineEvenWhenAnAnswerComesBeforeTheLateTimer() {
        var run =
                Scenario.started(
                        limited(
                                "{\"Type\":\"Task\",\"Resource\":\"arn:aws:lambda:eu-west-1:111111111111:function:f\",\"End\":true}"));

        run.skip().sleep(11).succeed("1");

        run.records("5<-0 ExecutionTimedOut");
        assertThat(run.cancelled()).hasSize(1);
        assertThat(run.history().getLast().atMillis()).isEqualTo(Scenario.START + 10_000);
    }

    @Test
    void cancelsTheDeadlineWhenItEndsBefore() {
        var run = Scenario.started(limited("{\"Type\":\"Wait\",\"Seconds\":9,\"End\":true}"));

        run.advance(9);

        assertThat(run.closed().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(run.timers()).isEmpty();
    }

    @Test
    void ignoresEverythingAfterTheEnd() {
        var run = Scenario.started(WAIT).stop(Failure.NONE).skip();

        run.stop(Failure.of("E")).heartbeat(new EffectId(0, 1)).start().records();
    }

    @Test
    void ignoresASecondStart() {
        Scenario.started(WAIT).skip().start().records();
    }

    @Test
    void yieldsWithinALongLoopAndEndsItAtTheEventLimit() {
        var run = Scenario.started(LOOP, "{\"go\":true}");

        assertThat(run.owedTurns()).isEqualTo(1);
        assertThat(run.history())
                .hasSizeBetween(Limits.DECISION_EVENTS, Limits.DECISION_EVENTS + 5);
        run.drain();

        assertThat(run.history()).hasSize(Limits.HISTORY_EVENTS);
        assertThat(run.history().getLast())
                .isEqualTo(
                        new HistoryEvent(
                                25_000,
                                24_999,
                                Scenario.START,
                                EventType.EXECUTION_FAILED,
                                new EventDetails.Failed(
                                        Optional.of("States.Runtime"),
                                        Optional.of(
                                                "The execution reached the maximum number of"
                                                        + " history events (25000)."))));
        assertThat(run.closed().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void yieldsAfterMuchNewData() {
        var big = "x".repeat(100_000);
        var states = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            states.append(
                    """
                    "P%d":{"Type":"Pass","Parameters":{"a.$":"$.a","n":%d},"Next":"P%d"},\
                    """
                            .formatted(i, i, i + 1));
        }
        var run =
                Scenario.started(
                        "{\"StartAt\":\"P0\",\"States\":{"
                                + states
                                + "\"P30\":{\"Type\":\"Succeed\"}}}",
                        "{\"a\":\"" + big + "\"}");

        assertThat(run.owedTurns()).isEqualTo(1);
        assertThat(run.history().size()).isLessThan(30);
        run.drain();
        assertThat(run.closed().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void goesOnWithAllBranchesAfterAYield() {
        var items = "[" + "0,".repeat(999) + "0]";
        var run =
                Scenario.started(
                        """
                        {"StartAt":"M","States":{"M":{"Type":"Map","End":true,
                          "ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","Next":"J"},"J":{"Type":"Pass","End":true}}}}}}\
                        """,
                        items);

        run.drain();

        assertThat(run.closed().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(run.output()).isEqualTo(items);
        assertThat(run.history()).hasSize(6_000 + 6);
    }

    @Test
    void startsScheduledTasksBeforeItYields() {
        var items = "[" + "0,".repeat(399) + "0]";
        var run =
                Scenario.started(
                        """
                        {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":400,"End":true,
                          "ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Task",
                            "Resource":"arn:aws:lambda:eu-west-1:111111111111:function:f","End":true}}}}}}\
                        """,
                        items);
        int scheduled = count(run, EventType.LAMBDA_FUNCTION_SCHEDULED);

        assertThat(scheduled).isBetween(1, 399);
        assertThat(count(run, EventType.LAMBDA_FUNCTION_STARTED)).isEqualTo(scheduled);
        run.drain();
        assertThat(run.calls()).hasSize(400);
    }

    @Test
    void letsEveryBranchHaveItsTurnBesideOneThatLoops() {
        var loop =
                """
                {"StartAt":"A%1$d","States":{"A%1$d":{"Type":"Pass","Next":"B%1$d"},"B%1$d":{"Type":"Pass","Next":"A%1$d"}}}\
                """;
        var run =
                Scenario.started(
                        """
                        {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[%s,%s,
                          {"StartAt":"T","States":{"T":{"Type":"Task","End":true,
                            "Resource":"arn:aws:lambda:eu-west-1:111111111111:function:f"}}}]}}}\
                        """
                                .formatted(loop.formatted(1), loop.formatted(2)));
        run.goOn().goOn();

        assertThat(run.calls()).hasSize(1);
        assertThat(run.history().stream().map(HistoryEvent::details))
                .contains(new EventDetails.StateEntered("B2", Payload.EMPTY_OBJECT));
    }

    @Test
    void startsIterationsInSeveralTurnsWhenThereAreVeryMany() {
        var items = "[" + "0,".repeat(1_499) + "0]";
        var run =
                Scenario.started(
                        """
                        {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":1500,"End":true,
                          "ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Wait","Seconds":9,"End":true}}}}}}\
                        """,
                        items);

        assertThat(run.history()).hasSizeLessThanOrEqualTo(Limits.DECISION_EVENTS);
        run.drain();
        assertThat(run.timers()).hasSize(1_500);
        run.advance(9).drain();
        assertThat(run.output()).isEqualTo(items);
    }

    @Test
    void givesUpWhatIsOpenWhenTheHistoryIsFull() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
                          {"StartAt":"T","States":{"T":{"Type":"Task","TimeoutSeconds":9,"End":true,
                            "Resource":"arn:aws:lambda:eu-west-1:111111111111:function:f"}}},
                          {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":9,"End":true}}},
                          {"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"}}}]}}}\
                        """);

        run.drain();

        assertThat(run.closed().status()).isEqualTo(Status.FAILED);
        assertThat(run.history()).hasSize(Limits.HISTORY_EVENTS);
        assertThat(run.timers()).isEmpty();
        assertThat(run.cancelled()).hasSize(1);
    }

    @Test
    void takesAnswersWhileItOwesATurn() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
                          {"StartAt":"T","States":{"T":{"Type":"Task","End":true,
                            "Resource":"arn:aws:lambda:eu-west-1:111111111111:function:f"}}},
                          {"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"}}}]}}}\
                        """);

        run.skip().fail("E", "c");

        assertThat(run.closed().failure()).isEqualTo(Failure.of("E", "c"));
        run.goOn();
        assertThat(run.closed().failure()).isEqualTo(Failure.of("E", "c"));
    }

    private static int count(Scenario run, EventType type) {
        return (int) run.history().stream().filter(event -> event.type() == type).count();
    }

    @Test
    void failsWithoutAMatchingChoice() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"C","States":{
                          "C":{"Type":"Choice","Choices":[{"Variable":"$.go","BooleanEquals":true,"Next":"S"}]},
                          "S":{"Type":"Succeed"}}}\
                        """,
                        "{\"go\":false}");

        run.records("1<-0 ExecutionStarted", "2<-0 ChoiceStateEntered C", "3<-2 ExecutionFailed");
        assertThat(run.closed().failure())
                .isEqualTo(
                        Failure.of(
                                "States.Runtime",
                                "An error occurred while executing the state 'C' (entered at the"
                                        + " event id #2). Failed to transition out of the state. The"
                                        + " state does not point to a next state."));
    }

    @Test
    void failsWhenTheVariableOfAChoiceIsMissing() {
        var run = Scenario.started(LOOP);

        assertThat(run.closed().failure().cause().orElseThrow())
                .endsWith(
                        "). Invalid path '$.go': The choice state's condition path references an"
                                + " invalid value.");
    }

    @Test
    void failsTheExecutionWhenAnOutputIsTooLarge() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"P","States":{"P":{"Type":"Pass","Parameters":{"a.$":"$","b.$":"$"},"End":true}}}\
                        """,
                        "\"" + "x".repeat(200_000) + "\"");

        run.records("1<-0 ExecutionStarted", "2<-0 PassStateEntered P", "3<-2 ExecutionFailed");
        assertThat(run.closed().failure())
                .isEqualTo(
                        Failure.of(
                                "States.DataLimitExceeded",
                                "The state/task 'P' returned a result with a size exceeding the"
                                        + " maximum number of bytes service limit."));
    }

    @Test
    void wordsWaitFailuresAsAwsDoes() {
        assertThat(waitCause("{\"w\":1.5}"))
                .isEqualTo(
                        "The SecondsPath parameter cannot be parsed as a long value: $.w == 1.5");
        assertThat(waitCause("{\"w\":-1.5}"))
                .isEqualTo(
                        "The SecondsPath parameter cannot be parsed as a long value: $.w == -1.5");
        assertThat(waitCause("{\"w\":-1}"))
                .isEqualTo("The SecondsPath parameter references a negative value: $.w == -1");
        assertThat(waitCause("{}"))
                .isEqualTo("The SecondsPath parameter does not reference an input value: $.w");
        assertThat(waitCause("{\"w\":2147483648}")).isEqualTo("Wait state delay is too long.");
    }

    private static String waitCause(String input) {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"W","States":{"W":{"Type":"Wait","SecondsPath":"$.w","End":true}}}\
                        """,
                        input);
        var prefix =
                "An error occurred while executing the state 'W' (entered at the event id #2). ";
        assertThat(run.closed().failure().cause().orElseThrow()).startsWith(prefix);
        return run.closed().failure().cause().orElseThrow().substring(prefix.length());
    }

    @Test
    void waitsForATimestampAndPassesOneThatIsOver() {
        var definition =
                """
                {"StartAt":"W","States":{"W":{"Type":"Wait","TimestampPath":"$.t","End":true}}}\
                """;

        var late = Scenario.started(definition, "{\"t\":\"2026-01-01T00:00:00.000001Z\"}");
        assertThat(late.timers())
                .singleElement()
                .extracting(Timer::dueMillis)
                .isEqualTo(Scenario.START + 1);
        var over = Scenario.started(definition, "{\"t\":\"1999-01-01T00:00:00Z\"}");
        assertThat(over.closed().status()).isEqualTo(Status.SUCCEEDED);
        var wrong = Scenario.started(definition, "{\"t\":\"2016-13-05T21:29:29Z\"}");
        assertThat(wrong.closed().failure().cause().orElseThrow())
                .endsWith(
                        "The TimestampPath parameter does not reference a valid ISO-8601 extended"
                                + " offset date-time format string: $.t == 2016-13-05T21:29:29Z");
        assertThat(Scenario.started(definition, "{}").closed().failure().cause().orElseThrow())
                .endsWith("The TimestampPath parameter does not reference an input value: $.t");
    }

    @Test
    void showsTheContextObjectInAwsOrder() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"P","States":{"P":{"Type":"Pass","Parameters":{"c.$":"$$"},"End":true}}}\
                        """);

        assertThat(run.output())
                .isEqualTo(
                        "{\"c\":{\"Execution\":{\"Id\":\"arn:aws:states:eu-west-1:111111111111:execution:m:e\","
                                + "\"Input\":{},\"StartTime\":\"2026-01-01T00:00:00Z\",\"Name\":\"e\","
                                + "\"RoleArn\":\"arn:aws:iam::111111111111:role/r\",\"RedriveCount\":0},"
                                + "\"StateMachine\":{\"Id\":\"arn:aws:states:eu-west-1:111111111111:stateMachine:m\","
                                + "\"Name\":\"m\"},"
                                + "\"State\":{\"Name\":\"P\",\"EnteredTime\":\"2026-01-01T00:00:00Z\"}}}");
    }

    @Test
    void readsErrorAndCauseOfAFailFromItsInput() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"F","States":{"F":{"Type":"Fail","ErrorPath":"States.Format('{}', $.e)","CausePath":"$.c"}}}\
                        """,
                        "{\"e\":\"E\",\"c\":\"C\"}");
        var missing =
                Scenario.started(
                        """
                        {"StartAt":"F","States":{"F":{"Type":"Fail","ErrorPath":"$.x"}}}\
                        """);

        assertThat(run.closed().failure()).isEqualTo(Failure.of("E", "C"));
        assertThat(missing.closed().failure().cause().orElseThrow())
                .endsWith(
                        "The JSONPath '$.x' specified for the field 'ErrorPath' could not be found"
                                + " in the input '{}'");
    }
}
