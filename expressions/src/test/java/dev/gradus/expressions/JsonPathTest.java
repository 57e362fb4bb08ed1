package dev.gradus.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {
    private static final String INPUT =
            """
            {"a":{"b":[10,20,{"c":1.10}],"x y":"blank","q'q":"quote"},"n":null,"s":"text","num":5,
             "delivery-partner":"dash","ünï":"uni","big":12345678901234567890,"t":true,
             "list":[{"k":"p","v":1},{"k":"q","v":2},{"k":"p","v":3.0},{"v":null}],
             "nums":[3,1,2],"strs":["x","yy"],"empty":[],"eo":{}}
            """;

    private static Bindings bindings() {
        return new Bindings(
                Json.parse(INPUT),
                Json.parse("{\"Execution\":{\"Input\":{\"other\":1}}}"),
                Map.of("v", Json.parse("{\"w\":[1,2]}"), "straße", Json.of(7)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    $.s                           | "text"
                    $.a.b[1]                      | 20
                    $.a.b[-1].c                   | 1.10
                    $['a']['b'][0]                | 10
                    $["a"].b[0]                   | 10
                    $.a['x y']                    | "blank"
                    $.a['q\\'q']                  | "quote"
                    $.n                           | null
                    $.delivery-partner            | "dash"
                    $.ünï                         | "uni"
                    $.big                         | 12345678901234567890
                    $.a.b[3]                      | null
                    $.a.b[-4]                     | null
                    $$.Execution.Input            | {"other":1}
                    $v                            | {"w":[1,2]}
                    $v.w[1]                       | 2
                    $v['w']                       | [1,2]
                    $v.w[*]                       | [1,2]
                    $straße                       | 7
                    $$.Execution..other           | [1]
                    $.nums.length()               | 3
                    $.nums.max()                  | 3.0
                    $.nums.sum()                  | 6.0
                    $.s.length()                  | null
                    $.a.keys()                    | ["b","x y","q'q"]
                    $['s','num']                  | {"s":"text","num":5}
                    """)
    void readsOneNode(String path, String expected) {
        assertThat(JsonPath.compile(path).read(bindings()).text()).isEqualTo(expected);
        assertThat(JsonPath.compile(path).evaluate(bindings(), "f.$").text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    $.list[*].v                              | [1,2,3.0,null]
                    $.list[0,2].v                            | [1,3.0]
                    $.list[1:].v                             | [2,3.0,null]
                    $.list[:1].k                             | ["p"]
                    $.list[-2:].v                            | [3.0,null]
                    $.list[?(@.k == 'p')].v                  | [1,3.0]
                    $.list[?(@.v > 1 && @.k == 'p')].v       | [3.0]
                    $.list[?(@.k =~ /[pq]/)].v               | [1,2,3.0]
                    $.list[?(@.k =~ /P/i)].v                 | [1,3.0]
                    $.list[?(@.k =~ /it's/)].v               | []
                    $.list[?(@.k in ['q','z'])].v            | [2]
                    $.list[?(@.v == null)]                   | [{"v":null}]
                    $.list[?(!@.k)]                          | [{"v":null}]
                    $.list[?(@.v >= $.nums[2])].k            | ["q","p"]
                    $.list[?(@.k == 'none')]                 | []
                    $.list[?(@ == {"k":"q","v":2})].k        | ["q"]
                    $.nums[?(@ > 1)]                         | [3,2]
                    $.nums[?(@ in [1,2])]                    | [1,2]
                    $..c                                     | [1.10]
                    $..nope                                  | []
                    $.a.*                                    | [[10,20,{"c":1.10}],"blank","quote"]
                    $[*].nope                                | []
                    $.eo[*]                                  | []
                    $.empty[*]                               | []
                    $.nope[*]                                | []
                    $.nope.more[1:5].v                       | []
                    $.nope[:1].v                             | []
                    $.n[*].v                                 | []
                    $.s[*]                                   | []
                    $.a.b[0,9]                               | [10,null]
                    """)
    void indefinitePathsGiveArrays(String path, String expected) {
        var compiled = JsonPath.compile(path);

        assertThat(compiled.definite()).isFalse();
        assertThat(compiled.read(bindings()).text()).isEqualTo(expected);
        assertThat(compiled.evaluate(bindings(), "f.$").text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    $.NoSuchInputPath     | No results for path: $['NoSuchInputPath']
                    $.no.such.result.path | Missing property in path $['no']
                    $.a.nope              | No results for path: $['a']['nope']
                    $.a.nope.more         | Missing property in path $['a']['nope']
                    $.a.b[2].d            | No results for path: $['a']['b'][2]['d']
                    $$.Execution.nope     | No results for path: $['Execution']['nope']
                    $v.nope               | No results for path: $['nope']
                    $none                 | The variable '$none' is not assigned
                    $none.x[*]            | The variable '$none' is not assigned
                    $.n.x                 | Expected to find an object with property ['x'] in path $['n'] but found 'null'. This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider'.
                    $.s.x                 | Expected to find an object with property ['x'] in path $['s'] but found 'java.lang.String'. This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider'.
                    $.a.b.x               | Expected to find an object with property ['x'] in path $['a']['b'] but found 'com.fasterxml.jackson.databind.node.ArrayNode'. This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider'.
                    $.a.b[9].x            | Expected to find an object with property ['x'] in path $['a']['b'][9] but found 'null'. This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider'.
                    $.n[0]                | The path $['n'] is null
                    $.s[0]                | Filter: [0] can only be applied to arrays. Current context is: text
                    $.a[0]                | Filter: [0] can only be applied to arrays. Current context is: {"b":[10,20,{"c":1.10}],"x y":"blank","q'q":"quote"}
                    $.nope.length()       | Missing property in path $['nope']
                    """)
    void aMissingNodeFailsInTheWordsOfTheService(String path, String detail) {
        var failure =
                catchThrowableOfType(
                        ExpressionFailure.class, () -> JsonPath.compile(path).read(bindings()));

        assertThat(failure.error()).isEqualTo("States.Runtime");
        assertThat(failure.cause()).isEqualTo("Invalid path '" + path + "' : " + detail);
    }

    @Test
    void whatIsTooLargeForADoubleIsNotFoundByAFilter() {
        var numbers = new Bindings(Json.parse("[[1e400]]"), Json.NULL, Map.of());

        assertThat(JsonPath.compile("$[?(@.max() > 1)]").find(numbers))
                .isInstanceOf(PathResult.Missing.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$.first()", "$.last()", "$.index(1)"})
    void aFunctionFindsNoElementInAnEmptyArray(String path) {
        var empty = new Bindings(JsonArray.EMPTY, Json.NULL, Map.of());

        assertThat(JsonPath.compile(path).find(empty)).isInstanceOf(PathResult.Missing.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    $.x               | {"other":1}
                    $.other.x         | {"other":1}
                    $$.Execution.Nope | {"Execution":{"Input":{"other":1}}}
                    $none             | {"other":1}
                    """)
    void aPayloadFieldNamesItselfAndTheInput(String path, String quoted) {
        var bindings =
                new Bindings(
                        Json.parse("{\"other\":1}"),
                        Json.parse("{\"Execution\":{\"Input\":{\"other\":1}}}"),
                        Map.of());

        var failure =
                catchThrowableOfType(
                        ExpressionFailure.class,
                        () -> JsonPath.compile(path).evaluate(bindings, "value.$"));

        assertThat(failure.error()).isEqualTo("States.Runtime");
        assertThat(failure.cause())
                .isEqualTo(
                        "The JSONPath '"
                                + path
                                + "' specified for the field 'value.$' could not be found in the"
                                + " input '"
                                + quoted
                                + "'");
    }

    @Test
    void tellsAnIndexPastTheEndFromAMiss() {
        assertThat(JsonPath.compile("$.nums[3]").find(bindings()))
                .isEqualTo(new PathResult.PastEnd());
        assertThat(JsonPath.compile("$.n").find(bindings()))
                .isEqualTo(new PathResult.Found(Json.NULL));
        assertThat(JsonPath.compile("$.nope").find(bindings()))
                .isInstanceOf(PathResult.Missing.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a.b",
                " $.a",
                "@.a",
                "$.",
                "$..",
                "$.a.",
                "$.a..",
                "$[",
                "$.a[",
                "$.a[0",
                "$.a]",
                "$.a['x]",
                "$['a''b']",
                "$.a b",
                "$.a[?(@.x == 'y]",
                "$.a[?(@.x =~ /y)]",
                "$.a[x]",
                "$._x[",
                "$a-b",
                "$1",
                "$$x",
                "$_x",
                "$.a.length(",
                "States.UUID()"
            })
    void refusesWhatIsNoPath(String path) {
        assertThatThrownBy(() -> JsonPath.compile(path)).isInstanceOf(PathSyntaxException.class);
    }

    @Test
    void largePathsAreRefusedNotOverflown() {
        for (var path :
                new String[] {
                    "$" + ".a".repeat(40_000),
                    "$" + ".a".repeat(20_000),
                    "$" + "[*]".repeat(20_000),
                    "$[?" + "(".repeat(20_000) + "@.a" + ")".repeat(20_000) + "]",
                    "$[?(" + "!".repeat(20_000) + "@.a)]",
                    "$[?(@.a" + " && @.a".repeat(8_000) + ")]",
                    "$" + "[?(@".repeat(10_000) + ")]".repeat(10_000),
                    "$[" + "'a',".repeat(10_000) + "'b']",
                    "$.a" + ".length(".repeat(5_000) + ")".repeat(5_000)
                }) {
            assertThatThrownBy(() -> JsonPath.compile(path))
                    .isInstanceOf(PathSyntaxException.class);
        }
    }

    @Test
    void pathsOfHundredsOfStepsWork() {
        Json value = Json.of(1);
        for (var i = 0; i < 1_000; i++) {
            value = JsonObject.of("a", value);
        }
        var bindings = new Bindings(value, Json.NULL, Map.of());

        assertThat(JsonPath.compile("$" + ".a".repeat(500)).read(bindings))
                .isInstanceOf(JsonObject.class);
        assertThat(JsonPath.compile("$" + ".a".repeat(499) + ".*").read(bindings).text())
                .startsWith("[{\"a\":");
        assertThat(JsonPath.compile("$..a").read(bindings)).isInstanceOf(JsonArray.class);
    }

    @Test
    void anEvaluationThatMultipliesItselfIsStopped() {
        Json value = Json.of(1);
        for (var i = 0; i < 200; i++) {
            value = JsonArray.of(value, Json.of(i));
        }
        var bindings = new Bindings(value, Json.NULL, Map.of());

        assertThatThrownBy(() -> JsonPath.compile("$..*..*..*..*..*").read(bindings))
                .isInstanceOf(ExpressionFailure.class)
                .hasMessageContaining("visits more than 2000000 nodes");
    }

    @Test
    void namesTheVariablesItReads() {
        assertThat(JsonPath.compile("$v.w").variables()).containsExactly("v");
        assertThat(JsonPath.compile("$.w").variables()).isEmpty();
        assertThat(JsonPath.compile("$$.w").variables()).isEmpty();
        assertThat(JsonPath.compile("$$.w").startsFromContext()).isTrue();
    }

    @Test
    void sharesTheNodeThatItFinds() {
        var bindings = bindings();
        var list = ((JsonObject) bindings.input()).find("list");

        assertThat(JsonPath.compile("$.list").read(bindings)).isSameAs(list);
        assertThat(JsonPath.compile("$").read(bindings)).isSameAs(bindings.input());
    }

    @Test
    void asksForTheContextOnlyIfAPathDoes() {
        var asked = new int[1];
        var bindings =
                Bindings.of(
                        () -> JsonObject.EMPTY,
                        () -> {
                            asked[0]++;
                            return JsonObject.EMPTY;
                        },
                        _ -> Optional.empty(),
                        new Randomness(1));

        JsonPath.compile("$").read(bindings);
        assertThat(asked[0]).isZero();
        JsonPath.compile("$$").read(bindings);
        JsonPath.compile("$$").read(bindings.withInput(Json.NULL));
        assertThat(asked[0]).isEqualTo(1);
    }
}
