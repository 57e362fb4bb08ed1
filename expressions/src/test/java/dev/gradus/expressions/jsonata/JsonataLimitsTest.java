package dev.gradus.expressions.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.Randomness;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every expression ends soon, the same way everywhere, and no text throws anything unexpected. */
class JsonataLimitsTest {
    private static final JsonataOutcome TIME =
            failed("Expression evaluation timeout: Check for infinite loop");
    private static final JsonataOutcome MEMORY =
            failed("Expression evaluation memory limit exceeded: Check for excessive memory usage");
    private static final JsonataOutcome DEPTH =
            failed(
                    "Stack overflow error: Check for non-terminating recursive function. Consider"
                            + " rewriting as tail-recursive.");

    private static JsonataOutcome failed(String message) {
        return new JsonataOutcome.Failed(Optional.empty(), message);
    }

    private static JsonataOutcome evaluate(String text) {
        return JsonataExpression.compile(text).evaluate(input());
    }

    private static JsonataInput input() {
        return JsonataInput.of(name -> Optional.empty(), 0, new Randomness(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function(){ $f() }; $f())",
                "$map([1..3000], function($a){ $map([1..3000], function($b){ $a * $b }) })",
                "$range(0, 1e300, 1)",
                "$match($pad('', 40, 'a'), /(a+)+$b/)",
                "$contains($pad('', 40, 'a') & 'b', /^(a|aa)+$/)",
                "$replace($pad('', 30000, 'a'), /(.*)*x/, '')",
                "$distinct($map([1..20000], function($i){ [$i] }))",
                "$sort($range(1, 20000, 1), function($a, $b){ $sum([1..1000]) > 1 })",
                "$formatNumber(0, '0e0')",
                "($x := [1..100000]; $reduce($x, function($a, $b){ $count($x[$ = -1]) }))",
                "$fromMillis(0, '[D,999999999-999999999]')",
                "($s := $pad('', 1e6, 'ab'); $map([1..1e5], function($i){ $contains($s, 'b' & $i) }))"
            })
    void workWithoutEndIsATimeout(String text) {
        assertThat(evaluate(text)).isIn(TIME, MEMORY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1..500000]",
                "$range(1, 500000, 1)",
                "$pad('x', 500000000)",
                "$pad('x', 5e8, 'yz')",
                "($d := function($s, $n){ $n = 0 ? $s : $d($s & $s, $n - 1) }; $d('abcd', 40))",
                "$join($map([1..1000], function($i){ $pad('', 100000) }))",
                "$replace($pad('', 10000, 'a'), 'a', $pad('', 10000, 'b'))",
                "$reduce([1..60], function($a, $b){ [$a, $a] }, [1])",
                "$string($reduce([1..60], function($a, $b){ [$a, $a] }, [1]))",
                "$append([1..300000], [1..300000])",
                "$split($pad('', 1000000, 'a'), '')",
                "$match($pad('', 1000000, 'a'), /a/)",
                "$base64encode($pad('', 30000000))",
                "$formatInteger(1e300, 'I')",
                "$reduce([1..1000000], function($a, $b){ $a & 'xxxxxxxxxxxxxxxxxxxxx' }, '')"
            })
    void whatDoesNotFitInMemoryIsRefused(String text) {
        assertThat(evaluate(text)).isIn(MEMORY, TIME, DEPTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function($n){ 1 + $f($n + 1) }; $f(0))",
                "$reduce([1..5000], function($a, $b){ [[$a]] })",
                "$string($reduce([1..5000], function($a, $b){ {'a': $a} }))",
                "($f := function($x){ [$f($x)] }; $f(1))",
                "($c := $reduce($map([1..500], function($i){ $string }), function($a, $b){ $a ~> $b });"
                        + " $c(1))"
            })
    void recursionWithoutEndIsAStackOverflow(String text) {
        assertThat(evaluate(text)).isEqualTo(DEPTH);
    }

    @Test
    void aSumOfManyTermsIsTooDeepAndOneOfFewIsNot() {
        assertThat(evaluate("1" + "+1".repeat(199))).isEqualTo(DEPTH);
        assertThat(evaluate("1" + "+1".repeat(79)))
                .isEqualTo(new JsonataOutcome.Value(Json.of(80)));
    }

    @Test
    void twoHundredThousandElementsFit() {
        assertThat(evaluate("$count([1..200000])"))
                .isEqualTo(new JsonataOutcome.Value(Json.of(200_000)));
        assertThat(evaluate("$range(1, 200000, 1)"))
                .isInstanceOfSatisfying(
                        JsonataOutcome.Value.class,
                        value -> assertThat(((JsonArray) value.value()).size()).isEqualTo(200_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$count($reduce([1..20000], function($a, $b){ $append($a, $b) }, []))",
                "$count($reduce([1..20000], function($a, $b){ [$a, $b] }, []))",
                "$count($keys($reduce([1..1000], function($a, $b){"
                        + " $merge([$a, {'k' & $b: $b}]) }, {})))",
                "$length($reduce([1..2000], function($a, $b){ $a & 'abcde' }, ''))",
                "$count($distinct([1..50000]))",
                "$count([1..50000]^(>$))",
                "$count([1..5000].{'a': $, 'b': {'c': [$]}})",
                "$count($map([1..300], function($a){ $map([1..300], function($b){ $a * $b }) }))",
                "$count($split($pad('', 50000, 'a,'), ','))"
            })
    void whatAWorkflowMayDoWithItsInputFits(String text) {
        assertThat(evaluate(text)).isInstanceOf(JsonataOutcome.Value.class);
    }

    @Test
    void twoArraysMayGoOnFromTheSameItems() {
        var text =
                "($a := $append([1, 2], 3); $b := $append($a, 4); $c := $append($a, 5);"
                        + " $d := [$a, 6]; [[$a], [$b], [$c], [$d]])";

        assertThat(evaluate(text))
                .isEqualTo(
                        new JsonataOutcome.Value(
                                Json.parse("[[1,2,3],[1,2,3,4],[1,2,3,5],[1,2,3,6]]")));
    }

    @Test
    void aTailCallMayBeRepeatedManyTimes() {
        var text = "($f := function($n, $a){ $n = 0 ? $a : $f($n - 1, $a + 1) }; $f(100000, 0))";

        assertThat(evaluate(text)).isEqualTo(new JsonataOutcome.Value(Json.of(100_000)));
    }

    @Test
    void theSameInputGivesTheSameOutcome() {
        var text = "[$random(), $uuid(), $shuffle([1..50]), $now(), $millis()]";
        var expression = JsonataExpression.compile(text);

        assertThat(expression.evaluate(input())).isEqualTo(expression.evaluate(input()));
        assertThat(expression.evaluate(input()))
                .isNotEqualTo(
                        expression.evaluate(
                                JsonataInput.of(name -> Optional.empty(), 0, new Randomness(2))));
    }

    @Test
    void smallerLimitsStopEarlier() {
        var expression = JsonataExpression.compile("$sum([1..1000])");
        var small = new JsonataLimits(100, JsonataLimits.BYTES_MAX, JsonataLimits.DEPTH_MAX);

        assertThat(expression.evaluate(input().withLimits(small))).isEqualTo(TIME);
        assertThat(expression.evaluate(input()))
                .isEqualTo(new JsonataOutcome.Value(Json.of(500_500)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "(", "{", "-", "{'a':", "a[", "$f(", "function(){", "|", "a^("})
    void textNestedTenThousandDeepIsRefused(String opening) {
        assertThatThrownBy(() -> JsonataExpression.compile(opening.repeat(10_000)))
                .isInstanceOf(JsonataSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1", ".a", "[0]", "&1", " ~> $f", " and 1", "{}", "^($)", "[]", "()"})
    void longChainsAreRefusedOrEvaluated(String link) {
        var text = "a" + link.repeat(50_000);

        try {
            assertThat(evaluate(text)).isNotNull();
        } catch (JsonataSyntaxException refused) {
            assertThat(refused.code()).isIn("S0501", "S0210", "S0209");
        }
    }

    @Test
    void hugeLiteralsAreReadOrRefused() {
        assertThat(evaluate("'" + "a".repeat(500_000) + "'"))
                .isInstanceOf(JsonataOutcome.Value.class);
        assertThatThrownBy(() -> JsonataExpression.compile("9".repeat(400)))
                .isInstanceOfSatisfying(
                        JsonataSyntaxException.class,
                        refused -> assertThat(refused.code()).isEqualTo("S0102"));
        assertThatThrownBy(() -> JsonataExpression.compile(" ".repeat(2_000_000)))
                .isInstanceOf(JsonataSyntaxException.class);
    }

    @Test
    void randomTextThrowsNothingButSyntaxExceptions() {
        var pieces =
                ("$ $a foo . [ ] ( ) { } , : ; ? @ # % * ** ^ | & + - / = != < > <= >= ~> := .. in"
                                + " and or true null 1 2.5 'x' \"y\" `z` /a+/ function λ $sum("
                                + " $map( <s:n> \\ ! ~ /* */ \uD83D \u0000 é")
                        .split(" ", -1);
        var random = new Random(20_206);
        for (var i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (var n = random.nextInt(12); n >= 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
                text.append(random.nextInt(3) == 0 ? " " : "");
            }
            try {
                var data = Json.parse("{\"foo\":[{\"z\":1},2,\"x\"],\"a\":{\"z\":[1,2]}}");
                var variables = Map.of("a", data);
                var input =
                        JsonataInput.of(
                                        name -> Optional.ofNullable(variables.get(name)),
                                        0,
                                        new Randomness(i))
                                .withDocument(data)
                                .withLimits(new JsonataLimits(10_000, 1_000_000, 100));
                assertThat(JsonataExpression.compile(text.toString()).evaluate(input))
                        .as(text.toString())
                        .isNotNull();
            } catch (JsonataSyntaxException refused) {
                assertThat(refused.message()).as(text.toString()).isNotEmpty();
            }
        }
    }
}
