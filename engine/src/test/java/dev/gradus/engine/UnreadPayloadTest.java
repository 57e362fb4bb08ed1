package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.expressions.Payload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Counts the bytes that are parsed on the way of a large payload through states that hand it on.
 */
final class UnreadPayloadTest {
    private static final String BIG = "{\"big\":\"" + "x".repeat(Limits.PAYLOAD_BYTES - 10) + "\"}";

    /** Returns how many bytes were parsed of all payloads that the history shows. */
    private static long parsedBytes(Scenario run) {
        Set<Payload> payloads = Collections.newSetFromMap(new IdentityHashMap<>());
        run.history().forEach(event -> payloads.addAll(payloads(event.details())));
        return payloads.stream().mapToLong(Payload::parsedBytes).sum();
    }

    private static List<Payload> payloads(EventDetails details) {
        return switch (details) {
            case EventDetails.ExecutionStarted started -> List.of(started.input());
            case EventDetails.Output(var output) -> List.of(output);
            case EventDetails.StateEntered(_, var input) -> List.of(input);
            case EventDetails.StateExited(_, var output, var assigned) -> {
                var all = new ArrayList<>(List.of(output));
                assigned.ifPresent(all::add);
                yield all;
            }
            case EventDetails.TaskScheduled scheduled -> List.of(scheduled.parameters());
            case EventDetails.TaskOutput(_, _, var output) -> List.of(output);
            case EventDetails.LambdaFunctionScheduled scheduled -> List.of(scheduled.input());
            case EventDetails.ActivityScheduled(_, var input, _, _) -> List.of(input);
            case EventDetails.None _,
                    EventDetails.ExecutionRedriven _,
                    EventDetails.Failed _,
                    EventDetails.TaskStarted _,
                    EventDetails.TaskFailed _,
                    EventDetails.ActivityStarted _,
                    EventDetails.EvaluationFailed _,
                    EventDetails.MapStateStarted _,
                    EventDetails.MapIteration _ ->
                    List.of();
        };
    }

