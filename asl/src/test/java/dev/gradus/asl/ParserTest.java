package dev.gradus.asl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.Condition.Comparator;
import dev.gradus.asl.Condition.Comparison;
import dev.gradus.asl.Condition.Kind;
import dev.gradus.asl.Condition.StringMatches;
import dev.gradus.asl.Condition.TypeTest;
import dev.gradus.asl.DataFlow.JsonPathFlow;
import dev.gradus.asl.DataFlow.JsonataFlow;
import dev.gradus.asl.DataFlow.PathStage;
import dev.gradus.asl.DataFlow.ResultStage;
import dev.gradus.asl.State.ChoiceState;
import dev.gradus.asl.State.ErrorHandling;
import dev.gradus.asl.State.FailState;
import dev.gradus.asl.State.MapState;
import dev.gradus.asl.State.ParallelState;
import dev.gradus.asl.State.PassState;
import dev.gradus.asl.State.SucceedState;
import dev.gradus.asl.State.TaskState;
import dev.gradus.asl.State.WaitState;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f";

    @Test
    void parsesTheMachine() {
        var machine =
                machine(
                        """
                        {"Comment": "c", "Version": "1.0", "TimeoutSeconds": 60, "StartAt": "B",
                         "States": {"B": {"Type": "Pass", "Next": "A"}, "A": {"Type": "Succeed"}}}
                        """);

        assertThat(machine.body().startAt()).isEqualTo("B");
        assertThat(machine.body().states().keySet()).containsExactly("B", "A");
        assertThat(machine.timeoutSeconds()).isEqualTo(OptionalLong.of(60));
        assertThat(machine.queryLanguage()).isEqualTo(QueryLanguage.JSON_PATH);
        assertThat(machine.state("A")).isSameAs(machine.body().states().get("A"));
    }

    @Test
    void parsesPass() {
        var plain = (PassState) state("{\"Type\": \"Pass\", \"End\": true}");

        assertThat(plain.name()).isEqualTo("S");
        assertThat(plain.flow()).isEqualTo(JsonPathFlow.IDENTITY);
        assertThat(plain.result()).isEmpty();
        assertThat(plain.then()).isEqualTo(new Transition.End());

        var full =
                (PassState)
                        state(
                                "{\"Type\": \"Pass\", \"Result\": {\"a.$\": null}, \"Next\": \"S\", \"End\": false}");

        assertThat(full.result()).contains(Payload.of(Json.parse("{\"a.$\": null}")));
        assertThat(full.then()).isEqualTo(new Transition.Next("S"));
    }

    @Test
    void keepsANullResultApartFromNone() {
        var state = (PassState) state("{\"Type\": \"Pass\", \"Result\": null, \"End\": true}");

        assertThat(state.result()).contains(Payload.NULL);
    }

    @Test
    void parsesEveryStageOfTheDataFlow() {
        var flow =
                flow(
                        """
                        {"Type": "Task", "Resource": "%s", "End": true, "InputPath": "$.in[*]",
                         "Parameters": {"a.$": "$.x"}, "ResultSelector": {"b.$": "$.y"},
                         "ResultPath": "$.r", "OutputPath": "$$.Execution"}
                        """
                                .formatted(FUNCTION));

        assertThat(flow.inputPath())
                .isInstanceOfSatisfying(
                        PathStage.Select.class,
                        it -> assertThat(it.path().source()).isEqualTo("$.in[*]"));
        assertThat(flow.parameters().orElseThrow().source())
                .isEqualTo(Json.parse("{\"a.$\": \"$.x\"}"));
        assertThat(flow.resultSelector().orElseThrow().source())
                .isEqualTo(Json.parse("{\"b.$\": \"$.y\"}"));
        assertThat(flow.resultPath())
                .isInstanceOfSatisfying(
                        ResultStage.Insert.class,
                        it -> assertThat(it.path().source()).isEqualTo("$.r"));
        assertThat(flow.outputPath())
                .isInstanceOfSatisfying(
                        PathStage.Select.class,
                        it -> assertThat(it.path().source()).isEqualTo("$$.Execution"));
    }

    @Test
    void tellsDollarNullAndAbsentStagesApart() {
        var dollars =
                flow(
                        "{\"Type\": \"Pass\", \"InputPath\": \"$\", \"ResultPath\": \"$\", \"OutputPath\": \"$\", \"End\": true}");
        var nulls =
                flow(
                        "{\"Type\": \"Pass\", \"InputPath\": null, \"ResultPath\": null, \"OutputPath\": null, \"End\": true}");

        assertThat(dollars).isEqualTo(JsonPathFlow.IDENTITY);
        assertThat(nulls.inputPath()).isEqualTo(new PathStage.Nothing());
        assertThat(nulls.resultPath()).isEqualTo(new ResultStage.Discard());
        assertThat(nulls.outputPath()).isEqualTo(new PathStage.Nothing());
    }

    @Test
    void parsesTask() {
        var task =
                (TaskState)
                        state(
                                """
                                {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                                 "Parameters": {"FunctionName": "f"}, "TimeoutSeconds": 99999999,
                                 "HeartbeatSecondsPath": "$.h", "Credentials": {"RoleArn.$": "$.role"}, "Next": "S"}
                                """);

        assertThat(task.resource())
                .isEqualTo(
                        new TaskResource.Service(
                                "arn:aws:states:::lambda:invoke.waitForTaskToken",
                                "lambda",
                                "invoke",
                                TaskResource.Pattern.WAIT_FOR_TASK_TOKEN));
        assertThat(task.timeout()).contains(new TimeLimit.Seconds(99_999_999));
        assertThat(task.heartbeat())
                .hasValueSatisfying(it ->
                        assertThat(it)
                                .isInstanceOfSatisfying(
                                        TimeLimit.SecondsPath.class,
                                        path -> assertThat(path.path().source()).isEqualTo("$.h")));
        assertThat(source(task.credentials())).isEqualTo(Json.parse("{\"RoleArn.$\": \"$.role\"}"));
        assertThat(task.onError()).isEqualTo(ErrorHandling.NONE);
        assertThat(task.then()).isEqualTo(new Transition.Next("S"));
    }

    @Test
    void parsesRetriersWithTheirDefaults() {
        var onError =
                ((TaskState)
                                state(
                                        """
                                        {"Type": "Task", "Resource": "%s", "End": true, "Retry": [
                                         {"ErrorEquals": ["A", "B"], "IntervalSeconds": 0, "MaxAttempts": 0,
                                          "BackoffRate": 1.5, "MaxDelaySeconds": 10, "JitterStrategy": "FULL"},
                                         {"ErrorEquals": ["States.ALL"]}]}
                                        """
                                                .formatted(FUNCTION)))
                        .onError();

        assertThat(onError.retriers())
                .containsExactly(
                        new Retrier(
                                List.of(new ErrorName("A"), new ErrorName("B")),
                                0,
                                0,
                                1.5,
                                OptionalLong.of(10),
                                Retrier.Jitter.FULL),
                        new Retrier(
                                List.of(ErrorName.ALL),
                                1,
                                3,
                                2.0,
                                OptionalLong.empty(),
                                Retrier.Jitter.NONE));
    }

    @Test
    void parsesCatchers() {
        var catchers =
                ((ParallelState)
                                state(
                                        """
                                        {"Type": "Parallel", "End": true,
                                         "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}],
                                         "Catch": [{"ErrorEquals": ["E"], "ResultPath": "$.e", "Next": "X"},
                                                   {"ErrorEquals": ["F"], "ResultPath": null, "Next": "Y"},
                                                   {"ErrorEquals": ["States.ALL"], "Next": "Z"}]}
                                        """))
                        .onError()
                        .catchers();

        assertThat(catchers).extracting(Catcher::next).containsExactly("X", "Y", "Z");
        assertThat(catchers)
                .extracting(it -> ((JsonPathFlow) it.flow()).resultPath())
                .satisfiesExactly(
                        it -> assertThat(it).isInstanceOf(ResultStage.Insert.class),
                        it -> assertThat(it).isEqualTo(new ResultStage.Discard()),
                        it -> assertThat(it).isEqualTo(new ResultStage.Replace()));
    }

    @Test
    void givesARuleTheStagesOfItsStateAndAnAssignOfItsOwn() {
        var choice =
                (ChoiceState)
                        state(
                                """
                                {"Type": "Choice", "InputPath": "$.in", "Assign": {"x": 1}, "Default": "D",
                                 "Choices": [{"Variable": "$.a", "IsNull": true, "Assign": {"y": 2}, "Next": "A"},
                                             {"Variable": "$.a", "IsNull": true, "Next": "B"}]}
                                """);

        var own = (JsonPathFlow) choice.flow();
        var first = (JsonPathFlow) choice.rules().get(0).flow();
        assertThat(own.assign().orElseThrow().source().text()).isEqualTo("{\"x\":1}");
        assertThat(first.assign().orElseThrow().source().text()).isEqualTo("{\"y\":2}");
        assertThat(first.inputPath()).isEqualTo(own.inputPath());
        assertThat(((JsonPathFlow) choice.rules().get(1).flow()).assign()).isEmpty();
    }

    @Test
    void listsTheVariablesThatEachStateReadsByName() {
        var machine =
                machine(
                        """
                        {"StartAt": "A", "States": {
                         "A": {"Type": "Pass", "InputPath": "$in.a", "Assign": {"set": 1, "copy.$": "$z"},
                               "Parameters": {"x": ["$no", {"y.$": "States.Format($t, $b)"}]}, "Next": "M"},
                         "M": {"Type": "Map", "ItemsPath": "$items", "MaxConcurrencyPath": "$max",
                               "ItemProcessor": {"StartAt": "C", "States": {
                                "C": {"Type": "Choice", "Choices": [{"Variable": "$v", "NumericEqualsPath": "$.w", "Next": "F"}], "Default": "F"},
                                "F": {"Type": "Fail", "ErrorPath": "$e", "CausePath": "States.Format('{}', $c)"}}},
                               "Next": "W"},
                         "W": {"Type": "Wait", "SecondsPath": "$$.Execution.StartTime", "End": true}}}
                        """);

        assertThat(machine.variableReferences())
                .isEqualTo(
                        Map.of(
                                "A", List.of("b", "in", "t", "z"),
                                "M", List.of("items", "max"),
                                "C", List.of("v"),
                                "F", List.of("c", "e")));
    }

    @Test
    void listsTheVariablesThatExpressionsRead() {
        var machine =
                machine(
                        """
                        {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
                         "A": {"Type": "Pass", "Output": ["{% $z.a + $b[$i] %}", "{% ($local := $b; $sum($local)) %}", "{% $states.input %}"], "Next": "C"},
                         "C": {"Type": "Choice", "Choices": [{"Condition": "{% $v %}", "Assign": {"x": "{% $w %}"}, "Next": "D"}], "Default": "D"},
                         "D": {"Type": "Pass", "Output": "{% $map([1], $string) %}", "End": true}}}
                        """);

        assertThat(machine.variableReferences())
                .isEqualTo(Map.of("A", List.of("b", "i", "z"), "C", List.of("v", "w")));
    }

    @Test
    void tellsWhichMembersOfStatesAnExpressionLooksAt() {
        var wait =
                (State.WaitState)
                        state(
                                """
                                {"Type": "Wait", "QueryLanguage": "JSONata", "End": true, "Assign": {"x": 1},
                                 "Seconds": "{%  $states.input.s + $count($states.context.Execution.Id)  %}"}
                                """);

        var expression = ((WaitUntil.EvaluatedSeconds) wait.until()).expression();
        assertThat(expression.reads())
                .containsExactlyInAnyOrder(StatesMember.INPUT, StatesMember.CONTEXT);
        assertThat(expression.location()).isEqualTo("Seconds");
        assertThat(expression.compiled().source())
                .isEqualTo("$states.input.s + $count($states.context.Execution.Id)");
    }

    @Test
    void namesTheLocationOfAnExpressionInItsState() {
        var choice =
                (ChoiceState)
                        state(
                                """
                                {"Type": "Choice", "QueryLanguage": "JSONata", "Default": "D", "Choices": [
                                 {"Condition": false, "Next": "A"},
                                 {"Condition": "{% true %}", "Output": {"v/w": [0, {"x": "{% $states %}"}]}, "Next": "B"}]}
                                """);

        var condition = (Condition.Evaluated) choice.rules().get(1).condition();
        assertThat(choice.rules().get(0).condition()).isEqualTo(new Condition.Constant(false));
        assertThat(condition.expression().location()).isEqualTo("Choices[1]/Condition");
        assertThat(condition.expression().reads()).isEmpty();
        var output = ((JsonataFlow) choice.rules().get(1).flow()).output().orElseThrow();
        var seen = new ArrayList<Expression>();
        output.evaluate(expression -> {
            seen.add(expression);
            return Json.NULL;
        });
        assertThat(seen)
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.location()).isEqualTo("Choices[1]/Output/v/w[1]/x");
                    assertThat(it.reads())
                            .containsExactlyInAnyOrder(StatesMember.INPUT, StatesMember.CONTEXT);
                });
    }

    @Test
    void parsesChoice() {
        var choice =
                (ChoiceState)
                        state(
                                """
                                {"Type": "Choice", "Default": "D", "Choices": [
                                 {"Next": "A", "Not": {"And": [
                                   {"Variable": "$.a", "IsPresent": false},
                                   {"Or": [{"Variable": "$.s", "StringMatches": "a*"}]}]}},
                                 {"Variable": "$$.State.Name", "TimestampLessThanEqualsPath": "$.t", "Next": "B"}]}
                                """);

        assertThat(choice.defaultNext()).contains("D");
        assertThat(choice.rules()).extracting(ChoiceRule::next).containsExactly("A", "B");
        var not = (Condition.Not) choice.rules().get(0).condition();
        var and = (Condition.And) not.condition();
        assertThat(and.conditions().get(0))
                .isInstanceOfSatisfying(
                        TypeTest.class,
                        it -> {
                            assertThat(it.variable().source()).isEqualTo("$.a");
                            assertThat(it.kind()).isEqualTo(Kind.IS_PRESENT);
                            assertThat(it.expected()).isFalse();
                        });
        assertThat(((Condition.Or) and.conditions().get(1)).conditions())
                .singleElement()
                .isInstanceOfSatisfying(
                        StringMatches.class,
                        it -> assertThat(it.pattern()).isEqualTo(new GlobPattern("a*")));
        assertThat(choice.rules().get(1).condition())
                .isInstanceOfSatisfying(
                        Comparison.class,
                        it -> {
                            assertThat(it.comparator())
                                    .isEqualTo(Comparator.TIMESTAMP_LESS_THAN_EQUALS);
                            assertThat(((Operand.Path) it.operand()).path().source())
                                    .isEqualTo("$.t");
                        });
    }

    @Test
    void knowsThirtyNineDataTests() {
        assertThat(ChoiceOperator.names()).hasSize(39).doesNotHaveDuplicates();
        assertThat(ChoiceOperator.names())
                .contains(
                        "StringEquals",
                        "StringGreaterThanEqualsPath",
                        "NumericLessThan",
                        "BooleanEqualsPath",
                        "TimestampLessThanEquals",
                        "StringMatches",
                        "IsPresent",
                        "IsTimestamp");
    }

    @ParameterizedTest
    @MethodSource("operators")
    void parsesEachDataTest(String operator) {
        var operand =
                switch (ChoiceOperator.of(operator).orElseThrow()) {
                    case ChoiceOperator.Compare(_, var atPath) when atPath -> "\"$.b\"";
                    case ChoiceOperator.Compare(var comparator, _) ->
                            switch (ChoiceOperator.Family.of(comparator)) {
                                case STRING -> "\"x\"";
                                case NUMERIC -> "1.5";
                                case BOOLEAN -> "true";
                                case TIMESTAMP -> "\"2016-03-14T01:59:00Z\"";
                            };
                    case ChoiceOperator.Test _ -> "true";
                    case ChoiceOperator.Match() -> "\"*\"";
                };

        var choice =
                (ChoiceState)
                        state(
                                "{\"Type\": \"Choice\", \"Choices\": [{\"Variable\": \"$.a\", \""
                                        + operator
                                        + "\": "
                                        + operand
                                        + ", \"Next\": \"S\"}]}");

        switch (choice.rules().getFirst().condition()) {
            case Comparison it when it.operand() instanceof Operand.Literal(var value) ->
                    assertThat(value).isEqualTo(Json.parse(operand));
            case Comparison it -> assertThat(it.operand()).isInstanceOf(Operand.Path.class);
            case TypeTest it -> assertThat(it.expected()).isTrue();
            case StringMatches it -> assertThat(it.pattern().source()).isEqualTo("*");
            case Condition.And _, Condition.Or _, Condition.Not _ ->
                    throw new AssertionError("a tree");
            case Condition.Constant _, Condition.Evaluated _ ->
                    throw new AssertionError("of the other language");
        }
    }

    static List<String> operators() {
        return List.of(ChoiceOperator.names());
    }

    @Test
    void parsesTheFourFormsOfWait() {
        assertThat(until("\"Seconds\": 0")).isEqualTo(new WaitUntil.Seconds(0));
        assertThat(until("\"Timestamp\": \"2016-03-14T01:59:00.5+02:00\""))
                .isEqualTo(new WaitUntil.Timestamp(Instant.parse("2016-03-13T23:59:00.5Z")));
        assertThat(until("\"SecondsPath\": \"$.s\""))
                .isInstanceOfSatisfying(
                        WaitUntil.SecondsPath.class,
                        it -> assertThat(it.path().source()).isEqualTo("$.s"));
        assertThat(until("\"TimestampPath\": \"$$.Execution.StartTime\""))
                .isInstanceOfSatisfying(
                        WaitUntil.TimestampPath.class,
                        it -> assertThat(it.path().source()).isEqualTo("$$.Execution.StartTime"));
    }

    @Test
    void parsesSucceedWithItsPaths() {
        var succeed =
                (SucceedState)
                        state(
                                "{\"Type\": \"Succeed\", \"InputPath\": \"$.a\", \"OutputPath\": null}");

        var flow = (JsonPathFlow) succeed.flow();
        assertThat(flow.inputPath()).isInstanceOf(PathStage.Select.class);
        assertThat(flow.outputPath()).isEqualTo(new PathStage.Nothing());
    }

    @Test
    void parsesFail() {
        var literal = (FailState) state("{\"Type\": \"Fail\", \"Error\": \"E\"}");
        var computed =
                (FailState)
                        state(
                                "{\"Type\": \"Fail\", \"ErrorPath\": \"$.e\", \"CausePath\":"
                                        + " \"States.Format('{}', $.c)\"}");

        assertThat(literal.error()).isEqualTo(new FailText.Literal("E"));
        assertThat(literal.cause()).isEqualTo(new FailText.Absent());
        assertThat(computed.error())
                .isInstanceOfSatisfying(
                        FailText.Path.class, it -> assertThat(it.path().source()).isEqualTo("$.e"));
        assertThat(computed.cause())
                .isInstanceOfSatisfying(
                        FailText.Call.class,
                        it -> assertThat(it.call().source()).isEqualTo("States.Format('{}', $.c)"));
    }

    @Test
    void parsesParallelBranchesInOrder() {
        var machine =
                machine(
                        Vectors.machineOf(
                                """
                                {"Type": "Parallel", "End": true, "Branches": [
                                 {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}},
                                 {"StartAt": "B", "States": {"B": {"Type": "Fail"}}}]}
                                """));

        var parallel = (ParallelState) machine.state("S");
        assertThat(parallel.branches()).extracting(Block::startAt).containsExactly("A", "B");
        assertThat(machine.statesByName()).containsOnlyKeys("S", "A", "B");
        assertThat(machine.state("B")).isSameAs(parallel.branches().get(1).states().get("B"));
        assertThat(machine.body().states()).containsOnlyKeys("S");
    }

    @Test
    void parsesMap() {
        var map =
                (MapState)
                        state(
                                """
                                {"Type": "Map", "End": true, "ItemsPath": "$.items", "MaxConcurrency": 3,
                                 "ItemSelector": {"v.$": "$$.Map.Item.Value"}, "ResultPath": "$.r",
                                 "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"},
                                   "StartAt": "A", "States": {"A": {"Type": "Succeed"}}}}
                                """);

        assertThat(map.items())
                .isInstanceOfSatisfying(
                        ItemSource.Path.class,
                        it -> assertThat(it.path().source()).isEqualTo("$.items"));
        assertThat(map.maxConcurrency()).isEqualTo(new ConcurrencyLimit.Fixed(3));
        assertThat(source(map.itemSelector()))
                .isEqualTo(Json.parse("{\"v.$\": \"$$.Map.Item.Value\"}"));
        assertThat(map.itemProcessor().startAt()).isEqualTo("A");
        assertThat(((JsonPathFlow) map.flow()).resultPath()).isInstanceOf(ResultStage.Insert.class);
    }

    @Test
    void parsesTheLegacyNamesOfMap() {
        var map =
                (MapState)
                        state(
                                """
                                {"Type": "Map", "End": true, "MaxConcurrencyPath": "$.max", "Parameters": {"a": 1},
                                 "Iterator": {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}}
                                """);

        assertThat(map.items()).isEqualTo(new ItemSource.Input());
        assertThat(map.maxConcurrency()).isInstanceOf(ConcurrencyLimit.Path.class);
        assertThat(source(map.itemSelector())).isEqualTo(Json.parse("{\"a\": 1}"));
        assertThat(((JsonPathFlow) map.flow()).parameters()).isEmpty();
        assertThat(map.itemProcessor().states()).containsOnlyKeys("A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Type\": \"Succeed\", \"NoSuchField\": 1}",
                "{\"Type\": \"Wait\", \"Seconds\": 999999999999, \"End\": true}",
                "{\"Type\": \"Pass\", \"Next\": \"Elsewhere\"}",
                "{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"End\": true}",
            })
    void readsAStoredDefinitionThatWouldBeRefusedToday(String state) {
        var definition = Vectors.machineOf(state);

        assertThat(Validator.validate(definition, MachineType.STANDARD)).isNotEmpty();
        assertThat(Parser.parse(definition)).isInstanceOf(ParseResult.Parsed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\", \"End\": true, \"InputPath\": \"x\"}}}",
                "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\", \"End\": true, \"Assign\": 1}}}",
                "{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\", \"Output\": \"{% 1 + %}\"}}}",
            })
    void refusesWhatCannotRunAndSaysWhy(String definition) {
        assertThat(Parser.parse(definition))
                .isInstanceOfSatisfying(
                        ParseResult.Refused.class, it -> assertThat(it.diagnostics()).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("validDefinitions")
    void parsesWhateverTheValidatorLetsPass(Vectors.Vector vector) {
        assertThat(Parser.parse(vector.definition())).isInstanceOf(ParseResult.Parsed.class);
    }

    static List<Vectors.Vector> validDefinitions() {
        return ValidatorTest.vectors().filter(vector -> vector.expected().isEmpty()).toList();
    }

    private static StateMachine machine(String definition) {
        return switch (Parser.parse(definition)) {
            case ParseResult.Parsed(var machine) -> machine;
            case ParseResult.Refused(var diagnostics) ->
                    throw new AssertionError(diagnostics.toString());
        };
    }

    private static State state(String json) {
        return machine(Vectors.machineOf(json)).state("S");
    }

    private static Json source(Optional<Template> template) {
        return ((Template.OfPaths) template.orElseThrow()).template().source();
    }

    private static JsonPathFlow flow(String state) {
        return (JsonPathFlow) state(state).flow();
    }

    private static WaitUntil until(String field) {
        return ((WaitState) state("{\"Type\": \"Wait\", \"End\": true, " + field + "}")).until();
    }
}
