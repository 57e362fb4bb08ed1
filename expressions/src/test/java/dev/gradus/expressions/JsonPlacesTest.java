package dev.gradus.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JsonPlacesTest {
    private static final String TEXT =
            """
            {
              "a": {"b c": [1,
                 {"d": null}]},
              "é": "x"
            }
            """;

    @Test
    void knowsWhereNamesAndElementsStand() {
        var places = JsonPlaces.of(TEXT);

        assertThat(places.line()).isEqualTo(1);
        assertThat(places.column()).isEqualTo(1);
        var array = places.member("a").orElseThrow().member("b c").orElseThrow();
        assertThat(array.line()).isEqualTo(2);
        assertThat(array.column()).isEqualTo(9);
        var inner = array.element(1).orElseThrow().member("d").orElseThrow();
        assertThat(inner.line()).isEqualTo(3);
        assertThat(inner.column()).isEqualTo(7);
        assertThat(places.member("é").orElseThrow().line()).isEqualTo(4);
    }

    @Test
    void hasNoPlaceForWhatIsNotThere() {
        var places = JsonPlaces.of(TEXT);

        assertThat(places.member("b")).isEmpty();
        assertThat(places.element(0)).isEmpty();
        assertThatThrownBy(() -> JsonPlaces.of("{\"a\": ")).isInstanceOf(JsonSyntaxException.class);
        assertThatThrownBy(() -> JsonPlaces.of("[".repeat(10_000)))
                .isInstanceOf(JsonSyntaxException.class);
    }
}
