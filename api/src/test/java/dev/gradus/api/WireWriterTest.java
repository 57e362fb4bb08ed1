package dev.gradus.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class WireWriterTest {

    @Test
    void separatesMembersAndElements() {
        var text =
                written(out ->
                        out.string("a", "1")
                                .array("b", List.of("x", "y"), out::string)
                                .array("c", List.<String>of(), out::string)
                                .object("d", () -> {})
                                .object("e", () -> out.flag("f", true).number("g", -1))
                                .string("h", Optional.empty())
                                .number("i", OptionalLong.empty())
                                .number("j", 2));

        assertThat(text)
                .isEqualTo(
                        "{\"a\":\"1\",\"b\":[\"x\",\"y\"],\"c\":[],\"d\":{},"
                                + "\"e\":{\"f\":true,\"g\":-1},\"j\":2}");
    }

    @ParameterizedTest
    @CsvSource({
        "1700000000123, 1700000000.123",
        "1700000000000, 1700000000.000",
        "1700000000007, 1700000000.007",
        "0, 0.000",
        "-1500, -1.500",
        "-2000, -2.000",
        "-1, -0.001"
    })
    void writesDatesAsSecondsWithMilliseconds(long millis, String expected) {
        assertThat(written(out -> out.date("d", millis))).isEqualTo("{\"d\":" + expected + "}");
    }

    @Property(seed = "5")
    void writesEveryStringSoThatAParserReadsItBack(@ForAll String value) {
        var read = JsonMapper.shared().readTree(written(out -> out.string("s", value)));
        assertThat(read.get("s").asString()).isEqualTo(value);
    }

    private static String written(Consumer<WireWriter> content) {
        var out = new WireWriter();
        out.object(() -> content.accept(out));
        return new String(out.toBytes(), StandardCharsets.UTF_8);
    }
}
