package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** A server with keys and TLS, called by AWS's own SDK. */
@Timeout(60)
final class ProtectedServerTest {
    private static final String FILE =
            """
            [admin]
            aws_access_key_id = AKIDADMIN
            aws_secret_access_key = the-secret-of-the-admin
            aws_account_id = 111122223333
            gradus_role = admin

            [viewer]
            aws_access_key_id = AKIDVIEWER
            aws_secret_access_key = the-secret-of-the-viewer
            aws_account_id = 111122223333
            gradus_role = viewer

            [other]
            aws_access_key_id = AKIDOTHER
            aws_secret_access_key = the-secret-of-the-other
            aws_account_id = 444455556666
            gradus_role = admin
            """;

    @TempDir private static Path folder;

    private static Path credentials;
    private static PemFiles pem;
    private static GradusServer server;

    @BeforeAll
    static void start() throws Exception {
        credentials = folder.resolve("credentials");
        PemFiles.writePrivate(credentials, FILE);
        pem = PemFiles.make(folder.resolve("rsa"), "RSA");
        server =
                GradusServer.start(
                        Settings.from(
                                Map.of("in-memory", "true", "port", "0", "drain-timeout", "0"),
                                Map.of(
                                        "GRADUS_CREDENTIALS_FILE",
                                        credentials.toString(),
                                        "GRADUS_TLS_CERT",
                                        pem.cert().toString(),
                                        "GRADUS_TLS_KEY",
                                        pem.key().toString())));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aKnownKeyCallsAsItsAccount() throws Exception {
        try (var sfn = client("AKIDADMIN", "the-secret-of-the-admin");
                var other = client("AKIDOTHER", "the-secret-of-the-other")) {
            var arn = sfn.createActivity(it -> it.name("a b".replace(' ', '-'))).activityArn();

            assertThat(arn).isEqualTo("arn:aws:states:us-east-1:111122223333:activity:a-b");
            assertThat(other.listActivities().activities()).isEmpty();
            assertThatThrownBy(() -> other.describeActivity(it -> it.activityArn(arn)))
                    .hasMessageContaining("Activity Does Not Exist: '" + arn + "'");
        }
    }

    @Test
    void aWrongSecretAndAnUnknownKeyAreRefusedWithAwsErrors() throws Exception {
        assertThat(refusal("AKIDADMIN", "another-secret")).isEqualTo("InvalidSignatureException");
        assertThat(refusal("AKIDNOBODY", "another-secret"))
                .isEqualTo("UnrecognizedClientException");
        // Open servers believe that the key is the account; this one does not.
        assertThat(refusal("111122223333", "any")).isEqualTo("UnrecognizedClientException");
    }

    private static String refusal(String key, String secret) throws Exception {
        try (var sfn = client(key, secret)) {
            sfn.listActivities();
            return "taken";
        } catch (SfnException refused) {
            return refused.awsErrorDetails().errorCode();
        }
    }

    @Test
    void aViewerLooksAndChangesNothing() throws Exception {
        try (var sfn = client("AKIDVIEWER", "the-secret-of-the-viewer")) {
            assertThat(sfn.listStateMachines().stateMachines()).isEmpty();
            assertThatThrownBy(() -> sfn.createActivity(it -> it.name("b")))
                    .isInstanceOfSatisfying(
                            SfnException.class,
                            refused -> {
                                assertThat(refused.awsErrorDetails().errorCode())
                                        .isEqualTo("AccessDeniedException");
                                assertThat(refused.statusCode()).isEqualTo(400);
                            })
                    .hasMessageContaining(
                            "User: arn:aws:iam::111122223333:user/viewer is not authorized to"
                                    + " perform: states:CreateActivity on resource:"
                                    + " arn:aws:states:us-east-1:111122223333:*");
        }
    }

    @Test
    void aLargeSignedBodyIsVerifiedToo() throws Exception {
        try (var sfn = client("AKIDADMIN", "the-secret-of-the-admin")) {
            var found =
                    sfn.validateStateMachineDefinition(it ->
                            it.definition(
                                    "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Result\":\""
                                            + "x".repeat(200_000)
                                            + "\",\"End\":true}}}"));

            assertThat(found.resultAsString()).isEqualTo("OK");
        }
    }

    @Test
    void keysAreReadAgainWhenTheFileChangesAndABrokenFileChangesNothing() throws Exception {
        PemFiles.writePrivate(
                credentials, FILE.replace("the-secret-of-the-other", "a-new-secret-of-the-other"));
        while (!refusal("AKIDOTHER", "the-secret-of-the-other").startsWith("Invalid")) {
            Thread.onSpinWait();
        }
        assertThat(refusal("AKIDOTHER", "a-new-secret-of-the-other")).isEqualTo("taken");

        PemFiles.writePrivate(credentials, FILE);
        while (!refusal("AKIDOTHER", "the-secret-of-the-other").equals("taken")) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aClientThatDoesNotTrustTheCertificateEndsItsConnectionAndNoOther() throws Exception {
        try (var sfn = distrusting()) {
            assertThatThrownBy(sfn::listActivities).isInstanceOf(SdkClientException.class);
        }
        assertThat(refusal("AKIDADMIN", "the-secret-of-the-admin")).isEqualTo("taken");
    }

    @Test
    void plainHttpIsToldToSpeakTls() throws IOException {
        try (var client = new RawClient(server.port())) {
            var answer = client.post("{}", "Host: localhost").receive();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("write https:// in the endpoint");
        }
    }

    @Test
    void speaksTls12And13AndHttp11ByAlpn() throws Exception {
        for (var protocol : List.of("TLSv1.2", "TLSv1.3")) {
            try (var socket = socket()) {
                socket.setEnabledProtocols(new String[] {protocol});
                var parameters = socket.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
                socket.setSSLParameters(parameters);
                socket.startHandshake();

                assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
                assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
            }
        }
    }

    @Test
    void metricsNeedAKeyOfAnyRoleAndHealthNone() throws Exception {
        assertThat(get("/health", "")).startsWith("HTTP/1.1 200");
        assertThat(get("/metrics", "")).startsWith("HTTP/1.1 401").contains("Basic realm");
        assertThat(get("/metrics", basic("AKIDVIEWER:wrong"))).startsWith("HTTP/1.1 401");
        assertThat(get("/metrics", basic("AKIDVIEWER:the-secret-of-the-viewer")))
                .startsWith("HTTP/1.1 200")
                .contains("gradus_batches");
        assertThat(get("/metrics", "Authorization: Basic !\r\n")).startsWith("HTTP/1.1 401");
    }

    private static String basic(String said) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(said.getBytes(StandardCharsets.UTF_8))
                + "\r\n";
    }

    private static String get(String path, String header) throws Exception {
        try (var socket = socket()) {
            socket.getOutputStream()
                    .write(
                            ("GET "
                                            + path
                                            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                            + header
                                            + "\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static SSLSocket socket() throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust(), null);
        return (SSLSocket) context.getSocketFactory().createSocket("localhost", server.port());
    }

    private static TrustManager[] trust() throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", pem.certificate());
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static SfnClient client(String key, String secret) throws Exception {
        var trusted = trust();
        return SfnClient.builder()
                .endpointOverride(URI.create("https://localhost:" + server.port()))
                .region(Region.US_EAST_1)
                .httpClientBuilder(
                        UrlConnectionHttpClient.builder().tlsTrustManagersProvider(() -> trusted))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
                .build();
    }

    private static SfnClient distrusting() {
        return SfnClient.builder()
                .endpointOverride(URI.create("https://localhost:" + server.port()))
                .region(Region.US_EAST_1)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(it -> it.retryStrategy(retry -> retry.maxAttempts(1)))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .build();
    }
}
