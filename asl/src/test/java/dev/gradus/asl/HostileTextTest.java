package dev.gradus.asl;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that want to hurt: too deep, too long, broken. Each gets diagnostics, and soon. */
class HostileTextTest {
    /**
     * Generous, as machines are slow and shared; what is caught is work that grows with the square.
     */
    private static final Duration SOON = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\": 1,}",
                "{'a': 1}",
                "// comment\n{}",
                "{/* comment */}",
                "\uFEFF{}",
                "{\"a\": NaN}",
                "{\"a\": 01}",
                "{\"a\": \"\\x\"}",
                "{\"a\": \"",
                "{1: 2}",
                "{null: 2}",
                "{\"StartAt\": \"A\", \"StartAt\": \"B\"}",
                "\u0000",
                "\uD800",
            })
    void saysThatABrokenTextIsNoJson(String text) {
        var diagnostics = Validator.validate(text, MachineType.STANDARD);

        assertThat(diagnostics)
                .singleElement()
                .satisfies(it -> assertThat(it.code()).isEqualTo("INVALID_JSON_DESCRIPTION"))
                .satisfies(it -> assertThat(it.location()).isPresent());
    }

    @Test
    void refusesNestingThatNoReaderCouldFollow() {
        var arrays = "[".repeat(10_000) + "]".repeat(10_000);
        var objects = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);

        for (var text :
                List.of(
                        arrays,
                        objects,
                        Vectors.machineOf("{\"Type\":\"Pass\",\"Result\":" + arrays + "}"))) {
            assertThat(codes(text)).containsExactly("INVALID_JSON_DESCRIPTION");
            assertThat(Parser.parse(text)).isInstanceOf(ParseResult.Refused.class);
        }
    }

    @Test
    void readsTheDeepestBlocksThatJsonMayHave() {
        int depth = 190;
        var states = "{\"Type\": \"Succeed\"}";
        for (int i = 0; i < depth; i++) {
            states =
                    "{\"Type\": \"Parallel\", \"End\": true, \"Branches\": [{\"StartAt\": \"s"
                            + i
                            + "\", \"States\":"
                            + " {\"s"
                            + i
                            + "\": "
                            + states
                            + "}}]}";
        }

        assertThat(codes(Vectors.machineOf(states))).isEmpty();
    }

    @Test
    void readsTheDeepestConditionThatJsonMayHave() {
        int depth = 900;
        var condition =
                "{\"Not\": ".repeat(depth)
                        + "{\"Variable\": \"$.a\", \"IsNull\": true}"
                        + "}".repeat(depth);
        var rule = condition.substring(0, condition.length() - 1) + ", \"Next\": \"S\"}";

        assertThat(codes(Vectors.machineOf("{\"Type\": \"Choice\", \"Choices\": [" + rule + "]}")))
                .containsExactly("MISSING_END_STATE");
    }

    @Test
    void readsAHundredThousandStates() {
        var definition = chain(100_000);

        takesLittle(() -> {
            assertThat(codes(definition)).isEmpty();
            assertThat(Parser.parse(definition)).isInstanceOf(ParseResult.Parsed.class);
        });
    }

    @Test
    void complainsOfAHundredThousandStatesQuickly() {
        var definition = chain(100_000).replace("\"Pass\"", "\"Parse\"");

        takesLittle(() -> assertThat(codes(definition)).hasSize(Findings.KEPT_MAX));
    }

    @Test
    void complainsOfAHundredThousandFieldsQuickly() {
        var fields =
                IntStream.range(0, 100_000)
                        .mapToObj(i -> "\"f" + i + "\": 1")
                        .collect(Collectors.joining(","));
        var definition = Vectors.machineOf("{\"Type\": \"Succeed\"," + fields + "}");

        takesLittle(() -> assertThat(codes(definition)).hasSize(Findings.KEPT_MAX));
    }

    @Test
    void takesHugeNumbersForWhatTheyAre() {
        var digits = "9".repeat(900);
        var state = "{\"Type\": \"Wait\", \"Seconds\": %s, \"End\": true}";

        assertThat(
                        Validator.validate(
                                Vectors.machineOf(state.formatted(digits)), MachineType.STANDARD))
                .singleElement()
                .satisfies(it -> assertThat(it.message()).isEqualTo("Maximum value is 99999999"));
        assertThat(
                        Validator.validate(
                                Vectors.machineOf(state.formatted("-" + digits)),
                                MachineType.STANDARD))
                .singleElement()
                .satisfies(it -> assertThat(it.message()).isEqualTo("Minimum value is 0"));
        assertThat(codes(Vectors.machineOf(state.formatted("9".repeat(100_000)))))
                .containsExactly("INVALID_JSON_DESCRIPTION");
    }

    @Test
    void saysTheSameThingTwice() {
        var definition =
                "{\"StartAt\": 1, \"States\": {\"A\": {}, \"B\": 1, \"C\": {\"Type\": \"Task\", \"x\": 1, \"y\": 2}}}";

        assertThat(Validator.validate(definition, MachineType.STANDARD))
                .isEqualTo(Validator.validate(definition, MachineType.STANDARD));
    }

    private static void takesLittle(Runnable work) {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        work.run();
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before)).isLessThan(SOON);
    }

    private static String chain(int length) {
        var states = new StringBuilder("{\"StartAt\": \"s0\", \"States\": {");
        for (int i = 0; i < length; i++) {
            states.append("\"s").append(i).append("\": {\"Type\": \"Pass\", \"Next\": \"s");
            states.append(i + 1).append("\"},");
        }
        return states.append("\"s")
                .append(length)
                .append("\": {\"Type\": \"Succeed\"}}}")
                .toString();
    }

    private static List<String> codes(String definition) {
        return Validator.validate(definition, MachineType.STANDARD).stream()
                .map(Diagnostic::code)
                .toList();
    }
}
