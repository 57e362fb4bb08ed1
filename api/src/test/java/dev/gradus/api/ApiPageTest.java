package dev.gradus.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Writes {@code docs/api.md} and the pages below it: every operation with its members, constraints,
 * errors and the tests that prove it; and finds what no test proves.
 */
class ApiPageTest {
    /** The errors that no test proves yet: nothing of this release answers with them. */
    private static final Set<String> UNPROVEN_ERRORS =
            new TreeSet<>(
                    Set.of(
                            "ActivityAlreadyExists",
                            "ActivityLimitExceeded",
                            "ExecutionLimitExceeded",
                            "InvalidTracingConfiguration",
                            "KmsAccessDeniedException",
                            "KmsInvalidStateException",
                            "KmsThrottlingException",
                            "StateMachineLimitExceeded",
                            "TaskDoesNotExist"));

    private static final Map<String, List<String>> PAGES = pages();

    private static Map<String, List<String>> pages() {
        var pages = new LinkedHashMap<String, List<String>>();
        pages.put(
                "state-machines",
                List.of(
                        "CreateStateMachine",
                        "DescribeStateMachine",
                        "UpdateStateMachine",
                        "DeleteStateMachine",
                        "ListStateMachines",
                        "DescribeStateMachineForExecution",
                        "ValidateStateMachineDefinition"));
        pages.put(
                "versions-and-aliases",
                List.of(
                        "PublishStateMachineVersion",
                        "ListStateMachineVersions",
                        "DeleteStateMachineVersion",
                        "CreateStateMachineAlias",
                        "DescribeStateMachineAlias",
                        "UpdateStateMachineAlias",
                        "DeleteStateMachineAlias",
                        "ListStateMachineAliases"));
        pages.put(
                "executions",
                List.of(
                        "StartExecution",
                        "StartSyncExecution",
                        "DescribeExecution",
                        "ListExecutions",
                        "GetExecutionHistory",
                        "StopExecution",
                        "RedriveExecution",
                        "DescribeMapRun",
                        "ListMapRuns",
                        "UpdateMapRun"));
        pages.put(
                "activities-and-tasks",
                List.of(
                        "CreateActivity",
                        "DescribeActivity",
                        "ListActivities",
                        "DeleteActivity",
                        "GetActivityTask",
                        "SendTaskSuccess",
                        "SendTaskFailure",
                        "SendTaskHeartbeat"));
        pages.put(
                "testing-and-tags",
                List.of("TestState", "TagResource", "UntagResource", "ListTagsForResource"));
        return pages;
    }

    @Test
    void everyOperationAndEveryErrorHasATestThatProvesIt() throws IOException {
        var proofs = Proofs.read(repository());

        assertThat(without(AwsModel.operations(), proofs)).isEmpty();
        assertThat(without(AwsModel.errors(), proofs)).isEqualTo(UNPROVEN_ERRORS);
        var known = AwsModel.operations();
        known.addAll(AwsModel.errors());
        assertThat(known).as("nothing else can be proven").containsAll(proofs.all().keySet());
    }

    private static Set<String> without(Set<String> names, Proofs proofs) {
        var unproven = new TreeSet<>(names);
        unproven.removeAll(proofs.all().keySet());
        return unproven;
    }

    @Test
    void thePagesSayWhatTheModelsAndTheTestsSay() throws Exception {
        var proofs = Proofs.read(repository());
        assertThat(PAGES.values().stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(AwsModel.operations());

        compare("docs/api.md", index(proofs));
        for (var page : PAGES.entrySet()) {
            compare(
                    "docs/api/" + page.getKey() + ".md",
                    page(page.getKey(), page.getValue(), proofs));
        }
    }

    /** Compares a page of the repository, or writes it when {@code -Dconformance=write} is set. */
    private static void compare(String name, String page) throws IOException {
        var file = repository().resolve(name);
        if ("write".equals(System.getProperty("conformance"))) {
            Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(file));
            Files.writeString(file, page);
        }
        assertThat(file)
                .as("run this test once with -Dconformance=write, and look at what changed")
                .hasContent(page);
    }

