package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.expressions.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The context object: which members it has where, and in which order. */
final class ContextTest {
    private static String outputs(Scenario run, String state) {
        return run.history().stream()
                .map(HistoryEvent::details)
                .filter(details ->
                        details instanceof EventDetails.StateExited exited
                                && exited.name().equals(state))
                .map(details -> ((EventDetails.StateExited) details).output().text())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "Type":"Pass"                                                                              | ["Name","EnteredTime"]
                    "Type":"Wait","Seconds":0                                                                  | ["Name","EnteredTime"]
                    "Type":"Parallel","Branches":[{"StartAt":"B","States":{"B":{"Type":"Succeed"}}}]           | ["Name","EnteredTime","RetryCount"]
                    "Type":"Map","Items":[1],"ItemProcessor":{"StartAt":"B","States":{"B":{"Type":"Succeed"}}} | ["Name","EnteredTime","RetryCount"]
                    """)
    void countsRetriesInStatesThatCanRetry(String fields, String members) {
        var run =
                Scenario.started(
                        "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"A\",\"States\":{\"A\":{"
                                + fields
                                + ",\"Output\":\"{% $keys($states.context.State) %}\",\"End\":true}}}");

        assertThat(run.output()).isEqualTo(members);
    }

    @Test
    void showsTheRetriesOfAParallelOnlyInItself() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"P","States":{"P":{"Type":"Parallel","Retry":[{"ErrorEquals":["E"]}],"End":true,
                          "ResultSelector":{"n.$":"$$.State.RetryCount","inner.$":"$"},
                          "Parameters":{"n.$":"$$.State.RetryCount"},
                          "Branches":[{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:eu-west-1:111111111111:function:f",
                            "Parameters":{"outer.$":"$.n","own.$":"$$.State.RetryCount"},"End":true}}}]}}}
                        """);
        assertThat(run.invocation().payload().text()).isEqualTo("{\"own\":0,\"outer\":0}");
        run.fail("E", "").advance(1);

        assertThat(run.invocation().payload().text()).isEqualTo("{\"own\":0,\"outer\":1}");
        assertThat(run.succeed("7").output()).isEqualTo("{\"inner\":[7],\"n\":1}");
    }

    @Test
    void keepsTheTimeAtWhichAStateWasEnteredThroughItsRetries() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":2,"Next":"T"},
                          "T":{"Type":"Task","Resource":"arn:aws:lambda:eu-west-1:111111111111:function:f","Retry":[{"ErrorEquals":["E"]}],
                            "Parameters":{"at.$":"$$.State.EnteredTime"},"End":true}}}
                        """);
        run.advance(2).fail("E", "").advance(1);

        assertThat(run.invocation().payload().text())
                .isEqualTo("{\"at\":\"2026-01-01T00:00:02Z\"}");
    }

    @Test
    void hasATokenInATaskThatWaitsForOneFromItsParametersToItsOutput() {
        var callback =
                """
                {"QueryLanguage":"JSONata","StartAt":"T","States":{
                  "T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                    "Arguments":{"QueueUrl":"q","MessageBody":"{% $states.context.Task.Token %}"},
                    "Assign":{"members":"{% $keys($states.context) %}"},
                    "Output":"{% $states.context.Task.Token %}","Next":"P"},
                  "P":{"Type":"Pass","Output":["{% $states.input %}","{% $members %}","{% $keys($states.context) %}"],"End":true}}}
                """;
        var run = Scenario.started(callback);
        var sent =
                ((JsonObject) run.invocation().payload().json()).get("MessageBody").orElseThrow();
        var call = run.call();
        run.submit("{}").succeedByToken(call, "1");

        assertThat(run.output())
                .isEqualTo(
                        "["
                                + sent.text()
                                + ",[\"Execution\",\"StateMachine\",\"State\",\"Task\"],[\"Execution\",\"StateMachine\",\"State\"]]");
    }

    @Test
    void hasTheItemOfTheNearestIteration() {
        var run =
                Scenario.started(
                        """
                        {"QueryLanguage":"JSONata","StartAt":"M","States":{
                          "M":{"Type":"Map","Items":["a"],"End":true,"Output":"{% $exists($states.context.Map) %}","ItemProcessor":{"StartAt":"N","States":{
                            "N":{"Type":"Map","Items":["{% $states.context.Map.Item.Value & 1 %}","{% $states.context.Map.Item.Value & 2 %}"],
                              "ItemSelector":"{% $states.context.Map.Item.Value & 's' %}",
                              "Output":"{% $states.context.Map %}","Next":"Q","ItemProcessor":{"StartAt":"I","States":{
                                "I":{"Type":"Pass","Output":{"in":"{% $states.input %}","map":"{% $states.context.Map %}"},"End":true}}}},
                            "Q":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"B","States":{
                              "B":{"Type":"Pass","Output":"{% $states.context.Map.Item.Value %}","End":true}}}]}}}}}}
                        """);

        assertThat(outputs(run, "I"))
                .isEqualTo(
                        "{\"in\":\"a1s\",\"map\":{\"Item\":{\"Index\":0,\"Value\":\"a1\",\"Source\":\"STATE_DATA\"}}}");
        assertThat(outputs(run, "N"))
                .isEqualTo("{\"Item\":{\"Index\":0,\"Value\":\"a\",\"Source\":\"STATE_DATA\"}}");
        assertThat(outputs(run, "Q")).isEqualTo("[\"a\"]");
        assertThat(run.output()).isEqualTo("false");
    }

    @Test
    void isTheSameInBothLanguages() {
        var paths =
                Scenario.started(
                        "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"OutputPath\":\"$$\",\"End\":true}}}",
                        "[1]");
        var expressions =
                Scenario.started(
                        "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"Output\":\"{% $states.context %}\",\"End\":true}}}",
                        "[1]");

        assertThat(paths.output()).isEqualTo(expressions.output());
    }
}
