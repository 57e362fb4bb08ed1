package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.testkit.Proves;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What AWS says of activities and their tasks, sentence by sentence, asked of a started server. */
@Timeout(60)
final class TaskApiTest {
    @RegisterExtension static final StartedServer SERVER = new StartedServer();

    private static final String BY_EXECUTION = "{'executionArn':'$Pexecution:m:e'}";
    private static final String BY_ACTIVITY = "{'activityArn':'$Pactivity:a'}";
    private static final String CATCHING =
            "{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'$Pactivity:a','End':true,"
                    + "'Catch':[{'ErrorEquals':['States.ALL'],'Next':'C'}]},"
                    + "'C':{'Type':'Pass','End':true}}}";

    private final Api api = SERVER.newcomer();

    /** Starts an execution that waits for the activity, and takes its task; returns the token. */
    private String task() throws Exception {
        api.call("CreateActivity", "{'name':'a'}");
        api.define("m", Api.quoted(CATCHING), "");
        api.call("StartExecution", "{'stateMachineArn':'$M','name':'e','input':'{\\'n\\':1}'}");
        var task = api.call("GetActivityTask", "{'activityArn':'$Pactivity:a','workerName':'w'}");
        assertThat(Recording.string(task, "input")).isEqualTo("{\"n\":1}");
        return Recording.string(task, "taskToken");
    }

    private String output() throws Exception {
        return Recording.string(api.call("DescribeExecution", BY_EXECUTION), "output");
    }

    @Test
    @Proves({"CreateActivity", "DeleteActivity", "DescribeActivity", "ActivityDoesNotExist"})
    void anActivityThatIsDeletedAndMadeAgainHasTheSameArn() throws Exception {
        var first = api.call("CreateActivity", "{'name':'a'}");
        assertThat(api.call("DeleteActivity", BY_ACTIVITY).text()).isEqualTo("{}");
        assertThat(api.refusal("DescribeActivity", BY_ACTIVITY))
                .isEqualTo("ActivityDoesNotExist: Activity Does Not Exist: '$Pactivity:a'");

        var second = api.call("CreateActivity", "{'name':'a'}");

        assertThat(second.get("activityArn")).isEqualTo(first.get("activityArn"));
    }

    @Test
    @Proves({"DescribeActivity", "ListActivities"})
    void aDescriptionShowsTheEncryptionAndAListDoesNot() throws Exception {
        api.call("CreateActivity", "{'name':'a'}");

        assertThat(api.call("DescribeActivity", BY_ACTIVITY).text())
                .contains("\"encryptionConfiguration\":{\"type\":\"AWS_OWNED_KEY\"}");
        assertThat(Recording.objects(api.call("ListActivities", "{}"), "activities"))
                .singleElement()
                .satisfies(item ->
                        assertThat(item.names())
                                .containsExactlyInAnyOrder("activityArn", "name", "creationDate"));
    }

    @Test
    @Proves({"CreateStateMachine", "DescribeExecution", "GetExecutionHistory", "StartExecution"})
    void aTaskOfAMissingActivityFailsTheWholeExecutionAtOnce() throws Exception {
        api.define("m", Api.quoted(CATCHING), "");
        api.call("StartExecution", "{'stateMachineArn':'$M','name':'e'}");

        var described = api.call("DescribeExecution", BY_EXECUTION);

        assertThat(Recording.string(described, "error")).isEqualTo("States.Runtime");
        assertThat(api.shown(described, "cause"))
                .isEqualTo(
                        "An error occurred while executing the state 'T' (entered at the event id"
                                + " #2). The activity $Pactivity:a does not exist.");
        assertThat(api.call("GetExecutionHistory", BY_EXECUTION).text())
                .doesNotContain("ActivityScheduleFailed");
    }

    @Test
    @Proves("GetExecutionHistory")
    void aTaskIsHandedToOnePollerAndItsEventNamesTheWorker() throws Exception {
        task();

        assertThat(api.call("GetExecutionHistory", BY_EXECUTION).text())
                .contains("\"activityStartedEventDetails\":{\"workerName\":\"w\"}");
    }

