package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.expressions.Json;
import dev.gradus.testkit.Proves;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What AWS says of versions, sentence by sentence, asked of a started server. */
@Timeout(60)
final class VersionApiTest {
    private static final String NOT_FOUND =
            "StateMachineDoesNotExist: State Machine Does Not Exist: ";
    @RegisterExtension static final StartedServer SERVER = new StartedServer();

    private final Api api = SERVER.newcomer();

    private List<String> versions(int pageSize) throws Exception {
        return api.list(
                "ListStateMachineVersions",
                "{'stateMachineArn':'$M','maxResults':" + pageSize + "}",
                "stateMachineVersions",
                "stateMachineVersionArn");
    }

    @Test
    @Proves("CreateStateMachine")
    void publishAlsoPublishesVersionOneAndReturnsItsArn() throws Exception {
        var created = api.create("'publish':true,'versionDescription':'first'");

        assertThat(api.shown(created, "stateMachineVersionArn")).isEqualTo("$M:1");
        assertThat(api.shown(created, "stateMachineArn")).isEqualTo("$M");
        assertThat(versions(0)).containsExactly("$M:1");
        assertThat(api.create("plain", "").has("stateMachineVersionArn")).isFalse();
    }

    @Test
    @Proves({"CreateStateMachine", "UpdateStateMachine", "ValidationException"})
    void aVersionDescriptionWithoutPublishIsRefused() throws Exception {
        var refused =
                "ValidationException: Version description can only be set when publish is true";

        assertThat(api.refusal("CreateStateMachine", Api.machine("m", "'versionDescription':'d'")))
                .isEqualTo(refused);
        api.create("");
        assertThat(
                        api.refusal(
                                "UpdateStateMachine",
                                "{'stateMachineArn':'$M','definition':$D1,'versionDescription':'d'}"))
                .isEqualTo(refused);
    }

    @Test
    @Proves("CreateStateMachineAlias")
    void expressMachinesMayBePublishedAndAliased() throws Exception {
        var created = api.create("'type':'EXPRESS','publish':true");
        assertThat(api.shown(created, "stateMachineVersionArn")).isEqualTo("$M:1");
        var alias =
                api.call(
                        "CreateStateMachineAlias",
                        "{'name':'a','routingConfiguration':"
                                + "[{'stateMachineVersionArn':'$M:1','weight':100}]}");
        assertThat(api.shown(alias, "stateMachineAliasArn")).isEqualTo("$M:a");
    }

    @Test
    @Proves({"CreateStateMachine", "DescribeStateMachine", "ListTagsForResource"})
    void creatingTheSameAgainReturnsTheExistingMachineAndItsDate() throws Exception {
        var settings = "'publish':true,'versionDescription':'d'";
        var created = api.create(settings);
        var again = api.create("'tags':[{'key':'k','value':'v'}]," + settings);

        assertThat(again).isEqualTo(created);
        assertThat(api.call("ListTagsForResource", "{'resourceArn':'$M'}").text())
                .as("other tags are not applied")
                .isEqualTo("{\"tags\":[]}");
        assertThat(
                        api.call(
                                "CreateStateMachine",
                                Api.machine("m", settings).replace("role/r", "role/other")))
                .isEqualTo(created);
        assertThat(api.call("DescribeStateMachine", "{'stateMachineArn':'$M'}").text())
                .as("another role is not applied")
                .contains("role/r\"");
    }

    @Test
    @Proves({"CreateStateMachine", "StateMachineAlreadyExists"})
    void creatingWithAnotherDefinitionTypeOrWishToPublishIsRefused() throws Exception {
        api.create("'publish':true,'versionDescription':'d'");

        for (var other :
                Set.of(
                        Api.machine("m", ""),
                        Api.machine("m", "'publish':true"),
                        Api.machine("m", "'publish':true,'versionDescription':'e'"),
                        Api.machine(
                                "m", "'publish':true,'versionDescription':'d','type':'EXPRESS'"),
                        Api.machine("m", "'publish':true,'versionDescription':'d'")
                                .replace("$D0", "$D1"),
                        Api.machine(
                                "m",
                                "'publish':true,'versionDescription':'d',"
                                        + "'tracingConfiguration':{'enabled':true}"))) {
            assertThat(api.refusal("CreateStateMachine", other))
                    .isEqualTo("StateMachineAlreadyExists: State Machine Already Exists: '$M'");
        }
    }

