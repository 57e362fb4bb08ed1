package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.testkit.Proves;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InspectionLevel;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.TestExecutionStatus;
import software.amazon.awssdk.services.sfn.model.ValidationException;

/** TestState as the AWS SDK calls it and reads its answers. */
final class StateTestWithSdkTest {
    private static final String CALL =
            """
            {"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{"QueueUrl":"q","MessageBody":"b"},
             "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":3}],"End":true}\
            """;

    private static GradusServer server;
    private static SfnClient sfn;

    @BeforeAll
    static void start() throws IOException {
        server =
                GradusServer.start(
                        Settings.from(
                                Map.of("in-memory", "true", "port", "0", "drain-timeout", "0"),
                                Map.of()));
        sfn =
                SfnClient.builder()
                        .endpointOverride(URI.create("http://127.0.0.1:" + server.port()))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("123456789012", "any")))
                        .httpClient(UrlConnectionHttpClient.create())
                        .overrideConfiguration(config ->
                                config.putAdvancedOption(
                                        SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION,
                                        true))
                        .build();
    }

    @AfterAll
    static void stop() {
        sfn.close();
        server.close();
    }

    @Test
    @Proves("TestState")
    void readsEveryKindOfMember() {
        var answer =
                sfn.testState(request ->
                        request.definition(CALL)
                                .inspectionLevel(InspectionLevel.TRACE)
                                .variables("{\"x\":1}")
                                .mock(mock ->
                                        mock.errorOutput(error -> error.error("E").cause("C")))
                                .stateConfiguration(past -> past.retrierRetryCount(1)));

        assertThat(answer.status()).isEqualTo(TestExecutionStatus.RETRIABLE);
        assertThat(answer.error()).isEqualTo("E");
        assertThat(answer.cause()).isEqualTo("C");
        assertThat(answer.inspectionData().afterParameters())
                .isEqualTo("{\"QueueUrl\":\"q\",\"MessageBody\":\"b\"}");
        assertThat(answer.inspectionData().variables()).isEqualTo("{\"x\":1}");
        assertThat(answer.inspectionData().errorDetails().retryIndex()).isZero();
        assertThat(answer.inspectionData().errorDetails().retryBackoffIntervalSeconds())
                .isEqualTo(6);
    }

    @Test
    @Proves({"TestState", "ValidationException"})
    void readsRefusalsByTheirType() {
        assertThatThrownBy(() -> sfn.testState(request -> request.definition("{}")))
                .isInstanceOf(InvalidDefinitionException.class);
        assertThatThrownBy(() ->
                        sfn.testState(request ->
                                request.definition(CALL)
                                        .mock(mock -> mock.result("{\"MessageId\":1}"))))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Field 'MessageId' must be a string");
    }
}
