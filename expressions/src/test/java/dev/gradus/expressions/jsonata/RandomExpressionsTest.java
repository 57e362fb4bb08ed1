package dev.gradus.expressions.jsonata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.Randomness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Expressions that nobody would write, over values that nobody expects: each is refused, or has one
 * outcome within its limits, and nothing is thrown.
 */
class RandomExpressionsTest {
    private static final JsonataLimits LIMITS = new JsonataLimits(20_000, 1 << 20, 100);
    private static final int DEPTH = 4;

    private static final Map<String, Json> VARIABLES =
            Map.of(
                    "in",
                    Json.parse(
                            """
                            {"a": 1, "b": {"c": [1, 2, [3, "x"]], "": null}, "list": [{"n": 1, "k": "x"}, {"n": 2}, {"n": "3"}],
                             "text": "a b-\\u00e9\\ud83d\\ude00", "none": null, "empty": [], "big": 1e300, "no": false}
                            """),
                    "x",
                    Json.of(2),
                    "s",
                    Json.of("abc"));

    private static final List<String> LEAVES =
            words(
                    """
                    1 0 -1 2.5 3 1e10 1e308 123456789012345678901 'x' '' "1.5" 'a,b' '#0.0' '[Y]-[M]' 'w' null true false
                    $in $x $s $in.a $in.b $in.list $in.list.n $in.b.c $in.text $in.none $in.nothing $in.big $in.no
                    $in.* $in.** $in.list[0] $in.list.k $ $unset $sum $uppercase [] {} n k c /a/ /(\\w)/i function($v){$v}
                    """);

    private static final List<String> OPERATORS =
            words("+ - * / % & = != < <= > >= in and or ~> . .. , ; : ? :=");

    private static final List<String> FUNCTIONS =
            words(
                    """
                    string length substring substringBefore substringAfter uppercase lowercase trim pad contains split join
                    match replace base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl number
                    abs floor ceil round power sqrt random formatNumber formatBase formatInteger parseInteger sum max min
                    average boolean not exists count append sort reverse shuffle distinct zip keys lookup spread merge clone
                    type map filter single reduce each sift now millis fromMillis toMillis error assert partition range hash
                    uuid parse eval x in
                    """);

    /** What mistakes are made of. */
    private static final String SIGNS = "$.[]{}()@#^|~<>=!?:;,*/%+-&'\"`\\ a1_\u03BB\uD800";

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }

    @Property(tries = 10_000, seed = "20161201")
    void anyExpressionHasOneOutcome(@ForAll long seed) {
        check(new Dice(seed).expression(DEPTH), seed);
    }

    @Property(tries = 10_000, seed = "20161201")
    void anyChangeOfAnExpressionIsRefusedOrHasOneOutcome(@ForAll long seed) {
        var dice = new Dice(seed);
        check(dice.changed(dice.expression(DEPTH)), seed);
    }

    private static void check(String text, long seed) {
        JsonataExpression expression;
        try {
            expression = JsonataExpression.compile(text);
        } catch (JsonataSyntaxException refused) {
            assertThat(refused.message()).as(text).isNotEmpty();
            return;
        }
        var outcome = expression.evaluate(input(seed));

        assertThat(expression.evaluate(input(seed))).as(text).isEqualTo(outcome);
        assertThat(JsonataExpression.compile(text).evaluate(input(seed)))
                .as(text)
                .isEqualTo(outcome);
        if (outcome instanceof JsonataOutcome.Value(var value)) {
            assertThat(Json.parse(value.text())).as(text).isEqualTo(value);
        }
    }

    private static JsonataInput input(long seed) {
        return JsonataInput.of(
                        name -> Optional.ofNullable(VARIABLES.get(name)),
                        1_700_000_000_000L,
                        new Randomness(seed))
                .withLimits(LIMITS);
    }

    /** Writes expressions from a seed. */
    private static final class Dice {
        private final SplittableRandom random;

        Dice(long seed) {
            this.random = new SplittableRandom(seed);
        }

        int below(int bound) {
            return random.nextInt(bound);
        }

        String oneOf(List<String> values) {
            return values.get(below(values.size()));
        }

        String expression(int depth) {
            if (depth == 0) {
                return oneOf(LEAVES);
            }
            int next = depth - 1;
            return switch (below(18)) {
                case 0, 1, 2 -> oneOf(LEAVES);
                case 3 -> expression(next) + " " + oneOf(OPERATORS) + " " + expression(next);
                case 4 -> "(" + expression(next) + " " + operator() + " " + expression(next) + ")";
                case 5, 6, 7, 8 -> call(next);
                case 9 -> expression(next) + "[" + expression(next) + "]";
                case 10 -> expression(next) + ".(" + expression(next) + ")";
                case 11 -> "[" + list(next) + "]";
                case 12 ->
                        "{'k': " + expression(next) + ", " + key() + ": " + expression(next) + "}";
                case 13 -> expression(next) + "{" + key() + ": " + expression(next) + "}";
                case 14 -> expression(next) + "^(" + (below(2) == 0 ? ">" : "") + key() + ")";
                case 15 ->
                        "($y := " + expression(next) + "; $f := " + lambda(next) + "; $f($y, $f))";
                case 16 ->
                        "($in ~> |"
                                + oneOf(List.of("list", "b", "$", "nothing"))
                                + "|"
                                + expression(next)
                                + (below(2) == 0 ? ", ['n', 'c']" : "")
                                + "|)";
                default ->
                        expression(next)
                                + " ? "
                                + expression(next)
                                + (below(4) == 0 ? "" : " : " + expression(next));
            };
        }

        private String operator() {
            return OPERATORS.get(below(17)); // Those between two values.
        }

        private String key() {
            return oneOf(List.of("n", "k", "'a'", "$string(n)", "$", "1"));
        }

        private String call(int depth) {
            var arguments =
                    Stream.generate(() -> below(5) == 0 ? lambda(depth) : argument(depth))
                            .limit(below(4))
                            .collect(Collectors.joining(", "));
            return "$" + oneOf(FUNCTIONS) + "(" + arguments + ")";
        }

        private String argument(int depth) {
            return below(12) == 0 ? "?" : expression(depth);
        }

        private String lambda(int depth) {
            var parameters = oneOf(List.of("", "$v", "$v, $i", "$v, $f", "$p, $v"));
            var signature = below(8) == 0 ? "<x-x?:x>" : "";
            return "function(" + parameters + ")" + signature + "{" + expression(depth) + "}";
        }

        private String list(int depth) {
            return Stream.generate(() -> expression(depth))
                    .limit(below(4))
                    .collect(Collectors.joining(below(6) == 0 ? " .. " : ", "));
        }

        /** Removes characters, adds some of others, and cuts the text off. */
        String changed(String text) {
            var changed = new StringBuilder(text);
            for (int i = below(3); i >= 0 && !changed.isEmpty(); i--) {
                int at = below(changed.length());
                switch (below(5)) {
                    case 0, 1 -> changed.deleteCharAt(at);
                    case 2 -> changed.setLength(at + 1);
                    default -> changed.insert(at, SIGNS.charAt(below(SIGNS.length())));
                }
            }
            return changed.toString();
        }
    }
}
