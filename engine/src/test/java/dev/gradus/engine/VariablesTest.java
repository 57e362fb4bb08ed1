package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.Payload;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What Assign sets, who sees it, and what is too much. */
final class VariablesTest {
    private static final String LAMBDA =
            "\"Type\":\"Task\",\"Resource\":\"arn:aws:lambda:eu-west-1:111111111111:function:f\",";

    private static String assigned(Scenario run, int eventId) {
        return ((EventDetails.StateExited) run.details(eventId)).assigned().orElseThrow().text();
    }

    private static boolean assignedNothing(Scenario run, int eventId) {
        return ((EventDetails.StateExited) run.details(eventId)).assigned().isEmpty();
    }

    @Test
    void setsAllVariablesOfAnAssignFromTheValuesBefore() {
        var run =
                Scenario.started(
                        """
                        {"StartAt": "A", "States": {
                         "A": {"Type": "Pass", "Assign": {"x": 1, "y": [2]}, "Next": "B"},
                         "B": {"Type": "Pass", "Assign": {"x.$": "$y", "y.$": "$x"}, "Next": "C"},
                         "C": {"Type": "Pass", "Parameters": {"x.$": "$x[0]", "y.$": "States.Format('{}', $y)"}, "End": true}}}
                        """);

        assertThat(assigned(run, 3)).isEqualTo("{\"x\":1,\"y\":[2]}");
        assertThat(assigned(run, 5)).isEqualTo("{\"x\":[2],\"y\":1}");
        assertThat(run.output()).isEqualTo("{\"x\":2,\"y\":\"1\"}");
    }

    @Test
    void readsVariablesWhereverAPathMayStand() {
        var run =
                Scenario.started(
                        """
                        {"StartAt": "A", "States": {
                         "A": {"Type": "Pass", "Assign": {"list": [[1, 2], [3]], "no": 1, "s": 1, "t": 7, "m": 1}, "Next": "C"},
                         "C": {"Type": "Choice", "Choices": [{"Variable": "$no", "NumericLessThanPath": "$t", "Next": "W"}]},
                         "W": {"Type": "Wait", "SecondsPath": "$s", "Next": "M"},
                         "M": {"Type": "Map", "ItemsPath": "$list", "MaxConcurrencyPath": "$m", "ItemSelector": {"i.$": "$$.Map.Item.Value", "t.$": "$t"},
                               "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": true}}}, "Next": "T"},
                         "T": {%s "TimeoutSecondsPath": "$t", "InputPath": "$list[0]", "OutputPath": "$list[*][0]", "End": true}}}
                        """
                                .formatted(LAMBDA));
        run.advance(1);

        assertThat(run.invocation().payload().text()).isEqualTo("[1,2]");
        assertThat(run.invocation().deadlineMillis()).hasValue(run.now() + 7_000);
        assertThat(run.history())
                .anySatisfy(event ->
                        assertThat(event.details())
                                .isEqualTo(
                                        new EventDetails.StateEntered(
                                                "I", Payload.ofText("{\"t\":7,\"i\":[1,2]}"))));
        run.succeed("{}");
        assertThat(run.output()).isEqualTo("[1,3]");
    }

    @Test
    void assignsFromTheRawResultOfATask() {
        var run =
                Scenario.started(
                        """
                        {"StartAt": "T", "States": {
                         "T": {%s "ResultSelector": {"r": 1}, "ResultPath": "$.kept", "Assign": {"all.$": "$", "a.$": "$.a"}, "End": true}}}
                        """
                                .formatted(LAMBDA));
        run.succeed("{\"a\":5}");

        assertThat(assigned(run, 6)).isEqualTo("{\"all\":{\"a\":5},\"a\":5}");
        assertThat(run.output()).isEqualTo("{\"kept\":{\"r\":1}}");
    }

