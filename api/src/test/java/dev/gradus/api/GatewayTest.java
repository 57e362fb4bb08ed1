package dev.gradus.api;

import static dev.gradus.api.Wire.ACTIVITY;
import static dev.gradus.api.Wire.EXECUTION;
import static dev.gradus.api.Wire.MACHINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.Failure;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.ActivityView;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.StateMachineRequests;
import dev.gradus.testkit.Proves;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Golden requests and answers. The answers' members stand in the order that they are written in.
 */
class GatewayTest {
    private final Wire wire = new Wire();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CreateStateMachine | {'name':'m','definition':'{}','roleArn':'arn:aws:iam::123456789012:role/r'} | {'stateMachineArn':'$M','creationDate':1700000000.123}",
                "CreateStateMachine | {'name':'m','definition':'{}','roleArn':'arn:aws:iam::123456789012:role/r','publish':true} | {'stateMachineArn':'$M','creationDate':1700000000.123,'stateMachineVersionArn':'$M:1'}",
                "UpdateStateMachine | {'stateMachineArn':'$M','definition':'{}','publish':true} | {'updateDate':1700000000.123,'revisionId':'5e0e1a1e-0000-4000-8000-000000000000','stateMachineVersionArn':'$M:1'}",
                "PublishStateMachineVersion | {'stateMachineArn':'$M'} | {'stateMachineVersionArn':'$M:1','creationDate':1700000000.123}",
                "ListStateMachineVersions | {'stateMachineArn':'$M'} | {'stateMachineVersions':[{'stateMachineVersionArn':'$M:1','creationDate':1700000000.123}],'nextToken':'$T'}",
                "ListStateMachineVersions | {'stateMachineArn':'$M:1'} | {'stateMachineVersions':[]}",
                "DeleteStateMachineVersion | {'stateMachineVersionArn':'$M:1'} | {}",
                "CreateStateMachineAlias | {'name':'live','routingConfiguration':[{'stateMachineVersionArn':'$M:1','weight':100}]} | {'stateMachineAliasArn':'$M:live','creationDate':1700000000.123}",
                "DescribeStateMachineAlias | {'stateMachineAliasArn':'$M:live'} | {'stateMachineAliasArn':'$M:live','name':'live','description':'about','routingConfiguration':[{'stateMachineVersionArn':'$M:1','weight':100}],'creationDate':1700000000.123,'updateDate':1700000000.124}",
                "UpdateStateMachineAlias | {'stateMachineAliasArn':'$M:live','description':''} | {'updateDate':1700000000.124}",
                "DeleteStateMachineAlias | {'stateMachineAliasArn':'$M:live'} | {}",
                "DeleteStateMachineAlias | {'stateMachineAliasArn':'$M:1'} | {}",
                "ListStateMachineAliases | {'stateMachineArn':'$M'} | {'stateMachineAliases':[{'stateMachineAliasArn':'$M:live','creationDate':1700000000.123}],'nextToken':'$T'}",
                "TagResource | {'resourceArn':'$A','tags':[{'key':'k'}]} | {}",
                "UntagResource | {'resourceArn':'$M','tagKeys':['k','k']} | {}",
                "ListTagsForResource | {'resourceArn':'$A'} | {'tags':[{'key':'k','value':''}]}",
                "UpdateStateMachine | {'stateMachineArn':'$M','definition':'{}'} | {'updateDate':1700000000.123,'revisionId':'5e0e1a1e-0000-4000-8000-000000000000'}",
                "DeleteStateMachine | {'stateMachineArn':'$M'} | {}",
                "ListStateMachines | {} | {'stateMachines':[{'stateMachineArn':'$M','name':'m','type':'EXPRESS','creationDate':1700000000.123}],'nextToken':'$T'}",
                "StartExecution | {'stateMachineArn':'$M','name':'e'} | {'executionArn':'$E','startDate':1700000000.123}",
                "StopExecution | {'executionArn':'$E'} | {'stopDate':1700000000.123}",
                "RedriveExecution | {'executionArn':'$E','clientToken':'t'} | {'redriveDate':1700000000.123}",
                "UpdateMapRun | {'mapRunArn':'$R','toleratedFailurePercentage':12.5} | {}",
                "CreateActivity | {'name':'a'} | {'activityArn':'$A','creationDate':1700000000.123}",
                "DescribeActivity | {'activityArn':'$A'} | {'activityArn':'$A','name':'a','creationDate':1700000000.123,'encryptionConfiguration':{'type':'AWS_OWNED_KEY'}}",
                "ListActivities | {} | {'activities':[{'activityArn':'$A','name':'a','creationDate':1700000000.123}],'nextToken':'$T'}",
                "DeleteActivity | {'activityArn':'$A'} | {}",
                "GetActivityTask | {'activityArn':'$A'} | {'taskToken':'t','input':'{}'}",
                "SendTaskSuccess | {'taskToken':'t','output':'{}'} | {}",
                "SendTaskFailure | {'taskToken':'t'} | {}",
                "SendTaskHeartbeat | {'taskToken':'t'} | {}",
            })
    @Proves({
        "CreateStateMachineAlias",
        "DeleteActivity",
        "DeleteStateMachine",
        "DeleteStateMachineAlias",
        "DeleteStateMachineVersion",
        "DescribeActivity",
        "DescribeStateMachineAlias",
        "GetActivityTask",
        "ListActivities",
        "ListStateMachineAliases",
        "ListStateMachineVersions",
        "ListStateMachines",
        "ListTagsForResource",
        "PublishStateMachineVersion",
        "SendTaskFailure",
        "SendTaskHeartbeat",
        "SendTaskSuccess",
        "StopExecution",
        "TagResource",
        "UntagResource",
        "UpdateStateMachine",
        "UpdateStateMachineAlias"
    })
    void answersInTheFormOfTheProtocol(String operation, String request, String expected) {
        var response = wire.call(operation, filled(request));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers())
                .isEqualTo(
                        Map.of(
                                "Content-Type",
                                "application/x-amz-json-1.0",
                                "x-amzn-RequestId",
                                "00000000-0000-0001-0000-000000000002"));
        assertThat(
                        response.body()
                                .replaceFirst("\"nextToken\":\"[^\"]+\"", "\"nextToken\":\"\\$T\""))
                .isEqualTo(filled(expected));
    }

    @Test
    @Proves("DescribeStateMachine")
    void describesAStateMachine() {
        assertThat(wire.call("DescribeStateMachine", filled("{'stateMachineArn':'$M'}")).body())
                .isEqualTo(
                        filled(
                                "{'stateMachineArn':'$M','name':'m','status':'ACTIVE',"
                                        + "'definition':'{\\'StartAt\\':\\'A\\'}',"
                                        + "'roleArn':'arn:aws:iam::123456789012:role/r',"
                                        + "'type':'STANDARD','creationDate':1700000000.123,"
                                        + "'loggingConfiguration':{'level':'OFF',"
                                        + "'includeExecutionData':false,'destinations':"
                                        + "[{'cloudWatchLogsLogGroup':"
                                        + "{'logGroupArn':'arn:aws:logs:g:*'}}]},"
                                        + "'tracingConfiguration':{'enabled':true},"
                                        + "'revisionId':'5e0e1a1e-0000-4000-8000-000000000000',"
                                        + "'encryptionConfiguration':{'type':'AWS_OWNED_KEY'},"
                                        + "'variableReferences':{'S':['a','b']}}"));
    }

    @Test
    @Proves("DescribeExecution")
    void describesAnExecution() {
        assertThat(wire.call("DescribeExecution", filled("{'executionArn':'$E'}")).body())
                .isEqualTo(
                        filled(
                                "{'executionArn':'$E','stateMachineArn':'$M','name':'e',"
                                        + "'status':'SUCCEEDED','startDate':1700000000.123,"
                                        + "'stopDate':1700000000.373,'input':' {\\'a\\' : 1} ',"
                                        + "'inputDetails':{'included':true},'output':'[1.10]',"
                                        + "'outputDetails':{'included':true},"
                                        + "'traceHeader':'Root=1-2-3','error':'E','cause':'because',"
                                        + "'stateMachineVersionArn':'$M:1',"
                                        + "'stateMachineAliasArn':'$M:live','redriveCount':1,"
                                        + "'redriveDate':1700000000.623,"
                                        + "'redriveStatus':'NOT_REDRIVABLE','redriveStatusReason':"
                                        + "'Execution is SUCCEEDED and cannot be redriven'}"));
    }

    @Test
    @Proves("ListExecutions")
    void listsExecutions() {
        wire.service.next = Optional.empty();

        assertThat(wire.call("ListExecutions", filled("{'stateMachineArn':'$M'}")).body())
                .isEqualTo(
                        filled(
                                "{'executions':[{'executionArn':'$E','stateMachineArn':'$M',"
                                        + "'name':'e','status':'TIMED_OUT',"
                                        + "'startDate':1700000000.123,'stopDate':1700000001.123,"
                                        + "'stateMachineVersionArn':'$M:1',"
                                        + "'stateMachineAliasArn':'$M:live','redriveCount':1,"
                                        + "'redriveDate':1700000000.623}]}"));
    }

    @Test
    @Proves({"DescribeMapRun"})
    void describesAMapRun() {
        assertThat(wire.call("DescribeMapRun", filled("{'mapRunArn':'$R'}")).body())
                .isEqualTo(
                        filled(
                                "{'mapRunArn':'$R','executionArn':'$E','status':'FAILED',"
                                        + "'startDate':1700000000.123,'stopDate':1700000001.123,"
                                        + "'maxConcurrency':2,'toleratedFailurePercentage':12.5,"
                                        + "'toleratedFailureCount':3,'itemCounts':{'pending':1,"
                                        + "'running':2,'succeeded':3,'failed':4,'timedOut':5,"
                                        + "'aborted':6,'total':21,'resultsWritten':3,"
                                        + "'failuresNotRedrivable':1,'pendingRedrive':2},"
                                        + "'executionCounts':{'pending':6,'running':5,"
                                        + "'succeeded':4,'failed':3,'timedOut':2,'aborted':1,"
                                        + "'total':21,'resultsWritten':4,"
                                        + "'failuresNotRedrivable':2,'pendingRedrive':1},"
                                        + "'redriveCount':1,'redriveDate':1700000000.623}"));
    }

    @Test
    @Proves({"ListMapRuns"})
    void listsTheMapRunsOfAnExecutionWithTheirLabelledMachine() {
        wire.service.next = Optional.empty();
        assertThat(wire.call("ListMapRuns", filled("{'executionArn':'$E'}")).body())
                .isEqualTo(
                        filled(
                                "{'mapRuns':[{'executionArn':'$E','mapRunArn':'$R',"
                                        + "'stateMachineArn':'$M/label',"
                                        + "'startDate':1700000000.123,"
                                        + "'stopDate':1700000001.123}]}"));
    }

    @Test
    @Proves("GetExecutionHistory")
    void leavesPayloadsOutOfTheHistoryWhenToldSo() {
        wire.service.next = Optional.empty();
        var with = wire.call("GetExecutionHistory", filled("{'executionArn':'$E'}")).body();
        var without =
                wire.call(
                                "GetExecutionHistory",
                                filled("{'executionArn':'$E','includeExecutionData':false}"))
                        .body();

        assertThat(with)
                .isEqualTo(
                        filled(
                                "{'events':[{'timestamp':1700000000.123,'type':'PassStateEntered',"
                                        + "'id':2,'previousEventId':0,'stateEnteredEventDetails':"
                                        + "{'name':'A','input':'{\\'a\\':1}',"
                                        + "'inputDetails':{'truncated':false}}}]}"));
        assertThat(without).contains(filled("'stateEnteredEventDetails':{'name':'A'}"));
    }

    @Test
    @Proves("StartExecution")
    void handsOnWhatStartExecutionWasGiven() {
        wire.call(
                "StartExecution",
                filled("{'stateMachineArn':'$M','name':'e','input':' [1] ','traceHeader':'Root=1'}")
                        .getBytes(StandardCharsets.UTF_8),
                Map.of());
        assertThat(wire.asked())
                .isEqualTo(
                        new ExecutionRequests.Start(
                                new Arn.StateMachine(Wire.HOME, "m"),
                                Optional.of("e"),
                                " [1] ",
                                Optional.of("Root=1")));

        wire.call(
                "StartExecution",
                filled("{'stateMachineArn':'$M','traceHeader':'Root=1'}")
                        .getBytes(StandardCharsets.UTF_8),
                Map.of("X-Amzn-Trace-Id", "Root=2"));
        assertThat(wire.asked())
                .isEqualTo(
                        new ExecutionRequests.Start(
                                new Arn.StateMachine(Wire.HOME, "m"),
                                Optional.empty(),
                                "{}",
                                Optional.of("Root=2")));
    }

    @Test
    @Proves("ValidateStateMachineDefinition")
    void validatesADefinitionAndTellsAsManyFindingsAsAsked() {
        var definition =
                "'definition':'{\\'StartAt\\':\\'A\\',\\'States\\':{\\'A\\':"
                        + "{\\'Type\\':\\'Fail\\',\\'Error\\':\\'$.e\\',\\'X\\':1,\\'Y\\':1}}}'";
        var first =
                "{'severity':'ERROR','code':'SCHEMA_VALIDATION_FAILED','message':"
                        + "'Field ~X~ is not supported','location':'/States/A'}";

        var one =
                wire.call(
                        "ValidateStateMachineDefinition",
                        filled("{" + definition + ",'maxResults':1}"));
        var warned =
                wire.call(
                        "ValidateStateMachineDefinition",
                        filled("{" + definition + ",'severity':'WARNING','maxResults':0}"));
        var fine =
                wire.call(
                        "ValidateStateMachineDefinition",
                        filled(
                                "{'type':'EXPRESS','definition':'{\\'StartAt\\':\\'A\\',\\'States\\':"
                                        + "{\\'A\\':{\\'Type\\':\\'Succeed\\'}}}'}"));

        assertThat(one.body())
                .isEqualTo(
                        filled("{'result':'FAIL','diagnostics':[" + first + "],'truncated':true}")
                                .replace('~', '\''));
        assertThat(warned.body())
                .contains(filled("'severity':'WARNING','code':'NO_PATH'"))
                .contains(filled("'truncated':false"));
        assertThat(fine.body())
                .isEqualTo(filled("{'result':'OK','diagnostics':[],'truncated':false}"));
    }

    @Test
    @Proves("SendTaskFailure")
    void leavesAbsentFailureTextsAbsent() {
        wire.call("SendTaskFailure", "{\"taskToken\":\"t\",\"error\":null}");
        assertThat(wire.asked()).isEqualTo(List.of(Wire.HOME, "t", Failure.NONE));
    }

    @Test
    @Proves({"SendTaskFailure", "SendTaskHeartbeat", "SendTaskSuccess"})
    void tellsWhoAnswersWithATaskToken() {
        var stranger = new Arn.Place("aws", "eu-west-1", "000000000042");
        callAs(stranger, "SendTaskSuccess", "{\"taskToken\":\"t\",\"output\":\"1\"}");
        assertThat(wire.asked()).isEqualTo(List.of(stranger, "t", Payload.ofText("1")));
        callAs(stranger, "SendTaskFailure", "{\"taskToken\":\"t\"}");
        assertThat(wire.asked()).isEqualTo(List.of(stranger, "t", Failure.NONE));
        callAs(stranger, "SendTaskHeartbeat", "{\"taskToken\":\"t\"}");
        assertThat(wire.asked()).isEqualTo(List.of(stranger, "t"));
    }

    @Test
    @Proves({"GetActivityTask", "ActivityDoesNotExist"})
    void handsTasksToTheAccountAndRegionOfTheActivityOnly() {
        var body = "{\"activityArn\":\"" + ACTIVITY + "\"}";
        for (var stranger :
                List.of(
                        new Arn.Place("aws", Wire.HOME.region(), "000000000042"),
                        new Arn.Place("aws", "eu-west-1", Wire.HOME.account()))) {
            assertThat(callAs(stranger, "GetActivityTask", body).body())
                    .startsWith("{\"__type\":\"ActivityDoesNotExist\"")
                    .contains("Activity Does Not Exist: '" + ACTIVITY + "'");
        }
        assertThat(wire.service.asked).isEmpty();
        assertThat(callAs(Wire.HOME, "GetActivityTask", body).status()).isEqualTo(200);
    }

    @Test
    void answersOurOwnCommandLineBesideTheOperations() {
        var response =
                wire.send(
                        "POST",
                        Gateway.RELEASE_PATH,
                        Map.of("content-type", "application/json"),
                        ("{\"executionArn\":\"" + EXECUTION + "\"}")
                                .getBytes(StandardCharsets.UTF_8));

        assertThat(response.body()).isEqualTo("{\"held\":3,\"left\":1}");
        assertThat(wire.asked()).isEqualTo(new Arn.Execution(Wire.HOME, "m", "e"));
        assertThat(wire.refusal("ReleaseExecution", "{}")).startsWith("UnknownOperation");
    }

    private Wire.Response callAs(Arn.Place caller, String operation, String body) {
        return wire.call(
                operation,
                body.getBytes(StandardCharsets.UTF_8),
                Map.of(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential="
                                + caller.account()
                                + "/20261122/"
                                + caller.region()
                                + "/states/aws4_request, SignedHeaders=host, Signature=0"));
    }

    @Test
    @Proves("CreateStateMachine")
    void createsUnderTheCallersAccountAndRegion() {
        var body =
                "{\"name\":\"m\",\"definition\":\"{}\",\"roleArn\":\"arn:aws:iam::1:role/r\"}"
                        .replace("::1:", "::123456789012:");
        wire.call(
                "CreateStateMachine",
                body.getBytes(StandardCharsets.UTF_8),
                Map.of(
                        "Authorization",
                        "AWS4-HMAC-SHA256"
                                + " Credential=000000000042/20261122/cn-north-1/states/aws4_request,"
                                + " SignedHeaders=host, Signature=0"));

        assertThat(((StateMachineRequests.Create) wire.asked()).arn().text())
                .isEqualTo("arn:aws-cn:states:cn-north-1:000000000042:stateMachine:m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-amz-json-1.0",
                "application/x-amz-json-1.0; charset=utf-8",
                "Application/X-Amz-Json-1.1",
                "application/json;charset=UTF-8",
                ""
            })
    @Proves("ListActivities")
    void takesTheContentTypesThatClientsSend(String contentType) {
        var response =
                wire.call(
                        "ListActivities",
                        "{}".getBytes(StandardCharsets.UTF_8),
                        Map.of("Content-Type", contentType));
        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    @Proves("ListActivities")
    void refusesAFormBody() {
        var response =
                wire.call("ListActivities", new byte[0], Map.of("Content-Type", "text/plain"));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("UnknownOperationException");
    }

    @Test
    void knowsNoOtherTarget() {
        assertThat(wire.refusal("Nonsense", "{}"))
                .startsWith("UnknownOperationException: There is");
        for (var target : new String[] {"", "DynamoDB_20120810.GetItem", "AWSStepFunctions."}) {
            var response = wire.call("X", new byte[0], Map.of("X-Amz-Target", target));
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.body()).contains("UnknownOperationException");
        }
        assertThat(wire.send("POST", "/other", Map.of(), new byte[0]).status()).isEqualTo(400);
    }

    @Test
    @Proves({"DescribeExecution", "ExecutionDoesNotExist"})
    void writesAnErrorInTheFormOfTheProtocol() {
        wire.service.failure =
                Optional.of(
                        new CompletionException(
                                ErrorShape.ExecutionDoesNotExist.because("Gone: '\"\n'")));

        var response = wire.call("DescribeExecution", filled("{'executionArn':'$E'}"));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo(
                        "{\"__type\":\"ExecutionDoesNotExist\",\"message\":\"Gone: '\\\"\\n'\"}");
        assertThat(response.headers()).containsKey("x-amzn-RequestId");
    }

    @Test
    @Proves("DescribeExecution")
    void showsABugAsInternalServerErrorWithoutTellingWhatItWas() {
        wire.service.failure = Optional.of(new IllegalStateException("a secret"));

        var response = wire.call("DescribeExecution", filled("{'executionArn':'$E'}"));

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.body())
                .contains("InternalServerError")
                .contains("00000000-0000-0001-0000-000000000002")
                .doesNotContain("secret");
    }

    @Test
    @Proves("GetActivityTask")
    void answersAPollThatCompletesLater() {
        var held = new CompletableFuture<Optional<ActivityView.Task>>();
        wire.service.poll = Optional.of(held);
        Thread.ofVirtual().start(() -> held.complete(Optional.empty()));

        assertThat(wire.call("GetActivityTask", filled("{'activityArn':'$A'}")).body())
                .isEqualTo("{}");
    }

    @Test
    @Proves({"ListActivities", "ListStateMachines", "InvalidToken"})
    void handsPagesOnByTokensThatBelongToTheCall() {
        var first = wire.call("ListStateMachines", "{\"maxResults\":7}").body();
        var token = first.replaceFirst(".*\"nextToken\":\"([^\"]+)\".*", "$1");
        var second = "{\"nextToken\":\"" + token + "\"}";

        assertThat(wire.call("ListStateMachines", second).status()).isEqualTo(200);
        assertThat(wire.asked().toString()).contains("position-2").contains("size=100");
        assertThat(wire.refusal("ListActivities", second))
                .isEqualTo("InvalidToken: Invalid Token: 'Invalid token'");
        assertThat(wire.refusal("ListStateMachines", "{\"nextToken\":\"x\"}"))
                .isEqualTo("InvalidToken: Invalid Token: 'Invalid token'");
    }

    @Test
    @Proves({
        "ListActivities",
        "ListExecutions",
        "ListStateMachineAliases",
        "ListStateMachineVersions",
        "ListStateMachines",
        "InvalidToken"
    })
    void endsPagesAfterADay() {
        for (var list :
                List.of(
                        "ListStateMachines",
                        "ListActivities",
                        "ListExecutions",
                        "ListStateMachineVersions",
                        "ListStateMachineAliases",
                        "GetExecutionHistory")) {
            var arguments = filled("{'stateMachineArn':'$M','executionArn':'$E'");
            var token =
                    wire.call(list, arguments + "}")
                            .body()
                            .replaceFirst(".*\"nextToken\":\"([^\"]+)\".*", "$1");
            var next = arguments + ",\"nextToken\":\"" + token + "\"}";

            wire.now = wire.now.plus(Duration.ofHours(24)).minusSeconds(1);
            assertThat(wire.call(list, next).status()).as(list).isEqualTo(200);
            wire.now = wire.now.plusSeconds(1);
            assertThat(wire.refusal(list, next))
                    .isEqualTo("InvalidToken: Invalid Token: 'Invalid token'");
        }
    }

    private static String filled(String text) {
        return text.replace("\\'", "\\\"")
                .replace('\'', '"')
                .replace("$R", MACHINE.replace(":stateMachine:", ":mapRun:") + "/label:id")
                .replace("$M", MACHINE)
                .replace("$E", EXECUTION)
                .replace("$A", ACTIVITY);
    }
}
