package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.testkit.Proves;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What AWS says of aliases, sentence by sentence, asked of a started server. */
@Timeout(60)
final class AliasApiTest {
    @RegisterExtension static final StartedServer SERVER = new StartedServer();

    private final Api api = SERVER.newcomer();

    /** The machine m with the versions 1 and 2, whose results are 0 and 1. */
    private void twoVersions() throws Exception {
        api.create("'publish':true");
        api.call("UpdateStateMachine", "{'stateMachineArn':'$M','definition':$D1,'publish':true}");
    }

    private static String route(int version, int weight) {
        return "{'stateMachineVersionArn':'$M:%d','weight':%d}".formatted(version, weight);
    }

    private static String alias(String name, String description, String routes) {
        return "{'name':'%s'%s,'routingConfiguration':[%s]}".formatted(name, description, routes);
    }

    private List<String> aliases(String of, int pageSize) throws Exception {
        return api.list(
                "ListStateMachineAliases",
                "{'stateMachineArn':'%s','maxResults':%d}".formatted(of, pageSize),
                "stateMachineAliases",
                "stateMachineAliasArn");
    }

    @Test
    @Proves({"CreateStateMachineAlias", "DescribeStateMachineAlias"})
    void anAliasIsDescribedWithDescriptionNameRoutesAndDates() throws Exception {
        twoVersions();
        var created =
                api.call(
                        "CreateStateMachineAlias",
                        alias("live", ",'description':'about'", route(2, 90) + "," + route(1, 10)));
        var described = api.call("DescribeStateMachineAlias", "{'stateMachineAliasArn':'$M:live'}");

        assertThat(api.shown(created, "stateMachineAliasArn")).isEqualTo("$M:live");
        assertThat(api.shown(described, "stateMachineAliasArn")).isEqualTo("$M:live");
        assertThat(Recording.string(described, "name")).isEqualTo("live");
        assertThat(Recording.string(described, "description")).isEqualTo("about");
        assertThat(described.get("creationDate")).isEqualTo(created.get("creationDate"));
        assertThat(described.get("updateDate"))
                .as("equal to creationDate at first")
                .isEqualTo(created.get("creationDate"));
        assertThat(api.shown(described.get("routingConfiguration").orElseThrow().text()))
                .isEqualTo(
                        "[{\"stateMachineVersionArn\":\"$M:2\",\"weight\":90},"
                                + "{\"stateMachineVersionArn\":\"$M:1\",\"weight\":10}]");
    }

    @Test
    @Proves({"CreateStateMachineAlias", "UpdateStateMachineAlias", "ResourceNotFound"})
    void anAbsentVersionOrMachineIsNotRoutedTo() throws Exception {
        var notFound = "ResourceNotFound: Request references a resource that does not exist.";
        assertThat(api.refusal("CreateStateMachineAlias", alias("a", "", route(1, 100))))
                .as("no machine")
                .isEqualTo(notFound);
        twoVersions();
        assertThat(api.refusal("CreateStateMachineAlias", alias("a", "", route(3, 100))))
                .isEqualTo(notFound);
        api.call("CreateStateMachineAlias", alias("a", "", route(1, 100)));
        assertThat(
                        api.refusal(
                                "UpdateStateMachineAlias",
                                "{'stateMachineAliasArn':'$M:a','routingConfiguration':["
                                        + route(1, 50)
                                        + ","
                                        + route(3, 50)
                                        + "]}"))
                .isEqualTo(notFound);
    }

    @Test
    @Proves({"CreateStateMachineAlias", "ValidationException"})
    void routesMustBeDistinctVersionsWhoseWeightsSumToAHundred() throws Exception {
        twoVersions();
        var refused = "ValidationException: ";
        assertThat(
                        api.refusal(
                                "CreateStateMachineAlias",
                                alias("a", "", route(1, 100).replace("$M:1", "$M"))))
                .isEqualTo(
                        refused
                                + "Routing configuration must contain state machine version ARNs."
                                + " Received: [$M]");
        assertThat(
                        api.refusal(
                                "CreateStateMachineAlias",
                                alias("a", "", route(1, 50) + "," + route(1, 50))))
                .isEqualTo(
                        refused
                                + "Routing configuration must contain distinct state machine version"
                                + " ARNs. Received: [$M:1, $M:1]");
        assertThat(
                        api.refusal(
                                "CreateStateMachineAlias",
                                alias("a", "", route(1, 70) + "," + route(2, 29))))
                .isEqualTo(
                        refused
                                + "Sum of routing configuration weights must equal 100. Received:"
                                + " [70, 29]");
        assertThat(api.refusal("CreateStateMachineAlias", alias("a", "", route(1, 101))))
                .isEqualTo(
                        refused
                                + "1 validation error detected: Value '101' at"
                                + " 'routingConfiguration.1.member.weight' failed to satisfy"
                                + " constraint: Member must have value less than or equal to 100");
    }

