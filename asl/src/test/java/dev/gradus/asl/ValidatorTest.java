package dev.gradus.asl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.Diagnostic.Severity;
import dev.gradus.asl.Vectors.Vector;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValidatorTest {
    @ParameterizedTest
    @MethodSource("vectors")
    void saysWhatTheVectorSays(Vector vector) {
        var diagnostics = Validator.validate(vector.definition(), vector.type());

        assertThat(diagnostics.stream().map(it -> Diagnostic.asInvalidDefinition(List.of(it))))
                .containsExactlyElementsOf(vector.expected());
    }

    static Stream<Vector> vectors() {
        return Stream.of(
                        "machine.txt",
                        "transitions.txt",
                        "states.txt",
                        "tasks.txt",
                        "errors.txt",
                        "choices.txt",
                        "containers.txt",
                        "distributed.txt",
                        "variables.txt",
                        "jsonata.txt",
                        "not-yet.txt")
                .flatMap(file -> Vectors.read(file).stream());
    }

    @Test
    void warnsOfTextsThatAreNotEvaluatedAfterAllErrors() {
        var definition =
                """
                {"StartAt": "A", "States": {
                 "A": {"Type": "Pass", "Parameters": {"a": "$.x", "b": [{"c": "States.UUID()"}], "d.$": "$.x", "e": "costs $5", "f": "$", "g": "$x"}, "Next": "B"},
                 "B": {"Type": "Pass", "Result": {"r": ["$$.Execution.Id"]}, "Next": "C"},
                 "C": {"Type": "Choice", "Choices": [{"Variable": "$.a", "StringEquals": "$.b", "Next": "D"}], "Default": "D"},
                 "D": {"Type": "Fail", "Error": "$.e", "Cause": "because", "Nonsense": 1}}}
                """;

        var found = Validator.validateAndWarn(definition, MachineType.STANDARD);

        assertThat(found)
                .extracting(it -> it.severity() + " " + it.code() + " " + it.location().orElse(""))
                .containsExactly(
                        "ERROR SCHEMA_VALIDATION_FAILED /States/D",
                        "WARNING NO_DOLLAR /States/A/Parameters",
                        "WARNING NO_DOLLAR /States/A/Parameters",
                        "WARNING NO_DOLLAR /States/A/Parameters",
                        "WARNING PASS_RESULT_IS_STATIC /States/B/Result",
                        "WARNING NO_PATH /States/C/Choices[0]/StringEquals",
                        "WARNING NO_PATH /States/D/Error");
        assertThat(found.get(2).message())
                .isEqualTo(
                        "The value of 'c' looks like a JSONPath or an intrinsic function call, but"
                                + " the name does not end with '.$'");
        assertThat(Validator.validate(definition, MachineType.STANDARD)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("blankTexts")
    void saysOfABlankTextThatItIsNoObject(String text) {
        var diagnostics = Validator.validate(text, MachineType.STANDARD);

        assertThat(diagnostics)
                .containsExactly(
                        new Diagnostic(
                                Severity.ERROR,
                                "SCHEMA_VALIDATION_FAILED",
                                "Definition must be a valid JSON object",
                                Optional.empty()));
    }

    static Stream<String> blankTexts() {
        return Stream.of("", " ", "\n\t ");
    }

    @Test
    void givesThePlaceOfASyntaxErrorAsTheJsonParserDoes() {
        var diagnostic = Validator.validate("not a definition", MachineType.STANDARD).getFirst();

        assertThat(diagnostic.code()).isEqualTo("INVALID_JSON_DESCRIPTION");
        assertThat(diagnostic.location())
                .contains("[Source: (String)\"not a definition\"; line: 1, column: 4]");
        assertThat(diagnostic.message()).endsWith("\n at " + diagnostic.location().orElseThrow());
    }

    @Test
    void quotesNoMoreThanTheStartOfALongTextThatIsNoJson() {
        var diagnostic =
                Validator.validate("\u0000" + "x".repeat(600), MachineType.STANDARD).getFirst();

        assertThat(diagnostic.location().orElseThrow())
                .startsWith("[Source: (String)\"\\u0000xxx")
                .contains("x\"[truncated 101 chars]; line: 1, ");
    }

    @Test
    void joinsErrorsInOneMessageAndLeavesWarningsOut() {
        var message =
                Diagnostic.asInvalidDefinition(
                        List.of(
                                new Diagnostic(Severity.ERROR, "A", "a.", Optional.of("/x")),
                                new Diagnostic(Severity.WARNING, "W", "w", Optional.of("/w")),
                                new Diagnostic(Severity.ERROR, "B", "b", Optional.empty())));

        assertThat(message).isEqualTo("A: a. at /x, B: b at null");
    }

    @Test
    void neitherKeepsNorListsFindingsWithoutEnd() {
        var definition = Vectors.machineOf("{\"Type\": \"Succeed\"" + unknownFields(5_000) + "}");

        var diagnostics = Validator.validate(definition, MachineType.STANDARD);

        assertThat(diagnostics).hasSize(Findings.KEPT_MAX);
        assertThat(Diagnostic.asInvalidDefinition(diagnostics).split(", ", -1)).hasSize(100);
    }

    private static String unknownFields(int count) {
        var fields = new StringBuilder();
        for (int i = 0; i < count; i++) {
            fields.append(", \"f").append(i).append("\": 1");
        }
        return fields.toString();
    }
}