    @Test
    @Proves({"GetActivityTask", "SendTaskSuccess"})
    void anyJsonValueIsAnOutput() throws Exception {
        for (var output : List.of("1.50", "null", "\\'t\\'", "[]")) {
            var another = SERVER.newcomer();
            another.call("CreateActivity", "{'name':'a'}");
            another.define("m", Api.quoted(CATCHING), "");
            another.call("StartExecution", "{'stateMachineArn':'$M','name':'e'}");
            var task = Recording.string(another.call("GetActivityTask", BY_ACTIVITY), "taskToken");
            assertThat(
                            another.call(
                                            "SendTaskSuccess",
                                            "{'taskToken':'"
                                                    + task
                                                    + "','output':'"
                                                    + output
                                                    + "'}")
                                    .text())
                    .isEqualTo("{}");
            assertThat(Recording.string(another.call("DescribeExecution", BY_EXECUTION), "output"))
                    .isEqualTo(output.replace("\\'", "\""));
        }
    }

    @Test
    @Proves({"SendTaskSuccess", "InvalidOutput", "ValidationException"})
    void anOutputIsJsonOf262144BytesAtMost() throws Exception {
        var token = task();

        assertThat(api.refusal("SendTaskSuccess", "{'taskToken':'" + token + "','output':'no'}"))
                .startsWith("InvalidOutput: Invalid Output: 'Unrecognized token 'no'");
        assertThat(
                        api.refusal(
                                "SendTaskSuccess",
                                "{'taskToken':'%s','output':'%s'}"
                                        .formatted(token, "1".repeat(262_145))))
                .startsWith("ValidationException: 1 validation error detected: Value at 'output'");
        api.call("SendTaskSuccess", "{'taskToken':'" + token + "','output':'0'}");
        assertThat(output()).isEqualTo("0");
    }

    @Test
    @Proves({"SendTaskFailure", "SendTaskHeartbeat", "SendTaskSuccess", "InvalidToken"})
    void aTokenThatIsUnknownOrMalformedIsInvalid() throws Exception {
        for (var request :
                List.of(
                        "SendTaskSuccess {'taskToken':'x','output':'1'}",
                        "SendTaskFailure {'taskToken':'x'}",
                        "SendTaskHeartbeat {'taskToken':'x'}")) {
            var words = request.split(" ", 2);
            assertThat(api.refusal(words[0], words[1]))
                    .isEqualTo("InvalidToken: Invalid Token: 'Invalid token'");
        }
    }

    @Test
    @Proves({"SendTaskFailure", "SendTaskHeartbeat", "SendTaskSuccess", "TaskTimedOut"})
    void aTokenWhoseTaskIsClosedHasTimedOut() throws Exception {
        var token = task();
        api.call("SendTaskSuccess", "{'taskToken':'" + token + "','output':'1'}");

        for (var operation : List.of("SendTaskSuccess", "SendTaskFailure", "SendTaskHeartbeat")) {
            var output = operation.equals("SendTaskSuccess") ? ",'output':'2'" : "";
            assertThat(api.refusal(operation, "{'taskToken':'" + token + "'" + output + "}"))
                    .as(operation)
                    .isEqualTo(
                            "TaskTimedOut: Task Timed Out: 'Provided task does not exist anymore'");
        }
        assertThat(output()).isEqualTo("1");
    }

    @Test
    @Proves({"GetExecutionHistory", "SendTaskFailure"})
    void absentFieldsOfAFailureStayAbsentInTheEventAndACatchSeesNull() throws Exception {
        var token = task();
        assertThat(api.call("SendTaskFailure", "{'taskToken':'" + token + "'}").text())
                .isEqualTo("{}");

        assertThat(output()).isEqualTo("{\"Error\":null,\"Cause\":null}");
        assertThat(api.call("GetExecutionHistory", BY_EXECUTION).text())
                .contains("\"activityFailedEventDetails\":{}");
    }

    @Test
    @Proves({"GetExecutionHistory", "SendTaskHeartbeat"})
    void aHeartbeatMakesNoEvent() throws Exception {
        var token = task();
        var before = api.call("GetExecutionHistory", BY_EXECUTION);

        assertThat(api.call("SendTaskHeartbeat", "{'taskToken':'" + token + "'}").text())
                .isEqualTo("{}");

        assertThat(api.call("GetExecutionHistory", BY_EXECUTION)).isEqualTo(before);
    }

    @Test
    @Proves({"GetActivityTask", "ActivityDoesNotExist"})
    void nobodyPollsAnAbsentActivity() throws Exception {
        assertThat(api.refusal("GetActivityTask", BY_ACTIVITY))
                .isEqualTo("ActivityDoesNotExist: Activity Does Not Exist: '$Pactivity:a'");
    }
}
