package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.expressions.JsonObject;
import dev.gradus.testkit.Proves;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What AWS says of executions, sentence by sentence, asked of a started server. */
@Timeout(60)
final class ExecutionApiTest {
    @RegisterExtension static final StartedServer SERVER = new StartedServer();

    private static final String BY_EXECUTION = "{'executionArn':'$Pexecution:m:e'}";
    private static final String WAIT =
            Api.quoted("{'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':600,'End':true}}}");
    private static final String FAIL =
            Api.quoted(
                    "{'StartAt':'F','States':{'F':{'Type':'Fail','Error':'E','Cause':'because'}}}");

    private final Api api = SERVER.newcomer();

    private void start(String more) throws Exception {
        api.call("StartExecution", "{'stateMachineArn':'$M','name':'e'" + more + "}");
    }

    @Test
    @Proves({"CreateStateMachine", "DescribeExecution"})
    void theInputIsAnEmptyObjectByDefault() throws Exception {
        api.create("");
        start("");

        assertThat(Recording.string(api.call("DescribeExecution", BY_EXECUTION), "input"))
                .isEqualTo("{}");
    }

    @Test
    @Proves({"CreateStateMachine", "DescribeExecution", "StartExecution"})
    void anyJsonValueIsAnInputAndIsShownByteForByte() throws Exception {
        api.create("");
        var number = 0;
        for (var input : List.of("1.10", "\\\"t\\\"", "null", "[ ]", " {} ")) {
            var name = "e" + number++;
            api.call(
                    "StartExecution",
                    "{'stateMachineArn':'$M','name':'%s','input':'%s'}".formatted(name, input));
            assertThat(
                            Recording.string(
                                    api.call(
                                            "DescribeExecution",
                                            "{'executionArn':'$Pexecution:m:" + name + "'}"),
                                    "input"))
                    .isEqualTo(input.replace("\\\"", "\""));
        }
    }

    @Test
    @Proves({"StartExecution", "InvalidExecutionInput"})
    void anInputThatIsNoJsonIsRefusedInTheWordsOfTheParser() throws Exception {
        api.create("");
        assertThat(api.refusal("StartExecution", "{'stateMachineArn':'$M','input':'not json'}"))
                .isEqualTo(
                        "InvalidExecutionInput: Invalid State Machine Execution Input: 'Unrecognized"
                                + " token 'not': was expecting (JSON String, Number, Array, Object"
                                + " or token 'null', 'true' or 'false')'");
        assertThat(api.refusal("StartExecution", "{'stateMachineArn':'$M','input':''}"))
                .isEqualTo(
                        "InvalidExecutionInput: Invalid State Machine Execution Input: 'Invalid"
                                + " execution input.'");
    }

    @Test
    @Proves({"StartExecution", "ValidationException"})
    void anInputHas262144BytesAtMost() throws Exception {
        api.create("");
        var most = "\\\"" + "x".repeat(262_142) + "\\\"";
        api.call("StartExecution", "{'stateMachineArn':'$M','input':'" + most + "'}");

        assertThat(
                        api.refusal(
                                "StartExecution",
                                "{'stateMachineArn':'$M','input':'" + most + " '}"))
                .isEqualTo(
                        "ValidationException: 1 validation error detected: Value at 'input' failed"
                                + " to satisfy constraint: Member must have length less than or"
                                + " equal to 262144");
    }

