package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Accounts are isolated from each other: to every operation that names a resource, another
 * account's is what an absent one is, and it stays as it was.
 */
@Timeout(60)
final class IsolationTest {
    @RegisterExtension static final StartedServer SERVER = new StartedServer();

    /** For each operation a request; $P stands for whose ARNs it names. */
    private static final Map<String, String> REQUESTS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry(
                                    "CreateStateMachineAlias",
                                    "{'name':'new','routingConfiguration':[{'stateMachineVersionArn':'$M:1','weight':100}]}"),
                            Map.entry("DeleteActivity", "{'activityArn':'$Pactivity:a'}"),
                            Map.entry("DeleteStateMachine", "{'stateMachineArn':'$M'}"),
                            Map.entry(
                                    "DeleteStateMachineAlias",
                                    "{'stateMachineAliasArn':'$M:live'}"),
                            Map.entry(
                                    "DeleteStateMachineVersion",
                                    "{'stateMachineVersionArn':'$M:1'}"),
                            Map.entry("DescribeActivity", "{'activityArn':'$Pactivity:a'}"),
                            Map.entry("DescribeExecution", "{'executionArn':'$Pexecution:m:e'}"),
                            Map.entry("DescribeStateMachine", "{'stateMachineArn':'$M'}"),
                            Map.entry(
                                    "DescribeStateMachineAlias",
                                    "{'stateMachineAliasArn':'$M:live'}"),
                            Map.entry(
                                    "DescribeStateMachineForExecution",
                                    "{'executionArn':'$Pexecution:m:e'}"),
                            Map.entry("GetActivityTask", "{'activityArn':'$Pactivity:a'}"),
                            Map.entry("GetExecutionHistory", "{'executionArn':'$Pexecution:m:e'}"),
                            Map.entry("ListExecutions", "{'stateMachineArn':'$M'}"),
                            Map.entry("ListStateMachineAliases", "{'stateMachineArn':'$M'}"),
                            Map.entry("ListStateMachineVersions", "{'stateMachineArn':'$M'}"),
                            Map.entry("ListTagsForResource", "{'resourceArn':'$M'}"),
                            Map.entry("PublishStateMachineVersion", "{'stateMachineArn':'$M'}"),
                            Map.entry("DescribeMapRun", "{'mapRunArn':'$PmapRun:m/l:i'}"),
                            Map.entry("ListMapRuns", "{'executionArn':'$Pexecution:m:e'}"),
                            Map.entry("RedriveExecution", "{'executionArn':'$Pexecution:m:e'}"),
                            Map.entry(
                                    "UpdateMapRun",
                                    "{'mapRunArn':'$PmapRun:m/l:i','maxConcurrency':1}"),
                            Map.entry("StartExecution", "{'stateMachineArn':'$M:live'}"),
                            Map.entry("StartSyncExecution", "{'stateMachineArn':'$M'}"),
                            Map.entry("StopExecution", "{'executionArn':'$Pexecution:m:e'}"),
                            Map.entry(
                                    "TagResource",
                                    "{'resourceArn':'$M','tags':[{'key':'k','value':'v'}]}"),
                            Map.entry("UntagResource", "{'resourceArn':'$M','tagKeys':['k']}"),
                            Map.entry(
                                    "UpdateStateMachine",
                                    "{'stateMachineArn':'$M','definition':$D1}"),
                            Map.entry(
                                    "UpdateStateMachineAlias",
                                    "{'stateMachineAliasArn':'$M:live','description':'d'}")));

    private final Api owner = SERVER.newcomer();
    private final Api other = SERVER.newcomer();

    @Test
    void anotherAccountsResourceIsWhatAnAbsentOneIs() throws Exception {
        createAll();
        var before = world();
        for (var request : REQUESTS.entrySet()) {
            var nobody = SERVER.newcomer();
            var absent = nobody.reply(request.getKey(), request.getValue());
            var foreign = other.reply(request.getKey(), owner.named(request.getValue()));

            assertThat(owner.shown(foreign.body().text()))
                    .as(request.getKey())
                    .isEqualTo(nobody.shown(absent.body().text()));
            assertThat(foreign.status()).isEqualTo(absent.status());
        }
        assertThat(world()).isEqualTo(before);
    }

    @Test
    void listsShowOnesOwnOnly() throws Exception {
        createAll();

        assertThat(other.call("ListStateMachines", "{}").text())
                .isEqualTo("{\"stateMachines\":[]}");
        assertThat(other.call("ListActivities", "{}").text()).isEqualTo("{\"activities\":[]}");
    }

    @Test
    void anotherAccountsTaskTokenIsNoToken() throws Exception {
        createAll();
        owner.create("waits", "'tags':[]");
        owner.call(
                "UpdateStateMachine",
                "{'stateMachineArn':'$PstateMachine:waits','definition':'{\\\"StartAt\\\":\\\"A\\\",\\\"States\\\":{\\\"A\\\":{\\\"Type\\\":\\\"Task\\\",\\\"Resource\\\":\\\"$Pactivity:a\\\",\\\"End\\\":true}}}'}");
        owner.call("StartExecution", "{'stateMachineArn':'$PstateMachine:waits','name':'w'}");
        var token =
                Recording.string(
                        owner.call("GetActivityTask", "{'activityArn':'$Pactivity:a'}"),
                        "taskToken");

        for (var operation : List.of("SendTaskSuccess", "SendTaskFailure", "SendTaskHeartbeat")) {
            var output = operation.equals("SendTaskSuccess") ? ",'output':'1'" : "";
            assertThat(other.refusal(operation, "{'taskToken':'" + token + "'" + output + "}"))
                    .isEqualTo("InvalidToken: Invalid Token: 'Invalid token'");
        }
        owner.call("SendTaskSuccess", "{'taskToken':'" + token + "','output':'1'}");
    }

    private void createAll() throws Exception {
        owner.create("'publish':true");
        owner.call("CreateActivity", "{'name':'a'}");
        owner.call(
                "CreateStateMachineAlias",
                "{'name':'live','routingConfiguration':[{'stateMachineVersionArn':'$M:1','weight':100}]}");
        owner.outputOf(owner.named("$M"));
        owner.call("StartExecution", "{'stateMachineArn':'$M','name':'e'}");
    }

    /** What its owner sees of all of it. */
    private String world() throws Exception {
        var seen = new StringBuilder();
        for (var look :
                List.of(
                        "DescribeActivity",
                        "DescribeExecution",
                        "DescribeStateMachine",
                        "DescribeStateMachineAlias",
                        "ListStateMachineVersions",
                        "ListStateMachineAliases",
                        "ListTagsForResource")) {
            seen.append(owner.call(look, REQUESTS.getOrDefault(look, "{}")).text()).append('\n');
        }
        return seen.toString();
    }
}
