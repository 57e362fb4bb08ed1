package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.expressions.Payload;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How JSONata states shape their data, and what becomes of expressions that fail. */
final class JsonataTest {
    private static final String LAMBDA =
            "\"Type\":\"Task\",\"Resource\":\"arn:aws:lambda:eu-west-1:111111111111:function:f\",";

    /** A machine of states in JSONata that starts at A. */
    private static Scenario started(String states, String input) {
        return Scenario.started(
                "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"A\",\"States\":{" + states + "}}",
                input);
    }

    private static Scenario started(String states) {
        return started(states, "{}");
    }

    private static EventDetails.EvaluationFailed evaluationFailed(Scenario run, int eventId) {
        return (EventDetails.EvaluationFailed) run.details(eventId);
    }

    @Test
    void evaluatesExpressionsAnywhereInAnOutputAndKeepsTheRest() {
        var run =
                started(
                        """
                        "A": {"Type": "Pass", "End": true, "Output": {
                          "sum": "{% $states.input.a + 1 %}", "same": "{% $states.input.big %}",
                          "list": [1.0, "{% 'x' & 'y' %}", {"deep": "{% [] %}"}],
                          "b.$": "$.a", "literal": " {% 1 %} ", "nothing": null}}
                        """,
                        "{\"a\":2,\"big\":12345678901234567890}");

        assertThat(run.output())
                .isEqualTo(
                        "{\"sum\":3,\"same\":12345678901234567890,\"list\":[1.0,\"xy\",{\"deep\":[]}],"
                                + "\"b.$\":\"$.a\",\"literal\":\" {% 1 %} \",\"nothing\":null}");
    }

    @Test
    void handsItsInputOnWithoutAnOutput() {
        var run =
                started(
                        """
                        "A": {"Type": "Pass", "Next": "B"},
                        "B": {"Type": "Wait", "Seconds": 0, "Next": "C"},
                        "C": {"Type": "Choice", "Choices": [{"Condition": "{% true %}", "Next": "D"}]},
                        "D": {"Type": "Succeed"}
                        """,
                        "[1]");

        assertThat(run.output()).isEqualTo("[1]");
    }

    @Test
    void callsATaskWithItsArgumentsAndShapesItsResult() {
        var run =
                started(
                        """
                        "A": {%s "Arguments": {"n": "{%% $states.input.n * 2 %%}"}, "TimeoutSeconds": "{%% 3 + 4 %%}",
                              "Output": {"in": "{%% $states.input %%}", "out": "{%% $states.result.r %%}"},
                              "Assign": {"all": "{%% $states.result %%}", "state": "{%% $states.context.State.Name %%}"}, "Next": "B"},
                        "B": {"Type": "Pass", "Output": "{%% $all.r %%}", "End": true}
                        """
                                .formatted(LAMBDA),
                        "{\"n\":4}");

        assertThat(run.invocation().payload().text()).isEqualTo("{\"n\":8}");
        assertThat(run.invocation().deadlineMillis()).hasValue(run.now() + 7_000);
        run.succeed("{\"r\":[1,2]}");
        assertThat(run.details(6))
                .isEqualTo(
                        new EventDetails.StateExited(
                                "A",
                                Payload.ofText("{\"in\":{\"n\":4},\"out\":[1,2]}"),
                                Optional.of(
                                        Payload.ofText(
                                                "{\"all\":{\"r\":[1,2]},\"state\":\"A\"}"))));
        assertThat(run.output()).isEqualTo("[1,2]");
    }

    @Test
    void assumesTheRoleThatCredentialsGive() {
        var states =
                "\"A\": {"
                        + LAMBDA
                        + "\"Credentials\": {\"RoleArn\": \"{% $states.input.role %}\"}, \"End\": true}";

        assertThat(started(states, "{\"role\":\"r\"}").invocation().roleArn()).contains("r");
        var refused = started(states, "{\"role\":1}");
        assertThat(evaluationFailed(refused, 3).location()).contains("Credentials/RoleArn");
        assertThat(evaluationFailed(refused, 3).cause())
                .endsWith("Expected 'string', but was 'number' for value: 1");
    }

