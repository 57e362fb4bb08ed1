package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.testkit.Proves;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What AWS says of lists, sentence by sentence, asked of a started server. */
@Timeout(60)
final class ListApiTest {
    @RegisterExtension static final StartedServer SERVER = new StartedServer();

    private final Api api = SERVER.newcomer();

    private List<String> executions(String request) throws Exception {
        return api.list("ListExecutions", request, "executions", "name");
    }

    private void start(String of, String name) throws Exception {
        api.call("StartExecution", "{'stateMachineArn':'%s','name':'%s'}".formatted(of, name));
    }

    /** Failing, waiting and succeeding executions of one machine, in turn. */
    private void mixed() throws Exception {
        var definition =
                "\"{\\\"StartAt\\\":\\\"C\\\",\\\"States\\\":{\\\"C\\\":{\\\"Type\\\":\\\"Choice\\\",\\\"Choices\\\":["
                        + "{\\\"Variable\\\":\\\"$\\\",\\\"NumericEquals\\\":1,\\\"Next\\\":\\\"F\\\"},"
                        + "{\\\"Variable\\\":\\\"$\\\",\\\"NumericEquals\\\":2,\\\"Next\\\":\\\"W\\\"}],\\\"Default\\\":\\\"S\\\"},"
                        + "\\\"F\\\":{\\\"Type\\\":\\\"Fail\\\"},"
                        + "\\\"W\\\":{\\\"Type\\\":\\\"Wait\\\",\\\"Seconds\\\":600,\\\"End\\\":true},"
                        + "\\\"S\\\":{\\\"Type\\\":\\\"Succeed\\\"}}}\"";
        api.call(
                "CreateStateMachine",
                Api.machine("m", "'publish':true").replace("$D0", definition));
        for (int i = 0; i < 9; i++) {
            api.call(
                    "StartExecution",
                    "{'stateMachineArn':'%s','name':'e%d','input':'%d'}"
                            .formatted(i % 2 == 0 ? "$M" : "$M:1", i, i % 3));
        }
    }

    @Test
    @Proves("StopExecution")
    void executionsAreListedNewestFirstUnderEveryFilter() throws Exception {
        mixed();
        for (int size : new int[] {0, 1, 2, 1000}) {
            var page = ",'maxResults':" + size + "}";
            assertThat(executions("{'stateMachineArn':'$M'" + page))
                    .containsExactly("e8", "e7", "e6", "e5", "e4", "e3", "e2", "e1", "e0");
            assertThat(executions("{'stateMachineArn':'$M','statusFilter':'FAILED'" + page))
                    .containsExactly("e7", "e4", "e1");
            assertThat(executions("{'stateMachineArn':'$M','statusFilter':'RUNNING'" + page))
                    .containsExactly("e8", "e5", "e2");
            assertThat(executions("{'stateMachineArn':'$M','statusFilter':'SUCCEEDED'" + page))
                    .containsExactly("e6", "e3", "e0");
            assertThat(executions("{'stateMachineArn':'$M','statusFilter':'TIMED_OUT'" + page))
                    .isEmpty();
            assertThat(executions("{'stateMachineArn':'$M:1'" + page))
                    .containsExactly("e7", "e5", "e3", "e1");
            assertThat(executions("{'stateMachineArn':'$M:1','statusFilter':'RUNNING'" + page))
                    .containsExactly("e5");
        }
        api.call("StopExecution", "{'executionArn':'$Pexecution:m:e5'}");
        assertThat(executions("{'stateMachineArn':'$M:1','statusFilter':'ABORTED'}"))
                .containsExactly("e5");
        assertThat(executions("{'stateMachineArn':'$M:1','statusFilter':'RUNNING'}")).isEmpty();
    }

    @Test
    @Proves({"CreateStateMachineAlias", "ListExecutions", "StateMachineDoesNotExist"})
    void executionsStartedByAliasAreListedByItAndShowBoth() throws Exception {
        api.create("'publish':true");
        api.call(
                "CreateStateMachineAlias",
                "{'name':'a','routingConfiguration':"
                        + "[{'stateMachineVersionArn':'$M:1','weight':100}]}");
        start("$M:a", "by-alias");
        start("$M:1", "by-version");
        start("$M", "by-machine");

        assertThat(executions("{'stateMachineArn':'$M:a'}")).containsExactly("by-alias");
        assertThat(executions("{'stateMachineArn':'$M:1'}"))
                .containsExactly("by-version", "by-alias");
        assertThat(
                        api.list(
                                "ListExecutions",
                                "{'stateMachineArn':'$M'}",
                                "executions",
                                "stateMachineVersionArn"))
                .containsExactly("", "$M:1", "$M:1");
        assertThat(
                        api.list(
                                "ListExecutions",
                                "{'stateMachineArn':'$M'}",
                                "executions",
                                "stateMachineAliasArn"))
                .containsExactly("", "", "$M:a");
        assertThat(
                        api.list(
                                "ListExecutions",
                                "{'stateMachineArn':'$M:a'}",
                                "executions",
                                "stateMachineArn"))
                .containsExactly("$M");
        for (var absent : List.of("$M:2", "$M:b", "$Mx", "$Mx:1")) {
            assertThat(api.refusal("ListExecutions", "{'stateMachineArn':'" + absent + "'}"))
                    .isEqualTo(
                            "StateMachineDoesNotExist: State Machine Does Not Exist: '"
                                    + absent
                                    + "'");
        }
    }