    @Test
    @Proves("UpdateStateMachine")
    void anUpdateToTheSameValuesKeepsTheRevisionAndTheVersion() throws Exception {
        api.create("");
        var update = "{'stateMachineArn':'$M','definition':$D1,'publish':true}";
        var first = api.call("UpdateStateMachine", update);
        var second = api.call("UpdateStateMachine", update);

        assertThat(second.get("revisionId")).isEqualTo(first.get("revisionId")).isPresent();
        assertThat(api.shown(second, "stateMachineVersionArn")).isEqualTo("$M:1");
        var third = api.call("UpdateStateMachine", update.replace("$D1", "$D2"));
        assertThat(third.get("revisionId")).isPresent().isNotEqualTo(first.get("revisionId"));
        assertThat(api.shown(third, "stateMachineVersionArn")).isEqualTo("$M:2");
    }

    @Test
    @Proves({"DescribeStateMachine", "UpdateStateMachine"})
    void aMachineThatWasNeverUpdatedHasNoRevisionIdInItsAnswers() throws Exception {
        api.create("");
        var updated =
                api.call(
                        "UpdateStateMachine",
                        "{'stateMachineArn':'$M','definition':$D0,'publish':true}");

        assertThat(updated.names())
                .containsExactlyInAnyOrder("updateDate", "stateMachineVersionArn");
        for (var arn : List.of("$M", "$M:1")) {
            assertThat(
                            api.call("DescribeStateMachine", "{'stateMachineArn':'" + arn + "'}")
                                    .names())
                    .doesNotContain("revisionId", "description");
        }
    }

    @Test
    @Proves({"DescribeStateMachine", "PublishStateMachineVersion", "UpdateStateMachine"})
    void aVersionIsDescribedByItsArnWithItsDescriptionRevisionAndDate() throws Exception {
        api.create("");
        var revision =
                api.call("UpdateStateMachine", "{'stateMachineArn':'$M','definition':$D1}")
                        .get("revisionId");
        var published =
                api.call(
                        "PublishStateMachineVersion",
                        "{'stateMachineArn':'$M','description':'second'}");
        api.call("UpdateStateMachine", "{'stateMachineArn':'$M','definition':$D2}");
        var described = api.call("DescribeStateMachine", "{'stateMachineArn':'$M:1'}");

        assertThat(api.shown(published, "stateMachineVersionArn")).isEqualTo("$M:1");
        assertThat(api.shown(described, "stateMachineArn")).isEqualTo("$M:1");
        assertThat(Recording.string(described, "name")).isEqualTo("m");
        assertThat(Recording.string(described, "description")).isEqualTo("second");
        assertThat(Recording.string(described, "status")).isEqualTo("ACTIVE");
        assertThat(Recording.string(described, "definition")).contains("\"Result\":1");
        assertThat(described.get("revisionId")).isEqualTo(revision);
        assertThat(described.get("creationDate")).isEqualTo(published.get("creationDate"));
        assertThat(api.call("DescribeStateMachine", "{'stateMachineArn':'$M'}").has("description"))
                .isFalse();
    }

    @Test
    @Proves({"CreateStateMachineAlias", "DescribeStateMachine"})
    void anAbsentVersionAndAnAliasAreNoStateMachineToDescribe() throws Exception {
        api.create("'publish':true");
        api.call(
                "CreateStateMachineAlias",
                "{'name':'a','routingConfiguration':"
                        + "[{'stateMachineVersionArn':'$M:1','weight':100}]}");
        for (var arn : List.of("$M:2", "$M:a", "$M:b", "$Mx", "$Mx:1")) {
            assertThat(api.refusal("DescribeStateMachine", "{'stateMachineArn':'" + arn + "'}"))
                    .isEqualTo(NOT_FOUND + "'" + arn + "'");
        }
    }

    @Test
    @Proves("UpdateStateMachine")
    void anUpdateByVersionArnFindsNoStateMachine() throws Exception {
        api.create("'publish':true");
        for (var arn : List.of("$M:1", "$M:a")) {
            assertThat(
                            api.refusal(
                                    "UpdateStateMachine",
                                    "{'stateMachineArn':'" + arn + "','definition':$D1}"))
                    .isEqualTo(NOT_FOUND + "'" + arn + "'");
        }
    }