    @Test
    void showsTheTaskTokenInTheContext() {
        var run =
                started(
                        "\"A\": {\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::sqs:sendMessage.waitForTaskToken\", \"Arguments\": {\"QueueUrl\": \"q\", \"MessageBody\": \"{% $states.context.Task.Token %}\"}, \"End\": true}");

        assertThat(run.invocation().payload().text()).contains("\"MessageBody\":\"token:0:1:");
    }

    @Test
    void callsATaskWithItsInputWithoutArguments() {
        var run = started("\"A\": {" + LAMBDA + "\"End\": true}", "{\"n\":4}");

        assertThat(run.invocation().payload().text()).isEqualTo("{\"n\":4}");
        assertThat(run.succeed("5").output()).isEqualTo("5");
    }

    @Test
    void showsInStatesWhatThereIsAndInOrder() {
        var run =
                started(
                        """
                        "A": {%s "Output": "{%% $keys($states) %%}", "Catch": [{"ErrorEquals": ["E"], "Output": "{%% $keys($states) %%}", "Next": "B"}], "Next": "B"},
                        "B": {"Type": "Pass", "Output": "{%% $append($states.input, $keys($states)) %%}", "End": true}
                        """
                                .formatted(LAMBDA));
        var caught =
                started(
                        """
                        "A": {%s "Catch": [{"ErrorEquals": ["E"], "Output": "{%% $keys($states) %%}", "Next": "B"}], "Next": "B"},
                        "B": {"Type": "Succeed"}
                        """
                                .formatted(LAMBDA));

        assertThat(run.succeed("{}").output())
                .isEqualTo("[\"input\",\"context\",\"result\",\"input\",\"context\"]");
        assertThat(caught.fail("E", "c").output())
                .isEqualTo("[\"input\",\"context\",\"errorOutput\"]");
    }

    @Test
    void takesTheOutputAndAssignOfTheRuleOrOfTheDefault() {
        var states =
                """
                "A": {"Type": "Choice", "Output": "default", "Assign": {"d": 1}, "Default": "B", "Choices": [
                  {"Condition": "{% $states.input = 1 %}", "Output": "{% $states.input + 10 %}", "Assign": {"r": 1}, "Next": "B"},
                  {"Condition": "{% $states.input = 2 %}", "Next": "B"}, {"Condition": false, "Next": "B"}]},
                "B": {"Type": "Succeed"}
                """;

        var first = started(states, "1");
        var second = started(states, "2");
        var third = started(states, "3");

        assertThat(first.details(3)).isEqualTo(exited("11", Optional.of("{\"r\":1}")));
        assertThat(second.details(3)).isEqualTo(exited("2", Optional.empty()));
        assertThat(third.details(3)).isEqualTo(exited("\"default\"", Optional.of("{\"d\":1}")));
    }

    private static EventDetails exited(String output, Optional<String> assigned) {
        return new EventDetails.StateExited(
                "A", Payload.ofText(output), assigned.map(Payload::ofText));
    }

    @Test
    void catchesIntoTheOutputAndAssignOfTheCatcher() {
        var run =
                started(
                        """
                        "A": {%s "Assign": {"ok": true}, "Catch": [{"ErrorEquals": ["E"], "Next": "B",
                              "Output": {"was": "{%% $states.input %%}", "why": "{%% $states.errorOutput.Cause %%}"},
                              "Assign": {"error": "{%% $states.errorOutput %%}"}}], "End": true},
                        "B": {"Type": "Pass", "Output": "{%% $append([$states.input], $error) %%}", "End": true}
                        """
                                .formatted(LAMBDA),
                        "7");
        run.fail("E", "c");

        assertThat(run.output())
                .isEqualTo("[{\"was\":7,\"why\":\"c\"},{\"Error\":\"E\",\"Cause\":\"c\"}]");
    }

    @Test
    void runsAMapOverItsItems() {
        var run =
                started(
                        """
                        "A": {"Type": "Map", "Items": "{% $states.input.list %}", "MaxConcurrency": "{% $variable := 1 %}",
                              "ItemSelector": {"i": "{% $states.context.Map.Item.Index %}", "v": "{% $states.context.Map.Item.Value %}", "n": "{% $states.input.n %}"},
                              "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass", "Output": "{% $states.input.v * $states.input.n + $states.context.Map.Item.Index %}", "End": true}}},
                              "Output": "{% $sum($states.result) %}", "Assign": {"all": "{% $states.result %}"}, "Next": "B"},
                        "B": {"Type": "Pass", "Output": "{% [$states.input, $all] %}", "End": true}
                        """,
                        "{\"list\":[1,2,3],\"n\":10}");

        assertThat(run.output()).isEqualTo("[63,10,21,32]");
        assertThat(run.history())
                .anySatisfy(event ->
                        assertThat(event.details())
                                .isEqualTo(
                                        new EventDetails.StateEntered(
                                                "P",
                                                Payload.ofText("{\"i\":2,\"v\":3,\"n\":10}"))));
    }

