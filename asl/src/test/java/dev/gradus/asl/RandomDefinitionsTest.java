package dev.gradus.asl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Definitions that nobody would write: whatever the text, there are diagnostics or a machine, and
 * never an exception.
 */
class RandomDefinitionsTest {
    private static final String VALID =
            """
            {"Comment": "c", "StartAt": "Pass", "TimeoutSeconds": 100, "States": {
             "Pass": {"Type": "Pass", "InputPath": "$.a", "Parameters": {"x.$": "States.Format('{}', $.b)"},
               "Assign": {"total": 1, "list.$": "States.Array($.b, $$.State.Name)"}, "ResultPath": "$.r", "OutputPath": null, "Next": "Task"},
             "Task": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
               "Parameters": {"FunctionName": "f", "Payload.$": "$"}, "TimeoutSeconds": 10, "HeartbeatSecondsPath": "$.h",
               "Credentials": {"RoleArn.$": "$.role"}, "ResultSelector": {"p.$": "$.Payload"},
               "Retry": [{"ErrorEquals": ["E"], "IntervalSeconds": 1, "BackoffRate": 1.5, "JitterStrategy": "FULL"}],
               "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.e", "Next": "Fail"}], "Next": "Choice"},
             "Choice": {"Type": "Choice", "Choices": [
               {"And": [{"Variable": "$.a", "IsPresent": true}, {"Not": {"Variable": "$.a", "StringMatches": "a*"}}], "Next": "Wait"},
               {"Variable": "$total", "NumericLessThanPath": "$list[0]", "Assign": {"total.$": "$.n"}, "Next": "Jsonata"},
               {"Variable": "$.t", "TimestampEquals": "2016-03-14T01:59:00Z", "Next": "Map"}], "Default": "Parallel"},
             "Jsonata": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $total + 1 %}", "Next": "Map"},
             "Wait": {"Type": "Wait", "Seconds": 1, "Next": "Map"},
             "Map": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 2, "ItemSelector": {"i.$": "$$.Map.Item.Index"},
               "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "Inner",
                 "States": {"Inner": {"Type": "Wait", "Timestamp": "2016-03-14T01:59:00Z", "End": true}}}, "Next": "Succeed"},
             "Parallel": {"Type": "Parallel", "Branches": [{"StartAt": "Branch", "States": {"Branch": {"Type": "Pass", "End": true}}}],
               "Next": "Succeed"},
             "Succeed": {"Type": "Succeed"},
             "Fail": {"Type": "Fail", "Error": "E", "CausePath": "$.cause"}}}
            """;

    private static final String VALID_IN_JSONATA =
            """
            {"QueryLanguage": "JSONata", "StartAt": "Pass", "TimeoutSeconds": 100, "States": {
             "Pass": {"Type": "Pass", "Output": {"x": "{% $states.input.b & 'x' %}", "y": [1, "{% $states.context.State.Name %}"]},
               "Assign": {"total": "{% $sum($states.input.lines[n > 1].n) %}", "list": []}, "Next": "Task"},
             "Task": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
               "Arguments": {"FunctionName": "f", "Payload": "{% $states.input ~> |$|{'n': 1}| %}"},
               "TimeoutSeconds": "{% $total + 1 %}", "HeartbeatSeconds": 5, "Credentials": {"RoleArn": "{% $states.input.role %}"},
               "Output": "{% $states.result.Payload %}", "Assign": {"total": "{% $total + $states.result.n %}"},
               "Retry": [{"ErrorEquals": ["States.QueryEvaluationError"], "MaxAttempts": 2}],
               "Catch": [{"ErrorEquals": ["States.ALL"], "Output": "{% $states.errorOutput.Error %}",
                 "Assign": {"error": "{% $states.errorOutput %}"}, "Next": "Fail"}], "Next": "Choice"},
             "Choice": {"Type": "Choice", "Choices": [
               {"Condition": "{% $total > 3 and $states.input.a in [1..3] %}", "Output": 1, "Assign": {"rule": 1}, "Next": "Wait"},
               {"Condition": true, "Next": "Map"}], "Default": "Parallel", "Output": "{% $states.input %}", "Assign": {"rule": 0}},
             "Wait": {"Type": "Wait", "Timestamp": "{% $now() %}", "Next": "Map"},
             "Map": {"Type": "Map", "Items": "{% $map($list, function($v, $i) { {'v': $v, 'i': $i} }) %}", "MaxConcurrency": "{% 1 + 1 %}",
               "ItemSelector": {"i": "{% $states.context.Map.Item.Index %}"},
               "ItemProcessor": {"StartAt": "Inner",
                 "States": {"Inner": {"Type": "Wait", "Seconds": "{% $total %}", "Assign": {"inner": "{% $total %}"}, "End": true}}},
               "Next": "Succeed"},
             "Parallel": {"Type": "Parallel", "Arguments": "{% {'t': $total} %}",
               "Branches": [{"StartAt": "Branch", "States": {"Branch": {"Type": "Pass", "Assign": {"inner": 1}, "End": true}}}],
               "Assign": {"list": "{% $states.result %}"}, "Next": "Succeed"},
             "Succeed": {"Type": "Succeed", "Output": "{% $states.input.(a; b){a: b}^(a) %}"},
             "Fail": {"Type": "Fail", "Error": "E", "Cause": "{% $string($states.input) %}"}}}
            """;

