package dev.gradus.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.expressions.Json;
import dev.gradus.runtime.spi.ResultShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Texts as recorded on AWS. */
final class MockedResultTest {
    private static final ResultShape TEXT = new ResultShape.Text(Set.of());

    @Test
    void aRequiredMemberMustBeThereOnlyWhenStrict() {
        var shape = structure(Map.of("A", TEXT), "A");

        assertThat(fault(shape, "{}")).contains("Required field 'A' is missing");
        assertThat(fault(shape, "{\"A\":null}")).contains("Required field 'A' is missing");
        assertThat(MockedResult.fault(shape, Json.parse("{}"), false)).isEmpty();
        assertThat(fault(shape, "{\"A\":\"\"}")).isEmpty();
    }

    @Test
    void typesAreChecked() {
        assertThat(faultOf(TEXT, "1")).contains("Field 'A' must be a string");
        assertThat(faultOf(number(1, 3), "\"2\"")).contains("Field 'A' must be a number");
        assertThat(faultOf(new ResultShape.Flag(), "0")).contains("Field 'A' must be a boolean");
        assertThat(faultOf(new ResultShape.ListOf(() -> TEXT), "{}"))
                .contains("Field 'A' must be an array");
        assertThat(faultOf(new ResultShape.MapOf(() -> TEXT), "[]"))
                .contains("Field 'A' must be an object");
        assertThat(faultOf(structure(Map.of()), "[]")).contains("Field 'A' must be an object");
        assertThat(faultOf(new ResultShape.Anything(), "[]")).isEmpty();
    }

    @Test
    void boundsAreChecked() {
        assertThat(faultOf(number(1, 3), "0.5"))
                .contains("Field 'A' is less than the minimum value");
        assertThat(faultOf(number(1, 3), "4")).contains("Field 'A' exceeds the maximum value");
        assertThat(faultOf(number(1, 3), "3")).isEmpty();
    }

    @Test
    void lengthsOfBlobsAreChecked() {
        var blob = new ResultShape.Blob(OptionalDouble.of(1), OptionalDouble.of(3));

        assertThat(faultOf(blob, "\"\"")).contains("Field 'A' is smaller than the minimum length");
        assertThat(faultOf(blob, "\"YWJj\"")).as("three bytes").isEmpty();
        assertThat(faultOf(blob, "\"YWJjZA==\""))
                .contains("Field 'A' is larger than the maximum length");
        assertThat(faultOf(blob, "123")).contains("Field 'A' must be a string");
    }

    @Test
    void valuesOfEnumsAreChecked() {
        var shape = new ResultShape.Text(Set.of("X"));

        assertThat(faultOf(shape, "\"Y\"")).contains("Field 'A' is not an expected value");
        assertThat(faultOf(shape, "\"X\"")).isEmpty();
    }

    @Test
    void namesTheInnermostMemberOfEveryElement() {
        var shape = new ResultShape.ListOf(() -> structure(Map.of("B", TEXT)));

        assertThat(faultOf(shape, "[{\"B\":\"\"},{\"B\":[]}]"))
                .contains("Field 'B' must be a string");
    }

    @Test
    void otherMembersAreLetPass() {
        assertThat(fault(structure(Map.of("A", TEXT)), "{\"a\":1,\"random\":\"json\"}")).isEmpty();
    }

    @Test
    void aResultThatIsNoObjectIsNone() {
        assertThat(fault(structure(Map.of()), "[]"))
                .contains("Mocked result must be a JSON object.");
    }

    private static ResultShape number(double min, double max) {
        return new ResultShape.Numeric(OptionalDouble.of(min), OptionalDouble.of(max));
    }

    private static ResultShape structure(Map<String, ResultShape> members, String... required) {
        var suppliers = new HashMap<String, Supplier<ResultShape>>();
        members.forEach((name, shape) -> suppliers.put(name, () -> shape));
        return new ResultShape.Structure(suppliers, List.of(required));
    }

    private static Optional<String> faultOf(ResultShape shape, String value) {
        return fault(structure(Map.of("A", shape)), "{\"A\":" + value + "}");
    }

    private static Optional<String> fault(ResultShape shape, String result) {
        return MockedResult.fault(shape, Json.parse(result), true)
                .map(text -> text.replace("Mock result schema validation error: ", ""));
    }
}