    @Test
    void runsAMapOverItsInputOrOverItemsThatAreWrittenDown() {
        var overInput =
                started(
                        "\"A\": {\"Type\": \"Map\", \"ItemProcessor\": {\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}}, \"End\": true}",
                        "[1,2]");
        var written =
                started(
                        "\"A\": {\"Type\": \"Map\", \"Items\": [\"x\", \"{% $states.input %}\"], \"ItemProcessor\": {\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}}, \"End\": true}",
                        "[1,2]");

        assertThat(overInput.output()).isEqualTo("[1,2]");
        assertThat(written.output()).isEqualTo("[\"x\",[1,2]]");
    }

    @Test
    void givesTheBranchesOfAParallelItsArguments() {
        var run =
                started(
                        """
                        "A": {"Type": "Parallel", "Arguments": {"x": "{% 1 + 1 %}"}, "Output": "{% $states.result[1].x %}", "End": true, "Branches": [
                          {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}},
                          {"StartAt": "Q", "States": {"Q": {"Type": "Pass", "End": true}}}]}
                        """);

        assertThat(run.output()).isEqualTo("2");
    }

    @Test
    void waitsForWhatAnExpressionGives() {
        var seconds =
                started("\"A\": {\"Type\": \"Wait\", \"Seconds\": \"{% 2.0 %}\", \"End\": true}");
        var until =
                started(
                        "\"A\": {\"Type\": \"Wait\", \"Timestamp\": \"{% '2026-01-01T00:00:03Z' %}\", \"End\": true}");

        seconds.records("1<-0 ExecutionStarted", "2<-0 WaitStateEntered A");
        seconds.advance(2).records("3<-2 WaitStateExited", "4<-3 ExecutionSucceeded");
        until.advance(2).records("1<-0 ExecutionStarted", "2<-0 WaitStateEntered A");
        until.advance(1).records("3<-2 WaitStateExited", "4<-3 ExecutionSucceeded");
    }

    @Test
    void failsWithWhatExpressionsSay() {
        var run =
                started(
                        "\"A\": {\"Type\": \"Fail\", \"Error\": \"{% 'E' & $states.input %}\", \"Cause\": \"{% 'because' %}\"}",
                        "1");

        assertThat(run.closed().failure()).isEqualTo(Failure.of("E1", "because"));
    }

    @Test
    void mixesStatesOfBothLanguagesThatShareVariables() {
        var run =
                Scenario.started(
                        """
                        {"StartAt": "A", "States": {
                         "A": {"Type": "Pass", "Assign": {"x": 42}, "Next": "B"},
                         "B": {"Type": "Pass", "QueryLanguage": "JSONata", "Assign": {"x": 18, "old": "{% $x %}"}, "Next": "C"},
                         "C": {"Type": "Pass", "Parameters": {"x.$": "$x", "old.$": "$old"}, "End": true}}}
                        """);

        assertThat(run.output()).isEqualTo("{\"old\":42,\"x\":18}");
    }

