package dev.gradus.expressions.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.Randomness;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Step Functions sees of an expression: values, failures, references and added functions. */
class JsonataExpressionTest {
    private static final JsonObject STATES =
            (JsonObject)
                    Json.parse(
                            """
                            {"input": {"a": {"b": 1.10}, "big": 10000000000000000001, "s": "x",
                                       "items": [{"n": 1}, {"n": 2}], "one": [7], "none": []},
                             "context": {"Execution": {"Name": "e1"}}}
                            """);

    private static JsonataOutcome evaluate(String text) {
        var input =
                JsonataInput.of(
                        name -> name.equals("states") ? Optional.of(STATES) : Optional.empty(),
                        1_700_000_000_000L,
                        new Randomness(42));
        return JsonataExpression.compile(text).evaluate(input);
    }

    private static String value(String text) {
        return evaluate(text) instanceof JsonataOutcome.Value(var value)
                ? value.text()
                : evaluate(text).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "$states.input.a.b | 1.10",
                "$states.input.big | 10000000000000000001",
                "$states.input.a | {\"b\":1.10}",
                "$states.input.items[1].n | 2",
                "$states.input.items.n | [1,2]",
                "$states.input.one | [7]",
                "$states.input.none | []",
                "$states.input.a.b + 1 | 2.1",
                "0.1 + 0.2 | 0.30000000000000004",
                "1.0 | 1",
                "1e21 | 1e+21",
                "$string(1e20) | \"100000000000000000000\"",
                "1/0 | null",
                "-0 | 0",
                "{'b': 1, '1': 2, 'a': $states.input.s} | {\"b\":1,\"1\":2,\"a\":\"x\"}",
                "$variable := 1 | 1",
                "$partition([0,1,2],2) | [[0,1],[2]]",
                "$partition([0],1) | [[0]]",
                "$partition([0,1,2],1.9) | [[0],[1],[2]]",
                "$range(0,10,3) | [0,3,6,9]",
                "$range(1,9,9) | 1",
                "$range(-1.7,2,1) | [-1,0,1,2]",
                "$range(0,6,2) | [0,2,4,6]",
                "$parse('-0') | 0",
                "$parse('\"Hi\"') | \"Hi\"",
                "$random(42) | 0.7275636800328681",
                "$hash('input data', 'MD5') | \"812f45842bc6d66ee14572ce20db8e86\"",
                "$hash('input data', 'SHA-1') | \"aaff4a450a104cd177d28d18d74485e8cae074b7\"",
                "$millis() | 1700000000000",
                "$now() | \"2023-11-14T22:13:20.000Z\"",
                "$length($uuid()) | 36",
                "$contains('hello$world', /^hello\\$/) | true",
                "$count($states.input.items[n = 1]) | 1",
                "$map([1, 2], function($v) { $v = 1 ? 'pass' : 'failed' }) | [\"pass\",\"failed\"]",
            })
    void evaluatesToAValue(String text, String expected) {
        assertThat(value(text)).isEqualTo(expected);
    }

    @Test
    void aMissingFieldGivesNothing() {
        assertThat(evaluate("$states.input.nope.deeper")).isEqualTo(new JsonataOutcome.Undefined());
        assertThat(evaluate("$partition(nope, 2)")).isEqualTo(new JsonataOutcome.Undefined());
    }

    @Test
    void functionsAreNoResultWhereverTheyAre() {
        assertThat(evaluate("$sum")).isEqualTo(new JsonataOutcome.Unsupported());
        assertThat(evaluate("/a/")).isEqualTo(new JsonataOutcome.Unsupported());
        assertThat(evaluate("{'a': [function($x){$x}]}"))
                .isEqualTo(new JsonataOutcome.Unsupported());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "$randomSeeded(1) | T1006 | Attempted to invoke a non-function",
                "$eval('1') | T1006 | Attempted to invoke a non-function",
                "$abs('x') | T0410 | Argument 1 of function \"abs\" does not match function"
                        + " signature",
                "$sum(['x']) | T0412 | Argument 1 of function \"sum\" must be an array of"
                        + " \"numbers\"",
                "1 + 'x' | T2002 | The right side of the \"+\" operator must evaluate to a number",
                "$error('own text') | D3137 | own text",
                "$number('x') | D3030 | Unable to cast value to a number: \"x\"",
            })
    void failsWithCodeAndSentence(String text, String code, String message) {
        assertThat(evaluate(text)).isEqualTo(new JsonataOutcome.Failed(Optional.of(code), message));
    }

    @Test
    void whatIsNotBase64IsAnInternalError() {
        assertThat(evaluate("$base64decode('!!!')")).isInstanceOf(JsonataOutcome.Internal.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[1, 2) | S0202 | Expected \"]\", got \")\" | 5",
                "'x | S0101 | String literal must be terminated by a matching quote | 2",
                "1 + | S0207 | Unexpected end of expression | 3",
                "[ } | S0211 | The symbol \"}\" cannot be used as a unary operator | 2",
                "$contains('a', /a) | S0302 | No terminating / in regular expression | 18",
                "/(/ | S0302 | No terminating / in regular expression | 3",
                "/*/ | S0106 | Comment has no closing tag | 0",
                "/a{2,1}/ | S0303 | Invalid regular expression: /a{2,1}/: numbers out of order in"
                        + " {} quantifier | 0",
            })
    void refusesWhatIsNoExpression(String text, String code, String message, int position) {
        assertThatThrownBy(() -> JsonataExpression.compile(text))
                .isInstanceOfSatisfying(
                        JsonataSyntaxException.class,
                        refused -> {
                            assertThat(refused.message()).isEqualTo(message);
                            assertThat(refused.code()).isEqualTo(code);
                            assertThat(refused.position()).isEqualTo(position);
                        });
    }

    @Test
    void namesTheVariablesThatItReads() {
        var text = "$states.input.a[0].b & $customer.name & ($x := 1; $x + $y)";

        assertThat(JsonataExpression.compile(text).references())
                .containsExactly(
                        reference("states", "$states", List.of("input", "a"), 0),
                        reference("customer", "$customer", List.of("name"), 23),
                        reference("y", "$y", List.of(), 55));
    }

    private static VariableReference reference(
            String name, String text, List<String> steps, int position) {
        return new VariableReference(name, text, steps, position, false);
    }

    @Test
    void namesWhatItReadsOfTheContextAtTheTop() {
        assertThat(JsonataExpression.compile("phone.number & $.a").references())
                .containsExactly(
                        reference("", "phone", List.of("phone", "number"), 0),
                        reference("", "$", List.of("a"), 15));
        assertThat(JsonataExpression.compile("$$.a[$$.b]").references())
                .containsExactly(
                        reference("$", "$$", List.of("a"), 0),
                        reference("$", "$$", List.of("b"), 5));
    }

    @Test
    void whatIsInsideAStepOrAPredicateIsNotTheTop() {
        var text =
                "$states.input.items[n > 1 and $ != 2].{'a': n, 'b': $}^(n).$string(n)"
                        + " ~> |a|{'c': d}, e|";

        assertThat(JsonataExpression.compile(text).references())
                .extracting(VariableReference::text)
                .containsExactly("$states");
    }

    @Test
    void whatAnExpressionBindsIsNoReference() {
        var text =
                "($f := function($a) { $a + $f($b) }; $b := 1;"
                        + " $states.input@$i#$n.{'x': $i, 'y': $n, 'z': $m}; $map([1], $f))";

        assertThat(JsonataExpression.compile(text).references())
                .extracting(VariableReference::text)
                .containsExactly("$states", "$m");
    }

    @Test
    void aFunctionThatIsNotCalledMayBeAVariable() {
        var references = JsonataExpression.compile("$count + $sum([1])").references();

        assertThat(references)
                .containsExactly(new VariableReference("count", "$count", List.of(), 0, true));
    }

    @Test
    void aVariableHidesTheFunctionOfItsName() {
        var input =
                JsonataInput.of(
                        name -> name.equals("count") ? Optional.of(Json.of(3)) : Optional.empty(),
                        0,
                        new Randomness(0));

        assertThat(JsonataExpression.compile("$count + 1").evaluate(input))
                .isEqualTo(new JsonataOutcome.Value(Json.of(4)));
    }

    @Test
    void keepsItsSource() {
        assertThat(JsonataExpression.compile(" 1 + 1 ").source()).isEqualTo(" 1 + 1 ");
    }
}
