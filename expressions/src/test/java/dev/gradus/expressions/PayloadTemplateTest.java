package dev.gradus.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTemplateTest {
    private static final Bindings BINDINGS =
            new Bindings(
                    Json.parse("{\"a\":1,\"b\":{\"c\":[2,3]},\"s\":\"$.a\"}"),
                    Json.parse("{\"State\":{\"Name\":\"S\"}}"),
                    Map.of("v", Json.of(9)));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {"x.$":"$.a"}                                | {"x":1}
                    {"x.$":"$"}                                  | {"x":{"a":1,"b":{"c":[2,3]},"s":"$.a"}}
                    {"x":"$.a","y":"States.UUID()","$":"$$"}     | {"x":"$.a","y":"States.UUID()","$":"$$"}
                    {"x":{"y":[1,{"z.$":"$.b.c[1]"}]}}           | {"x":{"y":[1,{"z":3}]}}
                    [{"z.$":"$.b.c"},"$.a",null]                 | [{"z":[2,3]},"$.a",null]
                    {"x.$":"$$.State.Name","v.$":"$v"}           | {"v":9,"x":"S"}
                    {"x.$":"States.Array($.a, $v)"}              | {"x":[1,9]}
                    {"x.$":"$.b.c[7]"}                           | {"x":null}
                    {"x.$":"$.nope[*].c"}                        | {"x":[]}
                    {"x.$":"$.s"}                                | {"x":"$.a"}
                    {"Comment":"data","x.$":"$.a"}               | {"Comment":"data","x":1}
                    {"a.$.$":"$.a"}                              | {"a.$":1}
                    {".$":"$.a"}                                 | {"":1}
                    "$.a"                                        | "$.a"
                    5                                            | 5
                    {}                                           | {}
                    """)
    void evaluatesTheMembersThatAskForIt(String template, String expected) {
        assertThat(PayloadTemplate.compile(Json.parse(template)).evaluate(BINDINGS).text())
                .isEqualTo(expected);
    }

    /** Names with a .$ are evaluated to 1; the others are 0. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    value.$ bucketName                   | bucketName value
                    encoded.$ decoded.$                  | decoded encoded
                    simpleArray.$ partitionedArray.$ containsElement.$ numberRange.$ thirdElement.$ arraySize.$ uniqueValues.$ | uniqueValues simpleArray thirdElement partitionedArray arraySize containsElement numberRange
                    mergedJson.$ parsedJson.$ stringifiedJson.$ | parsedJson mergedJson stringifiedJson
                    splitString.$ formattedString.$      | formattedString splitString
                    z y.$ x w.$                          | z x w y
                    Aa.$ BB.$                            | Aa BB
                    BB.$ Aa.$                            | BB Aa
                    """)
    void membersStandInTheOrderOfTheService(String names, String expected) {
        var template = JsonObject.builder();
        for (var name : names.split(" ", -1)) {
            template.put(name, name.endsWith(".$") ? Json.of("$.a") : Json.of(0));
        }

        var value = (JsonObject) PayloadTemplate.compile(template.build()).evaluate(BINDINGS);

        assertThat(String.join(" ", value.names())).isEqualTo(expected);
    }

    @Test
    void manyEvaluatedMembersKeepTheOrderOfAGrownHashMap() {
        var template =
                JsonObject.of(
                        IntStream.range(0, 13)
                                .boxed()
                                .collect(
                                        Collectors.toMap(
                                                i -> "k" + i * 31 + ".$", _ -> Json.of("$"))));

        var value = (JsonObject) PayloadTemplate.compile(template).evaluate(BINDINGS);

        var expected =
                IntStream.range(0, 13)
                        .boxed()
                        .collect(Collectors.toMap(i -> "k" + i * 31, i -> i))
                        .keySet();
        assertThat(value.names()).containsExactlyElementsOf(expected);
    }

    @Test
    void sharesThePartsWithoutExpressions() {
        var source = (JsonObject) Json.parse("{\"k\":{\"deep\":[1,2]},\"x.$\":\"$.b\"}");
        var template = PayloadTemplate.compile(source);

        var value = (JsonObject) template.evaluate(BINDINGS);

        assertThat(template.constant()).isFalse();
        assertThat(value.find("k")).isSameAs(source.find("k"));
        assertThat(value.find("x")).isSameAs(((JsonObject) BINDINGS.input()).find("b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {"parsed.$":"States.Format('He said, \\\\\\"Hi\\\\\\"')"} | parsed.$ | /parsed.$
                    {"x.$":"text"}                          | x.$     | /x.$
                    {"x.$":1}                               | x.$     | /x.$
                    {"x.$":{"y.$":"$"}}                     | x.$     | /x.$
                    {"x.$":null}                            | x.$     | /x.$
                    {"x.$":""}                              | x.$     | /x.$
                    {"ok.$":"$","a":[0,{"b":{"x.$":"$."}}]} | x.$     | /a[1]/b/x.$
                    """)
    void refusesFieldsThatAreNoExpressions(String template, String field, String location) {
        var refused =
                catchThrowableOfType(
                        TemplateSyntaxException.class,
                        () -> PayloadTemplate.compile(Json.parse(template)));

        assertThat(refused.message())
                .isEqualTo(
                        "The value for the field '"
                                + field
                                + "' must be a valid JSONPath or a valid intrinsic function call");
        assertThat(refused.field()).isEqualTo(field);
        assertThat(refused.location()).isEqualTo(location);
        assertThat(refused.faults().getFirst().detail()).isNotBlank();
    }

    @Test
    void namesEveryFault() {
        var template = Json.parse("{\"a.$\":1,\"b\":{\"c.$\":\"x\"},\"d\":1,\"d.$\":\"$\"}");

        var refused =
                catchThrowableOfType(
                        TemplateSyntaxException.class, () -> PayloadTemplate.compile(template));

        assertThat(refused.faults())
                .extracting(TemplateSyntaxException.Fault::location)
                .containsExactly("/a.$", "/b/c.$", "/d.$");
    }

    @Test
    void aMissingNodeNamesTheFieldAsWritten() {
        var template = PayloadTemplate.compile(Json.parse("{\"k\":[{\"value.$\":\"$.x\"}]}"));
        var bindings = new Bindings(Json.parse("{\"other\":1}"), Json.NULL, Map.of());

        assertThatThrownBy(() -> template.evaluate(bindings))
                .isInstanceOf(ExpressionFailure.class)
                .hasMessage(
                        "States.Runtime: The JSONPath '$.x' specified for the field 'value.$' could"
                                + " not be found in the input '{\"other\":1}'");
    }

    @Test
    void namesTheVariablesInTheOrderOfEvaluation() {
        var template =
                PayloadTemplate.compile(
                        Json.parse(
                                "{\"z.$\":\"$z.a\",\"k\":[{\"x.$\":\"States.Array($x,$z)\"}],"
                                        + "\"plain\":\"$no\"}"));

        assertThat(template.variables()).containsExactly("x", "z");
    }

    @Test
    void deepTemplatesWorkUpToTheLimitOfValues() {
        Json template = JsonObject.of("x.$", Json.of("$.a"));
        for (var i = 0; i < 999; i++) {
            template = i % 2 == 0 ? JsonArray.of(template) : JsonObject.of("k", template);
        }
        var compiled = PayloadTemplate.compile(template);

        assertThat(compiled.evaluate(BINDINGS).text()).contains("{\"x\":1}");
        assertThatThrownBy(() ->
                        compiled.evaluate(
                                new Bindings(Json.parse("{\"a\":[]}"), Json.NULL, Map.of())))
                .isInstanceOf(ExpressionFailure.class)
                .hasMessageContaining("nested deeper");
    }
}
