package dev.gradus.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.EventDetails;
import dev.gradus.engine.EventType;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.EscapedText;
import dev.gradus.runtime.spi.LogFormat.LoggedEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogRecordsTest {
    private static final String ARN = "arn:aws:states:us-east-1:123456789012:execution:m:e";
    private static final int MAX = 248 * 1024;

    private static String json(EventType type, EventDetails details, boolean includeData) {
        var event = new HistoryEvent(3, 2, 1_700_000_000_123L, type, details);
        return new LogRecords().json(new LoggedEvent(ARN, includeData, 1, event));
    }

    private static JsonNode details(EventType type, EventDetails details, boolean includeData) {
        return JsonMapper.shared().readTree(json(type, details, includeData)).get("details");
    }

    private static Payload text(String value) {
        return Payload.of(Json.of(value));
    }

    @Test
    void numbersOfTheEnvelopeAreStringsAndDetailsHaveNoNameOfTheirOwn() {
        var entered = new EventDetails.StateEntered("P", Payload.ofText("{\"a\":1}"));

        assertThat(json(EventType.PASS_STATE_ENTERED, entered, true))
                .isEqualTo(
                        "{\"id\":\"3\",\"type\":\"PassStateEntered\",\"details\":{\"name\":\"P\","
                                + "\"input\":\"{\\\"a\\\":1}\",\"inputDetails\":{\"truncated\":false}},"
                                + "\"previous_event_id\":\"2\",\"event_timestamp\":\"1700000000123\","
                                + "\"execution_arn\":\""
                                + ARN
                                + "\",\"redrive_count\":\"1\"}");
    }

    @Test
    void withoutExecutionDataOnlyNamesAndErrorsAreLeft() {
        var none = Optional.<String>empty();
        var data = Payload.ofText("{\"secret\":1}");

        assertThat(details(EventType.EXECUTION_SUCCEEDED, new EventDetails.Output(data), false))
                .hasToString("{}");
        assertThat(
                        details(
                                EventType.EXECUTION_STARTED,
                                new EventDetails.ExecutionStarted(data, "role", none, none),
                                false))
                .hasToString("{\"roleArn\":\"role\"}");
        assertThat(
                        details(
                                EventType.PASS_STATE_EXITED,
                                new EventDetails.StateExited("P", data, Optional.of(data)),
                                false))
                .hasToString("{\"name\":\"P\"}");
        assertThat(
                        details(
                                EventType.TASK_SCHEDULED,
                                new EventDetails.TaskScheduled(
                                        "lambda",
                                        "invoke",
                                        "us-east-1",
                                        data,
                                        OptionalLong.of(7),
                                        OptionalLong.empty(),
                                        none),
                                false))
                .hasToString(
                        "{\"resourceType\":\"lambda\",\"resource\":\"invoke\",\"region\":\"us-east-1\",\"timeoutInSeconds\":7}");
        assertThat(
                        details(
                                EventType.EXECUTION_FAILED,
                                new EventDetails.Failed(Optional.of("E"), Optional.of("c")),
                                false))
                .hasToString("{\"error\":\"E\",\"cause\":\"c\"}");
    }

    @Test
    void anEventWithoutDetailsHasAnEmptyObject() {
        assertThat(details(EventType.PARALLEL_STATE_STARTED, new EventDetails.None(), true))
                .hasToString("{}");
    }

    @Test
    void dataOfMoreThan248KibEscapedIsCutAndSaysSo() {
        // The quotes of the JSON text take two bytes each when it is escaped.
        var fits = new EventDetails.Output(text("x".repeat(MAX - 4)));
        var tooLong = new EventDetails.Output(text("x".repeat(MAX - 3)));
        var quotes = new EventDetails.Output(text("\"".repeat(MAX / 4)));

        assertThat(details(EventType.EXECUTION_SUCCEEDED, fits, true).get("outputDetails"))
                .hasToString("{\"truncated\":false}");
        for (var cut : new EventDetails[] {tooLong, quotes}) {
            var details = details(EventType.EXECUTION_SUCCEEDED, cut, true);
            assertThat(details.get("outputDetails")).hasToString("{\"truncated\":true}");
            var shown = details.get("output").asString();
            assertThat(EscapedText.bytes(shown)).isBetween(MAX - 4L, (long) MAX);
            assertThat(((EventDetails.Output) cut).output().text()).startsWith(shown);
        }
    }

    @Test
    void aRecordNeverPassesWhatPutLogEventsTakes() {
        var large = text("é".repeat(100_000));
        var variables = Payload.of(dev.gradus.expressions.JsonObject.of("v", large.json()));
        var exited = new EventDetails.StateExited("P", large, Optional.of(variables));

        var record = json(EventType.PASS_STATE_EXITED, exited, true);

        assertThat(record.getBytes(StandardCharsets.UTF_8).length).isLessThan(262_144 - 26);
        var details = JsonMapper.shared().readTree(record).get("details");
        assertThat(details.get("outputDetails")).hasToString("{\"truncated\":false}");
        assertThat(details.get("assignedVariables")).hasToString("{}");
        assertThat(details.get("assignedVariablesDetails")).hasToString("{\"truncated\":true}");
    }

    @Test
    void aCutNeverSplitsACharacter() {
        var cut = EscapedText.beginning("a😀", 4);

        assertThat(cut).isEqualTo("a");
        assertThat(EscapedText.beginning("a😀", 5)).isEqualTo("a😀");
        assertThat(EscapedText.bytes("a\n\u0001\"é€😀")).isEqualTo(1 + 2 + 6 + 2 + 2 + 3 + 4);
    }
}
