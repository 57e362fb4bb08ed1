package dev.gradus.api;

import static dev.gradus.api.Wire.ACTIVITY;
import static dev.gradus.api.Wire.EXECUTION;
import static dev.gradus.api.Wire.MACHINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.runtime.StateMachineRequests;
import dev.gradus.runtime.StateMachineView;
import dev.gradus.testkit.Proves;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What handlers refuse: in AWS's words where AWS refuses it, in ours where a later release comes.
 */
class RefusalTest {
    private final Wire wire = new Wire();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a\\tb",
                "a<b",
                "a>b",
                "a{b",
                "a}b",
                "a[b",
                "a]b",
                "a?b",
                "a*b",
                "a\\\"b",
                "a#b",
                "a%b",
                "a\\\\b",
                "a^b",
                "a|b",
                "a~b",
                "a`b",
                "a$b",
                "a&b",
                "a,b",
                "a;b",
                "a:b",
                "a/b",
                "a\\u0000b",
                "a\\u001fb",
                "a\\u007fb",
                "a\\u009fb",
                "a\\ufffeb",
                "a\\uffffb",
                "a\\ud83d\\ude00b"
            })
    @Proves({"CreateActivity", "StartExecution", "InvalidName"})
    void refusesForbiddenCharactersInNames(String name) {
        var shown = JsonMapper.shared().readValue("\"" + name + "\"", String.class);

        assertThat(wire.refusal("CreateActivity", "{\"name\":\"" + name + "\"}"))
                .isEqualTo("InvalidName: Invalid Name: '" + shown + "'");
        assertThat(create("\"name\":\"" + name + "\"")).startsWith("InvalidName: ");
        assertThat(
                        wire.refusal(
                                "StartExecution",
                                "{\"stateMachineArn\":\""
                                        + MACHINE
                                        + "\",\"name\":\""
                                        + name
                                        + "\"}"))
                .startsWith("InvalidName: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "-", "a_b.c=d@e+f!g'h(i)", "é", "日本"})
    @Proves("CreateActivity")
    void takesAllOtherNames(String name) {
        assertThat(wire.call("CreateActivity", "{\"name\":\"" + name + "\"}").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'versionDescription':'v' | ValidationException: Version description can only be set when publish is true",
                "'loggingConfiguration':{'level':'ALL'} | InvalidLoggingConfiguration: Invalid Logging Configuration: Must specify exactly one Log Destination.",
                "'loggingConfiguration':{'level':'ALL','destinations':[]} | InvalidLoggingConfiguration: Invalid Logging Configuration: Must specify exactly one Log Destination.",
                "'loggingConfiguration':{'level':'ERROR','destinations':[{'cloudWatchLogsLogGroup':{'logGroupArn':'g'}},{'cloudWatchLogsLogGroup':{'logGroupArn':'h'}}]} | InvalidLoggingConfiguration: Invalid Logging Configuration: Must specify exactly one Log Destination.",
                "'loggingConfiguration':{'level':'ERROR','destinations':[{}]} | InvalidLoggingConfiguration: Invalid Logging Configuration: Log Destination not found.",
                "'encryptionConfiguration':{'type':'CUSTOMER_MANAGED_KMS_KEY','kmsKeyId':'k'} | InvalidEncryptionConfiguration: Invalid Encryption Configuration: CUSTOMER_MANAGED_KMS_KEY comes with a later release of Gradus; set the type to AWS_OWNED_KEY, and start the server with --encryption-key-file to have everything that it stores encrypted.",
                "'encryptionConfiguration':{'type':'AWS_OWNED_KEY','kmsKeyId':'k'} | InvalidEncryptionConfiguration: Invalid Encryption Configuration: kmsKeyId and kmsDataKeyReusePeriodSeconds need the type CUSTOMER_MANAGED_KMS_KEY, but it is AWS_OWNED_KEY.",
                "'roleArn':'r' | InvalidArn: Invalid Role Arn: 'r'",
            })
    @Proves({
        "CreateStateMachine",
        "InvalidArn",
        "InvalidEncryptionConfiguration",
        "InvalidLoggingConfiguration",
        "ValidationException"
    })
    void refusesWhatThisReleaseCannotHonour(String member, String expected) {
        assertThat(create(member.replace('\'', '"'))).isEqualTo(expected);
    }

    @Test
    @Proves("CreateStateMachine")
    void acceptsSettingsThatSayNothingNew() {
        var response =
                wire.call(
                        "CreateStateMachine",
                        machine(
                                ("'tags':[],'publish':false,'type':'EXPRESS',"
                                                + "'tracingConfiguration':{'enabled':true},"
                                                + "'encryptionConfiguration':{'type':'AWS_OWNED_KEY'},"
                                                + "'loggingConfiguration':{'destinations':[]}")
                                        .replace('\'', '"')));

        assertThat(response.status()).isEqualTo(200);
        var asked = (StateMachineRequests.Create) wire.asked();
        assertThat(asked.tracingEnabled()).isTrue();
        assertThat(asked.logging())
                .isEqualTo(new StateMachineView.Logging("OFF", false, Optional.of(List.of())));
    }

    @Test
    @Proves({"UpdateStateMachine", "MissingRequiredParameter"})
    void wantsSomethingToUpdate() {
        assertThat(wire.refusal("UpdateStateMachine", "{\"stateMachineArn\":\"" + MACHINE + "\"}"))
                .isEqualTo(
                        "MissingRequiredParameter: Either the definition, the role ARN, the"
                                + " LoggingConfiguration, or the TracingConfiguration must be"
                                + " specified");
    }

    @Test
    @Proves({"StartExecution", "ValidationException"})
    void refusesAMockedTestCase() {
        assertThat(
                        wire.refusal(
                                "StartExecution",
                                "{\"stateMachineArn\":\"" + MACHINE + "#Happy\"}"))
                .startsWith("ValidationException: Mocked test cases")
                .contains("#Happy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | ValidationException: Must provide a StateMachine ARN or MapRun ARN",
                "{'stateMachineArn':'$M','mapRunArn':'x'} | ValidationException: Must provide either a StateMachine ARN or a MapRun ARN, not both",
                "{'stateMachineArn':'$M','redriveFilter':'REDRIVEN'} | ValidationException: redriveFilter can only be used with mapRunArn",
                "{'stateMachineArn':'$M','statusFilter':'PENDING_REDRIVE'} | ValidationException: The statusFilter PENDING_REDRIVE can only be used with mapRunArn",
                "{'mapRunArn':'arn:aws:states:us-east-1:123456789012:mapRun:m/l:i'} | ResourceNotFound: Resource not found: 'arn:aws:states:us-east-1:123456789012:mapRun:m/l:i'",
            })
    @Proves({"ListExecutions", "ResourceNotFound", "ValidationException"})
    void holdsTheRulesOfListExecutions(String body, String expected) {
        assertThat(wire.refusal("ListExecutions", body.replace('\'', '"').replace("$M", MACHINE)))
                .isEqualTo(expected.replace("$M", MACHINE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "RedriveExecution | {'executionArn':'$P:execution:m/label:id'} | ValidationException: Labeled Execution ARNs are not supported for this API",
                "RedriveExecution | {'executionArn':'$P:express:m:e:id'} | InvalidArn: Invalid Arn: 'Resource type not valid in this context: express'",
                "RedriveExecution | {'executionArn':'$P:execution:m:e','clientToken':'a b'} | ValidationException: 1 validation error detected: Value 'a b' at 'clientToken' failed to satisfy constraint: Member must satisfy regular expression pattern: [!-~]+",
                "DescribeMapRun | {'mapRunArn':'$P:execution:m:e'} | InvalidArn: Invalid Arn: 'Resource type not valid in this context: execution'",
                "ListMapRuns | {'executionArn':'$P:mapRun:m/l:i'} | InvalidArn: Invalid Arn: 'Resource type not valid in this context: mapRun'",
                "UpdateMapRun | {'mapRunArn':'$P:mapRun:m/l:i'} | ValidationException: Must specify at least one of maxConcurrency, toleratedFailurePercentage and toleratedFailureCount",
                "UpdateMapRun | {'mapRunArn':'$P:mapRun:m/l:i','toleratedFailurePercentage':100.5} | ValidationException: 1 validation error detected: Value '100.5' at 'toleratedFailurePercentage' failed to satisfy constraint: Member must have value less than or equal to 100",
                "UpdateMapRun | {'mapRunArn':'$P:mapRun:m/l:i','toleratedFailureCount':-1} | ValidationException: 1 validation error detected: Value '-1' at 'toleratedFailureCount' failed to satisfy constraint: Member must have value greater than or equal to 0",
                "UpdateMapRun | {'mapRunArn':'$P:mapRun:m/l:i','toleratedFailureCount':'1'} | SerializationException: STRING_VALUE can not be converted to a Long",
            })
    @Proves({
        "RedriveExecution",
        "DescribeMapRun",
        "ListMapRuns",
        "UpdateMapRun",
        "ValidationException",
        "InvalidArn"
    })
    void holdsTheRulesOfRedrivesAndMapRuns(String operation, String body, String expected) {
        var filled = body.replace('\'', '"').replace("$P", "arn:aws:states:us-east-1:123456789012");
        assertThat(wire.refusal(operation, filled)).isEqualTo(expected);
    }

    @Test
    void saysInAMemberWhatIsMissingFromAnUpdateOfAMapRun() {
        var body = "{\"mapRunArn\":\"arn:aws:states:us-east-1:123456789012:mapRun:m/l:i\"}";
        assertThat(wire.call("UpdateMapRun", body).body())
                .contains("\"reason\":\"MISSING_REQUIRED_PARAMETER\"");
    }

    @Test
    @Proves({"SendTaskSuccess", "InvalidOutput"})
    void wantsJsonFromAWorker() {
        assertThat(wire.refusal("SendTaskSuccess", "{\"taskToken\":\"t\",\"output\":\"not json\"}"))
                .startsWith("InvalidOutput: Invalid Output: 'Unrecognized token 'not'");
        assertThat(wire.refusal("SendTaskSuccess", "{\"taskToken\":\"t\",\"output\":\"\"}"))
                .startsWith("InvalidOutput: Invalid Output: '");
        assertThat(
                        wire.call("SendTaskSuccess", "{\"taskToken\":\"t\",\"output\":\"null\"}")
                                .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "DescribeStateMachine, stateMachineArn, activity",
        "DeleteStateMachine, stateMachineArn, activity",
        "StartExecution, stateMachineArn, activity",
        "DescribeExecution, executionArn, activity",
        "StopExecution, executionArn, activity",
        "GetExecutionHistory, executionArn, activity",
        "DescribeStateMachineForExecution, executionArn, activity",
        "DescribeActivity, activityArn, execution",
        "DeleteActivity, activityArn, execution",
        "GetActivityTask, activityArn, execution"
    })
    @Proves({
        "DeleteActivity",
        "DeleteStateMachine",
        "DescribeActivity",
        "DescribeStateMachine",
        "DescribeStateMachineForExecution",
        "GetActivityTask",
        "StopExecution",
        "InvalidArn"
    })
    void refusesTheArnOfAnotherKind(String operation, String member, String kind) {
        var arn = kind.equals("activity") ? ACTIVITY : EXECUTION;
        assertThat(wire.refusal(operation, "{\"" + member + "\":\"" + arn + "\"}"))
                .isEqualTo(
                        "InvalidArn: Invalid Arn: 'Resource type not valid in this context: "
                                + kind
                                + "'");
    }

    private String create(String member) {
        return wire.refusal("CreateStateMachine", machine(member));
    }

    private static String machine(String member) {
        return "{\"name\":\"m\",\"definition\":\"{}\","
                + "\"roleArn\":\"arn:aws:iam::123456789012:role/r\","
                + member
                + "}";
    }
}
