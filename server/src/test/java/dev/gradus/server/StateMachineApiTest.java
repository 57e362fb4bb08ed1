package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.testkit.Proves;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What AWS says of state machines, sentence by sentence, asked of a started server. */
@Timeout(60)
final class StateMachineApiTest {
    @RegisterExtension static final StartedServer SERVER = new StartedServer();

    private static final String BY_MACHINE = "{'stateMachineArn':'$M'}";
    private static final String WAIT =
            Api.quoted("{'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':600,'End':true}}}");

    private final Api api = SERVER.newcomer();

    @Test
    @Proves("DescribeStateMachine")
    void aNewMachineIsActiveAndStandardWithTheDefaultsAndWithoutRevision() throws Exception {
        api.create("");

        var described = api.call("DescribeStateMachine", BY_MACHINE);

        assertThat(described.text())
                .contains("\"status\":\"ACTIVE\"")
                .contains("\"type\":\"STANDARD\"")
                .contains(
                        "\"loggingConfiguration\":{\"level\":\"OFF\",\"includeExecutionData\":false}")
                .contains("\"tracingConfiguration\":{\"enabled\":false}")
                .contains("\"encryptionConfiguration\":{\"type\":\"AWS_OWNED_KEY\"}");
        for (var absent : List.of("revisionId", "description", "label", "variableReferences")) {
            assertThat(described.has(absent)).as(absent).isFalse();
        }
    }

    @Test
    @Proves({"CreateStateMachine", "InvalidArn"})
    void theRoleIsOnlyCheckedForTheSyntaxOfAnArn() throws Exception {
        api.call(
                "CreateStateMachine",
                Api.machine("m", "").replace("123456789012:role/r", "999999999999:role/nobody"));

        assertThat(
                        api.refusal(
                                "CreateStateMachine",
                                Api.machine("n", "")
                                        .replace("arn:aws:iam::123456789012:role/", "")))
                .isEqualTo("InvalidArn: Invalid Role Arn: 'r'");
    }

    @Test
    @Proves("CreateStateMachine")
    void emptyRetriersAndCatchersAreAccepted() throws Exception {
        api.define(
                "m",
                Api.quoted(
                        "{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'$Pactivity:a',"
                                + "'Retry':[],'Catch':[],'End':true}}}"),
                "");
    }

    @Test
    @Proves("DescribeStateMachine")
    void aDefinitionIsKeptAndShownByteForByte() throws Exception {
        var definition =
                "{ 'StartAt' : 'A' ,  'States':{'A':{'Type':'Pass','Comment':'\u00e4','End':true}} }";
        api.define("m", Api.quoted(definition), "");

        assertThat(Recording.string(api.call("DescribeStateMachine", BY_MACHINE), "definition"))
                .isEqualTo(definition.replace('\'', '"'));
    }

    @Test
    @Proves({"CreateStateMachine", "InvalidDefinition"})
    void severalFindingsOfADefinitionAreJoinedByCommas() throws Exception {
        assertThat(
                        api.refusal(
                                "CreateStateMachine",
                                Api.machine("m", "")
                                        .replace(
                                                "$D0",
                                                Api.quoted(
                                                        "{'StartAt':'A','States':{'A':{'Type':'Pass','Next':'X'}}}"))))
                .isEqualTo(
                        "InvalidDefinition: Invalid State Machine Definition:"
                                + " 'MISSING_TRANSITION_TARGET: Missing 'Next' target: X at"
                                + " /States/A/Next, MISSING_END_STATE: Workflow has no terminal"
                                + " state at null'");
    }

    @Test
    @Proves({
        "CreateStateMachine",
        "DeleteStateMachine",
        "DescribeStateMachine",
        "PublishStateMachineVersion",
        "StartExecution",
        "StopExecution",
        "UpdateStateMachine",
        "StateMachineDeleting"
    })
    void whileAMachineIsDeletingNothingElseCanBeMadeOfIt() throws Exception {
        api.define("m", WAIT, "'publish':true");
        api.call("StartExecution", "{'stateMachineArn':'$M','name':'e'}");
        assertThat(api.call("DeleteStateMachine", BY_MACHINE).text()).isEqualTo("{}");

        assertThat(Recording.string(api.call("DescribeStateMachine", BY_MACHINE), "status"))
                .isEqualTo("DELETING");
        for (var refused :
                List.of(
                        api.refusal("CreateStateMachine", Api.machine("m", "")),
                        api.refusal("StartExecution", BY_MACHINE),
                        api.refusal("PublishStateMachineVersion", BY_MACHINE),
                        api.refusal(
                                "UpdateStateMachine",
                                "{'stateMachineArn':'$M','definition':$D1}"))) {
            assertThat(refused).startsWith("StateMachineDeleting: State Machine is being deleted");
        }
        api.call("StopExecution", "{'executionArn':'$Pexecution:m:e'}");
        api.create("");
    }

    @Test
    @Proves({
        "CreateStateMachine",
        "DescribeStateMachineForExecution",
        "StartExecution",
        "UpdateStateMachine"
    })
    void aRunningExecutionKeepsTheDefinitionAndTheRoleItWasStartedWith() throws Exception {
        api.define("m", WAIT, "'publish':true");
        api.call("StartExecution", "{'stateMachineArn':'$M:1','name':'e'}");
        var updated =
                api.call(
                        "UpdateStateMachine",
                        "{'stateMachineArn':'$M','definition':$D1,"
                                + "'roleArn':'arn:aws:iam::123456789012:role/other'}");

        var inForce =
                api.call("DescribeStateMachineForExecution", "{'executionArn':'$Pexecution:m:e'}");
        assertThat(Recording.string(inForce, "definition")).contains("\"Wait\"");
        assertThat(Recording.string(inForce, "roleArn"))
                .isEqualTo("arn:aws:iam::123456789012:role/r");
        assertThat(api.shown(inForce, "stateMachineArn"))
                .as("unqualified, although started by a version")
                .isEqualTo("$M");
        assertThat(inForce.get("updateDate")).isNotEqualTo(updated.get("updateDate"));
        assertThat(api.outputOf("$M")).isEqualTo("1");
    }