    @Test
    @Proves({"StartExecution", "InvalidName"})
    void anExecutionWithoutANameIsCalledByAUuid() throws Exception {
        api.create("");
        var arn = api.shown(api.call("StartExecution", "{'stateMachineArn':'$M'}"), "executionArn");

        assertThat(arn).matches("\\$Pexecution:m:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(api.refusal("StartExecution", "{'stateMachineArn':'$M','name':'a b'}"))
                .isEqualTo("InvalidName: Invalid Name: 'a b'");
    }

    @Test
    @Proves({"StartExecution", "ValidationException"})
    void theTraceHeaderIsShownAndMustBeAscii() throws Exception {
        api.create("");
        start(",'traceHeader':'Root=1-5759e988-bd862e3fe1be46a994272793'");

        assertThat(Recording.string(api.call("DescribeExecution", BY_EXECUTION), "traceHeader"))
                .isEqualTo("Root=1-5759e988-bd862e3fe1be46a994272793");
        assertThat(api.refusal("StartExecution", "{'stateMachineArn':'$M','traceHeader':'\u00e4'}"))
                .isEqualTo(
                        "ValidationException: 1 validation error detected: Value '\u00e4' at"
                                + " 'traceHeader' failed to satisfy constraint: Member must satisfy"
                                + " regular expression pattern: \\p{ASCII}*");
    }

    @Test
    @Proves({"CreateStateMachine", "DescribeExecution", "StartExecution"})
    void aDescriptionHasTheOutputOfSuccessOnlyAndTheErrorOfFailureOnly() throws Exception {
        api.create("");
        start("");
        var succeeded = api.call("DescribeExecution", BY_EXECUTION);
        assertThat(succeeded.names())
                .contains("output", "outputDetails", "inputDetails", "stopDate")
                .doesNotContain("error", "cause", "redriveDate");

        api.define("f", FAIL, "");
        api.call("StartExecution", "{'stateMachineArn':'$PstateMachine:f','name':'e'}");
        var failed = api.call("DescribeExecution", "{'executionArn':'$Pexecution:f:e'}");
        assertThat(failed.names())
                .contains("error", "cause", "inputDetails", "stopDate")
                .doesNotContain("output", "outputDetails");

        api.define("w", WAIT, "");
        api.call("StartExecution", "{'stateMachineArn':'$PstateMachine:w','name':'e'}");
        assertThat(api.call("DescribeExecution", "{'executionArn':'$Pexecution:w:e'}").names())
                .doesNotContain("stopDate", "output", "outputDetails", "error", "cause");
    }

    @Test
    @Proves({"DescribeExecution", "StopExecution"})
    void onlyWhatFailedTimedOutOrWasAbortedIsRedrivable() throws Exception {
        api.define("m", WAIT, "");
        start("");
        assertThat(api.call("DescribeExecution", BY_EXECUTION).text())
                .contains(
                        "\"redriveCount\":0,\"redriveStatus\":\"NOT_REDRIVABLE\",\"redriveStatusReason\":"
                                + "\"Execution is RUNNING and cannot be redriven\"");
        api.call("StopExecution", BY_EXECUTION);
        var aborted = api.call("DescribeExecution", BY_EXECUTION);
        assertThat(Recording.string(aborted, "redriveStatus")).isEqualTo("REDRIVABLE");
        assertThat(aborted.has("redriveStatusReason")).isFalse();
    }

    @Test
    @Proves({"StartSyncExecution", "StateMachineTypeNotSupported"})
    void aSynchronousExecutionIsOfAnExpressMachineOnly() throws Exception {
        api.create("");

        assertThat(api.refusal("StartSyncExecution", "{'stateMachineArn':'$M'}"))
                .isEqualTo(
                        "StateMachineTypeNotSupported: This operation is not supported by this type"
                                + " of state machine");
    }

    @Test
    @Proves("StartSyncExecution")
    void aSynchronousAnswerHasOutputDetailsAlsoWhenItFailed() throws Exception {
        api.define("m", FAIL, "'type':'EXPRESS'");

        var failed = api.call("StartSyncExecution", "{'stateMachineArn':'$M','name':'e'}");

        assertThat(Recording.string(failed, "status")).isEqualTo("FAILED");
        assertThat(failed.names())
                .containsExactlyInAnyOrder(
                        "executionArn",
                        "stateMachineArn",
                        "name",
                        "status",
                        "startDate",
                        "stopDate",
                        "input",
                        "inputDetails",
                        "outputDetails",
                        "error",
                        "cause",
                        "billingDetails");
    }

    @Test
    @Proves("StartSyncExecution")
    void whatIsBilledIsRoundedUpToAHundredMillisecondsAndSixtyFourMegabytes() throws Exception {
        api.create("'type':'EXPRESS'");
        var billing =
                (JsonObject)
                        api.call("StartSyncExecution", "{'stateMachineArn':'$M'}")
                                .get("billingDetails")
                                .orElseThrow();

        var duration =
                Long.parseLong(billing.get("billedDurationInMilliseconds").orElseThrow().text());
        var memory = Long.parseLong(billing.get("billedMemoryUsedInMB").orElseThrow().text());
        assertThat(duration).isPositive().matches(millis -> millis % 100 == 0);
        assertThat(memory).isPositive().matches(megabytes -> megabytes % 64 == 0);
    }

    @Test
    @Proves({
        "DescribeExecution",
        "DescribeStateMachineForExecution",
        "GetExecutionHistory",
        "StopExecution",
        "InvalidArn"
    })
    void anExpressExecutionHasNoDescriptionNoHistoryAndNoStop() throws Exception {
        api.create("'type':'EXPRESS'");
        var arn = api.shown(api.call("StartExecution", "{'stateMachineArn':'$M'}"), "executionArn");
        for (var operation :
                List.of(
                        "DescribeExecution",
                        "StopExecution",
                        "GetExecutionHistory",
                        "DescribeStateMachineForExecution")) {
            assertThat(api.refusal(operation, "{'executionArn':'" + arn + "'}"))
                    .as(operation)
                    .isEqualTo(
                            "InvalidArn: Invalid Arn: 'Resource type not valid in this context:"
                                    + " express'");
        }
    }

    @Test
    @Proves("StopExecution")
    void aHistoryIsPagedInBothOrdersAndOfARunningExecutionItIsWhatThereIs() throws Exception {
        api.define("m", WAIT, "");
        start("");
        var all = List.of("1", "2");
        for (int size : new int[] {0, 1, 2, 1000}) {
            assertThat(ids("'maxResults':" + size)).isEqualTo(all);
            assertThat(ids("'reverseOrder':true,'maxResults':" + size)).isEqualTo(reversed(all));
        }
        api.call("StopExecution", BY_EXECUTION);
        assertThat(ids("'maxResults':2")).containsExactly("1", "2", "3");
    }

    private List<String> ids(String arguments) throws Exception {
        var found = new ArrayList<String>();
        var token = "";
        do {
            var page =
                    api.call(
                            "GetExecutionHistory",
                            "{'executionArn':'$Pexecution:m:e'," + arguments + token + "}");
            for (var event : Recording.objects(page, "events")) {
                found.add(event.get("id").orElseThrow().text());
            }
            var next = Recording.string(page, "nextToken");
            token = next.isEmpty() ? "" : ",'nextToken':'" + next + "'";
        } while (!token.isEmpty());
        return found;
    }

    private static List<String> reversed(List<String> list) {
        var copy = new ArrayList<>(list);
        Collections.reverse(copy);
        return copy;
    }

    @Test
    @Proves({"CreateStateMachine", "GetExecutionHistory"})
    void aHistoryWithoutExecutionDataKeepsErrorsNamesAndArns() throws Exception {
        api.define("m", FAIL, "");
        start(",'input':'[1]'");

        var history =
                api.call(
                                "GetExecutionHistory",
                                "{'executionArn':'$Pexecution:m:e','includeExecutionData':false}")
                        .text();

        assertThat(history)
                .doesNotContain("\"input\"")
                .doesNotContain("\"inputDetails\"")
                .contains(
                        "\"roleArn\"",
                        "\"name\":\"F\"",
                        "\"error\":\"E\"",
                        "\"cause\":\"because\"");
    }

    @Test
    @Proves({"GetExecutionHistory", "StopExecution"})
    void aStopAbortsWithAnEventThatHasNoPredecessorAndEmptyDetailsWhenNoReasonIsGiven()
            throws Exception {
        api.define("m", WAIT, "");
        start("");
        var stopped = api.call("StopExecution", BY_EXECUTION);

        var described = api.call("DescribeExecution", BY_EXECUTION);
        assertThat(Recording.string(described, "status")).isEqualTo("ABORTED");
        assertThat(described.get("stopDate")).isEqualTo(stopped.get("stopDate"));
        assertThat(api.call("GetExecutionHistory", BY_EXECUTION).text())
                .contains(
                        "\"type\":\"ExecutionAborted\",\"id\":3,\"previousEventId\":0,"
                                + "\"executionAbortedEventDetails\":{}");
    }

    @Test
    @Proves("StopExecution")
    void stoppingWhatHasEndedSucceedsAndReturnsTheOriginalDate() throws Exception {
        api.create("");
        start("");
        var described = api.call("DescribeExecution", BY_EXECUTION);

        var stopped =
                api.call(
                        "StopExecution",
                        "{'executionArn':'$Pexecution:m:e','error':'late','cause':'too late'}");

        assertThat(stopped.get("stopDate")).isEqualTo(described.get("stopDate"));
        assertThat(api.call("DescribeExecution", BY_EXECUTION)).isEqualTo(described);
    }

    @Test
    @Proves({"DescribeStateMachineForExecution", "StopExecution", "ExecutionDoesNotExist"})
    void anAbsentExecutionDoesNotExistForAnyOperation() throws Exception {
        for (var operation :
                List.of(
                        "DescribeExecution",
                        "StopExecution",
                        "GetExecutionHistory",
                        "DescribeStateMachineForExecution")) {
            assertThat(api.refusal(operation, BY_EXECUTION))
                    .as(operation)
                    .isEqualTo(
                            "ExecutionDoesNotExist: Execution Does Not Exist: '$Pexecution:m:e'");
        }
    }
}
