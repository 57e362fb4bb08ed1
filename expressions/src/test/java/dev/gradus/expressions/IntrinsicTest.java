package dev.gradus.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntrinsicTest {
    private static final Map<String, Json> VARIABLES =
            Map.of("v", Json.of("variable"), "t", Json.of("It's {}!"));

    private static Bindings bindings(Json input) {
        return Bindings.of(
                () -> input,
                () -> Json.parse("{\"StateMachine\":{\"Id\":\"arn:x\",\"Name\":\"m\"}}"),
                name -> Optional.ofNullable(VARIABLES.get(name)),
                new Randomness(11));
    }

    private static Json evaluate(String call, Json input) {
        return Intrinsic.compile(call).evaluate(bindings(input));
    }

    /** The first column is the argument list; $[0], $[1] are the elements of the second. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    Array()                                 | []                                   | []
                    Array(null, null)                       | []                                   | [null,null]
                    Array(1, 'a', true, false, $[0])        | [{"Arg1":1,"Arg2":[]}]               | [1,"a",true,false,{"Arg1":1,"Arg2":[]}]
                    Array(-1.5, 1E3, 'x', States.Array())   | []                                   | [-1.5,1E3,"x",[]]
                    ArrayPartition($[0], 3)                 | [[]]                                 | []
                    ArrayPartition($[0], 5)                 | [[0]]                                | [[0]]
                    ArrayPartition($[0], 2)                 | [[0,1,2]]                            | [[0,1],[2]]
                    ArrayPartition($[0], 3)                 | [[0,1,2,3]]                          | [[0,1,2],[3]]
                    ArrayPartition($[0], 1.5)               | [[0,1,2]]                            | [[0,1],[2]]
                    ArrayPartition($[0], 2147483647)        | [[0,1]]                              | [[0,1]]
                    ArrayContains($[0], $[1])               | [[],null]                            | false
                    ArrayContains($[0], $[1])               | [[],[]]                              | false
                    ArrayContains($[0], $[1])               | [[[1,2,3],2],null]                   | false
                    ArrayContains($[0], $[1])               | [[{"1":2,"2":[]}],[]]                | false
                    ArrayContains($[0], $[1])               | [[[1,2,3],2],[1,2,3]]                | true
                    ArrayContains($[0], $[1])               | [[{"1":2,"2":[]}],{"1":2,"2":[]}]    | true
                    ArrayContains($[0], 'b')                | [["a","b"]]                          | true
                    ArrayRange(0, 9, 3)                     | []                                   | [0,3,6,9]
                    ArrayRange(0, 10, 3)                    | []                                   | [0,3,6,9]
                    ArrayRange(1, 9, 9)                     | []                                   | [1]
                    ArrayRange(1, 10, 2)                    | []                                   | [1,3,5,7,9]
                    ArrayRange(3, -3, -3)                   | []                                   | [3,0,-3]
                    ArrayRange(0, -1, 1)                    | []                                   | []
                    ArrayRange(0.4, 2.5, 1.2)               | []                                   | [0,1,2,3]
                    ArrayGetItem($[0], 5)                   | [[1,2,3,4,5,6,7,8,9]]                | 6
                    ArrayGetItem($[0], 1.0)                 | [[1,2]]                              | 2
                    ArrayLength($[0])                       | [[null,null,true,1,1.1,[],[null],{}]] | 8
                    ArrayUnique($[0])                       | [[1,2,2,3,3,4]]                      | [1,2,3,4]
                    ArrayUnique($[0])                       | [[{"a":1,"b":2},{"b":2.0,"a":1},1,1.0,"1",null,null,[],[]]] | [{"a":1,"b":2},1,"1",null,[]]
                    Base64Encode('')                        | []                                   | ""
                    Base64Decode('')                        | []                                   | ""
                    Base64Encode('Data to encode')          | []                                   | "RGF0YSB0byBlbmNvZGU="
                    Base64Decode('RGF0YSB0byBlbmNvZGU=')    | []                                   | "Data to encode"
                    Base64Encode($[0])                      | ["é"]                                | "w6k="
                    Hash('input data', 'MD5')               | []                                   | "812f45842bc6d66ee14572ce20db8e86"
                    Hash('input data', 'SHA-1')             | []                                   | "aaff4a450a104cd177d28d18d74485e8cae074b7"
                    Hash('input data', 'SHA-256')           | []                                   | "b4a697a057313163aee33cd8d40c66e9f0f177e00cac2de32475ffff6169c3e3"
                    Hash('Hash this string', 'SHA-256')     | []                                   | "1cac63f39fd68d8c531f27b807610fb3d50f0fc3f186995767fb6316e7200a3e"
                    Hash($[0], 'MD5')                       | [{"a":1}]                            | "bb6cb5c68df4652941caf652a366f2d8"
                    StringToJson('')                        | []                                   | null
                    StringToJson($[0])                      | [" "]                                | null
                    StringToJson('null')                    | []                                   | null
                    StringToJson('-0')                      | []                                   | 0
                    StringToJson('1.1')                     | []                                   | 1.1
                    StringToJson('[1, 2]')                  | []                                   | [1,2]
                    StringToJson('{"k":"v"}')               | []                                   | {"k":"v"}
                    JsonToString(null)                      | []                                   | "null"
                    JsonToString(1.1)                       | []                                   | "1.1"
                    JsonToString('Hi')                      | []                                   | "\\"Hi\\""
                    JsonToString($[0])                      | [[1, 2]]                             | "[1,2]"
                    JsonMerge($[0], $[1], false)            | [{"a":{"a1":1,"a2":2},"b":2,"d":3},{"a":{"a3":1,"a4":2},"c":3,"d":4}] | {"a":{"a3":1,"a4":2},"b":2,"c":3,"d":4}
                    JsonMerge($[0], $[1], false)            | [{"value":1},{"bucketName":2,"decoded":3}] | {"bucketName":2,"decoded":3,"value":1}
                    MathAdd(1.49, 1.5)                      | []                                   | 3
                    MathAdd(1.5, 1.51)                      | []                                   | 4
                    MathAdd(-1.49, -1.5)                    | []                                   | -2
                    MathAdd(-1.5, -1.51)                    | []                                   | -3
                    MathAdd(-0.5, 0.5)                      | []                                   | 1
                    MathAdd(-0.5, 0)                        | []                                   | 0
                    MathAdd(2.5, 0)                         | []                                   | 3
                    MathAdd(-2.5, 0)                        | []                                   | -2
                    MathAdd(-3.5, 0)                        | []                                   | -3
                    MathAdd(2147483647, -2147483648)        | []                                   | -1
                    StringSplit(' , ', ',')                 | []                                   | [" "," "]
                    StringSplit(', , ,', ',')               | []                                   | [" "," "]
                    StringSplit(',,,,', ',')                | []                                   | []
                    StringSplit('', ',')                    | []                                   | []
                    StringSplit('abc', '')                  | []                                   | ["abc"]
                    StringSplit('This.is+a,test=string', '.+,=') | []                              | ["This","is","a","test","string"]
                    StringSplit($[0], $[1])                 | ["split on T and \\nnew line","T\\n"] | ["split on "," and ","new line"]
                    Format('x {}.', $[0])                   | [""]                                 | "x ."
                    Format('x {}.', $[0])                   | [null]                               | "x null."
                    Format('x {}.', $[0])                   | [1]                                  | "x 1."
                    Format('x {}.', $[0])                   | [1.10]                               | "x 1.10."
                    Format('x {}.', $[0])                   | ["{\\"a\\": 1}"]                     | "x {\\"a\\": 1}."
                    Format('{}', $[0])                      | [{"Arg1":1,"Arg2":[]}]               | "{Arg1=1, Arg2=[]}"
                    Format('{}', $[0])                      | [[1,"a",null,{"k":{"l":[true,2]}}]]  | "[1, a, null, {k={l=[true, 2]}}]"
                    Format('{}', $$.StateMachine)           | []                                   | "{Id=arn:x, Name=m}"
                    Format('\\{\\'{}\\'\\} \\\\', true)     | []                                   | "{'true'} \\\\"
                    Format('{}{}', 'a', $v)                 | []                                   | "avariable"
                    Format($t, 'ok')                        | []                                   | "It's ok!"
                    Format($[0], 'b')                       | ["a\\\\{\\\\}{}"]                    | "a{}b"
                    Format('no arguments')                  | []                                   | "no arguments"
                    Format('{}', $[?(@ > 1 && @ != 7)])     | [1,2,7,3]                            | "[2, 3]"
                    Format('{}', $[0]['a,b)'])              | [{"a,b)":"c"}]                       | "c"
                    ArrayLength($[*])                       | []                                   | 0
                    ArrayLength( $[0] )                     | [[1]]                                | 1
                    ArrayGetItem(States.StringSplit('a-b', '-'), States.MathAdd(1, 0)) | []        | "b"
                    """)
    void givesTheValueOfTheService(String call, String input, String expected) {
        assertThat(evaluate("States." + call, Json.parse(input)).text()).isEqualTo(expected);
    }

    @Test
    void lineFeedsOfTheDefinitionAreDelimiters() {
        var definition = (JsonString) Json.parse("\"States.StringSplit('Hello\\nWorld', '\\n')\"");

        assertThat(evaluate(definition.value(), Json.NULL).text())
                .isEqualTo("[\"Hello\",\"World\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    ArrayLength($[0])                    | [1]            | Argument 1 of States.ArrayLength must be an array but was a number
                    ArrayPartition($[0], 0)              | [[1]]          | The chunk size must be a positive number but was 0
                    ArrayPartition($[0], 0.4)            | [[1]]          | The chunk size must be a positive number but was 0
                    ArrayContains('a', 'a')              | []             | Argument 1 of States.ArrayContains must be an array but was a string
                    ArrayRange(0, 5, 0)                  | []             | The step of a range cannot be 0
                    ArrayRange(1, 1001, 1)               | []             | A range has at most 1000 items but would have 1001
                    ArrayRange(-2147483648, 2147483647, 1) | []           | A range has at most 1000 items but would have 4294967296
                    ArrayRange('a', 5, 1)                | []             | Argument 1 of States.ArrayRange must be a number but was a string
                    ArrayGetItem($[0], 2)                | [[1,2]]        | The index must be an integer from 0 to less than the array's length 2 but was 2
                    ArrayGetItem($[0], -1)               | [[1,2]]        | The index must be an integer from 0 to less than the array's length 2 but was -1
                    ArrayGetItem($[0], 0.5)              | [[1,2]]        | The index must be an integer from 0 to less than the array's length 2 but was 0.5
                    Base64Decode('a*b')                  | []             | The string is not Base64: Illegal base64 character 2a
                    Base64Encode(1)                      | []             | Argument 1 of States.Base64Encode must be a string but was a number
                    Hash('a', 'md5')                     | []             | The algorithm must be MD5, SHA-1, SHA-256, SHA-384 or SHA-512 but was "md5"
                    StringToJson('{')                    | []             | The string is not valid JSON: Unexpected end-of-input: expected close marker for Object (start marker at [Source: (String)"{"; line: 1, column: 1])
                    StringToJson(null)                   | []             | Argument 1 of States.StringToJson must be a string but was null
                    JsonMerge($[0], $[0], true)          | [{}]           | States.JsonMerge merges only the top level: argument 3 must be false but was true
                    JsonMerge($[0], 1, false)            | [{}]           | Argument 2 of States.JsonMerge must be an object but was a number
                    MathAdd(2147483647, 1)               | []             | The sum 2147483648 does not fit a 32-bit integer
                    MathAdd(2147483648, 1)               | []             | Argument 1 of States.MathAdd must be from -2147483648 to 2147483647 but was 2147483648
                    MathAdd(1E400, 1)                    | []             | Argument 1 of States.MathAdd must be from -2147483648 to 2147483647 but was 1E400
                    MathRandom(2, 2)                     | []             | The start number must be less than the end number but 2 is not less than 2
                    StringSplit(true, ',')               | []             | Argument 1 of States.StringSplit must be a string but was a boolean
                    Format('{} {}', 1)                   | []             | The template has 2 occurrences of {} but 1 arguments follow it
                    Format('{}', 1, 2)                   | []             | The template has 1 occurrences of {} but 2 arguments follow it
                    Format($[0], 1)                      | ["a { b"]      | The template has a brace that is neither {} nor escaped: "a { b"
                    Format(1)                            | []             | Argument 1 of States.Format must be a string but was a number
                    Array(States.MathAdd('1', 1))        | []             | Argument 1 of States.MathAdd must be a number but was a string
                    """)
    void argumentsThatDoNotFitFailTheIntrinsic(String call, String input, String detail) {
        var failure =
                catchThrowableOfType(
                        ExpressionFailure.class,
                        () -> evaluate("States." + call, Json.parse(input)));

        assertThat(failure.error()).isEqualTo("States.IntrinsicFailure");
        assertThat(failure.cause())
                .isEqualTo("The function 'States." + call + "' had the following error: " + detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    States.JsonToString($.nope)                 | $.nope
                    States.Array(1, States.Array( $.a.b ), 2)   | $.a.b
                    States.JsonToString($$.x)                   | $.x
                    States.JsonToString($.list[1])              | $.list[1]
                    States.JsonToString($none)                  | $none
                    """)
    void anArgumentThatFindsNothingIsARuntimeFailure(String call, String path) {
        var input = "{\"other\":1,\"list\":[0]}";
        var failure =
                catchThrowableOfType(
                        ExpressionFailure.class, () -> evaluate(call, Json.parse(input)));

        assertThat(failure.error()).isEqualTo("States.Runtime");
        assertThat(failure.cause())
                .isEqualTo(
                        "The function '"
                                + call
                                + "' had the following error: The JsonPath argument for the field '"
                                + path
                                + "' could not be found in the input '"
                                + input
                                + "'");
    }

    @Test
    void codecsTakeTenThousandCharacters() {
        var most = Json.of("x".repeat(10_000));
        var tooMany = Json.of("x".repeat(10_001));

        for (var call :
                new String[] {
                    "States.Base64Encode($)", "States.Hash($, 'MD5')",
                }) {
            assertThat(evaluate(call, most)).isInstanceOf(JsonString.class);
            assertThatThrownBy(() -> evaluate(call, tooMany))
                    .isInstanceOf(ExpressionFailure.class)
                    .hasMessageContaining("at most 10000 characters");
        }
        assertThatThrownBy(() -> evaluate("States.Base64Decode($)", tooMany))
                .isInstanceOf(ExpressionFailure.class);
        assertThatThrownBy(() -> evaluate("States.Hash($, 'MD5')", JsonArray.of(tooMany)))
                .isInstanceOf(ExpressionFailure.class);
    }

    @Test
    void rangesMayHaveAThousandItems() {
        assertThat(((JsonArray) evaluate("States.ArrayRange(1, 1000, 1)", Json.NULL)).size())
                .isEqualTo(1_000);
    }

    @Test
    void aTextThatDoublesAtEveryLevelIsStopped() {
        var call = "$";
        for (var i = 0; i < 10; i++) {
            call = "States.Format('{}{}', " + call + ", $)";
        }
        var wide = "States.Format('" + "{}".repeat(200) + "'" + ", $".repeat(200) + ")";
        var large = Json.of("x".repeat(200_000));

        assertThat(evaluate(call, Json.of("ab"))).isInstanceOf(JsonString.class);
        assertThatThrownBy(() -> evaluate(wide, large))
                .isInstanceOf(ExpressionFailure.class)
                .hasMessageContaining("the maximum is 8388608");
        assertThatThrownBy(() ->
                        evaluate(
                                "States.JsonToString(States.Array(" + "$, ".repeat(200) + "$))",
                                large))
                .isInstanceOf(ExpressionFailure.class);
    }

    @Test
    void randomNumbersStayInTheirRangeAndFollowTheirSeed() {
        var drawn =
                ((JsonNumber) evaluate("States.MathRandom(12.5, 44.51)", Json.NULL))
                        .longValue()
                        .getAsLong();
        assertThat(drawn).isBetween(13L, 44L);
        assertThat(evaluate("States.MathRandom(-9, -1, 42)", Json.NULL))
                .isEqualTo(Json.of(-9 + new Random(42).nextInt(8)))
                .isEqualTo(evaluate("States.MathRandom(-9, -1, 42)", Json.of(1)));
        assertThat(evaluate("States.MathRandom(-2147483648, 2147483647, 1)", Json.NULL))
                .isEqualTo(Json.of(new Random(1).nextInt()));
    }

    @Test
    void uuidsAreOfVersionFourAndNeedRandomness() {
        var uuid = ((JsonString) evaluate("States.UUID()", Json.NULL)).value();

        assertThat(UUID.fromString(uuid).version()).isEqualTo(4);
        assertThatThrownBy(() ->
                        Intrinsic.compile("States.UUID()")
                                .evaluate(new Bindings(Json.NULL, Json.NULL, Map.of())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void namesTheVariablesItReads() {
        var call = Intrinsic.compile("States.Format($t, $$.x, States.Array($v, $.y, $t), 'a $z')");

        assertThat(call.variables()).containsExactly("t", "v");
        assertThat(call.functionName()).isEqualTo("States.Format");
        assertThat(call.source()).startsWith("States.Format($t");
    }
}
