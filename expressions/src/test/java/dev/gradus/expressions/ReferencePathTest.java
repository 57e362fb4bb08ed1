package dev.gradus.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencePathTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {"a":1}           | $          | 9
                    {"a":1}           | $.b        | {"a":1,"b":9}
                    {"a":1,"z":0}     | $.a        | {"a":9,"z":0}
                    {"a":1}           | $.b.c.d    | {"a":1,"b":{"c":{"d":9}}}
                    {"a":{"x":1}}     | $.a.b      | {"a":{"x":1,"b":9}}
                    {"a":{"x":1}}     | $['a']["x"] | {"a":{"x":9}}
                    {"a":[1,2]}       | $.a[1]     | {"a":[1,9]}
                    {"a":[1,2]}       | $.a[-1]    | {"a":[1,9]}
                    {"a":[{"b":1}]}   | $.a[0].b   | {"a":[{"b":9}]}
                    [1,{"k":2}]       | $[1].k     | [1,{"k":9}]
                    "text"            | $          | 9
                    """)
    void putsAValueIntoADocument(String document, String path, String expected) {
        assertThat(ReferencePath.compile(path).insertInto(Json.parse(document), Json.of(9)).text())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    "text"        | $.a
                    [1]           | $.a
                    null          | $.a
                    {"a":1}       | $.a.b
                    {"a":null}    | $.a.b
                    {"a":[1]}     | $.a.b
                    {"a":[1]}     | $.a[1]
                    {"a":[1]}     | $.a[-2]
                    {"a":{}}      | $.a[0]
                    {}            | $.a[0]
                    """)
    void aStepThatDoesNotFitFails(String document, String path) {
        var failure =
                catchThrowableOfType(
                        ExpressionFailure.class,
                        () ->
                                ReferencePath.compile(path)
                                        .insertInto(Json.parse(document), Json.of(9)));

        assertThat(failure.error()).isEqualTo("States.ResultPathMatchFailure");
        assertThat(failure.cause())
                .isEqualTo("Unable to apply ReferencePath " + path + " to input " + document);
    }

    @Test
    void sharesEveryPartThatItDoesNotChange() {
        var document = (JsonObject) Json.parse("{\"big\":{\"x\":[1,2,3]},\"a\":{\"b\":1}}");

        var changed = (JsonObject) ReferencePath.compile("$.a.c").insertInto(document, Json.NULL);

        assertThat(changed.find("big")).isSameAs(document.find("big"));
        assertThat(document.text()).isEqualTo("{\"big\":{\"x\":[1,2,3]},\"a\":{\"b\":1}}");
    }

    @Test
    void findsNodesOfEveryRoot() {
        var bindings =
                new Bindings(
                        Json.parse("{\"a\":[1,null]}"),
                        Json.parse("{\"State\":{\"Name\":\"S\"}}"),
                        Map.of("v", Json.of(3)));

        assertThat(ReferencePath.compile("$.a[1]").find(bindings)).contains(Json.NULL);
        assertThat(ReferencePath.compile("$.a[2]").find(bindings)).isEmpty();
        assertThat(ReferencePath.compile("$.b").find(bindings)).isEmpty();
        assertThat(ReferencePath.compile("$$.State.Name").find(bindings)).contains(Json.of("S"));
        assertThat(ReferencePath.compile("$v").find(bindings)).contains(Json.of(3));
        assertThat(ReferencePath.compile("$none").find(bindings)).isEmpty();
        assertThat(ReferencePath.compile("$none").variable()).contains("none");
        assertThat(ReferencePath.compile("$$").startsFromInput()).isFalse();
        assertThat(ReferencePath.compile("$").isRoot()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "$..a",
                "$.*",
                "$.a[*]",
                "$.a[0,1]",
                "$.a[1:2]",
                "$.a[?(@.b)]",
                "$.a.length()",
                "$['a','b']",
                "$.a@b",
                "$.",
                "",
                "$.a:b",
                "$[]",
                "$['']"
            })
    void refusesPathsThatNameMoreThanOneNode(String path) {
        assertThatThrownBy(() -> ReferencePath.compile(path))
                .isInstanceOf(PathSyntaxException.class);
    }

    @Test
    void aPathThatWouldNestTooDeepFails() {
        var path = ReferencePath.compile("$" + ".a".repeat(500));
        var half = path.insertInto(JsonObject.EMPTY, Json.NULL);

        var whole = path.insertInto(JsonObject.EMPTY, half);

        assertThat(whole.depth()).isEqualTo(1_000);
        assertThatThrownBy(() -> path.insertInto(JsonObject.EMPTY, JsonArray.of(half)))
                .isInstanceOf(ExpressionFailure.class);
    }
}