    @Test
    @Proves({"CreateStateMachineAlias", "ConflictException"})
    void creatingTheSameAliasReturnsItAndAnyDifferenceIsAConflict() throws Exception {
        twoVersions();
        var routes = route(1, 60) + "," + route(2, 40);
        var created = api.call("CreateStateMachineAlias", alias("a", ",'description':'d'", routes));
        var conflict =
                "ConflictException: Failed to create alias because an alias with the same name and a"
                        + " different routing configuration already exists.";

        assertThat(api.call("CreateStateMachineAlias", alias("a", ",'description':'d'", routes)))
                .isEqualTo(created);
        for (var other :
                List.of(
                        alias("a", ",'description':'d'", route(1, 100)),
                        alias("a", ",'description':'d'", route(1, 40) + "," + route(2, 60)),
                        alias("a", ",'description':'only this differs'", routes),
                        alias("a", "", routes))) {
            assertThat(api.refusal("CreateStateMachineAlias", other)).isEqualTo(conflict);
        }
    }

    @Test
    @Proves({"CreateStateMachineAlias", "DescribeStateMachineAlias", "UpdateStateMachineAlias"})
    void anUpdateChangesWhatItNamesAndTheUpdateDate() throws Exception {
        twoVersions();
        var created =
                api.call(
                        "CreateStateMachineAlias", alias("a", ",'description':'d'", route(1, 100)));
        var updated =
                api.call(
                        "UpdateStateMachineAlias",
                        "{'stateMachineAliasArn':'$M:a','routingConfiguration':["
                                + route(2, 100)
                                + "]}");
        var described = api.call("DescribeStateMachineAlias", "{'stateMachineAliasArn':'$M:a'}");

        assertThat(updated.names()).containsExactly("updateDate");
        assertThat(described.get("updateDate")).isEqualTo(updated.get("updateDate"));
        assertThat(described.get("creationDate")).isEqualTo(created.get("creationDate"));
        assertThat(Recording.string(described, "description")).isEqualTo("d");
        assertThat(api.outputOf("$M:a")).isEqualTo("1");

        api.call(
                "UpdateStateMachineAlias", "{'stateMachineAliasArn':'$M:a','description':'other'}");
        assertThat(api.call("DescribeStateMachineAlias", "{'stateMachineAliasArn':'$M:a'}").text())
                .contains("\"other\"")
                .contains("\"weight\":100");
    }

    @Test
    @Proves({"DescribeStateMachineAlias", "UpdateStateMachineAlias", "ResourceNotFound"})
    void anAbsentAliasIsNeitherDescribedNorUpdated() throws Exception {
        twoVersions();
        for (var operation : List.of("DescribeStateMachineAlias", "UpdateStateMachineAlias")) {
            assertThat(api.refusal(operation, "{'stateMachineAliasArn':'$M:no','description':'d'}"))
                    .isEqualTo(
                            "ResourceNotFound: Request references a resource that does not exist.");
        }
    }

    @Test
    @Proves({
        "CreateStateMachineAlias",
        "DeleteStateMachineAlias",
        "StartExecution",
        "ResourceNotFound",
        "StateMachineDoesNotExist"
    })
    void deletingAnAbsentAliasSucceedsButNotOfAnAbsentMachine() throws Exception {
        twoVersions();
        api.call("CreateStateMachineAlias", alias("a", "", route(1, 100)));
        for (int i = 0; i < 2; i++) {
            assertThat(
                            api.call("DeleteStateMachineAlias", "{'stateMachineAliasArn':'$M:a'}")
                                    .text())
                    .isEqualTo("{}");
        }
        assertThat(aliases("$M", 0)).isEmpty();
        assertThat(api.refusal("StartExecution", "{'stateMachineArn':'$M:a'}"))
                .isEqualTo("StateMachineDoesNotExist: State Machine Does Not Exist: '$M:a'");
        assertThat(api.refusal("DeleteStateMachineAlias", "{'stateMachineAliasArn':'$Mx:a'}"))
                .isEqualTo("ResourceNotFound: Request references a resource that does not exist.");
    }

    @Test
    @Proves({"CreateStateMachineAlias", "DeleteStateMachineVersion", "ConflictException"})
    void aVersionUsedByAnAliasIsNotDeleted() throws Exception {
        twoVersions();
        api.call("CreateStateMachineAlias", alias("b", "", route(1, 100)));
        api.call("CreateStateMachineAlias", alias("a", "", route(1, 50) + "," + route(2, 50)));

        assertThat(api.refusal("DeleteStateMachineVersion", "{'stateMachineVersionArn':'$M:1'}"))
                .isEqualTo(
                        "ConflictException: Version to be deleted must not be referenced by an alias."
                                + " Current list of aliases referencing this version: [a, b]");
        assertThat(api.refusal("DeleteStateMachineVersion", "{'stateMachineVersionArn':'$M:2'}"))
                .endsWith(" version: [a]");
    }

