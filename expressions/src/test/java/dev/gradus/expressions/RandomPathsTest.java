package dev.gradus.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Paths, calls and templates that nobody would write, over values that nobody expects: each is
 * refused, gives a value, or fails as a state does.
 */
class RandomPathsTest {
    private static final List<String> STEPS =
            List.of(
                    ".a",
                    ".b",
                    ".list",
                    "['a']",
                    "['a','b']",
                    "[0]",
                    "[-1]",
                    "[9]",
                    "[0,1]",
                    "[*]",
                    ".*",
                    "..a",
                    "..*",
                    "[1:]",
                    "[:-1]",
                    "[?(@.a)]",
                    "[?(@ > 1)]",
                    "[?(@.a == 'x' && !(@.b))]",
                    "[?(@ =~ /a.*/)]",
                    "[?(@.a in [1, 'x'])]",
                    "[?(@.list size 2)]",
                    "[?(@ empty false)]",
                    ".length()",
                    ".min()",
                    ".max()",
                    ".avg()",
                    ".keys()",
                    ".first()",
                    ".last()",
                    ".sum()",
                    ".index(1)",
                    ".concat('x')",
                    ".append(1)",
                    "[?($.a)]");

    private static final List<String> ROOTS = List.of("$", "$", "$", "$$", "$v", "$unset");

    private static final List<String> FUNCTIONS =
            List.of(
                    "Array",
                    "ArrayPartition",
                    "ArrayContains",
                    "ArrayRange",
                    "ArrayGetItem",
                    "ArrayLength",
                    "ArrayUnique",
                    "Base64Encode",
                    "Base64Decode",
                    "Hash",
                    "JsonMerge",
                    "JsonToString",
                    "StringToJson",
                    "MathRandom",
                    "MathAdd",
                    "StringSplit",
                    "UUID",
                    "Format",
                    "Nothing");

    private static final List<String> ARGUMENTS =
            List.of(
                    "1",
                    "-2",
                    "0",
                    "1.5",
                    "1e9",
                    "99999999999999999999",
                    "true",
                    "null",
                    "''",
                    "'a'",
                    "'{}-{}'",
                    "'it\\'s \\{\\}'",
                    "'SHA-256'",
                    "'[1,{\"a\":2}]'",
                    "'YQ=='",
                    "','");

    /** What mistakes are made of. */
    private static final String SIGNS = "$.[]{}()@?*,:'\"\\ <>=!&|~/a1-_\uD800\u0000";

    @Property(tries = 10_000, seed = "20161201")
    void anyPathIsRefusedOrGivesOneAnswer(@ForAll long seed) {
        var dice = new Dice(seed);
        var path = dice.below(3) == 0 ? dice.changed(dice.path()) : dice.path();
        var input = dice.value(4);

        sameTwice(path, () -> JsonPath.compile(path).read(bindings(input, seed)));
        sameTwice(
                path,
                () -> {
                    var reference = ReferencePath.compile(path);
                    var found = reference.find(bindings(input, seed));
                    return reference.startsFromInput()
                            ? reference.insertInto(input, found.orElse(Json.NULL))
                            : found;
                });
    }

    @Property(tries = 10_000, seed = "20161201")
    void anyCallIsRefusedOrGivesOneAnswer(@ForAll long seed) {
        var dice = new Dice(seed);
        var call = dice.below(3) == 0 ? dice.changed(dice.call(3)) : dice.call(3);
        var input = dice.value(4);

        sameTwice(call, () -> Intrinsic.compile(call).evaluate(bindings(input, seed)));
    }

    @Property(tries = 10_000, seed = "20161201")
    void anyTemplateIsRefusedOrGivesOneAnswer(@ForAll long seed) {
        var dice = new Dice(seed);
        var template = dice.template(4);
        var input = dice.value(3);

        sameTwice(
                template.text(),
                () -> PayloadTemplate.compile(template).evaluate(bindings(input, seed)));
    }

    private static Bindings bindings(Json input, long seed) {
        var context = Json.parse("{\"a\":{\"list\":[1,2]},\"Execution\":{\"Name\":\"e\"}}");
        var variables = Map.of("v", Json.parse("{\"a\":[\"x\",{\"b\":null}]}"));
        return Bindings.of(
                () -> input,
                () -> context,
                name -> Optional.ofNullable(variables.get(name)),
                new Randomness(seed));
    }

    private static void sameTwice(String text, Supplier<Object> evaluation) {
        var answer = answer(evaluation);
        assertThat(answer(evaluation)).as(text).isEqualTo(answer);
        if (answer instanceof Json value) {
            assertThat(Json.parse(value.text())).as(text).isEqualTo(value);
        }
    }

    private static Object answer(Supplier<Object> evaluation) {
        try {
            return evaluation.get();
        } catch (ExpressionFailure failure) {
            return failure.error() + ": " + failure.cause();
        } catch (ExpressionSyntaxException refused) {
            return refused.message();
        } catch (TemplateSyntaxException refused) {
            return refused.faults();
        }
    }

    /** Makes texts and values from a seed. */
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

        String path() {
            var path = new StringBuilder(oneOf(ROOTS));
            for (int i = below(5); i > 0; i--) {
                path.append(oneOf(STEPS));
            }
            return path.toString();
        }

        String call(int depth) {
            var arguments = new ArrayList<String>();
            for (int i = below(4); i > 0; i--) {
                arguments.add(
                        switch (below(depth == 0 ? 3 : 4)) {
                            case 0, 1 -> oneOf(ARGUMENTS);
                            case 2 -> path();
                            default -> call(depth - 1);
                        });
            }
            return "States." + oneOf(FUNCTIONS) + "(" + String.join(", ", arguments) + ")";
        }

        Json template(int depth) {
            return switch (below(depth == 0 ? 1 : 4)) {
                case 0 -> value(1);
                case 1 -> JsonArray.of(List.of(template(depth - 1), template(depth - 1)));
                default -> {
                    var members = JsonObject.builder();
                    members.put(below(2) == 0 ? "b" : "c", template(depth - 1));
                    members.put(below(9) == 0 ? ".$" : "x.$", below(2) == 0 ? path() : call(2));
                    members.put("a.$", below(9) == 0 ? changed(path()) : path());
                    yield members.build();
                }
            };
        }

        Json value(int depth) {
            return switch (below(depth == 0 ? 5 : 9)) {
                case 0 -> Json.of(below(5) - 1);
                case 1 ->
                        Json.of(
                                oneOf(
                                        List.of(
                                                "",
                                                "x",
                                                "abc",
                                                "YQ==",
                                                "[1]",
                                                "{\"a\": 1}",
                                                "\uD800")));
                case 2 -> Json.of(below(2) == 0);
                case 3 -> Json.NULL;
                case 4 ->
                        Json.parse(
                                oneOf(List.of("1.50", "1e400", "12345678901234567890123", "-0")));
                case 5, 6 -> {
                    var elements = new ArrayList<Json>();
                    for (int i = below(4); i > 0; i--) {
                        elements.add(value(depth - 1));
                    }
                    yield JsonArray.of(elements);
                }
                default ->
                        JsonObject.builder()
                                .put("a", value(depth - 1))
                                .put("b", value(depth - 1))
                                .put("list", value(depth - 1))
                                .build();
            };
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
