package dev.gradus.api;

import static dev.gradus.api.Wire.EXECUTION;
import static dev.gradus.api.Wire.MACHINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Violations in AWS's words. The forms of maxResults, nextToken, statusFilter, nested paths and
 * patterns are recorded; those of null, of sensitive members and of wrong types are AWS's common
 * framework's.
 */
class ConstraintsTest {
    private static final String ONE = "ValidationException: 1 validation error detected: ";
    private final Wire wire = new Wire();

    @Test
    void refusesAMaxResultsOverAThousand() {
        assertThat(wire.refusal("ListExecutions", "{\"maxResults\":1001}"))
                .isEqualTo(
                        ONE
                                + "Value '1001' at 'maxResults' failed to satisfy constraint: Member"
                                + " must have value less than or equal to 1000");
        assertThat(wire.refusal("ListActivities", "{\"maxResults\":-1}"))
                .isEqualTo(
                        ONE
                                + "Value '-1' at 'maxResults' failed to satisfy constraint: Member"
                                + " must have value greater than or equal to 0");
    }

    @Test
    void allowsALongerTokenForListExecutionsThanForOthers() {
        var token = "t".repeat(1025);
        assertThat(wire.refusal("ListStateMachines", "{\"nextToken\":\"" + token + "\"}"))
                .isEqualTo(
                        ONE
                                + "Value '"
                                + token
                                + "' at 'nextToken' failed to satisfy constraint: Member must have"
                                + " length less than or equal to 1024");
        assertThat(
                        wire.refusal(
                                "ListExecutions",
                                "{\"stateMachineArn\":\""
                                        + MACHINE
                                        + "\",\"nextToken\":\""
                                        + token
                                        + "\"}"))
                .isEqualTo("InvalidToken: Invalid Token: 'Invalid token'");
    }

    @Test
    void listsTheStatusFiltersInTheRecordedOrder() {
        assertThat(wire.refusal("ListExecutions", "{\"statusFilter\":\"succeeded\"}"))
                .isEqualTo(
                        ONE
                                + "Value 'succeeded' at 'statusFilter' failed to satisfy constraint:"
                                + " Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT,"
                                + " PENDING_REDRIVE, ABORTED, FAILED, RUNNING]");
    }

    @Test
    void namesEveryViolationOfARequest() {
        assertThat(wire.refusal("CreateStateMachine", "{\"name\":\"\",\"type\":\"FAST\"}"))
                .isEqualTo(
                        "ValidationException: 4 validation errors detected: Value '' at 'name' failed"
                                + " to satisfy constraint: Member must have length greater than or"
                                + " equal to 1; Value null at 'definition' failed to satisfy"
                                + " constraint: Member must not be null; Value null at 'roleArn'"
                                + " failed to satisfy constraint: Member must not be null; Value"
                                + " 'FAST' at 'type' failed to satisfy constraint: Member must"
                                + " satisfy enum value set: [STANDARD, EXPRESS]");
    }

    @Test
    void pointsIntoListsAndStructures() {
        assertThat(
                        wire.refusal(
                                "CreateActivity",
                                "{\"name\":\"a\",\"tags\":[{\"key\":\"k\"},{\"key\":\"\"}],"
                                        + "\"encryptionConfiguration\":"
                                        + "{\"kmsDataKeyReusePeriodSeconds\":901}}"))
                .isEqualTo(
                        "ValidationException: 3 validation errors detected: Value '' at"
                                + " 'tags.2.member.key' failed to satisfy constraint: Member must"
                                + " have length greater than or equal to 1; Value '901' at"
                                + " 'encryptionConfiguration.kmsDataKeyReusePeriodSeconds' failed to"
                                + " satisfy constraint: Member must have value less than or equal to"
                                + " 900; Value null at 'encryptionConfiguration.type' failed to"
                                + " satisfy constraint: Member must not be null");
    }