    @Test
    @Proves("CreateStateMachineAlias")
    void aliasesAreListedByNameInAnyPages() throws Exception {
        twoVersions();
        for (var name : List.of("c", "a", "b-2", "b", "B", "a.1", "_")) {
            api.call("CreateStateMachineAlias", alias(name, "", route(1, 100)));
        }

        for (int size : new int[] {0, 1, 2, 6, 7, 1000}) {
            assertThat(aliases("$M", size))
                    .containsExactly("$M:B", "$M:_", "$M:a", "$M:a.1", "$M:b", "$M:b-2", "$M:c");
        }
    }

    @Test
    @Proves({
        "CreateStateMachineAlias",
        "ListStateMachineAliases",
        "ResourceNotFound",
        "StateMachineDoesNotExist"
    })
    void byAVersionArnOnlyTheAliasesThatRouteToItAreListed() throws Exception {
        twoVersions();
        for (int i = 0; i < 4; i++) {
            api.call("CreateStateMachineAlias", alias("one-" + i, "", route(1, 100)));
            api.call("CreateStateMachineAlias", alias("two-" + i, "", route(2, 100)));
        }
        api.call("CreateStateMachineAlias", alias("both", "", route(1, 1) + "," + route(2, 99)));

        for (int size : new int[] {1, 2, 5, 100}) {
            assertThat(aliases("$M:2", size))
                    .containsExactly("$M:both", "$M:two-0", "$M:two-1", "$M:two-2", "$M:two-3");
        }
        assertThat(aliases("$M", 100)).hasSize(9);
        assertThat(api.refusal("ListStateMachineAliases", "{'stateMachineArn':'$M:3'}"))
                .startsWith("ResourceNotFound: ");
        for (var absent : List.of("$Mx", "$M:both")) {
            assertThat(
                            api.refusal(
                                    "ListStateMachineAliases",
                                    "{'stateMachineArn':'" + absent + "'}"))
                    .isEqualTo(
                            "StateMachineDoesNotExist: State Machine Does Not Exist: '"
                                    + absent
                                    + "'");
        }
    }

    @Test
    @Proves({"CreateStateMachineAlias", "DescribeStateMachineForExecution", "StartExecution"})
    void anExecutionRecordsAliasAndVersionThatItWasStartedBy() throws Exception {
        twoVersions();
        api.call("CreateStateMachineAlias", alias("a", "", route(1, 100)));
        var started = api.call("StartExecution", "{'stateMachineArn':'$M:a','name':'e'}");
        assertThat(api.shown(started, "executionArn"))
                .as("holds only the machine's name")
                .isEqualTo("$Pexecution:m:e");

        var byArn = "{'executionArn':'$Pexecution:m:e'}";
        var described = api.call("DescribeExecution", byArn);
        assertThat(api.shown(described, "stateMachineArn")).isEqualTo("$M");
        assertThat(api.shown(described, "stateMachineVersionArn")).isEqualTo("$M:1");
        assertThat(api.shown(described, "stateMachineAliasArn")).isEqualTo("$M:a");
        assertThat(api.shown(api.call("GetExecutionHistory", byArn).text()))
                .contains("\"stateMachineAliasArn\":\"$M:a\"")
                .contains("\"stateMachineVersionArn\":\"$M:1\"");
        assertThat(
                        api.shown(
                                api.call("DescribeStateMachineForExecution", byArn),
                                "stateMachineArn"))
                .isEqualTo("$M");
    }

    @Test
    @Proves({
        "CreateStateMachineAlias",
        "StartExecution",
        "UpdateStateMachine",
        "ExecutionAlreadyExists"
    })
    void theSameNameAndInputAgainReturnsTheSameExecutionWhateverTheAliasChooses() throws Exception {
        var waiting =
                "{\\\"StartAt\\\":\\\"A\\\",\\\"States\\\":{\\\"A\\\":{\\\"Type\\\":\\\"Wait\\\",\\\"Seconds\\\":600,\\\"End\\\":true}}}";
        api.call(
                "CreateStateMachine",
                Api.machine("m", "'publish':true").replace("$D0", "\"" + waiting + "\""));
        api.call(
                "UpdateStateMachine",
                "{'stateMachineArn':'$M','roleArn':'arn:aws:iam::123456789012:role/s','publish':true}");
        api.call("CreateStateMachineAlias", alias("a", "", route(1, 50) + "," + route(2, 50)));
        var first = api.call("StartExecution", "{'stateMachineArn':'$M:a','name':'e'}");
        for (int i = 0; i < 10; i++) {
            assertThat(api.call("StartExecution", "{'stateMachineArn':'$M:a','name':'e'}"))
                    .isEqualTo(first);
        }
        assertThat(
                        api.refusal(
                                "StartExecution",
                                "{'stateMachineArn':'$M:a','name':'e','input':'1'}"))
                .isEqualTo("ExecutionAlreadyExists: Execution Already Exists: '$Pexecution:m:e'");
    }
}
