package dev.gradus.asl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocatedDiagnosticTest {
    private static final String MISTAKEN =
            """
            {
              "StartAt": "Frist",
              "QueryLanguage": "JsonPath",
              "States": {
                "First": {"Type": "pass", "Next": "Second"},
                "Second": {
                  "Type": "Map",
                  "ItemProcesor": {},
                  "ItemProcessor": {
                    "StartAt": "Inner",
                    "States": {"Inner": {"Type": "Pass", "Output": "{% $states.inptu %}", "End": true}}
                  },
                  "Catch": [{"ErrorEquals": ["E"], "Next": "Frist"}],
                  "End": true
                }
              }
            }
            """;

    @Test
    void saysWhereAndWhatWasMeant() {
        var found = Validator.explain(MISTAKEN, MachineType.STANDARD);

        assertThat(found)
                .extracting(it ->
                        it.line()
                                + ":"
                                + it.column()
                                + " "
                                + it.diagnostic().location().orElse("-")
                                + it.didYouMean().map(name -> " -> " + name).orElse(""))
                .containsExactly(
                        "3:3 /QueryLanguage -> JSONPath",
                        "5:15 /States/First/Type -> Pass",
                        "8:7 /States/Second -> ItemProcessor",
                        "11:46 /States/Second/ItemProcessor/States/Inner/Output -> input",
                        "2:3 /StartAt -> First",
                        "13:40 /States/Second/Catch[0]/Next -> First",
                        "5:5 /States/First");
        assertThat(found.stream().map(LocatedDiagnostic::diagnostic))
                .isEqualTo(Validator.validate(MISTAKEN, MachineType.STANDARD));
    }

    @Test
    void pointsToTheFieldOfWhichAwsNamesTheStateOnly() {
        var found =
                Validator.explain(
                        """
                        {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [
                          {"Condition": "{% true %}", "Next": "B"}], "Output": 1, "Default": "B"},
                         "B": {"Type": "Pass",
                               "Items": [], "End": true}}}
                        """,
                        MachineType.STANDARD);

        assertThat(found)
                .extracting(it -> it.line() + ":" + it.column())
                .containsExactly("2:46", "2:4", "4:8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {"a": 1,}                         | 1 | 9
                    {"a": 1, "b": 2, "a": 3}          | 1 | 18
                    not json                          | 1 | 1
                    ~{~                               | 1 | 2
                    []                                | 1 | 1
                    ~~                                | 1 | 1
                    """)
    void placesATextThatIsNoDefinition(String text, int line, int column) {
        var found = Validator.explain(text, MachineType.STANDARD);

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().line()).isEqualTo(line);
        assertThat(found.getFirst().column()).isEqualTo(column);
    }

    @ParameterizedTest
    @CsvSource({
        "Iterater, Iterator",
        "itemprocessor, ItemProcessor",
        "ItemProcesosr, ItemProcessor",
        "Nex, Next",
        "Nextt, Next",
    })
    void suggestsTheNearestName(String written, String meant) {
        var names = StateFields.names(StateType.MAP, QueryLanguage.JSON_PATH);

        assertThat(Hint.nearest(written, names).didYouMean()).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"Condition", "x", "Resource", "TimeoutSeconds"})
    void suggestsNothingFarFromWhatIsWritten(String written) {
        var names = StateFields.names(StateType.MAP, QueryLanguage.JSON_PATH);

        assertThat(Hint.nearest(written, names).didYouMean()).isEmpty();
        assertThat(Hint.NONE.didYouMean()).isEmpty();
    }

    @Test
    void answersOfAWellMadeDefinitionWithNothing() {
        assertThat(
                        Validator.explain(
                                Vectors.machineOf("{\"Type\": \"Succeed\"}"), MachineType.STANDARD))
                .isEmpty();
    }
}
