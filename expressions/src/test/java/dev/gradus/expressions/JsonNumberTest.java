package dev.gradus.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumberTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1",
                "-0.3",
                "12.5",
                "1e3",
                "-1E-7",
                "999999999999999",
                "0.0000000000001",
                "-0.0",
                "9007199254740993",
                "123456789.012345",
                "1.7976931348623157e308",
                "0.10000000000000001"
            })
    void isTheNearestDouble(String text) {
        assertThat(new JsonNumber(text).doubleValue()).isEqualTo(Double.parseDouble(text));
    }

    @Test
    void isTheNearestDoubleWhateverTheDigits() {
        var random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            var text =
                    (random.nextBoolean() ? "-" : "")
                            + random.nextLong(1L << random.nextInt(1, 50))
                            + "."
                            + (1 + random.nextLong(1L << random.nextInt(1, 40)));
            assertThat(new JsonNumber(text).doubleValue()).isEqualTo(Double.parseDouble(text));
        }
    }

    @Test
    void zeroHasNoSignAsAnInteger() {
        assertThat(1 / new JsonNumber("-0").doubleValue()).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