    @Test
    @Proves("UpdateStateMachine")
    void anUpdateMakesANewRevisionOnlyWhenSomethingChanged() throws Exception {
        api.create("");
        var first =
                Recording.string(
                        api.call("UpdateStateMachine", "{'stateMachineArn':'$M','definition':$D1}"),
                        "revisionId");
        var same =
                Recording.string(
                        api.call("UpdateStateMachine", "{'stateMachineArn':'$M','definition':$D1}"),
                        "revisionId");
        var traced =
                Recording.string(
                        api.call(
                                "UpdateStateMachine",
                                "{'stateMachineArn':'$M','tracingConfiguration':{'enabled':true}}"),
                        "revisionId");

        assertThat(same).isEqualTo(first).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(traced).isNotEqualTo(first);
    }

    @Test
    @Proves("DescribeStateMachine")
    void variableReferencesNameTheVariablesThatAStateReadsInAnyField() throws Exception {
        api.define(
                "m",
                Api.quoted(
                        "{'StartAt':'A','States':{"
                                + "'A':{'Type':'Pass','Assign':{'x':1,'y.$':'$.y'},'Next':'B'},"
                                + "'B':{'Type':'Pass','Parameters':{'a.$':'$x','b':'$y'},'Next':'C'},"
                                + "'C':{'Type':'Wait','SecondsPath':'$y','End':true}}}"),
                "");

        assertThat(api.call("DescribeStateMachine", BY_MACHINE).text())
                .contains("\"variableReferences\":{\"B\":[\"x\"],\"C\":[\"y\"]}");
    }

    @Test
    @Proves({"DescribeStateMachine", "DescribeStateMachineForExecution", "ValidationException"})
    void includedDataChangesNothingOfWhatNoKeyOfACustomerEncrypts() throws Exception {
        api.create("");
        api.call("StartExecution", "{'stateMachineArn':'$M','name':'e','input':'[1]'}");
        for (var operation :
                List.of(
                        "DescribeStateMachine",
                        "DescribeExecution",
                        "DescribeStateMachineForExecution")) {
            var by =
                    operation.equals("DescribeStateMachine")
                            ? "'stateMachineArn':'$M'"
                            : "'executionArn':'$Pexecution:m:e'";
            var whole = api.call(operation, "{" + by + "}");
            for (var included : List.of("ALL_DATA", "METADATA_ONLY")) {
                assertThat(api.call(operation, "{" + by + ",'includedData':'" + included + "'}"))
                        .as(operation + " " + included)
                        .isEqualTo(whole);
            }
            assertThat(api.refusal(operation, "{" + by + ",'includedData':'NONE'}"))
                    .isEqualTo(
                            "ValidationException: 1 validation error detected: Value 'NONE' at"
                                    + " 'includedData' failed to satisfy constraint: Member must"
                                    + " satisfy enum value set: [ALL_DATA, METADATA_ONLY]");
        }
    }

    @Test
    @Proves("ValidateStateMachineDefinition")
    void validatingRefusesNoDefinitionAndSaysWhenThereIsMoreToTell() throws Exception {
        for (var text : List.of("'{}'", "'not a definition'", "'[]'", "'1'")) {
            var answer = api.call("ValidateStateMachineDefinition", "{'definition':" + text + "}");
            assertThat(Recording.string(answer, "result")).as(text).isEqualTo("FAIL");
        }
        assertThat(api.call("ValidateStateMachineDefinition", "{'definition':$D0}").text())
                .isEqualTo("{\"result\":\"OK\",\"diagnostics\":[],\"truncated\":false}");
        assertThat(
                        api.call(
                                        "ValidateStateMachineDefinition",
                                        "{'definition':"
                                                + Api.quoted(
                                                        "{'StartAt':'A','States':{'A':{'Type':'Pass','Next':'X'}}}")
                                                + ",'maxResults':1}")
                                .text())
                .contains("\"truncated\":true");
    }

    @Test
    @Proves({
        "DescribeStateMachine",
        "UpdateStateMachine",
        "InvalidArn",
        "StateMachineDoesNotExist"
    })
    void anArnOfAnotherKindOrOfNothingIsRefusedInTheWordsOfAws() throws Exception {
        assertThat(api.refusal("DescribeStateMachine", "{'stateMachineArn':'text'}"))
                .isEqualTo("InvalidArn: Invalid Arn: 'Invalid ARN prefix: text'");
        assertThat(api.refusal("DescribeStateMachine", "{'stateMachineArn':'$Pactivity:a'}"))
                .isEqualTo(
                        "InvalidArn: Invalid Arn: 'Resource type not valid in this context:"
                                + " activity'");
        for (var operation :
                List.of("DescribeStateMachine", "UpdateStateMachine", "StartExecution")) {
            assertThat(
                            api.refusal(
                                    operation,
                                    operation.startsWith("Update")
                                            ? "{'stateMachineArn':'$M','definition':$D1}"
                                            : BY_MACHINE))
                    .isEqualTo("StateMachineDoesNotExist: State Machine Does Not Exist: '$M'");
        }
    }
}
