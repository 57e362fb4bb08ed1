package dev.gradus.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoleTest {
    private static final Set<String> OPERATIONS =
            new TreeSet<>(new Operations(new CannedService(), Wire.tokens()).byName().keySet());

    @Test
    void aViewerChangesNothing() {
        assertThat(allowed(Role.VIEWER))
                .containsExactly(
                        "DescribeActivity",
                        "DescribeExecution",
                        "DescribeMapRun",
                        "DescribeStateMachine",
                        "DescribeStateMachineAlias",
                        "DescribeStateMachineForExecution",
                        "GetExecutionHistory",
                        "ListActivities",
                        "ListExecutions",
                        "ListMapRuns",
                        "ListStateMachineAliases",
                        "ListStateMachineVersions",
                        "ListStateMachines",
                        "ListTagsForResource",
                        "ValidateStateMachineDefinition");
    }

    @Test
    void anOperatorRunsThingsAndChangesNoDefinition() {
        var more = allowed(Role.OPERATOR);
        more.removeAll(allowed(Role.VIEWER));

        assertThat(more)
                .containsExactly(
                        "GetActivityTask",
                        "RedriveExecution",
                        "SendTaskFailure",
                        "SendTaskHeartbeat",
                        "SendTaskSuccess",
                        "StartExecution",
                        "StartSyncExecution",
                        "StopExecution",
                        "TestState",
                        "UpdateMapRun");
    }

    @Test
    void anAdminMayDoEverything() {
        assertThat(allowed(Role.ADMIN)).isEqualTo(OPERATIONS).hasSize(37);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"executionArn\":\"arn:e\"} | arn:e",
                "{\"resourceArn\":\"arn:r\",\"x\":1} | arn:r",
                "{} | arn:aws:states:us-east-1:111122223333:*",
                "no JSON | arn:aws:states:us-east-1:111122223333:*",
            })
    void namesWhoMayNotDoWhatToWhatAsAwsDoes(String body, String resource) {
        var wire = new Wire(Access.verified(() -> AccessKeys.parse(Signed.FILE), () -> Signed.NOW));
        var signed = new Signed();
        signed.keyId = "AKIDAUDITOR";
        signed.secret = "a-third-secret-of-some-length";
        signed.headers.put("X-Amz-Target", List.of("AWSStepFunctions.StopExecution"));
        signed.body = body.getBytes(StandardCharsets.UTF_8);

        var answer = wire.send(signed.arrive().wire());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"__type\":\"AccessDeniedException\",\"message\":\"User:"
                                + " arn:aws:iam::111122223333:user/auditor is not authorized to"
                                + " perform: states:StopExecution on resource: "
                                + resource
                                + " because no identity-based policy allows the"
                                + " states:StopExecution action\"}");
    }

    private static Set<String> allowed(Role role) {
        return OPERATIONS.stream()
                .filter(role::allows)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