    @Test
    @Proves({"ListExecutions", "StateMachineTypeNotSupported"})
    void executionsOfAnExpressMachineAreNotListed() throws Exception {
        api.create("'type':'EXPRESS','publish':true");
        for (var arn : List.of("$M", "$M:1")) {
            assertThat(api.refusal("ListExecutions", "{'stateMachineArn':'" + arn + "'}"))
                    .isEqualTo(
                            "StateMachineTypeNotSupported: This operation is not supported by this"
                                    + " type of state machine");
        }
    }

    @Test
    @Proves("ListStateMachines")
    void machinesAreListedByNameInByteOrderWithoutVersionsAndAliases() throws Exception {
        for (var name : List.of("m_2_", "m_10_", "m_1_", "m_0_", "m_11_", "M", "é", "m-")) {
            api.create(name, "'publish':true");
        }
        for (int size : new int[] {0, 1, 3, 8, 1000}) {
            assertThat(
                            api.list(
                                    "ListStateMachines",
                                    "{'maxResults':" + size + "}",
                                    "stateMachines",
                                    "name"))
                    .containsExactly("M", "m-", "m_0_", "m_10_", "m_11_", "m_1_", "m_2_", "é");
        }
    }

    @Test
    @Proves({"CreateActivity", "ListActivities"})
    void activitiesAreListedByName() throws Exception {
        for (var name : List.of("a_1", "a_0", "a_2")) {
            api.call("CreateActivity", "{'name':'" + name + "'}");
        }
        for (int size : new int[] {0, 1, 2, 3}) {
            assertThat(
                            api.list(
                                    "ListActivities",
                                    "{'maxResults':" + size + "}",
                                    "activities",
                                    "name"))
                    .containsExactly("a_0", "a_1", "a_2");
        }
    }

    @Test
    @Proves({
        "ListActivities",
        "ListExecutions",
        "ListStateMachineAliases",
        "ListStateMachineVersions",
        "ListStateMachines",
        "ValidationException"
    })
    void maxResultsOfZeroAndNoneMeanAHundredAndAThousandIsTheMost() throws Exception {
        for (int i = 0; i < 101; i++) {
            api.call("CreateActivity", "{'name':'a" + i + "'}");
        }
        for (var request : List.of("{}", "{'maxResults':0}", "{'maxResults':100}")) {
            var page = api.call("ListActivities", request);
            assertThat(Recording.objects(page, "activities")).hasSize(100);
            assertThat(page.has("nextToken")).isTrue();
        }
        assertThat(api.call("ListActivities", "{'maxResults':101}").has("nextToken"))
                .as("absent on the last page")
                .isFalse();
        for (var operation :
                List.of(
                        "ListActivities",
                        "ListStateMachines",
                        "ListExecutions",
                        "ListStateMachineVersions",
                        "ListStateMachineAliases",
                        "GetExecutionHistory")) {
            assertThat(
                            api.refusal(
                                    operation,
                                    "{'stateMachineArn':'$M','executionArn':'$Pexecution:m:e',"
                                            + "'maxResults':1001}"))
                    .isEqualTo(
                            "ValidationException: 1 validation error detected: Value '1001' at"
                                    + " 'maxResults' failed to satisfy constraint: Member must have"
                                    + " value less than or equal to 1000");
        }
    }

    @Test
    @Proves("ListStateMachines")
    void aTokenSurvivesARestartOfTheServer(@TempDir Path data) throws Exception {
        var settings =
                Settings.from(
                        Map.of("data", data.toString(), "port", "0", "drain-timeout", "0"),
                        Map.of());
        var names = List.of("c", "a", "b");
        Api before;
        String token;
        try (var first = GradusServer.start(settings)) {
            before = api.at(first.port());
            for (var name : names) {
                before.create(name, "'publish':true");
            }
            token =
                    Recording.string(
                            before.call("ListStateMachines", "{'maxResults':1}"), "nextToken");
        }
        try (var second = GradusServer.start(settings)) {
            var after = before.at(second.port());
            assertThat(
                            after.list(
                                    "ListStateMachines",
                                    "{'nextToken':'" + token + "'}",
                                    "stateMachines",
                                    "name"))
                    .containsExactly("b", "c");
            assertThat(after.outputOf("$PstateMachine:b:1")).isEqualTo("0");
        }
    }

    @Test
    @Proves({
        "ListExecutions",
        "ListStateMachineAliases",
        "ListStateMachineVersions",
        "InvalidToken"
    })
    void aTokenBelongsToTheOtherArgumentsOfItsCall() throws Exception {
        mixed();
        var of = new ArrayList<String>();
        for (var arguments :
                List.of(
                        "'stateMachineArn':'$M'",
                        "'stateMachineArn':'$M:1'",
                        "'stateMachineArn':'$M','statusFilter':'RUNNING'")) {
            var page = api.call("ListExecutions", "{" + arguments + ",'maxResults':1}");
            of.add(arguments + ",'nextToken':'" + Recording.string(page, "nextToken") + "'");
        }
        for (var arguments : of) {
            api.call("ListExecutions", "{" + arguments + ",'maxResults':2}");
        }
        var token = of.getFirst().substring(of.getFirst().indexOf(",'nextToken'"));
        for (var other :
                List.of(
                        "'stateMachineArn':'$M:1'",
                        "'stateMachineArn':'$M','statusFilter':'FAILED'",
                        "'stateMachineArn':'$M','statusFilter':'RUNNING'")) {
            assertThat(api.refusal("ListExecutions", "{" + other + token + "}"))
                    .isEqualTo("InvalidToken: Invalid Token: 'Invalid token'");
        }
        for (var operation : List.of("ListStateMachineVersions", "ListStateMachineAliases")) {
            assertThat(api.refusal(operation, "{'stateMachineArn':'$M'" + token + "}"))
                    .isEqualTo("InvalidToken: Invalid Token: 'Invalid token'");
        }
    }
}
