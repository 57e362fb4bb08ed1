package dev.gradus.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    null                              | null
                    ' '                               | ' '
                    true                              | true
                    1.10                              | 1.10
                    1E400                             | 1E400
                    -0                                | 0
                    -0.0                              | -0.0
                    123456789012345678901234567890    | 123456789012345678901234567890
                    { "b" : 1 , "a" : [ 1 , 2 ] }     | {"b":1,"a":[1,2]}
                    {"a":1,"b":2,"a":3}               | {"a":3,"b":2}
                    "\\u0041\\/\\u00e9\\n\\u001f"     | "A/é\\n\\u001F"
                    "\\ud83d\\ude00\\ud83d"           | "😀\\uD83D"
                    {}                                | {}
                    []                                | []
                    """)
    void writesWhatItReadsInCompactForm(String text, String compact) {
        var unquoted = text.equals("' '") ? "\" \"" : text;

        assertThat(Json.parse(unquoted).text())
                .isEqualTo(compact.equals("' '") ? "\" \"" : compact);
        assertThat(Json.parse(unquoted.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Json.parse(unquoted));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    not json  | Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false') | 1 | 1
                    {'a':1}   | Unexpected character (''' (code 39)): was expecting double-quote to start field name | 1 | 2
                    {"a" 1}   | Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value | 1 | 6
                    [1,]      | Unexpected character (']' (code 93)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false') | 1 | 4
                    1 2       | Trailing token (of type VALUE_NUMBER_INT) found after value | 1 | 3
                    ~~        | No content to map due to end-of-input | 1 | 1
                    ~{\n x}~  | Unexpected character ('x' (code 120)): was expecting double-quote to start field name | 2 | 2
                    """)
    void refusesOtherTextInTheWordsOfTheService(String text, String message, int line, int column) {
        var source = text.replace("\\n", "\n");

        var refused = catchThrowableOfType(JsonSyntaxException.class, () -> Json.parse(source));

        assertThat(refused.message()).isEqualTo(message);
        assertThat(refused.line()).isEqualTo(line);
        assertThat(refused.column()).isEqualTo(column);
        assertThatThrownBy(() -> Payload.ofText(source))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"abc",
                "[1",
                "{\"a\":1",
                "01",
                "+1",
                ".5",
                "1.",
                "NaN",
                "\"\\x\"",
                "\"a\nb\"",
                "tru",
                "{a:1}",
                "]",
                "[1 2]",
                "\u0001",
                "/**/1",
                "{\"a\"}",
                "1x",
                "\"\\u12\""
            })
    void refusesWhatLooksNearlyLikeJson(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonSyntaxException.class);
        assertThatThrownBy(() -> Payload.ofText(text)).isInstanceOf(JsonSyntaxException.class);
    }

    @Test
    void readsUpToTheNestingLimitAndNoFurther() {
        var deepest = "[".repeat(1_000) + "]".repeat(1_000);

        assertThat(Json.parse(deepest).depth()).isEqualTo(1_000);
        assertThat(Json.parse(deepest).text()).isEqualTo(deepest);
        assertThatThrownBy(() -> Json.parse("[" + deepest + "]"))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessageContaining("1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void survivesTenThousandLevels(String open) {
        var text = open.repeat(10_000);

        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonSyntaxException.class);
        assertThatThrownBy(() -> Payload.ofText(text)).isInstanceOf(JsonSyntaxException.class);
    }

    @Test
    void cannotBeMadeDeeperThanItCanBeRead() {
        Json value = Json.NULL;
        for (var i = 0; i < 1_000; i++) {
            value = i % 2 == 0 ? JsonArray.of(value) : JsonObject.of("a", value);
        }
        var deepest = value;

        assertThat(Json.parse(deepest.text())).isEqualTo(deepest);
        assertThatThrownBy(() -> JsonArray.of(deepest)).isInstanceOf(ExpressionFailure.class);
        assertThatThrownBy(() -> JsonObject.of("a", deepest)).isInstanceOf(ExpressionFailure.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1                    | 1.0                  | true
                    1                    | 1e0                  | true
                    100                  | 1E2                  | true
                    0                    | -0.0                 | true
                    9007199254740993     | 9007199254740992     | false
                    9223372036854775808  | 9223372036854775807  | false
                    1E9999999999         | 1E9999999999         | true
                    1                    | "1"                  | false
                    1                    | true                 | false
                    null                 | false                | false
                    {"a":1,"b":[2.0]}    | {"b":[2],"a":1.0}    | true
                    {"a":1}              | {"a":1,"b":null}     | false
                    [1,2]                | [2,1]                | false
                    "a"                  | "a"                  | true
                    """)
    void comparesValuesNotTexts(String left, String right, boolean same) {
        assertThat(Json.parse(left).sameValue(Json.parse(right))).isEqualTo(same);
        assertThat(Json.parse(right).sameValue(Json.parse(left))).isEqualTo(same);
        assertThat(CanonicalText.of(Json.parse(left)).equals(CanonicalText.of(Json.parse(right))))
                .isEqualTo(same);
    }

    @Test
    void equalsIsByText() {
        assertThat(Json.parse("{\"a\":1,\"b\":2}"))
                .isEqualTo(Json.parse(" {\"a\" : 1, \"b\" : 2}"))
                .hasSameHashCodeAs(Json.parse("{\"a\":1,\"b\":2}"))
                .isNotEqualTo(Json.parse("{\"b\":2,\"a\":1}"));
        assertThat(Json.parse("1")).isNotEqualTo(Json.parse("1.0"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-7, -7",
        "1.0, 1",
        "1e3, 1000",
        "120E-1, 12",
        "9223372036854775807," + " 9223372036854775807",
        "1.5,",
        "9223372036854775808,",
        "1E400,",
        "1E9999999999,",
        "1e-400,"
    })
    void numbersAreWholeOnlyIfTheyFitSixtyFourBits(String text, @Nullable Long expected) {
        assertThat(new JsonNumber(text).longValue())
                .isEqualTo(expected == null ? OptionalLong.empty() : OptionalLong.of(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "01", "1.", ".1", "1e", "1e+", "+1", "0x1", "1 ", "NaN", "--1"})
    void refusesToMakeANumberOfOtherText(String text) {
        assertThatThrownBy(() -> new JsonNumber(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void makesNumbersOfDoublesThatJsonKnows() {
        assertThat(Json.of(0.1).text()).isEqualTo("0.1");
        assertThat(Json.of(1e300).text()).isEqualTo("1.0E300");
        assertThatThrownBy(() -> Json.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsHugeNumbersWithoutArithmetic() {
        var huge = "9".repeat(1_000);

        assertThat(Json.parse(huge).text()).isEqualTo(huge);
        assertThat(((JsonNumber) Json.parse("1E400")).doubleValue()).isInfinite();
        assertThat(Json.parse("1E999999999").sameValue(Json.parse("1E999999998"))).isFalse();
        assertThatThrownBy(() -> Json.parse(huge + "9")).isInstanceOf(JsonSyntaxException.class);
    }

    @Test
    void objectsKeepOrderAndShareWhatIsNotChanged() {
        var inner = JsonArray.of(Json.of(1));
        var object = JsonObject.builder().put("a", inner).put("b", 2).put("a", "x").build();

        assertThat(object.text()).isEqualTo("{\"a\":\"x\",\"b\":2}");
        var changed = JsonObject.of("k", inner, "l", Json.NULL).with("l", Json.of(true));
        assertThat(changed.text()).isEqualTo("{\"k\":[1],\"l\":true}");
        assertThat(changed.find("k")).isSameAs(inner);
        assertThat(changed.with("z", Json.of("e")).text())
                .isEqualTo("{\"k\":[1],\"l\":true,\"z\":\"e\"}");
        assertThat(changed.without("k").text()).isEqualTo("{\"l\":true}");
        assertThat(changed.without("none")).isSameAs(changed);
    }

    @Test
    void findsMembersOfLargeObjects() {
        var builder = JsonObject.builder();
        for (var i = 0; i < 100; i++) {
            builder.put("name" + i, i);
        }
        var object = builder.build();

        assertThat(object.get("name77")).contains(Json.of(77));
        assertThat(object.get("name100")).isEmpty();
        assertThat(object.names()).hasSize(100).startsWith("name0").endsWith("name99");
        assertThat(object.toMap().keySet()).containsExactlyElementsOf(object.names());
    }

    @Test
    void strictReadingRefusesDuplicateMembers() {
        assertThatThrownBy(() -> Json.parseStrict("{\"a\":1,\"a\":2}"))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessage("Duplicate field 'a'");
        assertThat(Json.parseStrict("{\"a\":1,\"b\":{\"a\":2}}").text())
                .isEqualTo("{\"a\":1,\"b\":{\"a\":2}}");
    }

    @Test
    void knowsALowerBoundOfItsSizeBeforeItIsWritten() {
        Json value = Json.of("x".repeat(1_000_000));
        for (var i = 0; i < 10; i++) {
            value = JsonArray.of(List.of(value, value, value, value));
        }

        assertThat(value.textCharsMin()).isGreaterThan(1_000_000_000_000L);
        assertThat(Payload.of(value).fits(262_144)).isFalse();
        var huge = value;
        assertThatThrownBy(huge::text).isInstanceOf(ExpressionFailure.class);
    }
}