    @Test
    void assignsFromTheEffectiveInputInWaitAndChoice() {
        var run =
                Scenario.started(
                        """
                        {"StartAt": "W", "States": {
                         "W": {"Type": "Wait", "Seconds": 0, "InputPath": "$.in", "Assign": {"w.$": "$.v"}, "Next": "C"},
                         "C": {"Type": "Choice", "InputPath": "$.v", "Assign": {"c.$": "$"}, "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "P"}], "Default": "P"},
                         "P": {"Type": "Pass", "End": true}}}
                        """,
                        "{\"in\":{\"v\":3}}");

        assertThat(assigned(run, 3)).isEqualTo("{\"w\":3}");
        assertThat(assigned(run, 5)).isEqualTo("{\"c\":3}");
    }

    @Test
    void assignsWhatTheRuleSaysThatIsTakenAndNothingElse() {
        var definition =
                """
                {"StartAt": "C", "States": {
                 "C": {"Type": "Choice", "Assign": {"d": 0}, "Default": "P", "Choices": [
                  {"Variable": "$.n", "NumericEquals": 1, "Assign": {"a": 1}, "Next": "P"},
                  {"Variable": "$.n", "NumericEquals": 2, "Next": "P"}]},
                 "P": {"Type": "Pass", "End": true}}}
                """;

        assertThat(assigned(Scenario.started(definition, "{\"n\":1}"), 3)).isEqualTo("{\"a\":1}");
        assertThat(assignedNothing(Scenario.started(definition, "{\"n\":2}"), 3)).isTrue();
        assertThat(assigned(Scenario.started(definition, "{\"n\":3}"), 3)).isEqualTo("{\"d\":0}");
    }

    @Test
    void assignsWhatTheCatcherSaysInsteadOfTheState() {
        var run =
                Scenario.started(
                        """
                        {"StartAt": "T", "States": {
                         "T": {%s "Assign": {"ok": true}, "Catch": [
                           {"ErrorEquals": ["E"], "ResultPath": "$.e", "Assign": {"error.$": "$.Error", "cause.$": "$.Cause"}, "Next": "P"}], "End": true},
                         "P": {"Type": "Pass", "Parameters": {"seen.$": "$cause"}, "End": true}}}
                        """
                                .formatted(LAMBDA));
        run.fail("E", "why");

        assertThat(assigned(run, 6)).isEqualTo("{\"cause\":\"why\",\"error\":\"E\"}");
        assertThat(run.output()).isEqualTo("{\"seen\":\"why\"}");
    }

    @Test
    void recordsNothingForAnEmptyAssign() {
        var run =
                Scenario.started(
                        "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Assign\":{},\"End\":true}}}");

        assertThat(assignedNothing(run, 3)).isTrue();
    }

    @Test
    void letsInnerScopesReadOuterVariablesAndKeepTheirOwn() {
        var run =
                Scenario.started(
                        """
                        {"StartAt": "A", "States": {
                         "A": {"Type": "Pass", "Assign": {"outer": "o"}, "Next": "P"},
                         "P": {"Type": "Parallel", "Assign": {"joined.$": "$[*].r"}, "Next": "Z", "Branches": [
                           {"StartAt": "M", "States": {"M": {"Type": "Map", "ItemsPath": "$$.Execution.Input.items", "End": true, "ItemProcessor": {"StartAt": "B", "States": {
                             "B": {"Type": "Pass", "Assign": {"own.$": "States.Format('{}{}', $outer, $)"}, "Next": "C"},
                             "C": {"Type": "Pass", "Parameters": {"r.$": "$own"}, "End": true}}}}}},
                           {"StartAt": "D", "States": {"D": {"Type": "Pass", "Assign": {"own": "d"}, "Next": "E"},
                             "E": {"Type": "Pass", "Parameters": {"r.$": "$own"}, "End": true}}}]},
                         "Z": {"Type": "Choice", "Choices": [{"Variable": "$own", "IsPresent": true, "Next": "Y"}], "Default": "Y"},
                         "Y": {"Type": "Pass", "OutputPath": "$joined", "End": true}}}
                        """,
                        "{\"items\":[1,2]}");

        assertThat(run.output()).isEqualTo("[\"d\"]");
        assertThat(run.history())
                .extracting(HistoryEvent::details)
                .contains(
                        new EventDetails.StateEntered("C", Payload.ofText("1")),
                        new EventDetails.StateExited(
                                "C", Payload.ofText("{\"r\":\"o1\"}"), Optional.empty()));
    }

