package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** JSONata expressions that fail in branches, iterations and catchers. */
final class EvaluationFailureTest {
    private static final String CALL =
            "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Arguments\":{\"FunctionName\":\"f\"}";

    private static Scenario started(String states, String input) {
        return Scenario.started(
                "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"P\",\"States\":{"
                        + states
                        + ",\"S\":{\"Type\":\"Succeed\"}}}",
                input);
    }

    @Test
    void hasNoOpenStateWhereTheArgumentsOfATaskFailed() {
        var run =
                started(
                        """
                        "P": {"Type": "Parallel", "End": true, "Catch": [{"ErrorEquals": ["States.QueryEvaluationError"], "Next": "S"}], "Branches": [
                          {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 9, "End": true}}},
                          {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:111111111111:function:f", "Arguments": "{% $unset %}", "End": true}}}]}
                        """,
                        "{}");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 ParallelStateEntered P",
                "3<-2 ParallelStateStarted",
                "4<-3 WaitStateEntered W",
                "5<-3 TaskStateEntered T",
                "6<-5 EvaluationFailed",
                "7<-6 WaitStateAborted",
                "8<-6 ParallelStateFailed",
                "9<-8 ParallelStateExited",
                "10<-9 SucceedStateEntered S",
                "11<-10 SucceedStateExited",
                "12<-11 ExecutionSucceeded");
    }

    @Test
    void failsTheParallelAroundACatcherThatCannotBeEvaluated() {
        var run =
                started(
                        """
                        "P": {"Type": "Parallel", "End": true, "Branches": [{"StartAt": "T", "States": {
                          "T": {%s, "Retry": [{"ErrorEquals": ["States.QueryEvaluationError"]}],
                                "Catch": [{"ErrorEquals": ["States.ALL"], "Output": "{%% $unset %%}", "Next": "C"}], "End": true},
                          "C": {"Type": "Succeed"}}}]}
                        """
                                .formatted(CALL),
                        "{}");
        run.skip().fail("E", "c");

        run.records(
                "7<-6 TaskFailed",
                "8<-7 EvaluationFailed",
                "9<-8 ParallelStateFailed",
                "10<-9 ExecutionFailed");
        assertThat(((EventDetails.EvaluationFailed) run.details(8)).location())
                .contains("Catch[0]/Output");
        assertThat(run.closed().failure().cause().orElseThrow())
                .startsWith(
                        "An error occurred while executing the state 'T' (entered at the event id"
                                + " #4). The JSONata expression '$unset' specified for the field"
                                + " 'Catch[0]/Output' returned nothing (undefined).");
    }

    @Test
    void failsAParallelThatHasSucceededWithItsOutput() {
        var run =
                started(
                        """
                        "P": {"Type": "Parallel", "Output": "{% $unset %}", "Retry": [{"ErrorEquals": ["States.QueryEvaluationError"], "MaxAttempts": 1}], "End": true,
                              "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}]}
                        """,
                        "{}");
        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 ParallelStateEntered P",
                "3<-2 ParallelStateStarted",
                "4<-3 PassStateEntered A",
                "5<-4 PassStateExited",
                "6<-5 ParallelStateSucceeded",
                "7<-6 EvaluationFailed");
        run.advance(1);

        run.records(
                "8<-7 ParallelStateStarted",
                "9<-8 PassStateEntered A",
                "10<-9 PassStateExited",
                "11<-10 ParallelStateSucceeded",
                "12<-11 EvaluationFailed",
                "13<-12 ParallelStateFailed",
                "14<-13 ExecutionFailed");
    }

    @Test
    void failsAMapThatHasSucceededWithItsAssign() {
        var run =
                started(
                        """
                        "P": {"Type": "Map", "Assign": {"x": {"y": "{% $states.result.z %}"}}, "End": true,
                              "Catch": [{"ErrorEquals": ["States.ALL"], "Assign": {"why": "{% $states.errorOutput.Error %}"}, "Output": "{% $states.input %}", "Next": "S"}],
                              "ItemProcessor": {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}}
                        """,
                        "[1]");

        run.skip();
        assertThat(run.history())
                .extracting(event ->
                        event.id() + "<-" + event.previousEventId() + " " + event.type().text())
                .containsSubsequence(
                        "7<-6 MapIterationSucceeded",
                        "8<-7 MapStateSucceeded",
                        "9<-8 EvaluationFailed",
                        "10<-9 MapStateFailed",
                        "11<-10 MapStateExited");
        assertThat(((EventDetails.EvaluationFailed) run.details(9)).location())
                .contains("Assign/x/y");
        assertThat(((EventDetails.StateExited) run.details(11)).assigned().orElseThrow().text())
                .isEqualTo("{\"why\":\"States.QueryEvaluationError\"}");
    }

    @Test
    void pointsToTheIterationBeforeWhenTheNextHasNoInput() {
        var run =
                started(
                        """
                        "P": {"Type": "Map", "MaxConcurrency": 1, "ItemSelector": {"v": "{% $states.context.Map.Item.Value + 1 %}"}, "End": true,
                              "ItemProcessor": {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}}
                        """,
                        "[1,\"x\"]");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 MapStateEntered P",
                "3<-2 MapStateStarted 2",
                "4<-3 MapIterationStarted 0",
                "5<-4 PassStateEntered A",
                "6<-5 PassStateExited",
                "7<-6 MapIterationSucceeded 0",
                "8<-6 EvaluationFailed",
                "9<-8 MapStateFailed",
                "10<-9 ExecutionFailed");
        assertThat(((EventDetails.EvaluationFailed) run.details(8)).location())
                .contains("ItemSelector/v");
    }

    @Test
    void failsAParallelWhoseArgumentsCannotBeEvaluated() {
        var run =
                started(
                        """
                        "P": {"Type": "Parallel", "Arguments": "{% $unset %}", "End": true,
                              "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}]}
                        """,
                        "{}");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 ParallelStateEntered P",
                "3<-2 EvaluationFailed",
                "4<-3 ParallelStateFailed",
                "5<-4 ExecutionFailed");
    }

    @Test
    void failsAFailStateThatCannotSayWhy() {
        var run =
                started(
                        "\"P\": {\"Type\": \"Fail\", \"Error\": \"E\", \"Cause\": \"{% 1 %}\"}",
                        "{}");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 FailStateEntered P",
                "3<-2 EvaluationFailed",
                "4<-3 ExecutionFailed");
        assertThat(run.closed().failure().error()).contains("States.QueryEvaluationError");
    }
}
