package dev.gradus.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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
}
