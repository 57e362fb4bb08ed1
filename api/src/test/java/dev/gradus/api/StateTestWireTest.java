package dev.gradus.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.Failure;
import dev.gradus.runtime.StateTestRequest;
import dev.gradus.runtime.StateTestRequest.Configuration;
import dev.gradus.runtime.StateTestRequest.FieldValidation;
import dev.gradus.runtime.StateTestRequest.GivenTexts;
import dev.gradus.runtime.StateTestRequest.Mock;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** TestState on the wire. */
final class StateTestWireTest {
    private static final String ALWAYS = "{\"output\":\"7\",\"error\":\"E\",\"cause\":\"C\",";
    private static final String SHOWN =
            "\"inspectionData\":{\"input\":\"{ }\",\"afterArguments\":\"[0]\","
                    + "\"afterInputPath\":\"[1]\",\"afterParameters\":\"[2]\",\"result\":\"[3]\","
                    + "\"afterResultSelector\":\"[4]\",\"afterResultPath\":\"[5]\","
                    + "\"afterItemsPath\":\"[6]\",\"afterItemSelector\":\"[7]\","
                    + "\"afterItemBatcher\":\"[8]\",\"afterItemsPointer\":\"[9]\","
                    + "\"variables\":\"{\\\"v\\\":1}\",\"errorDetails\":{\"catchIndex\":1,"
                    + "\"retryIndex\":2,\"retryBackoffIntervalSeconds\":3},"
                    + "\"toleratedFailureCount\":2,\"toleratedFailurePercentage\":1.0,"
                    + "\"maxConcurrency\":0";
    private static final String LAST = "\"nextState\":\"N\",\"status\":\"CAUGHT_ERROR\"}";

    private final Wire wire = new Wire();

    @Test
    void showsMoreAtEachLevel() {
        assertThat(body("")).isEqualTo(ALWAYS + LAST);
        assertThat(body(",\"inspectionLevel\":\"INFO\"")).isEqualTo(ALWAYS + LAST);
        assertThat(body(",\"inspectionLevel\":\"DEBUG\"")).isEqualTo(ALWAYS + SHOWN + "}," + LAST);
        assertThat(body(",\"inspectionLevel\":\"TRACE\""))
                .isEqualTo(
                        ALWAYS
                                + SHOWN
                                + ",\"request\":{\"protocol\":\"HTTP/1.1\",\"method\":\"GET\","
                                + "\"url\":\"https://h/p\",\"headers\":\"a: b\",\"body\":\"{}\"},"
                                + "\"response\":{\"protocol\":\"HTTP/1.1\",\"statusCode\":\"200\","
                                + "\"statusMessage\":\"OK\",\"headers\":\"c: d\",\"body\":\"[]\"}},"
                                + LAST);
    }

    @Test
    void handsEveryMemberOn() {
        var _ =
                body(
                        """
                        ,"roleArn":"arn:aws:iam::123456789012:role/r","input":" 1 ","revealSecrets":true,
                        "variables":"{}","stateName":"S","context":"{ }",
                        "mock":{"result":"2","errorOutput":{"error":"E","cause":"C"},"fieldValidationMode":"PRESENT"},
                        "stateConfiguration":{"retrierRetryCount":1,"errorCausedByState":"T",
                          "mapIterationFailureCount":2,"mapItemReaderData":"[]"}\
                        """);

        assertThat(wire.service.asked)
                .containsExactly(
                        new StateTestRequest(
                                Wire.HOME,
                                "{}",
                                Optional.of("S"),
                                Optional.of("arn:aws:iam::123456789012:role/r"),
                                new GivenTexts(" 1 ", Optional.of("{}"), Optional.of("{ }")),
                                Optional.of(
                                        new Mock(
                                                Optional.of("2"),
                                                Optional.of(Failure.of("E", "C")),
                                                FieldValidation.PRESENT)),
                                new Configuration(
                                        OptionalInt.of(1),
                                        Optional.of("T"),
                                        OptionalInt.of(2),
                                        Optional.of("[]")),
                                true));
    }

    @Test
    void whatIsLeftOutIsAtItsDefault() {
        var _ = body(",\"mock\":{}");

        assertThat(wire.service.asked)
                .containsExactly(
                        new StateTestRequest(
                                Wire.HOME,
                                "{}",
                                Optional.empty(),
                                Optional.empty(),
                                new GivenTexts("{}", Optional.empty(), Optional.empty()),
                                Optional.of(
                                        new Mock(
                                                Optional.empty(),
                                                Optional.empty(),
                                                FieldValidation.STRICT)),
                                Configuration.NONE,
                                false));
    }

    @Test
    void violationsNameTheirPlace() {
        assertThat(body(",\"mock\":{\"fieldValidationMode\":\"LAX\"}"))
                .contains("'LAX' at 'mock.fieldValidationMode'");
        assertThat(body(",\"stateConfiguration\":{\"retrierRetryCount\":-1}"))
                .contains("'-1' at 'stateConfiguration.retrierRetryCount'");
        assertThat(body(",\"stateName\":\"\"")).contains("at 'stateName'");
        assertThat(body(",\"roleArn\":\"r\"")).contains("InvalidArn");
    }

    private String body(String more) {
        return wire.call("TestState", "{\"definition\":\"{}\"" + more + "}").body();
    }
}
