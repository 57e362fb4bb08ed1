package dev.gradus.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntrinsicSyntaxTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "States.UUID()",
                "States.UUID( )",
                "States.Array(1,2)",
                "States.Array( 1 ,\n'a' , $.b )",
                "States.Format('He said, \"Hi\"')",
                "States.Format('it\\'s \\{\\} {} \\\\', $)",
                "States.StringToJson('{\"k\":{}}')",
                "States.Array('', ' ', ',', ')', '$', 'States.UUID()')",
                "States.Array(-1, 0, 1.5, 1e3, 1E-3, null, true, false)",
                "States.Array($, $$, $v, $.a[0]['b,c'], $.a[?(@.x == ')' && @.y =~ /,'/)], $..z)",
                "States.MathRandom(1, 2)",
                "States.MathRandom(1, 2, $.seed)",
                "States.MathAdd(1)",
                "States.ArrayLength()",
                "States.UUID($.x, null)",
                "States.Format('a { b')"
            })
    void acceptsCalls(String call) {
        assertThat(Intrinsic.compile(call).source()).isEqualTo(call);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "States",
                "States.",
                "States.UUID",
                "States.UUID(",
                "States.UUID()x",
                "States.Nope()",
                "states.UUID()",
                "States.uuid()",
                "States.UUID ()",
                "UUID()",
                "$.a",
                "'a'",
                "States.Array(,)",
                "States.Array(1,)",
                "States.Array(,1)",
                "States.Array(1 2)",
                "States.Array(1;2)",
                "States.Array('a)",
                "States.Array('a\\)",
                "States.Array('a''b')",
                "States.Array(\"a\")",
                "States.Array(a)",
                "States.Array(01)",
                "States.Array(+1)",
                "States.Array(1.)",
                "States.Array(NaN)",
                "States.Array(True)",
                "States.Array([1])",
                "States.Array({})",
                "States.Array($.a[)",
                "States.Array($.)",
                "States.Array(@.a)",
                "States.Array(States.Nope())",
                "States.Format('He said, \\\"Hi\\\"')",
                "States.Format('a\\nb')"
            })
    void refusesWhatIsNoCall(String call) {
        assertThatThrownBy(() -> Intrinsic.compile(call))
                .isInstanceOf(IntrinsicSyntaxException.class);
    }

    @Test
    void callsNestTenLevelsAndNoDeeper() {
        var ten = "States.Array(".repeat(10) + ")".repeat(10);

        assertThat(Intrinsic.compile(ten).source()).isEqualTo(ten);
        assertThatThrownBy(() -> Intrinsic.compile("States.Array(" + ten + ")"))
                .isInstanceOf(IntrinsicSyntaxException.class)
                .hasMessageContaining("at most 10 levels");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"States.Array(", "States.Array($[", "States.Array($[?(", "States.Array('"})
    void longRepetitionsAreRefusedNotOverflown(String part) {
        assertThatThrownBy(() -> Intrinsic.compile(part.repeat(4_000)))
                .isInstanceOf(IntrinsicSyntaxException.class);
        assertThatThrownBy(() -> Intrinsic.compile(part.repeat(10_000)))
                .isInstanceOf(IntrinsicSyntaxException.class);
    }

    @Test
    void aFieldTakesAPathOrACall() {
        assertThat(ValueExpression.compile("$.a")).isInstanceOf(JsonPath.class);
        assertThat(ValueExpression.compile("$$")).isInstanceOf(JsonPath.class);
        assertThat(ValueExpression.compile("States.UUID()")).isInstanceOf(Intrinsic.class);
        assertThatThrownBy(() -> ValueExpression.compile("text"))
                .isInstanceOf(ExpressionSyntaxException.class);
        assertThatThrownBy(() -> ValueExpression.compile("$."))
                .isInstanceOf(ExpressionSyntaxException.class);
    }
}
