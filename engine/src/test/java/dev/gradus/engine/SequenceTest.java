package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.ExecutionState.Status;
import org.junit.jupiter.api.Test;

/** The order and the ids of events for each kind of state when nothing goes wrong. */
final class SequenceTest {
    private static final String LAMBDA = "arn:aws:lambda:eu-west-1:111111111111:function:f";

    @Test
    void runsAPass() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"P","States":{"P":{"Type":"Pass","Result":{"a":1},"End":true}}}\
                        """);

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 PassStateEntered P",
                "3<-2 PassStateExited",
                "4<-3 ExecutionSucceeded");
        assertThat(run.output()).isEqualTo("{\"a\":1}");
    }

    @Test
    void handsTheVeryInputOnWhereNothingShapesIt() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"P","States":{"P":{"Type":"Pass","Next":"S"},"S":{"Type":"Succeed"}}}\
                        """,
                        "{\"x\":[1,2]}");

        var given = ((EventDetails.StateEntered) run.details(2)).input();
        assertThat(run.closed().output().orElseThrow()).isSameAs(given);
    }

    @Test
    void choosesTheFirstRuleThatHolds() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"C","States":{
                          "C":{"Type":"Choice","Choices":[
                            {"Variable":"$.n","NumericGreaterThan":5,"Next":"Big"},
                            {"Variable":"$.n","NumericGreaterThan":1,"Next":"Small"}],"Default":"None"},
                          "Big":{"Type":"Succeed"},"Small":{"Type":"Succeed"},"None":{"Type":"Succeed"}}}\
                        """,
                        "{\"n\":3}");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 ChoiceStateEntered C",
                "3<-2 ChoiceStateExited",
                "4<-3 SucceedStateEntered Small",
                "5<-4 SucceedStateExited",
                "6<-5 ExecutionSucceeded");
    }

    @Test
    void failsWithErrorAndCause() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"F","States":{"F":{"Type":"Fail","Error":"E","Cause":"c"}}}\
                        """);

        run.records("1<-0 ExecutionStarted", "2<-0 FailStateEntered F", "3<-2 ExecutionFailed");
        assertThat(run.closed().status()).isEqualTo(Status.FAILED);
        assertThat(run.closed().failure()).isEqualTo(Failure.of("E", "c"));
    }

    @Test
    void waitsUntilTheTimerFires() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":3,"End":true}}}\
                        """);

        run.records("1<-0 ExecutionStarted", "2<-0 WaitStateEntered W");
        run.advanceMillis(2_999).records();
        run.advanceMillis(1).records("3<-2 WaitStateExited", "4<-3 ExecutionSucceeded");
    }

    @Test
    void callsAFunctionByItsArn() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"%s","End":true}}}\
                        """
                                .formatted(LAMBDA));

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 TaskStateEntered T",
                "3<-2 LambdaFunctionScheduled",
                "4<-3 LambdaFunctionStarted");
        run.succeed("{\"r\":1}");
        run.records(
                "5<-4 LambdaFunctionSucceeded", "6<-5 TaskStateExited", "7<-6 ExecutionSucceeded");
        assertThat(run.output()).isEqualTo("{\"r\":1}");
    }
}
