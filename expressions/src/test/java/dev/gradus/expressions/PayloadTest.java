package dev.gradus.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    { "a" : [ 1 , 2.50 ] , "b c" : " d  e " }      | {"a":[1,2.50],"b c":" d  e "}
                    [ -0 , -0.0 , 1e-0 , 10 ]                      | [0,-0.0,1e-0,10]
                    "\\u0041 \\/ \\u00e9 \\n \\u000a \\" \\\\ "    | "A / é \\n \\n \\" \\\\ "
                    {"\\u0061":"😀 \\ud83d\\ude00 \\ud800"}         | {"a":"😀 😀 \\uD800"}
                    {"a":1, "a":2}                                 | {"a":1,"a":2}
                    """)
    void compactsTextFromOutsideWithoutATree(String text, String compact) {
        assertThat(Payload.ofText(text).text()).isEqualTo(compact);
        assertThat(Payload.ofText(compact).text()).isEqualTo(compact);
    }

    @Test
    void bytesAndTreeAreMadeFromEachOther() {
        var fromTree = Payload.of(JsonObject.of("é", Json.of(1)));
        var fromText = Payload.ofText(" {\"é\" : 1}");
        var fromStore = Payload.ofCompactUtf8("{\"é\":1}".getBytes(StandardCharsets.UTF_8));

        assertThat(fromTree).isEqualTo(fromText).isEqualTo(fromStore).hasSameHashCodeAs(fromText);
        assertThat(fromStore.json()).isEqualTo(fromTree.json());
        assertThat(fromStore.bytes()).isEqualTo(8);
        assertThat(fromTree.text()).isEqualTo("{\"é\":1}");
        assertThat(fromTree.utf8()).isSameAs(fromTree.utf8());
        assertThat(fromStore.json()).isSameAs(fromStore.json());
        assertThat(Payload.EMPTY_OBJECT.text()).isEqualTo("{}");
    }

    @Test
    void digestIsTheStartOfTheHashOfItsBytes() {
        assertThat(HexFormat.of().formatHex(Payload.EMPTY_OBJECT.digest()))
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e");
    }

    @Test
    void fitsCountsBytesOfUtf8() {
        var payload = Payload.of(Json.of("éé"));

        assertThat(payload.fits(6)).isTrue();
        assertThat(payload.fits(5)).isFalse();
        assertThat(Payload.ofText("\"éé\"").fits(5)).isFalse();
    }

    @Test
    void damagedBytesOfTheStoreAreNotTheCallersFault() {
        var damaged = Payload.ofCompactUtf8("{\"a\":".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(damaged::json).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void putsAnArrayTogetherWithoutParsingItsElements() {
        var text = Payload.ofText("{\"a\": \"[\\\"\"}");
        var tree = Payload.of(Json.of("é"));
        var array = Payload.ofElements(List.of(text, tree, Payload.NULL));

        assertThat(array.text()).isEqualTo("[{\"a\":\"[\\\"\"},\"é\",null]");
        assertThat(array.fits(array.bytes())).isTrue();
        assertThat(array.fits(array.bytes() - 1)).isFalse();
        assertThat(array.parsedBytes()).isZero();
        assertThat(array.json()).isEqualTo(Json.parse(array.utf8()));
        assertThat(array.parsedBytes()).isEqualTo(text.bytes());
        assertThat(array).isEqualTo(Payload.ofText(array.text()));
        assertThat(Payload.ofElements(List.of()).text()).isEqualTo("[]");
        assertThat(Payload.ofElements(List.of()).json()).isEqualTo(JsonArray.EMPTY);
    }

    @Test
    void doesNotWriteAnArrayOutThatIsFarTooLarge() {
        var part = Payload.of(Json.of("x".repeat(1_000)));
        var array = Payload.ofElements(Collections.nCopies(4_000_000, part));

        assertThat(array.fits(262_144)).isFalse();
    }

    @Test
    void refusesAnArrayThatIsNestedTooDeep() {
        int levels = ExpressionLimits.NESTING_LEVELS_MAX;
        var deep = Payload.ofText("[".repeat(levels) + "]".repeat(levels));
        var brackets = Payload.ofText("\"\\\"" + "[".repeat(levels) + "\"");

        assertThat(Payload.ofElements(List.of(brackets)).bytes()).isEqualTo(levels + 6);
        assertThatThrownBy(() -> Payload.ofElements(List.of(Payload.NULL, deep)))
                .isInstanceOf(ExpressionFailure.class)
                .hasMessageContaining("nested deeper");
    }

    @Test
    void countsTheBytesThatWereParsedForItsTree() {
        var text = Payload.ofText("[1, 2]");
        assertThat(text.parsedBytes()).isZero();
        assertThat(text.fits(5)).isTrue();
        assertThat(text.parsedBytes()).isZero();

        text.json();
        text.json();

        assertThat(text.parsedBytes()).isEqualTo(5);
        assertThat(Payload.of(Json.of(1)).parsedBytes()).isZero();
    }
}
