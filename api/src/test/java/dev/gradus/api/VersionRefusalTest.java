package dev.gradus.api;

import static dev.gradus.api.Wire.ACTIVITY;
import static dev.gradus.api.Wire.EXECUTION;
import static dev.gradus.api.Wire.MACHINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.runtime.AliasRequests;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.StateMachineRequests;
import dev.gradus.testkit.Proves;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operations on versions, aliases and tags refuse before the runtime hears of it. */
class VersionRefusalTest {
    private static final String ROUTING =
            " failed to satisfy constraint: Member must have length less than or equal to 2";
    private final Wire wire = new Wire();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'stateMachineVersionArn':'$M','weight':100} | Routing configuration must contain state machine version ARNs. Received: [$M]",
                "{'stateMachineVersionArn':'$M:1','weight':50},{'stateMachineVersionArn':'$M:live','weight':50} | Routing configuration must contain state machine version ARNs. Received: [$M:1, $M:live]",
                "{'stateMachineVersionArn':'$M:1','weight':50},{'stateMachineVersionArn':'$M:1','weight':50} | Routing configuration must contain distinct state machine version ARNs. Received: [$M:1, $M:1]",
                "{'stateMachineVersionArn':'$M:1','weight':50},{'stateMachineVersionArn':'$Mx:1','weight':50} | Routing configuration must contain versions of one state machine. Received: [$M:1, $Mx:1]",
                "{'stateMachineVersionArn':'$M:1','weight':70},{'stateMachineVersionArn':'$M:2','weight':29} | Sum of routing configuration weights must equal 100. Received: [70, 29]",
                "{'stateMachineVersionArn':'$M:1','weight':99} | Sum of routing configuration weights must equal 100. Received: [99]",
            })
    @Proves({"CreateStateMachineAlias", "UpdateStateMachineAlias", "ValidationException"})
    void refusesRoutesInTheWordsOfAws(String routes, String expected) {
        var message = "ValidationException: " + expected.replace("$M", MACHINE);

        assertThat(wire.refusal("CreateStateMachineAlias", create("live", routes)))
                .isEqualTo(message);
        assertThat(wire.refusal("UpdateStateMachineAlias", update(routes))).isEqualTo(message);
        assertThat(wire.call("CreateStateMachineAlias", create("live", routes)).body())
                .contains("\"reason\":\"INVALID_ROUTING_CONFIGURATION\"");
        assertThat(wire.service.asked).isEmpty();
    }

    @Test
    @Proves({"UpdateStateMachineAlias", "ValidationException"})
    void refusesRoutesOfAnotherMachineThanTheAliasHas() {
        var routes = "{'stateMachineVersionArn':'" + MACHINE + "x:1','weight':100}";
        assertThat(wire.refusal("UpdateStateMachineAlias", update(routes)))
                .startsWith("ValidationException: Routing configuration must contain versions of");
    }

    @Test
    @Proves({"CreateStateMachineAlias", "ValidationException"})
    void takesOneRouteOrTwo() {
        var one = "{'stateMachineVersionArn':'$M:1','weight':0}";
        var other = "{'stateMachineVersionArn':'$M:2','weight':100}";
        assertThat(wire.call("CreateStateMachineAlias", create("live", one + "," + other)).status())
                .isEqualTo(200);
        assertThat(((AliasRequests.Create) wire.asked()).routes())
                .map(route -> route.version().number() + "=" + route.weight())
                .containsExactly("1=0", "2=100");

        assertThat(
                        wire.refusal(
                                "CreateStateMachineAlias",
                                create("live", one + "," + one + "," + other)))
                .isEqualTo(
                        "ValidationException: 1 validation error detected: Value"
                                + (" '[RoutingConfigurationListItem(stateMachineVersionArn=$M:1,"
                                                + " weight=0), RoutingConfigurationListItem("
                                                + "stateMachineVersionArn=$M:1, weight=0),"
                                                + " RoutingConfigurationListItem("
                                                + "stateMachineVersionArn=$M:2, weight=100)]' at"
                                                + " 'routingConfiguration'")
                                        .replace("$M", MACHINE)
                                + ROUTING);
        assertThat(wire.refusal("CreateStateMachineAlias", create("live", "")))
                .endsWith("Member must have length greater than or equal to 1");
    }

    @ParameterizedTest
    @CsvSource({
        "123, Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$",
        "a b, Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, Member must have length less than or equal to 80"
    })
    @Proves({"CreateStateMachineAlias", "ValidationException"})
    void refusesAnAliasNameAsRecorded(String name, String constraint) {
        var routes = "{'stateMachineVersionArn':'$M:1','weight':100}";
        assertThat(wire.refusal("CreateStateMachineAlias", create(name, routes)))
                .isEqualTo(
                        "ValidationException: 1 validation error detected: Value '"
                                + name
                                + "' at 'name' failed to satisfy constraint: "
                                + constraint);
    }

    @Test
    @Proves({"UpdateStateMachineAlias", "ValidationException"})
    void wantsSomethingToUpdateAnAliasWith() {
        var answer =
                wire.call("UpdateStateMachineAlias", filled("{'stateMachineAliasArn':'$M:live'}"));
        assertThat(answer.body())
                .contains("\"__type\":\"ValidationException\"")
                .contains("\"reason\":\"MISSING_REQUIRED_PARAMETER\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeStateMachineAlias", "UpdateStateMachineAlias"})
    @Proves({"DescribeStateMachineAlias", "UpdateStateMachineAlias", "ResourceNotFound"})
    void findsNoAliasWithANumberForItsName(String operation) {
        assertThat(
                        wire.refusal(
                                operation,
                                filled("{'stateMachineAliasArn':'$M:1','description':'d'}")))
                .isEqualTo("ResourceNotFound: Request references a resource that does not exist.");
    }

    @ParameterizedTest
    @CsvSource({
        "UpdateStateMachine, stateMachineArn",
        "DeleteStateMachine, stateMachineArn",
        "DescribeStateMachine, stateMachineArn",
        "StartExecution, stateMachineArn",
        "ListExecutions, stateMachineArn",
        "PublishStateMachineVersion, stateMachineArn",
        "ListStateMachineVersions, stateMachineArn",
        "ListStateMachineAliases, stateMachineArn",
        "DeleteStateMachineVersion, stateMachineVersionArn",
        "DescribeStateMachineAlias, stateMachineAliasArn",
        "UpdateStateMachineAlias, stateMachineAliasArn",
        "DeleteStateMachineAlias, stateMachineAliasArn"
    })
    @Proves({
        "DeleteStateMachine",
        "DeleteStateMachineAlias",
        "DeleteStateMachineVersion",
        "DescribeStateMachine",
        "DescribeStateMachineAlias",
        "ListExecutions",
        "ListStateMachineAliases",
        "ListStateMachineVersions",
        "PublishStateMachineVersion",
        "UpdateStateMachine",
        "UpdateStateMachineAlias",
        "ValidationException"
    })
    void refusesALabelledArnWithAReason(String operation, String member) {
        var answer =
                wire.call(
                        operation,
                        filled(
                                "{'"
                                        + member
                                        + "':'$M/label','roleArn':'arn:aws:iam::123456789012:role/r'}"));
        assertThat(answer.body())
                .contains("\"__type\":\"ValidationException\"")
                .contains("\"reason\":\"API_DOES_NOT_SUPPORT_LABELED_ARNS\"");
    }

    @ParameterizedTest
    @CsvSource({
        "DeleteStateMachineVersion, stateMachineVersionArn",
        "DescribeStateMachineAlias, stateMachineAliasArn",
        "UpdateStateMachineAlias, stateMachineAliasArn",
        "DeleteStateMachineAlias, stateMachineAliasArn"
    })
    @Proves({
        "DeleteStateMachineAlias",
        "DeleteStateMachineVersion",
        "DescribeStateMachineAlias",
        "UpdateStateMachineAlias",
        "InvalidArn"
    })
    void refusesAMachinesOwnArnWhereAVersionOrAliasBelongs(String operation, String member) {
        assertThat(wire.refusal(operation, filled("{'" + member + "':'$M'}")))
                .isEqualTo(
                        "InvalidArn: Invalid Arn: 'Resource type not valid in this context:"
                                + " stateMachine'");
        assertThat(wire.refusal(operation, "{\"" + member + "\":\"invalid\"}"))
                .isEqualTo("InvalidArn: Invalid Arn: 'Invalid ARN prefix: invalid'");
    }

    @Test
    @Proves({"PublishStateMachineVersion", "StateMachineDoesNotExist"})
    void handsOnWhatPublishingIsAskedFor() {
        wire.call(
                "PublishStateMachineVersion",
                filled("{'stateMachineArn':'$M','revisionId':'r','description':'d'}"));
        assertThat(wire.asked())
                .isEqualTo(
                        new StateMachineRequests.PublishVersion(
                                new Arn.StateMachine(Wire.HOME, "m"),
                                Optional.of("r"),
                                Optional.of("d")));
        for (var qualified : List.of(":1", ":live")) {
            assertThat(
                            wire.refusal(
                                    "PublishStateMachineVersion",
                                    filled("{'stateMachineArn':'$M" + qualified + "'}")))
                    .isEqualTo(
                            "StateMachineDoesNotExist: State Machine Does Not Exist: '"
                                    + MACHINE
                                    + qualified
                                    + "'");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'key':'aws:k','value':'v'} | Tag keys that start with 'aws:' are reserved: 'aws:k'",
                "{'key':'a!','value':'v'} | Tags may only contain Unicode letters, digits, white space, or these symbols: _ . : / = + - @. Received: 'a!'",
                "{'key':'a','value':'v*'} | Tags may only contain Unicode letters, digits, white space, or these symbols: _ . : / = + - @. Received: 'v*'",
                "{'value':'v'} | 1 validation error detected: Value null at 'tags.1.member.key' failed to satisfy constraint: Member must not be null",
                "{'key':'','value':'v'} | 1 validation error detected: Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
            })
    @Proves({"CreateStateMachine", "TagResource", "ValidationException"})
    void refusesTagsThatAwsDoesNotTake(String tag, String expected) {
        var tags = ",'tags':[" + tag + "]}";
        for (var call :
                Map.of(
                                "TagResource", "{'resourceArn':'$M'",
                                "CreateActivity", "{'name':'a'",
                                "CreateStateMachine",
                                        "{'name':'m','definition':'{}','roleArn':'arn:aws:iam::123456789012:role/r'")
                        .entrySet()) {
            assertThat(wire.refusal(call.getKey(), filled(call.getValue() + tags)))
                    .isEqualTo("ValidationException: " + expected);
        }
    }

    @Test
    @Proves("TagResource")
    void takesTheLastOfTwoTagsWithOneKeyAndAnEmptyValue() {
        wire.call(
                "TagResource",
                filled(
                        "{'resourceArn':'$A','tags':[{'key':'b','value':'1'},{'key':'a'},"
                                + "{'key':'b','value':'é 2_.:/=+-@'}]}"));
        assertThat(wire.asked())
                .isEqualTo(
                        List.of(
                                new Arn.Activity(Wire.HOME, "a"),
                                Map.of("b", "é 2_.:/=+-@", "a", "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$M:1 | ResourceNotFound: Resource not found: '$M:1'",
                "$M:live | ResourceNotFound: Resource not found: '$M:live'",
                "$M/label | ResourceNotFound: Resource not found: '$M/label'",
                "$E | InvalidArn: Invalid Arn: 'Resource type not valid in this context: execution'",
                "x | InvalidArn: Invalid Arn: 'Invalid ARN prefix: x'",
            })
    @Proves({
        "ListTagsForResource",
        "TagResource",
        "UntagResource",
        "InvalidArn",
        "ResourceNotFound"
    })
    void tagsMachinesAndActivitiesOnly(String arn, String expected) {
        for (var operation : List.of("TagResource", "UntagResource", "ListTagsForResource")) {
            assertThat(
                            wire.refusal(
                                    operation,
                                    filled(
                                            "{'resourceArn':'"
                                                    + arn
                                                    + "','tags':[],'tagKeys':['k']}")))
                    .isEqualTo(filled(expected).replace('"', '\''));
        }
    }

    private static String create(String name, String routes) {
        return filled("{'name':'" + name + "','routingConfiguration':[" + routes + "]}");
    }

    private static String update(String routes) {
        return filled("{'stateMachineAliasArn':'$M:live','routingConfiguration':[" + routes + "]}");
    }

    private static String filled(String text) {
        return text.replace('\'', '"')
                .replace("$M", MACHINE)
                .replace("$E", EXECUTION)
                .replace("$A", ACTIVITY);
    }
}
