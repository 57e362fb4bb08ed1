package dev.gradus.asl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.Distribution.Bound;
import dev.gradus.asl.State.MapState;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one state is tested in; texts and places as recorded on AWS. */
final class LoneStateTest {
    private static final String DISTRIBUTED =
            """
            {"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
             "StartAt":"In","States":{"In":{"Type":"Pass","End":true}}},%s"Next":"Elsewhere"}\
            """;

    @Test
    void aStateAloneMayGoToOnesThatAreNotThere() {
        var machine = parsed(LoneState.alone("{\"Type\":\"Pass\",\"Next\":\"Elsewhere\"}"));

        assertThat(machine.state(LoneState.NAME).name()).isEqualTo("StateName");
    }

    @Test
    void aMachineMustBeComplete() {
        assertThat(
                        refused(
                                LoneState.inMachine(
                                        "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Next\":\"B\"}}}")))
                .contains("MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next");
    }

    @Test
    void theStateAloneIsCalledStateNameInFindings() {
        assertThat(refused(LoneState.alone("{\"Type\":\"Parallel\",\"Branches\":[],\"End\":true}")))
                .isEqualTo(
                        "SCHEMA_VALIDATION_FAILED: Value cannot be empty at"
                                + " /States/StateName/Branches");
    }

    @Test
    void blocksInsideOfTheStateMustBeComplete() {
        assertThat(
                        refused(
                                LoneState.alone(
                                        """
                                        {"Type":"Parallel","End":true,"Branches":[
                                          {"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}}]}\
                                        """)))
                .contains("Missing 'Next' target: B");
    }

    @Test
    void whatIsNoObjectIsNoState() {
        assertThat(refused(LoneState.alone("[1]"))).contains("Definition must be a valid JSON");
        assertThat(refused(LoneState.alone(" "))).contains("Definition must be a valid JSON");
        assertThat(refused(LoneState.alone("{\"Type\":"))).contains("INVALID_JSON_DESCRIPTION");
    }

    @Test
    void readsADistributedMap() {
        var fields =
                """
                "ItemReader":{"Resource":"arn:aws:states:::s3:getObject",
                  "ReaderConfig":{"InputType":"JSON","ItemsPointer":"/a"},"Parameters":{"Bucket.$":"$.b"}},
                "ItemBatcher":{"MaxItemsPerBatch":2,"BatchInput":{"x":1}},
                "ToleratedFailureCountPath":"$.count","ToleratedFailurePercentage":1.5,
                "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{}},\
                """;

        var map =
                (MapState)
                        parsed(LoneState.alone(DISTRIBUTED.formatted(fields))).state("StateName");

        var distribution = map.distribution().orElseThrow();
        assertThat(distribution.exportsResults()).isTrue();
        assertThat(distribution.toleratedPercentage()).contains(new Bound.Fixed(1.5));
        assertThat(distribution.toleratedCount().orElseThrow()).isInstanceOf(Bound.Path.class);
        assertThat(distribution.batcher().orElseThrow().maxItems()).contains(new Bound.Fixed(2));
        assertThat(distribution.reader().orElseThrow().itemsPointer()).isEqualTo(Optional.of("/a"));
        assertThat(distribution.reader().orElseThrow().inputType()).isEqualTo(Optional.of("JSON"));
    }

    @Test
    void aWriterWithoutAResourceExportsNothing() {
        var fields = "\"ResultWriter\":{\"WriterConfig\":{\"OutputType\":\"JSON\"}},";

        var map =
                (MapState)
                        parsed(LoneState.alone(DISTRIBUTED.formatted(fields))).state("StateName");

        assertThat(map.distribution().orElseThrow().exportsResults()).isFalse();
    }

    @Test
    void anInlineMapHasNoFieldsOfADistributedOne() {
        assertThat(
                        refused(
                                LoneState.alone(
                                        DISTRIBUTED
                                                .formatted("\"ToleratedFailureCount\":1,")
                                                .replace("DISTRIBUTED", "INLINE")
                                                .replace(",\"ExecutionType\":\"STANDARD\"", ""))))
                .contains("Field 'ToleratedFailureCount' is not supported");
    }

    private static StateMachine parsed(ParseResult result) {
        return switch (result) {
            case ParseResult.Parsed(var machine) -> machine;
            case ParseResult.Refused(var diagnostics) -> throw new AssertionError(diagnostics);
        };
    }

    private static String refused(ParseResult result) {
        return switch (result) {
            case ParseResult.Parsed(var machine) -> throw new AssertionError(machine);
            case ParseResult.Refused(var diagnostics) ->
                    Diagnostic.asInvalidDefinition(diagnostics);
        };
    }
}