    // What is wrong with a result

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    $unset                  | $unset          | returned nothing (undefined).
                    $states.input.none      | $states.input.none | returned nothing (undefined).
                    $nonsense(1)            | $nonsense(1)    | threw an error during evaluation. T1006: Attempted to invoke a non-function
                    $sum                    | $sum            | returned an unsupported result type.
                    """)
    void wordsWhatIsWrongWithAResult(String expression, String shown, String text) {
        var run =
                started(
                        "\"A\": {\"Type\": \"Pass\", \"Output\": {\"a\": [1, \"{%  "
                                + expression
                                + " %}\"]}, \"End\": true}");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 PassStateEntered A",
                "3<-2 EvaluationFailed",
                "4<-3 ExecutionFailed");
        var cause =
                "An error occurred while executing the state 'A' (entered at the event id #2)."
                        + " The JSONata expression '"
                        + shown
                        + "' specified for the field 'Output/a[1]' "
                        + text;
        assertThat(evaluationFailed(run, 3))
                .isEqualTo(
                        new EventDetails.EvaluationFailed(
                                "States.QueryEvaluationError",
                                cause,
                                Optional.of("Output/a[1]"),
                                "A"));
        assertThat(run.closed().failure())
                .isEqualTo(Failure.of("States.QueryEvaluationError", cause));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "Type":"Wait","Seconds":"{% 'x' %}"    | Seconds   | The JSONata expression ''x'' specified for the field 'Seconds' returned an unexpected result type. Expected 'number', but was 'string' for value: "x"
                    "Type":"Wait","Seconds":"{% 1.5 %}"    | Seconds   | The Seconds field cannot be parsed as a long value: 1.5
                    "Type":"Wait","Seconds":"{% -1 %}"     | Seconds   | The Seconds field must be at least 0 but was: -1
                    "Type":"Wait","Timestamp":"{% 1 %}"    | Timestamp | The JSONata expression '1' specified for the field 'Timestamp' returned an unexpected result type. Expected 'string', but was 'number' for value: 1
                    "Type":"Wait","Timestamp":"{% 'x' %}"  | Timestamp | The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: x
                    """)
    void wordsWhatATypedFieldDoesNotTake(String fields, String location, String text) {
        var run = started("\"A\": {" + fields + ", \"End\": true}");

        assertThat(evaluationFailed(run, 3).location()).contains(location);
        assertThat(evaluationFailed(run, 3).cause())
                .isEqualTo(
                        "An error occurred while executing the state 'A' (entered at the event id"
                                + " #2). "
                                + text);
    }

    @Test
    void namesTheRuleWhoseConditionIsNoBoolean() {
        var run =
                started(
                        """
                        "A": {"Type": "Choice", "Choices": [{"Condition": false, "Next": "B"}, {"Condition": "{% null %}", "Next": "B"}]},
                        "B": {"Type": "Succeed"}
                        """);

        assertThat(evaluationFailed(run, 3).location()).contains("Choices[1]/Condition");
        assertThat(evaluationFailed(run, 3).cause())
                .endsWith("Expected 'boolean', but was 'null' for value: null");
    }

    @Test
    void failsAMapBeforeItStartsWhenItsItemsAreNoArray() {
        var map =
                "\"Type\": \"Map\", \"ItemProcessor\": {\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}}, \"End\": true}";
        var evaluated =
                started("\"A\": {\"Items\": \"{% $states.input.a %}\", " + map, "{\"a\":1}");
        var input = started("\"A\": {" + map, "{\"a\":1}");

        evaluated.records(
                "1<-0 ExecutionStarted",
                "2<-0 MapStateEntered A",
                "3<-2 EvaluationFailed",
                "4<-3 MapStateFailed",
                "5<-4 ExecutionFailed");
        assertThat(evaluationFailed(evaluated, 3).cause())
                .endsWith(
                        "The JSONata expression '$states.input.a' specified for the field 'Items'"
                                + " returned an unexpected result type. Expected 'array', but was"
                                + " 'number' for value: 1");
        assertThat(evaluationFailed(input, 3).location()).isEmpty();
        assertThat(evaluationFailed(input, 3).cause())
                .endsWith("Map state input must be an array but was: {\"a\":1}");
    }

    @Test
    void recordsAFailedEvaluationForEachAttempt() {
        var run =
                started(
                        "\"A\": {"
                                + LAMBDA
                                + "\"Arguments\": {\"a\": \"{% $unset %}\"}, \"Retry\": [{\"ErrorEquals\": [\"States.QueryEvaluationError\"], \"MaxAttempts\": 1}], \"End\": true}");
        run.advance(1);

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 TaskStateEntered A",
                "3<-2 EvaluationFailed",
                "4<-3 EvaluationFailed",
                "5<-4 ExecutionFailed");
        assertThat(evaluationFailed(run, 4).location()).contains("Arguments/a");
    }

    @Test
    void catchesAFailedEvaluationAfterTheTask() {
        var run =
                started(
                        "\"A\": {"
                                + LAMBDA
                                + "\"Output\": \"{% $unset %}\", \"Catch\": [{\"ErrorEquals\": [\"States.ALL\"], \"Output\": \"{% $states.errorOutput.Error %}\", \"Next\": \"B\"}], \"End\": true}, \"B\": {\"Type\": \"Succeed\"}");
        run.skip().succeed("1");

        run.records(
                "5<-4 LambdaFunctionSucceeded",
                "6<-5 EvaluationFailed",
                "7<-6 TaskStateExited",
                "8<-7 SucceedStateEntered B",
                "9<-8 SucceedStateExited",
                "10<-9 ExecutionSucceeded");
        assertThat(run.output()).isEqualTo("\"States.QueryEvaluationError\"");
    }

    @Test
    void pointsPastAFailedParallelWhenItsCatcherFails() {
        var run =
                started(
                        """
                        "A": {"Type": "Parallel", "Branches": [{"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "E"}}}], "End": true,
                              "Catch": [{"ErrorEquals": ["F"], "Next": "B"}, {"ErrorEquals": ["States.ALL"], "Output": {"v": "{% $unset %}"}, "Next": "B"}]},
                        "B": {"Type": "Succeed"}
                        """);

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 ParallelStateEntered A",
                "3<-2 ParallelStateStarted",
                "4<-3 FailStateEntered F",
                "5<-4 ParallelStateFailed",
                "6<-4 EvaluationFailed",
                "7<-6 ParallelStateFailed",
                "8<-7 ExecutionFailed");
        assertThat(evaluationFailed(run, 6).location()).contains("Catch[1]/Output/v");
    }

    @Test
    void failsTheIterationAndTheMapAroundAFailedEvaluation() {
        var run =
                started(
                        """
                        "A": {"Type": "Map", "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass", "Output": "{% $unset %}", "End": true}}}, "End": true}
                        """,
                        "[1]");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 MapStateEntered A",
                "3<-2 MapStateStarted 1",
                "4<-3 MapIterationStarted 0",
                "5<-4 PassStateEntered P",
                "6<-5 EvaluationFailed",
                "7<-6 MapIterationFailed 0",
                "8<-6 MapStateFailed",
                "9<-8 ExecutionFailed");
    }

    @Test
    void evaluatesTheClocksOfAnAttemptAlikeAtAnyTime() {
        var run =
                started(
                        """
                        "A": {"Type": "Task", "Resource": "arn:aws:states:eu-west-1:111111111111:activity:a", "End": true,
                              "TimeoutSeconds": "{% 1000 + $floor($random() * 1000) %}", "HeartbeatSeconds": "{% 10 + $floor($random() * 100) + ($millis() % 2) %}"}
                        """);
        var scheduled = (EventDetails.ActivityScheduled) run.details(3);
        run.seed(7).sleep(1).take("w");
        var heartbeat = scheduled.heartbeatInSeconds().orElseThrow() * 1_000;

        assertThat(run.timers())
                .extracting(Timer::dueMillis)
                .containsExactlyInAnyOrder(
                        run.now() + scheduled.timeoutInSeconds().orElseThrow() * 1_000,
                        run.now() + heartbeat);
        run.seed(8).sleep(1).heartbeat(run.call());
        assertThat(run.timers()).extracting(Timer::dueMillis).contains(run.now() + heartbeat);
    }

    @Test
    void givesTheTimeAndTheRandomNumbersOfTheCommand() {
        var states =
                "\"A\": {\"Type\": \"Pass\", \"Output\": [\"{% $now() %}\", \"{% $random() %}\", \"{% $uuid() %}\"], \"End\": true}";

        var output = started(states).output();

        assertThat(output).startsWith("[\"2026-01-01T00:00:00.000Z\",0.");
        assertThat(started(states).output()).isEqualTo(output);
    }

    @Test
    void endsWithAnOutputThatIsTooLarge() {
        var run =
                started(
                        "\"A\": {\"Type\": \"Pass\", \"Output\": \"{% $pad('', 300000, 'x') %}\", \"End\": true}");

        run.records("1<-0 ExecutionStarted", "2<-0 PassStateEntered A", "3<-2 ExecutionFailed");
        assertThat(run.closed().failure().error()).contains("States.DataLimitExceeded");
    }
}