    private static String index(Proofs proofs) {
        var text =
                new StringBuilder(
                        """
                        # The API

                        All operations of AWS Step Functions, with what each takes and answers, its errors, and the tests that prove it: written by
                        `ApiPageTest` from AWS's models and the `@Proves` of the tests; do not edit. The same test fails when an operation or an error
                        has no test; `ExactnessTest` and `CompletenessTest` hold each request and answer against the models.

                        | operation | members of the request | of the answer | errors | tests |
                        |---|---|---|---|---|
                        """);
        PAGES.forEach((page, operations) ->
                operations.forEach(operation ->
                        text.append(
                                "| [%s](api/%s.md#%s) | %d | %d | %d | %s |\n"
                                        .formatted(
                                                operation,
                                                page,
                                                operation.toLowerCase(Locale.ROOT),
                                                ClientModel.members(operation + "Input").size(),
                                                ClientModel.members(operation + "Output").size(),
                                                AwsModel.errorsOf(operation).size(),
                                                proofs.of(operation).size()))));
        text.append(
                "\n## Errors\n\n| error | members beside `message` | operations | tests |\n|---|---|---|---|\n");
        for (var error : AwsModel.errors()) {
            text.append(
                    "| `%s` | %s | %d | %s |\n"
                            .formatted(
                                    error,
                                    String.join(
                                            ", ",
                                            ClientModel.errors().getOrDefault(error, Set.of())),
                                    AwsModel.operations().stream()
                                            .filter(it -> AwsModel.errorsOf(it).contains(error))
                                            .count(),
                                    UNPROVEN_ERRORS.contains(error)
                                            ? "no answer of this release has it"
                                            : links(proofs.of(error), "../")));
        }
        return text.toString();
    }

    private static String links(List<Proofs.Proof> proofs, String up) {
        return String.join(
                ", ",
                new TreeSet<>(
                        proofs.stream()
                                .map(it -> "[%s](%s%s)".formatted(it.type(), up, it.file()))
                                .toList()));
    }

    private static String page(String name, List<String> operations, Proofs proofs)
            throws ReflectiveOperationException {
        var title = name.replace('-', ' ');
        var text =
                new StringBuilder(
                        "# The API: "
                                + title
                                + "\n\nPart of [the API](../api.md); written by `ApiPageTest`, do not edit.\n");
        for (var operation : operations) {
            text.append("\n## ").append(operation).append("\n\n");
            text.append("| | member | required | type and constraints |\n|---|---|---|---|\n");
            members("in", operation + "Input", operation + "Request", text);
            members("out", operation + "Output", operation + "Response", text);
            text.append("\nErrors: ")
                    .append(
                            AwsModel.errorsOf(operation).isEmpty()
                                    ? "none of its own"
                                    : "`" + String.join("`, `", AwsModel.errorsOf(operation)) + "`")
                    .append(".\n");
            if (!AwsModel.hostPrefixOf(operation).isEmpty()) {
                text.append(
                        "\nClients put `"
                                + AwsModel.hostPrefixOf(operation)
                                + "` before the host; any host is served.\n");
            }
            text.append('\n');
            for (var proof : proofs.of(operation)) {
                text.append(
                        "* [%s](../../%s): %s\n"
                                .formatted(proof.type(), proof.file(), proof.sentence()));
            }
        }
        return text.toString();
    }

    private static void members(String way, String shape, String sdk, StringBuilder text)
            throws ReflectiveOperationException {
        for (var member : ClientModel.members(shape)) {
            var type =
                    AwsModel.members(shape).contains(member)
                            ? words(AwsModel.shapeOf(shape, member))
                            : ofSdk(sdk, member);
            text.append(
                    "| %s | `%s` | %s | %s |\n"
                            .formatted(
                                    way,
                                    member,
                                    ClientModel.required(shape).contains(member) ? "yes" : "",
                                    type.replace("|", "\\|")));
        }
    }

    /** Says a shape in words; lists and structures by the name of what they hold. */
    private static String words(String shape) {
        var declared = AwsModel.declared(shape);
        return switch (declared.type()) {
            case "structure" -> shape;
            case "list" -> "list of " + words(AwsModel.elementOf(shape)) + limits(declared);
            default ->
                    ClientModel.enums().containsKey(shape)
                            ? "string of "
                                    + String.join(
                                            ", ", ClientModel.enums().getOrDefault(shape, Set.of()))
                            : declared.toString();
        };
    }

    private static String limits(Declared list) {
        return list.toString().substring("list".length());
    }

    /** What the SDK has of a member that is younger than the model files. */
    private static String ofSdk(String type, String member) throws ReflectiveOperationException {
        var builder =
                (SdkPojo)
                        Class.forName("software.amazon.awssdk.services.sfn.model." + type)
                                .getMethod("builder")
                                .invoke(null);
        var kinds = new ArrayList<String>();
        for (SdkField<?> field : builder.sdkFields()) {
            if (field.locationName().equals(member)) {
                kinds.add(field.marshallingType().getTargetClass().getSimpleName());
            }
        }
        assertThat(kinds).as(type + "." + member).hasSize(1);
        return kinds.getFirst().replace("SdkPojo", "structure").toLowerCase(Locale.ROOT);
    }

    private static Path repository() {
        var at = Optional.of(Path.of("").toAbsolutePath());
        while (at.isPresent() && !Files.exists(at.get().resolve("mvnw"))) {
            at = at.map(Path::getParent);
        }
        return at.orElseThrow();
    }
}
