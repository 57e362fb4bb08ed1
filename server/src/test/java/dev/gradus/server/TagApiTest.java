package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.testkit.Proves;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What AWS says of tags, sentence by sentence, asked of a started server. */
@Timeout(60)
final class TagApiTest {
    @RegisterExtension static final StartedServer SERVER = new StartedServer();

    private final Api api = SERVER.newcomer();

    private String tags(String arn) throws Exception {
        return api.call("ListTagsForResource", "{'resourceArn':'" + arn + "'}")
                .text()
                .replace('"', '\'');
    }

    private static String numbered(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{'key':'k%d','value':'v'}".formatted(i))
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    @Proves("ListTagsForResource")
    void theListOfTagsIsEmptyWhenThereAreNone() throws Exception {
        api.create("");
        api.call("CreateActivity", "{'name':'a','tags':[]}");

        assertThat(tags("$M")).isEqualTo("{'tags':[]}");
        assertThat(tags("$Pactivity:a")).isEqualTo("{'tags':[]}");
    }

    @Test
    @Proves({"CreateStateMachine", "CreateActivity", "ListTagsForResource"})
    void tagsGivenAtCreationAreThere() throws Exception {
        api.create("'tags':[{'key':'b','value':'1'},{'key':'a','value':''}]");
        api.call("CreateActivity", "{'name':'a','tags':[{'key':'k','value':'v'}]}");

        assertThat(tags("$M"))
                .isEqualTo("{'tags':[{'key':'b','value':'1'},{'key':'a','value':''}]}");
        assertThat(tags("$Pactivity:a")).isEqualTo("{'tags':[{'key':'k','value':'v'}]}");
    }

    @Test
    @Proves("CreateActivity")
    void anActivityIsCreatedOnceAndOtherTagsAreIgnored() throws Exception {
        var created = api.call("CreateActivity", "{'name':'a','tags':[{'key':'k','value':'v'}]}");
        var again = api.call("CreateActivity", "{'name':'a','tags':[{'key':'l','value':'w'}]}");

        assertThat(again).isEqualTo(created);
        assertThat(tags("$Pactivity:a")).isEqualTo("{'tags':[{'key':'k','value':'v'}]}");
    }

    @Test
    @Proves("TagResource")
    void aTagOfAKnownKeyGetsTheNewValueAndKeysAreCaseSensitive() throws Exception {
        api.create("'tags':[{'key':'k','value':'1'},{'key':'K','value':'2'}]");
        assertThat(
                        api.call(
                                        "TagResource",
                                        "{'resourceArn':'$M','tags':[{'key':'k','value':'3'}]}")
                                .text())
                .isEqualTo("{}");

        assertThat(tags("$M"))
                .isEqualTo("{'tags':[{'key':'k','value':'3'},{'key':'K','value':'2'}]}");
    }

    @Test
    @Proves("UntagResource")
    void keysThatAreNotPresentAreIgnoredWhenUntagging() throws Exception {
        api.create("'tags':[{'key':'k','value':'1'},{'key':'l','value':'2'}]");
        assertThat(
                        api.call("UntagResource", "{'resourceArn':'$M','tagKeys':['no','k','k']}")
                                .text())
                .isEqualTo("{}");

        assertThat(tags("$M")).isEqualTo("{'tags':[{'key':'l','value':'2'}]}");
    }

    @Test
    @Proves({
        "ListTagsForResource",
        "TagResource",
        "UntagResource",
        "InvalidArn",
        "ResourceNotFound"
    })
    void aVersionAnAliasAndAnAbsentResourceAreNotFound() throws Exception {
        api.create("'publish':true");
        for (var arn : List.of("$M:1", "$M:a", "$Mx", "$Pactivity:no")) {
            for (var operation : List.of("TagResource", "UntagResource", "ListTagsForResource")) {
                assertThat(
                                api.refusal(
                                        operation,
                                        "{'resourceArn':'%s','tags':[],'tagKeys':[]}"
                                                .formatted(arn)))
                        .isEqualTo("ResourceNotFound: Resource not found: '" + arn + "'");
            }
        }
        assertThat(api.refusal("TagResource", "{'resourceArn':'$Pexecution:m:e','tags':[]}"))
                .isEqualTo(
                        "InvalidArn: Invalid Arn: 'Resource type not valid in this context:"
                                + " execution'");
    }

    @Test
    @Proves({"TagResource", "CreateStateMachine", "CreateActivity", "TooManyTags"})
    void aResourceHasFiftyTagsAtMost() throws Exception {
        api.create("'tags':" + numbered(0, 50));
        api.call("TagResource", "{'resourceArn':'$M','tags':" + numbered(0, 50) + "}");

        assertThat(
                        api.refusal(
                                "TagResource",
                                "{'resourceArn':'$M','tags':" + numbered(50, 51) + "}"))
                .startsWith("TooManyTags: ");
        assertThat(
                        api.shown(
                                api.reply(
                                                "TagResource",
                                                "{'resourceArn':'$M','tags':"
                                                        + numbered(50, 51)
                                                        + "}")
                                        .body(),
                                "resourceName"))
                .isEqualTo("$M");
        assertThat(api.refusal("CreateActivity", "{'name':'a','tags':" + numbered(0, 51) + "}"))
                .startsWith("TooManyTags: ");
        assertThat(api.refusal("CreateStateMachine", Api.machine("n", "'tags':" + numbered(0, 51))))
                .startsWith("TooManyTags: ");
        assertThat(api.refusal("DescribeStateMachine", "{'stateMachineArn':'$PstateMachine:n'}"))
                .startsWith("StateMachineDoesNotExist: ");
        api.call("UntagResource", "{'resourceArn':'$M','tagKeys':['k7']}");
        api.call("TagResource", "{'resourceArn':'$M','tags':" + numbered(50, 51) + "}");
    }

    @Test
    @Proves({"TagResource", "ValidationException"})
    void aKeyHasUpTo128CharactersAndAValueUpTo256() throws Exception {
        api.create("");
        var tag = "{'resourceArn':'$M','tags':[{'key':'%s','value':'%s'}]}";
        api.call("TagResource", tag.formatted("é".repeat(128), "x".repeat(256)));

        assertThat(api.refusal("TagResource", tag.formatted("k".repeat(129), "v")))
                .endsWith("Member must have length less than or equal to 128");
        assertThat(api.refusal("TagResource", tag.formatted("k", "v".repeat(257))))
                .endsWith("Member must have length less than or equal to 256");
        assertThat(api.refusal("TagResource", tag.formatted("aws:k", "v")))
                .isEqualTo(
                        "ValidationException: Tag keys that start with 'aws:' are reserved: 'aws:k'");
    }
}