    @Test
    void wordsAPatternAndAListOfStructuresAsRecorded() {
        record Route(String arn) {}
        var arn = Member.required("stateMachineVersionArn", MemberType.text(1, 256));
        var weight = Member.required("weight", new MemberType.Whole(0, 100));
        var route =
                new Shape<>(
                        "RoutingConfigurationListItem",
                        List.of(arn, weight),
                        in -> new Route(in.get(arn)));
        var routes =
                Member.required(
                        "routingConfiguration",
                        new MemberType.ListOf<>(new MemberType.Structure<>(route)));
        var name =
                Member.required(
                        "name",
                        MemberType.text(1, 80, "^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$"));
        var shape = new Shape<>("Alias", List.of(name, routes), in -> in.get(name));

        assertThatThrownBy(() ->
                        read(
                                "{\"name\":\"123\",\"routingConfiguration\":"
                                        + "[{\"stateMachineVersionArn\":\"a\",\"weight\":101}]}",
                                shape))
                .hasMessage(
                        "2 validation errors detected: Value '123' at 'name' failed to satisfy"
                                + " constraint: Member must satisfy regular expression pattern:"
                                + " ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$; Value '101' at"
                                + " 'routingConfiguration.1.member.weight' failed to satisfy"
                                + " constraint: Member must have value less than or equal to 100");
    }

    @Test
    void countsPayloadsInBytesAndRepeatsNone() {
        var fits = "\"" + "é".repeat(131_071) + "\""; // 262,144 bytes
        assertThat(call("SendTaskSuccess", "output", fits).status()).isEqualTo(200);

        var tooLong = call("SendTaskSuccess", "output", "\"" + "é".repeat(131_072) + "\"");

        assertThat(tooLong.body())
                .isEqualTo(
                        "{\"__type\":\"ValidationException\",\"message\":\"1 validation error"
                                + " detected: Value at 'output' failed to satisfy constraint: Member"
                                + " must have length less than or equal to 262144\"}");
    }

    @Test
    void countsNamesInCharacters() {
        assertThat(call("CreateActivity", "name", "é".repeat(80)).status()).isEqualTo(200);
        assertThat(call("CreateActivity", "name", "é".repeat(81)).body())
                .contains("at 'name' failed to satisfy constraint: Member must have length less");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | The request body must be a JSON object.",
                "\"x\" | The request body must be a JSON object.",
                "{} {} | The request body goes on after its JSON object.",
                "{\"maxResults\":\"10\"} | STRING_VALUE can not be converted to a Integer",
                "{\"maxResults\":99999999999} | NUMBER_VALUE can not be converted to a Integer",
                "{\"maxResults\":true} | TRUE_VALUE can not be converted to a Integer",
                "{\"nextToken\":5} | NUMBER_VALUE can not be converted to a String",
                "{\"nextToken\":{}} | Start of structure or map found where not expected.",
                "{\"nextToken\":[]} | Start of structure or map found where not expected.",
                "{\"nextToken\":\"\\ud800\"} | A string of the request holds half a surrogate pair.",
            })
    void refusesWhatIsOfTheWrongJsonType(String body, String message) {
        assertThat(wire.refusal("ListActivities", body))
                .isEqualTo("SerializationException: " + message);
    }

    @Test
    void refusesWhatIsNotJson() {
        assertThat(wire.refusal("ListActivities", "{not json"))
                .startsWith("SerializationException: The request body is not valid JSON: ");
        assertThat(wire.refusal("ListActivities", "{\"a\":" + "[".repeat(10_000)))
                .startsWith("SerializationException: ");
        assertThat(wire.refusal("CreateActivity", "{\"name\":\"a\",\"tags\":[null]}"))
                .isEqualTo("SerializationException: NULL_VALUE can not be converted to a Tag");
    }

    @Test
    void ignoresUnknownMembersAndTakesNullForAbsent() {
        assertThat(
                        wire.call(
                                        "ListActivities",
                                        "{\"other\":{\"deep\":[1,{}]},\"maxResults\":null}")
                                .status())
                .isEqualTo(200);
        assertThat(wire.call("ListActivities", "").status()).isEqualTo(200);
        assertThat(wire.call("ListActivities", "{\"maxResults\":5.9}").status()).isEqualTo(200);
        assertThat(wire.asked().toString()).contains("size=5");
        assertThat(wire.refusal("DescribeExecution", "{\"executionArn\":null}"))
                .endsWith("Member must not be null");
        assertThat(
                        wire.call(
                                        "DescribeExecution",
                                        "{\"executionArn\":1.5,\"executionArn\":\""
                                                + EXECUTION
                                                + "\"}")
                                .status())
                .isEqualTo(400);
    }

    private Wire.Response call(String operation, String member, String text) {
        var json = text.replace("\"", "\\\"");
        return wire.call(operation, "{\"taskToken\":\"t\",\"" + member + "\":\"" + json + "\"}");
    }

    private static void read(String body, Shape<?> shape) {
        RequestReader.read(body.getBytes(StandardCharsets.UTF_8), shape);
    }
}