    private static final List<String> BLANKS = List.of("", "", " ", "\n", "\r\n", "\t", "    ");

    private static final String MARKS = "{}[],:\"'$.%\\\u0000";

    /** What expressions are made of. */
    private static final String SIGNS = "$.[]{}()@#^|~<>=!?:;,*/%+-&'\"`\\ a1_\u03BB\uD800";

    private static final List<String> NAMES =
            List.of(
                    "StartAt",
                    "States",
                    "Type",
                    "Next",
                    "End",
                    "Comment",
                    "QueryLanguage",
                    "InputPath",
                    "OutputPath",
                    "Parameters",
                    "ResultPath",
                    "ResultSelector",
                    "Retry",
                    "Catch",
                    "ErrorEquals",
                    "Choices",
                    "Variable",
                    "And",
                    "Or",
                    "Not",
                    "StringEquals",
                    "NumericEqualsPath",
                    "IsNull",
                    "Branches",
                    "ItemProcessor",
                    "Iterator",
                    "ProcessorConfig",
                    "Mode",
                    "Assign",
                    "Output",
                    "Arguments",
                    "Condition",
                    "Items",
                    "Resource",
                    "Seconds",
                    "Timestamp",
                    "Error",
                    "ErrorPath",
                    "Default",
                    "S",
                    "a",
                    "a.$",
                    "");

    private static final List<Json> SCALARS =
            List.of(
                    Json.NULL,
                    Json.of(true),
                    Json.of(false),
                    Json.of(0),
                    Json.of(-1),
                    Json.of(0.5),
                    Json.parse("1e400"),
                    Json.parse("123456789012345678901234567890"),
                    Json.of(""),
                    Json.of("S"),
                    Json.of("$"),
                    Json.of("$.a[*]"),
                    Json.of("$$.Map"),
                    Json.of("$v.x"),
                    Json.of("$["),
                    Json.of("States."),
                    Json.of("States.Format('{}', $.a)"),
                    Json.of("States.UUID()"),
                    Json.of("{% $x %}"),
                    Json.of("{% $states.result %}"),
                    Json.of("{% $ %}"),
                    Json.of("{% function($x) { $f($x) }"),
                    Json.of("JSONata"),
                    Json.of("DISTRIBUTED"),
                    Json.of("Pass"),
                    Json.of("Task"),
                    Json.of("Map"),
                    Json.of("Choice"),
                    Json.of("2016-03-14T01:59:00Z"),
                    Json.of("arn:aws:states:::lambda:invoke"),
                    Json.of("arn:aws:states:us-east-1:123456789012:activity:a"),
                    Json.of("\uD800"),
                    Json.of("\u0000"));

    @Property(tries = 10_000, seed = "20161201")
    void anyTreeGetsAnAnswer(@ForAll long seed) {
        check(new Dice(seed).tree(6).text());
    }

    @Property(tries = 10_000, seed = "20161201")
    void anyChangeOfAValidDefinitionGetsAnAnswer(@ForAll long seed) {
        check(new Dice(seed).changedDefinition().text());
    }

    /** What a definition says is what counts, however it is laid out. */
    @Property(tries = 10_000, seed = "20161201")
    void aDefinitionThatIsPrintedAndReadAgainIsTheSame(@ForAll long seed) {
        var dice = new Dice(seed);
        var written = dice.spaced(dice.changedDefinition());

        var printed = Json.parse(written).text();

        assertThat(Validator.validate(printed, MachineType.STANDARD))
                .isEqualTo(Validator.validate(written, MachineType.STANDARD));
        assertThat(outline(printed)).isEqualTo(outline(written));
    }

    private static Object outline(String definition) {
        return switch (Parser.parse(definition)) {
            case ParseResult.Parsed(var machine) ->
                    List.of(
                            machine.body().startAt(),
                            machine.timeoutSeconds(),
                            List.copyOf(machine.statesByName().keySet()));
            case ParseResult.Refused(var reasons) -> reasons;
        };
    }

    @Property(tries = 10_000, seed = "20161201")
    void anyChangeOfTheTextGetsAnAnswer(@ForAll long seed) {
        var dice = new Dice(seed);

        check(dice.changedText(dice.definition().text(), MARKS));
    }