    @Test
    void keepsVariablesWhileALineWaits() {
        var run =
                Scenario.started(
                        """
                        {"StartAt": "A", "States": {
                         "A": {"Type": "Pass", "Assign": {"x": 1}, "Next": "W"},
                         "W": {"Type": "Wait", "Seconds": 5, "Next": "T"},
                         "T": {%s "Retry": [{"ErrorEquals": ["E"]}], "Assign": {"x": 2}, "OutputPath": "$x", "End": true}}}
                        """
                                .formatted(LAMBDA));

        assertThat(run.running().scopes().get(0).variables().find("x")).contains(Json.of(1));
        run.advance(5).fail("E", "c").advance(1).succeed("{}");
        assertThat(run.output()).isEqualTo("1");
    }

    @Test
    void failsOnAVariableThatWasNeverSet() {
        var run =
                Scenario.started(
                        """
                        {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"v.$": "$unset.a"}, "End": true}}}
                        """,
                        "{\"other\":1}");

        run.records("1<-0 ExecutionStarted", "2<-0 PassStateEntered A", "3<-2 ExecutionFailed");
        assertThat(run.closed().failure().cause().orElseThrow())
                .endsWith(
                        "The JSONPath '$unset.a' specified for the field 'v.$' could not be found"
                                + " in the input '{\"other\":1}'");
    }

    @Test
    void endsWithTooLargeAnAssign() {
        var run =
                Scenario.started(
                        """
                        {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"a.$": "$", "b.$": "$"}, "End": true}}}
                        """,
                        "\"" + "x".repeat(Limits.ASSIGN_BYTES / 2) + "\"");

        run.records("1<-0 ExecutionStarted", "2<-0 PassStateEntered A", "3<-2 ExecutionFailed");
        assertThat(run.closed().failure())
                .isEqualTo(
                        Failure.of(
                                "States.DataLimitExceeded",
                                "The state/task 'A' assigned variables with a size exceeding the"
                                        + " maximum number of bytes service limit."));
    }

    @Test
    void endsWithTooManyBytesInAllScopesTogether() {
        int items = (int) (Limits.VARIABLE_BYTES / 200_000) + 1;
        var definition =
                """
                {"StartAt": "M", "States": {"M": {"Type": "Map", "MaxConcurrency": 100, "End": true,
                 "ItemsPath": "$.items", "ItemSelector": {"big.$": "$.big"},
                 "ItemProcessor": {"StartAt": "A", "States": {
                  "A": {"Type": "Pass", "Assign": {"a.$": "$.big"}, "Next": "W"},
                  "W": {"Type": "Wait", "Seconds": 1, "End": true}}}}}}
                """;
        var input =
                "{\"big\":\""
                        + "x".repeat(200_000)
                        + "\",\"items\":"
                        + "[%s]".formatted("1,".repeat(items - 1) + "1")
                        + "}";

        var run = Scenario.started(definition, input).drain();

        assertThat(run.closed().failure().cause().orElseThrow())
                .contains("make the total size of all variables exceed");
    }

    @Test
    void countsAVariableThatIsSetAgainOnce() {
        var variables = Variables.NONE;
        for (int i = 0; i < 100; i++) {
            variables =
                    variables.with(
                            Payload.ofText(
                                    "{\"x\":\""
                                            + "x".repeat(1_000)
                                            + "\",\"v"
                                            + i % 3
                                            + "\":"
                                            + i
                                            + "}"));
        }

        assertThat(variables.find("x")).contains(Json.of("x".repeat(1_000)));
        assertThat(List.of(variables.find("v0"), variables.find("v1"), variables.find("v2")))
                .extracting(it -> it.orElseThrow().text())
                .containsExactly("99", "97", "98");
        assertThat(variables.assignments()).hasSize(3);
        assertThat(variables.bytes()).isLessThan(1_100);
    }
}
