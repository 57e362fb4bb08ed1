package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.testkit.Proves;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What AWS says of calls that are made twice, sentence by sentence, asked of a started server. */
@Timeout(60)
final class IdempotencyApiTest {
    @RegisterExtension static final StartedServer SERVER = new StartedServer();

    private static final String START = "{'stateMachineArn':'$M','name':'e','input':'%s'}";
    private static final String WAIT =
            Api.quoted("{'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':600,'End':true}}}");

    private final Api api = SERVER.newcomer();

    @Test
    @Proves({"StartExecution", "ExecutionAlreadyExists"})
    void theSameNameAndInputStringOfARunningExecutionReturnsTheSameArnAndStartDate()
            throws Exception {
        api.define("m", WAIT, "");
        var first = api.call("StartExecution", START.formatted("{}"));

        assertThat(api.call("StartExecution", START.formatted("{}"))).isEqualTo(first);
        assertThat(api.refusal("StartExecution", START.formatted("{ }")))
                .as("the string counts, not the value")
                .isEqualTo("ExecutionAlreadyExists: Execution Already Exists: '$Pexecution:m:e'");
    }

    @Test
    @Proves({"StartExecution", "ExecutionAlreadyExists"})
    void theNameOfAClosedExecutionExistsAlreadyAlsoWithTheSameInput() throws Exception {
        api.create("");
        api.call("StartExecution", START.formatted("{}"));

        assertThat(api.refusal("StartExecution", START.formatted("{}")))
                .isEqualTo("ExecutionAlreadyExists: Execution Already Exists: '$Pexecution:m:e'");
    }

    @Test
    @Proves({"CreateStateMachine", "StartExecution"})
    void anExpressStartIsNeverIdempotentAndItsNameMayBeUsedManyTimes() throws Exception {
        api.create("'type':'EXPRESS'");
        var first = api.shown(api.call("StartExecution", START.formatted("{}")), "executionArn");
        var second = api.shown(api.call("StartExecution", START.formatted("{}")), "executionArn");

        assertThat(List.of(first, second)).allMatch(arn -> arn.startsWith("$Pexpress:m:e:"));
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    @Proves({"CreateStateMachine", "InvalidDefinition", "StateMachineAlreadyExists"})
    void whiteSpaceInADefinitionCounts() throws Exception {
        api.create("");

        assertThat(
                        api.refusal(
                                "CreateStateMachine",
                                Api.machine("m", "")
                                        .replace("$D0", Api.quoted("{'StartAt': 'A'}"))))
                .startsWith("InvalidDefinition");
        assertThat(
                        api.refusal(
                                "CreateStateMachine",
                                Api.machine("m", "")
                                        .replace(
                                                "$D0",
                                                Api.quoted(
                                                        "{ 'StartAt':'A','States':{'A':{'Type':'Pass',"
                                                                + "'Result':0,'End':true}}}"))))
                .isEqualTo("StateMachineAlreadyExists: State Machine Already Exists: '$M'");
    }

    @Test
    @Proves({"CreateStateMachine", "DescribeStateMachine", "ListTagsForResource"})
    void anotherRoleAndOtherTagsOfTheSameMachineAreIgnoredAndNotApplied() throws Exception {
        var first = api.create("'tags':[{'key':'k','value':'1'}]");
        var second =
                api.call(
                        "CreateStateMachine",
                        Api.machine("m", "'tags':[{'key':'k','value':'2'}]")
                                .replace("role/r", "role/other"));

        assertThat(second).isEqualTo(first);
        assertThat(
                        Recording.string(
                                api.call("DescribeStateMachine", "{'stateMachineArn':'$M'}"),
                                "roleArn"))
                .isEqualTo("arn:aws:iam::123456789012:role/r");
        assertThat(api.call("ListTagsForResource", "{'resourceArn':'$M'}").text())
                .isEqualTo("{\"tags\":[{\"key\":\"k\",\"value\":\"1\"}]}");
    }

    @Test
    @Proves({"CreateStateMachine", "StateMachineAlreadyExists"})
    void otherLoggingTracingOrEncryptionOfTheSameNameExistsAlready() throws Exception {
        api.create("");
        for (var other : List.of("'tracingConfiguration':{'enabled':true}", "'type':'EXPRESS'")) {
            assertThat(api.refusal("CreateStateMachine", Api.machine("m", other)))
                    .isEqualTo("StateMachineAlreadyExists: State Machine Already Exists: '$M'");
        }
    }

    @Test
    @Proves({
        "DeleteActivity",
        "DeleteStateMachine",
        "DeleteStateMachineAlias",
        "DeleteStateMachineVersion"
    })
    void deletingSomethingAbsentSucceedsWithAnEmptyObject() throws Exception {
        api.create("");
        assertThat(
                        List.of(
                                api.call("DeleteStateMachine", "{'stateMachineArn':'$Mx'}").text(),
                                api.call("DeleteActivity", "{'activityArn':'$Pactivity:x'}").text(),
                                api.call(
                                                "DeleteStateMachineVersion",
                                                "{'stateMachineVersionArn':'$M:7'}")
                                        .text(),
                                api.call(
                                                "DeleteStateMachineAlias",
                                                "{'stateMachineAliasArn':'$M:x'}")
                                        .text()))
                .containsOnly("{}");
    }
}