    @Property(tries = 1)
    void theUnchangedDefinitionsAreValid() {
        assertThat(Validator.validate(VALID, MachineType.STANDARD)).isEmpty();
        assertThat(Validator.validate(VALID_IN_JSONATA, MachineType.STANDARD)).isEmpty();
    }

    private static void check(String definition) {
        var diagnostics = Validator.validate(definition, MachineType.STANDARD);
        var ofExpress = Validator.validate(definition, MachineType.EXPRESS);
        switch (Parser.parse(definition)) {
            case ParseResult.Parsed(var machine) -> assertThat(machine.statesByName()).isNotNull();
            case ParseResult.Refused(var reasons) -> {
                assertThat(reasons).isNotEmpty();
                assertThat(diagnostics).isNotEmpty();
                assertThat(ofExpress).isNotEmpty();
            }
        }
    }

    /** Makes values from a seed. */
    private static final class Dice {
        private final SplittableRandom random;

        Dice(long seed) {
            this.random = new SplittableRandom(seed);
        }

        int below(int bound) {
            return random.nextInt(bound);
        }

        <T> T oneOf(List<T> values) {
            return values.get(below(values.size()));
        }

        Json tree(int depth) {
            int kind = depth == 0 ? 0 : below(5);
            return switch (kind) {
                case 0, 1 -> oneOf(SCALARS);
                case 2 -> {
                    var elements = new ArrayList<Json>();
                    for (int i = below(4); i > 0; i--) {
                        elements.add(tree(depth - 1));
                    }
                    yield JsonArray.of(elements);
                }
                default -> {
                    var members = JsonObject.builder();
                    for (int i = below(6); i > 0; i--) {
                        members.put(oneOf(NAMES), tree(depth - 1));
                    }
                    yield members.build();
                }
            };
        }

        /** Takes a valid definition, or one of its states alone. */
        JsonObject definition() {
            var whole = (JsonObject) Json.parse(oneOf(List.of(VALID, VALID_IN_JSONATA)));
            if (below(4) == 0) {
                return whole;
            }
            var states = (JsonObject) whole.get("States").orElseThrow();
            int at = below(states.size());
            return whole.with("StartAt", Json.of(states.name(at)))
                    .with("States", JsonObject.of(states.name(at), states.value(at)));
        }

        Json changedDefinition() {
            Json definition = definition();
            for (int i = below(4); i >= 0; i--) {
                definition = changed(definition);
            }
            return definition;
        }

        /** Writes a value with white space in every place where there may be some. */
        String spaced(Json value) {
            return switch (value) {
                case JsonObject object ->
                        object.members().stream()
                                .map(member ->
                                        blank()
                                                + Json.of(member.name()).text()
                                                + blank()
                                                + ":"
                                                + spaced(member.value()))
                                .collect(
                                        Collectors.joining(
                                                ",", blank() + "{", blank() + "}" + blank()));
                case JsonArray array ->
                        array.elements().stream()
                                .map(this::spaced)
                                .collect(
                                        Collectors.joining(
                                                ",", blank() + "[", blank() + "]" + blank()));
                default -> blank() + value.text() + blank();
            };
        }

        private String blank() {
            return oneOf(BLANKS);
        }

        /** Changes one place of the value, chosen from the root down. */
        Json changed(Json value) {
            boolean here = below(8) == 0;
            return switch (value) {
                case JsonObject object when !here && !object.isEmpty() -> changedMember(object);
                case JsonArray array when !here && !array.isEmpty() -> {
                    int at = below(array.size());
                    yield array.with(at, changed(array.get(at)));
                }
                case JsonString(var text) when below(4) != 0 && !text.isEmpty() ->
                        Json.of(changedText(text, SIGNS));
                case Json _ -> tree(3);
            };
        }

        /** Removes characters, adds some of others, and cuts the text off. */
        String changedText(String text, String others) {
            var changed = new StringBuilder(text);
            for (int i = below(3); i >= 0 && !changed.isEmpty(); i--) {
                int at = below(changed.length());
                switch (below(4)) {
                    case 0 -> changed.deleteCharAt(at);
                    case 1 -> changed.setLength(at + 1);
                    default -> changed.insert(at, others.charAt(below(others.length())));
                }
            }
            return changed.toString();
        }

        private Json changedMember(JsonObject object) {
            var name = object.name(below(object.size()));
            return switch (below(8)) {
                case 0 -> object.without(name);
                case 1 -> object.with(oneOf(NAMES), tree(2));
                case 2 -> object.without(name).with(oneOf(NAMES), object.get(name).orElseThrow());
                default -> object.with(name, changed(object.get(name).orElseThrow()));
            };
        }
    }
}