    @Test
    @Proves({"PublishStateMachineVersion", "UpdateStateMachine", "ConflictException"})
    void theRevisionToPublishMustBeTheCurrentOne() throws Exception {
        api.create("");
        assertThat(
                        api.refusal(
                                "PublishStateMachineVersion",
                                "{'stateMachineArn':'$M','revisionId':'no'}"))
                .isEqualTo(
                        "ConflictException: Failed to publish the State Machine version for revision"
                                + " no. The current State Machine revision is INITIAL.");
        var initial = "{'stateMachineArn':'$M','revisionId':'INITIAL'}";
        assertThat(
                        api.shown(
                                api.call("PublishStateMachineVersion", initial),
                                "stateMachineVersionArn"))
                .isEqualTo("$M:1");
        var revision =
                Recording.string(
                        api.call("UpdateStateMachine", "{'stateMachineArn':'$M','definition':$D1}"),
                        "revisionId");
        assertThat(api.refusal("PublishStateMachineVersion", initial))
                .endsWith(
                        "revision INITIAL. The current State Machine revision is "
                                + revision
                                + ".");
        api.call(
                "PublishStateMachineVersion",
                "{'stateMachineArn':'$M','revisionId':'" + revision + "'}");
        assertThat(versions(1)).containsExactly("$M:2", "$M:1");
    }

    @Test
    @Proves({"DescribeStateMachine", "PublishStateMachineVersion"})
    void publishingAPublishedRevisionReturnsThatVersionAndItsDate() throws Exception {
        api.create("");
        var first =
                api.call(
                        "PublishStateMachineVersion",
                        "{'stateMachineArn':'$M','description':'one'}");
        var second =
                api.call(
                        "PublishStateMachineVersion",
                        "{'stateMachineArn':'$M','description':'two'}");

        assertThat(second).isEqualTo(first);
        assertThat(
                        Recording.string(
                                api.call("DescribeStateMachine", "{'stateMachineArn':'$M:1'}"),
                                "description"))
                .isEqualTo("one");
    }

    @Test
    @Proves("PublishStateMachineVersion")
    void nothingIsPublishedOfAnAbsentMachine() throws Exception {
        assertThat(api.refusal("PublishStateMachineVersion", "{'stateMachineArn':'$M'}"))
                .isEqualTo(NOT_FOUND + "'$M'");
    }

    @Test
    @Proves({"ListStateMachineVersions", "UpdateStateMachine"})
    void versionsAreListedNewestFirstInAnyPages() throws Exception {
        api.create("'publish':true");
        for (int i = 1; i < 10; i++) {
            api.call(
                    "UpdateStateMachine",
                    "{'stateMachineArn':'$M','definition':$D%d,'publish':true}".formatted(i));
        }
        api.call(
                "UpdateStateMachine",
                "{'stateMachineArn':'$M','tracingConfiguration':{'enabled':true},'publish':true}");
        var all =
                List.of(
                        "$M:11", "$M:10", "$M:9", "$M:8", "$M:7", "$M:6", "$M:5", "$M:4", "$M:3",
                        "$M:2", "$M:1");

        for (int size : new int[] {0, 1, 3, 10, 11, 1000}) {
            assertThat(versions(size)).isEqualTo(all);
        }
        var page = api.call("ListStateMachineVersions", "{'stateMachineArn':'$M','maxResults':11}");
        assertThat(page.has("nextToken")).as("absent on the last page").isFalse();
    }

    @Test
    @Proves({"ListStateMachineVersions", "InvalidArn"})
    void anAbsentMachineHasAnEmptyListOfVersionsAndABadArnIsRefused() throws Exception {
        assertThat(versions(5)).isEmpty();
        assertThat(api.refusal("ListStateMachineVersions", "{'stateMachineArn':'no'}"))
                .isEqualTo("InvalidArn: Invalid Arn: 'Invalid ARN prefix: no'");
        assertThat(api.refusal("ListStateMachineVersions", "{'stateMachineArn':'$Pactivity:a'}"))
                .isEqualTo(
                        "InvalidArn: Invalid Arn: 'Resource type not valid in this context: activity'");
    }

    @Test
    @Proves({"DeleteStateMachineVersion", "PublishStateMachineVersion"})
    void deletingAnAbsentVersionSucceedsAndNumbersAreNotReused() throws Exception {
        api.create("'publish':true");
        for (int i = 0; i < 2; i++) {
            assertThat(
                            api.call(
                                            "DeleteStateMachineVersion",
                                            "{'stateMachineVersionArn':'$M:1'}")
                                    .text())
                    .isEqualTo("{}");
        }
        assertThat(versions(0)).isEmpty();
        assertThat(
                        api.shown(
                                api.call("PublishStateMachineVersion", "{'stateMachineArn':'$M'}"),
                                "stateMachineVersionArn"))
                .isEqualTo("$M:2");
        api.call("DeleteStateMachineVersion", "{'stateMachineVersionArn':'$Mx:1'}");
    }

