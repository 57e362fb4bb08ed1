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
                    ArrayPartition($[0], 2.6)               | [[1,2,3,4,5]]                        | [[1,2],[3,4],[5]]
                    ArrayPartition($[0], 2147483647)        | [[0,1]]                              | [[0,1]]
                    ArrayContains($[0], $[1])               | [[],null]                            | false
                    ArrayContains($[0], $[1])               | [[],[]]                              | false
                    ArrayContains($[0], $[1])               | [[[1,2,3],2],null]                   | false
                    ArrayContains($[0], $[1])               | [[{"1":2,"2":[]}],[]]                | false
                    ArrayContains($[0], $[1])               | [[[1,2,3],2],[1,2,3]]                | true
                    ArrayContains($[0], $[1])               | [[{"1":2,"2":[]}],{"1":2,"2":[]}]    | true
                    ArrayContains($[0], 'b')                | [["a","b"]]                          | true
                    ArrayContains($[0], true)               | [["true","maybe"]]                   | true
                    ArrayContains($[0], '7')                | [[7]]                                | true
                    ArrayContains($[0], false)              | [[0,"",null]]                        | false
                    ArrayContains($[0], $[1])               | [[{"a":1,"b":2}],{"b":2,"a":1}]      | false
                    ArrayContains($[0], null)               | [[1,null]]                           | true
                    ArrayRange(0, 9, 3)                     | []                                   | [0,3,6,9]
                    ArrayRange(0, 10, 3)                    | []                                   | [0,3,6,9]
                    ArrayRange(1, 9, 9)                     | []                                   | [1]
                    ArrayRange(1, 10, 2)                    | []                                   | [1,3,5,7,9]
                    ArrayRange(3, -3, -3)                   | []                                   | [3,0,-3]
                    ArrayRange(0, -1, 1)                    | []                                   | []
                    ArrayRange(1.4, 5.6, 2.2)               | []                                   | [1,3,5]
                    ArrayRange(1.6, 1.4, 1)                 | []                                   | [1]
                    ArrayRange(5.4, -0.6, -2.4)             | []                                   | [5,3,1]
                    ArrayGetItem($[0], 5)                   | [[1,2,3,4,5,6,7,8,9]]                | 6
                    ArrayGetItem($[0], 1.2)                 | [[1,2]]                              | 2
                    ArrayGetItem($[0], 999)                 | [[]]                                 | null
                    ArrayLength($[0])                       | [[null,null,true,1,1.1,[],[null],{}]] | 8
                    ArrayUnique($[0])                       | [[1,2,2,3,3,4]]                      | [1,2,3,4]
                    ArrayUnique($[0])                       | [[null,null,1,null]]                 | [null,1]
                    ArrayUnique($[0])                       | [[true,false,true]]                  | [false,true]
                    ArrayUnique($[0])                       | [[[1,2],[1,2],[2,1]]]                | [[2,1],[1,2]]
                    ArrayUnique($[0])                       | [["a","b","a","c","b"]]              | ["a","b","c"]
                    ArrayUnique($[0])                       | [[1,"1",1,"01"]]                     | [1,"1","01"]
                    ArrayUnique($[0])                       | [[{"a":1,"b":2},{"b":2,"a":1},1.5,12345678901,98765432109876543210]] | [{"a":1,"b":2},1.5,12345678901,98765432109876543210]
                    Base64Encode('')                        | []                                   | ""
                    Base64Decode('')                        | []                                   | ""
                    Base64Encode('Data to encode')          | []                                   | "RGF0YSB0byBlbmNvZGU="
                    Base64Decode('RGF0YSB0byBlbmNvZGU=')    | []                                   | "Data to encode"
                    Base64Decode('aGVsbG8')                 | []                                   | "hello"
                    Base64Decode(' aGV!sbG8= ')             | []                                   | "hello"
                    Base64Decode('aGk=sbG8=')               | []                                   | "hi"
                    Base64Decode('Pz8_Pj4-')                | []                                   | "???>>>"
                    Base64Decode('a')                       | []                                   | ""
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
                    JsonMerge($[0], $[0], 'false')          | [{}]                                 | {}
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

    /** Texts: executions on AWS that others recorded and published in 2026, but for the last. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    ArrayLength($[0])                    | [1]            | Invalid arguments in States.ArrayLength
                    ArrayLength()                        | []             | Invalid arguments in States.ArrayLength
                    ArrayPartition($[0], 0)              | [[1]]          | Invalid arguments in States.ArrayPartition
                    ArrayPartition($[0], -0.4)           | [[1]]          | Invalid arguments in States.ArrayPartition
                    ArrayPartition($[0], '2')            | [[1]]          | Invalid arguments in States.ArrayPartition
                    ArrayPartition($[0])                 | [[1]]          | Invalid arguments in States.ArrayPartition
                    ArrayContains('a', 'a')              | []             | Invalid arguments in States.ArrayContains
                    ArrayRange(0, 5, 0.49)               | []             | Invalid arguments in States.ArrayRange
                    ArrayRange(1, 1001, 1)               | []             | Invalid arguments in States.ArrayRange
                    ArrayRange(-2147483648, 2147483647, 1) | []           | Invalid arguments in States.ArrayRange
                    ArrayRange('a', 5, 1)                | []             | Invalid arguments in States.ArrayRange
                    ArrayGetItem($[0], 2)                | [[1,2]]        | Invalid arguments in States.ArrayGetItem
                    ArrayGetItem($[0], -1)               | [[1,2]]        | Invalid arguments in States.ArrayGetItem
                    ArrayGetItem($[0], -1)               | [[]]           | Invalid arguments in States.ArrayGetItem
                    Base64Encode(1)                      | []             | Invalid arguments in States.Base64Encode
                    Base64Decode()                       | []             | Invalid arguments in States.Base64Decode
                    Hash('a', 'md5')                     | []             | Invalid arguments in States.Hash
                    StringToJson('{bad}')                | []             | Cannot convert String to Json in States.StringToJson, caused by: Unexpected character ('b' (code 98)): was expecting double-quote to start field name\\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2]
                    StringToJson($[0])                   | ["{\\"a\\":1"] | Cannot convert String to Json in States.StringToJson, caused by: Unexpected end-of-input: expected close marker for Object (start marker at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 1])\\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 7]
                    StringToJson('undefined')            | []             | Cannot convert String to Json in States.StringToJson, caused by: Unrecognized token 'undefined': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 10]
                    StringToJson(null)                   | []             | Invalid arguments in States.StringToJson
                    JsonMerge($[0], $[0], true)          | [{}]           | Invalid arguments in States.JsonMerge
                    JsonMerge($[0], 1, false)            | [{}]           | Invalid arguments in States.JsonMerge
                    MathAdd(2147483647, 1)               | []             | Invalid arguments in States.MathAdd
                    MathAdd(2147483648, 1)               | []             | Invalid arguments in States.MathAdd
                    MathAdd(1)                           | []             | Invalid arguments in States.MathAdd
                    MathRandom(1.4, 1.6)                 | []             | Invalid arguments in States.MathRandom
                    StringSplit(true, ',')               | []             | Invalid arguments in States.StringSplit
                    Format('Hello {', 1)                 | []             | Invalid template in States.Format: matching '}' not found for '{'.
                    Format('Hello {{}}', 1)              | []             | Invalid template in States.Format: matching '}' not found for '{'.
                    Format('}')                          | []             | Invalid template in States.Format: matching '{' not found for '}'.
                    Format('{} {}', 1)                   | []             | Invalid arguments in States.Format: number of arguments do not match the occurrences of {}.
                    Format('{}', 1, 2)                   | []             | Invalid arguments in States.Format: number of arguments do not match the occurrences of {}.
                    Format($[0], 1)                      | ["a { b"]      | Invalid template in States.Format: matching '}' not found for '{'.
                    Format(1)                            | []             | Invalid arguments in States.Format
                    ArrayLength(States.JsonToString($))  | [1]            | Invalid arguments in States.ArrayLength
                    Array(States.MathAdd('1', 1))        | []             | Invalid arguments in States.MathAdd
                    Format($[0], 1)                      | ["\\\\a"]      | Invalid template in States.Format: a backslash stands only before ' \\ { or }.
                    """)
    void argumentsThatDoNotFitFailTheIntrinsic(String call, String input, String detail) {
        var failure =
                catchThrowableOfType(
                        ExpressionFailure.class,
                        () -> evaluate("States." + call, Json.parse(input)));

        assertThat(failure.error()).isEqualTo("States.IntrinsicFailure");
        assertThat(failure.cause())
                .isEqualTo(
                        "There was an error while evaluating the intrinsic function: States."
                                + call
                                + ". "
                                + detail.replace("\\n", "\n"));
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
                    .hasMessageContaining("Invalid arguments in States.");
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
        assertThat(drawn).isBetween(12L, 43L);
        assertThat(evaluate("States.MathRandom(1, 100, 42)", Json.NULL)).isEqualTo(Json.of(63));
        assertThat(evaluate("States.MathRandom(1, 1000, 2)", Json.of(1))).isEqualTo(Json.of(806));
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