    private static String tenPasses() {
        var states = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            states.append(
                    "\"P%d\":{\"Type\":\"Pass\",\"Next\":\"%s\"},"
                            .formatted(i, i < 9 ? "P" + (i + 1) : "W"));
        }
        return states.toString();
    }

    @Test
    void parsesNothingForStatesThatLookElsewhere() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"A","States":{
                          "A":{"Type":"Pass","Assign":{"items":[1,2],"seconds":1},"Next":"P0"},
                          %s
                          "W":{"Type":"Wait","Seconds":1,"Next":"X"},
                          "X":{"Type":"Wait","SecondsPath":"$seconds","Next":"T"},
                          "T":{"Type":"Task","Resource":"arn:aws:lambda:eu-west-1:111111111111:function:f","ResultPath":null,"Next":"U"},
                          "U":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{"QueueUrl":"q","MessageBody.$":"$items"},"ResultPath":null,"Next":"C"},
                          "C":{"Type":"Choice","Choices":[{"Variable":"$items[0]","NumericEquals":1,"Next":"Q"}]},
                          "Q":{"Type":"Parallel","Next":"M","ResultPath":null,"Branches":[
                            {"StartAt":"B","States":{"B":{"Type":"Pass","End":true}}},
                            {"StartAt":"D","States":{"D":{"Type":"Succeed"}}}]},
                          "M":{"Type":"Map","ItemsPath":"$items","ResultPath":null,"Next":"S","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}}},
                          "S":{"Type":"Succeed"}}}
                        """
                                .formatted(tenPasses()),
                        BIG);
        run.advance(1).advance(1).succeed(BIG).succeed("{\"MessageId\":\"1\"}");

        assertThat(run.closed().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(run.output()).isEqualTo(BIG);
        assertThat(parsedBytes(run)).isZero();
    }

    @Test
    void parsesNothingForExpressionsThatLookElsewhere() {
        var run =
                Scenario.started(
                        """
                        {"QueryLanguage":"JSONata","StartAt":"A","States":{
                          "A":{"Type":"Pass","Assign":{"items":[1,2]},"Next":"P0"},
                          %s
                          "W":{"Type":"Wait","Seconds":"{%% $count($items) %%}","Next":"T"},
                          "T":{"Type":"Task","Resource":"arn:aws:lambda:eu-west-1:111111111111:function:f","Next":"C"},
                          "C":{"Type":"Choice","Choices":[{"Condition":"{%% $items[0] = 1 %%}","Next":"Q"}]},
                          "Q":{"Type":"Parallel","Next":"M","Output":"{%% $items %%}","Branches":[
                            {"StartAt":"B","States":{"B":{"Type":"Pass","End":true}}},
                            {"StartAt":"D","States":{"D":{"Type":"Succeed"}}}]},
                          "M":{"Type":"Map","Items":"{%% $items %%}","Next":"S","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}}},
                          "S":{"Type":"Succeed"}}}
                        """
                                .formatted(tenPasses()),
                        BIG);
        run.advance(2).succeed(BIG);

        assertThat(run.output()).isEqualTo("[1,2]");
        assertThat(parsedBytes(run)).isZero();
    }

    @Test
    void parsesNothingForWhatElseTheContextHolds() {
        var paths =
                Scenario.started(
                        """
                        {"StartAt":"T","States":{
                          "T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","ResultPath":null,"Next":"S",
                            "Parameters":{"QueueUrl":"q","MessageBody":{"t.$":"$$.Task.Token","n.$":"$$.Execution.Name","f.$":"States.Format('{}',$$.State.Name)"}}},
                          "S":{"Type":"Succeed"}}}
                        """,
                        BIG);
        var expressions =
                Scenario.started(
                        """
                        {"QueryLanguage":"JSONata","StartAt":"T","States":{
                          "T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Next":"S",
                            "Arguments":{"QueueUrl":"q","MessageBody":{"t":"{% $states.context.Task.Token %}","n":"{% $states.context.Execution.Name %}","f":"{% $states.context.State.Name %}"}}},
                          "S":{"Type":"Succeed"}}}
                        """,
                        BIG);

        assertThat(paths.invocation().payload().text()).contains("\"n\":\"e\"", "\"f\":\"T\"");
        assertThat(expressions.invocation().payload().text())
                .contains("\"n\":\"e\"", "\"f\":\"T\"");
        assertThat(parsedBytes(paths)).isZero();
        assertThat(parsedBytes(expressions)).isZero();
        paths.submit("{}").succeedByToken(paths.call(), "1");
        assertThat(parsedBytes(paths)).isZero();
    }

    @Test
    void parsesTheInputOfTheExecutionForAPathThatReachesIt() {
        var definition =
                """
                {"StartAt":"P","States":{"P":{"Type":"Pass","ResultPath":null,"Parameters":{"v.$":"%s"},"End":true}}}
                """;

        for (var path : List.of("$$", "$$.Execution", "$$.Execution.Input", "$$..Name")) {
            var run = Scenario.started(definition.formatted(path), BIG);
            assertThat(parsedBytes(run)).as(path).isEqualTo(BIG.length());
        }
        for (var expression :
                List.of(
                        "$states.context",
                        "$states.context.Execution.Input.big",
                        "$states.context.*")) {
            var run =
                    Scenario.started(
                            """
                            {"QueryLanguage":"JSONata","StartAt":"P","States":{"P":{"Type":"Pass","Output":"{%% $exists(%s) %%}","End":true}}}
                            """
                                    .formatted(expression),
                            BIG);
            assertThat(run.output()).as(expression).isEqualTo("true");
            assertThat(parsedBytes(run)).as(expression).isEqualTo(BIG.length());
        }
        assertThat(parsedBytes(Scenario.started(definition.formatted("$$.Execution.Id"), BIG)))
                .isZero();
    }

    @Test
    void parsesOnceWhatSeveralStatesLookInto() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"A","States":{
                          "A":{"Type":"Choice","Choices":[{"Variable":"$.big","IsString":true,"Next":"B"}]},
                          "B":{"Type":"Choice","Choices":[{"Variable":"$.big","IsPresent":true,"Next":"S"}]},
                          "S":{"Type":"Succeed"}}}
                        """,
                        BIG);

        assertThat(run.closed().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(parsedBytes(run)).isEqualTo(BIG.length());
    }
}