    @Test
    @Proves({"DescribeStateMachineForExecution", "StartExecution", "UpdateStateMachine"})
    void anExecutionRecordsTheVersionThatItWasStartedBy() throws Exception {
        api.create("'publish':true");
        api.call("UpdateStateMachine", "{'stateMachineArn':'$M','definition':$D1,'publish':true}");
        api.call("UpdateStateMachine", "{'stateMachineArn':'$M','definition':$D2}");
        assertThat(api.outputOf("$M:1")).isEqualTo("0");
        assertThat(api.outputOf("$M:2")).isEqualTo("1");
        assertThat(api.outputOf("$M")).isEqualTo("2");

        var started = api.call("StartExecution", "{'stateMachineArn':'$M:1','name':'e'}");
        assertThat(api.shown(started, "executionArn")).isEqualTo("$Pexecution:m:e");
        var byArn = "{'executionArn':'$Pexecution:m:e'}";
        var described = api.call("DescribeExecution", byArn);
        assertThat(api.shown(described, "stateMachineArn")).isEqualTo("$M");
        assertThat(api.shown(described, "stateMachineVersionArn")).isEqualTo("$M:1");
        assertThat(described.has("stateMachineAliasArn")).isFalse();
        var definition = api.call("DescribeStateMachineForExecution", byArn);
        assertThat(api.shown(definition, "stateMachineArn")).isEqualTo("$M");
        assertThat(Recording.string(definition, "definition")).contains("\"Result\":0");
        assertThat(api.call("GetExecutionHistory", byArn).text())
                .contains("\"stateMachineVersionArn\":\"arn:")
                .doesNotContain("stateMachineAliasArn");
    }

    @Test
    @Proves({"CreateStateMachine", "DescribeExecution", "StartExecution"})
    void anUnqualifiedStartRecordsNoVersionEvenOfAPublishedRevision() throws Exception {
        api.create("'publish':true");
        api.call("StartExecution", "{'stateMachineArn':'$M','name':'e'}");

        var described = api.call("DescribeExecution", "{'executionArn':'$Pexecution:m:e'}");
        assertThat(described.names())
                .doesNotContain("stateMachineVersionArn", "stateMachineAliasArn");
    }

    @Test
    @Proves("StartExecution")
    void anAbsentVersionOrAliasStartsNothing() throws Exception {
        api.create("'publish':true");
        for (var arn : List.of("$M:2", "$M:live", "$Mx:1")) {
            assertThat(api.refusal("StartExecution", "{'stateMachineArn':'" + arn + "'}"))
                    .isEqualTo(NOT_FOUND + "'" + arn + "'");
        }
    }

    @Test
    @Proves({
        "CreateStateMachineAlias",
        "DeleteStateMachine",
        "DescribeStateMachine",
        "DescribeStateMachineAlias",
        "ResourceNotFound"
    })
    void deletingAMachineTakesItsVersionsAndAliasesAlong() throws Exception {
        api.create("'publish':true");
        api.call(
                "CreateStateMachineAlias",
                "{'name':'a','routingConfiguration':"
                        + "[{'stateMachineVersionArn':'$M:1','weight':100}]}");
        assertThat(api.call("DeleteStateMachine", "{'stateMachineArn':'$M'}").text())
                .isEqualTo("{}");
        while (api.reply("DescribeStateMachine", "{'stateMachineArn':'$M'}").ok()) {
            Thread.onSpinWait(); // It goes when every shard has said that nothing is open.
        }

        assertThat(versions(0)).isEmpty();
        assertThat(api.refusal("DescribeStateMachine", "{'stateMachineArn':'$M:1'}"))
                .isEqualTo(NOT_FOUND + "'$M:1'");
        assertThat(api.refusal("DescribeStateMachineAlias", "{'stateMachineAliasArn':'$M:a'}"))
                .isEqualTo("ResourceNotFound: Request references a resource that does not exist.");
        assertThat(api.call("DeleteStateMachine", "{'stateMachineArn':'$M'}").text())
                .as("an absent machine")
                .isEqualTo("{}");
        assertThat(api.shown(api.create("'publish':true"), "stateMachineVersionArn"))
                .isEqualTo("$M:1");
    }

    @Test
    @Proves({"DeleteStateMachine", "DescribeStateMachine", "ValidationException"})
    void aMachineIsNotDeletedByAVersionsOrAliasesArn() throws Exception {
        api.create("'publish':true");
        for (var arn : List.of("$M:1", "$M:a")) {
            assertThat(api.refusal("DeleteStateMachine", "{'stateMachineArn':'" + arn + "'}"))
                    .isEqualTo(
                            "ValidationException: A state machine is deleted by its own ARN, not by"
                                    + " that of a version or an alias: '"
                                    + arn
                                    + "'");
        }
        assertThat(api.call("DescribeStateMachine", "{'stateMachineArn':'$M'}").get("status"))
                .contains(Json.of("ACTIVE"));
    }
}
