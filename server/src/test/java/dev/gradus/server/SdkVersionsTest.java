package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ConflictException;
import software.amazon.awssdk.services.sfn.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;
import software.amazon.awssdk.services.sfn.model.Tag;
import software.amazon.awssdk.services.sfn.model.ValidationException;
import software.amazon.awssdk.services.sfn.model.ValidationExceptionReason;

/** Versions, aliases and tags as an application sees them through AWS's own SDK. */
@Timeout(60)
final class SdkVersionsTest {
    private static final String PASS =
            "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Result\":%d,\"End\":true}}}";

    @Test
    void anApplicationPublishesRoutesStartsAndCleansUp() throws Exception {
        var settings =
                Settings.from(
                        Map.of("in-memory", "true", "port", "0", "drain-timeout", "0"), Map.of());
        try (var server = GradusServer.start(settings);
                var sfn = client(server)) {
            var machine =
                    sfn.createStateMachine(it ->
                            it.name("m")
                                    .definition(PASS.formatted(0))
                                    .roleArn("arn:aws:iam::123456789012:role/r")
                                    .publish(true)
                                    .tags(Tag.builder().key("team").value("a").build()));
            var arn = machine.stateMachineArn();
            var first = machine.stateMachineVersionArn();
            var revision =
                    sfn.updateStateMachine(
                                    it -> it.stateMachineArn(arn).definition(PASS.formatted(1)))
                            .revisionId();
            var second =
                    sfn.publishStateMachineVersion(it ->
                                    it.stateMachineArn(arn).revisionId(revision).description("d"))
                            .stateMachineVersionArn();
            var alias =
                    sfn.createStateMachineAlias(
                                    it -> it.name("live").routingConfiguration(route(second, 100)))
                            .stateMachineAliasArn();

            runs(sfn, arn, alias);
            refuses(sfn, arn, second);
            tags(sfn, arn);
            sfn.updateStateMachineAlias(
                    it -> it.stateMachineAliasArn(alias).routingConfiguration(route(first, 100)));
            sfn.deleteStateMachineVersion(it -> it.stateMachineVersionArn(second));
            sfn.deleteStateMachineAlias(it -> it.stateMachineAliasArn(alias));
            assertThat(
                            sfn.listStateMachineAliases(it -> it.stateMachineArn(arn))
                                    .stateMachineAliases())
                    .isEmpty();
            assertThat(
                            sfn.listStateMachineVersions(it -> it.stateMachineArn(arn))
                                    .stateMachineVersions())
                    .map(version -> version.stateMachineVersionArn())
                    .containsExactly(first);
            sfn.deleteStateMachine(it -> it.stateMachineArn(arn));
        }
    }

    private static void runs(SfnClient sfn, String machine, String alias) {
        var started = sfn.startExecution(it -> it.stateMachineArn(alias).name("e")).executionArn();
        var described = sfn.describeExecution(it -> it.executionArn(started));

        assertThat(described.output()).isEqualTo("1");
        assertThat(described.stateMachineAliasArn()).isEqualTo(alias);
        assertThat(described.stateMachineVersionArn()).isEqualTo(machine + ":2");
        assertThat(
                        sfn
                                .listExecutionsPaginator(
                                        it -> it.stateMachineArn(machine + ":2").maxResults(1))
                                .executions()
                                .stream()
                                .map(execution -> execution.name()))
                .containsExactly("e");
        var routed = sfn.describeStateMachineAlias(it -> it.stateMachineAliasArn(alias));
        assertThat(routed.routingConfiguration()).containsExactly(route(machine + ":2", 100));
        assertThat(sfn.describeStateMachine(it -> it.stateMachineArn(machine + ":2")).description())
                .isEqualTo("d");
    }

    private static void refuses(SfnClient sfn, String machine, String second) {
        assertThatThrownBy(() ->
                        sfn.deleteStateMachineVersion(it -> it.stateMachineVersionArn(second)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("[live]");
        assertThatThrownBy(() ->
                        sfn.createStateMachineAlias(
                                it -> it.name("b").routingConfiguration(route(second, 99))))
                .isInstanceOfSatisfying(
                        ValidationException.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(
                                                ValidationExceptionReason
                                                        .INVALID_ROUTING_CONFIGURATION));
        assertThatThrownBy(() ->
                        sfn.describeStateMachine(it -> it.stateMachineArn(machine + "/label")))
                .isInstanceOfSatisfying(
                        ValidationException.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(
                                                ValidationExceptionReason
                                                        .API_DOES_NOT_SUPPORT_LABELED_ARNS));
        assertThatThrownBy(() -> sfn.listTagsForResource(it -> it.resourceArn(second)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    private static void tags(SfnClient sfn, String machine) {
        sfn.tagResource(
                it -> it.resourceArn(machine).tags(Tag.builder().key("cost").value("").build()));
        sfn.untagResource(it -> it.resourceArn(machine).tagKeys("team"));
        assertThat(sfn.listTagsForResource(it -> it.resourceArn(machine)).tags())
                .containsExactly(Tag.builder().key("cost").value("").build());
    }

    private static RoutingConfigurationListItem route(String version, int weight) {
        return RoutingConfigurationListItem.builder()
                .stateMachineVersionArn(version)
                .weight(weight)
                .build();
    }

    private static SfnClient client(GradusServer server) {
        return SfnClient.builder()
                .endpointOverride(URI.create("http://localhost:" + server.port()))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("123456789012", "any")))
                .build();
    }
}
