package dev.gradus.api;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** A request that AWS's own signer signs; every part of it may be changed before and after. */
final class Signed {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final String KEY = "AKIDEXAMPLE";
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    static final String FILE =
            """
            [deploy]
            aws_access_key_id = AKIDEXAMPLE
            aws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY
            aws_account_id = 111122223333
            gradus_role = admin

            [worker]
            aws_access_key_id = ASIAEXAMPLE
            aws_secret_access_key = another-secret-of-some-length
            aws_session_token = token-of-the-session
            aws_account_id = 444455556666
            gradus_role = operator
            gradus_expires = 2026-11-22T13:00:00Z

            [auditor]
            aws_access_key_id = AKIDAUDITOR
            aws_secret_access_key = a-third-secret-of-some-length
            aws_account_id = 111122223333
            gradus_role = viewer
            """;

    String method = "POST";
    String path = "/";
    String region = "us-east-1";
    String service = "states";
    String keyId = KEY;
    String secret = SECRET;
    Optional<String> token = Optional.empty();
    Instant date = NOW;
    Optional<Duration> presignedFor = Optional.empty();
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    final Map<String, List<String>> query = new TreeMap<>();
    final Map<String, List<String>> headers = new TreeMap<>();

    Signed() {
        headers.put("Content-Type", List.of("application/x-amz-json-1.0"));
        headers.put("X-Amz-Target", List.of("AWSStepFunctions.ListActivities"));
    }

    /** The signed request as it arrives. */
    Arrived arrive() {
        var request =
                SdkHttpFullRequest.builder()
                        .method(SdkHttpMethod.fromValue(method))
                        .protocol("http")
                        .host("localhost")
                        .port(8083)
                        .encodedPath(path);
        query.forEach(request::putRawQueryParameter);
        headers.forEach(request::putHeader);
        var identity =
                token.isPresent()
                        ? AwsSessionCredentialsIdentity.create(keyId, secret, token.get())
                        : AwsCredentialsIdentity.create(keyId, secret);
        var signed =
                AwsV4HttpSigner.create()
                        .sign(sign -> {
                            sign.identity(identity)
                                    .request(request.build())
                                    .payload(ContentStreamProvider.fromByteArray(body))
                                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                                    .putProperty(
                                            HttpSigner.SIGNING_CLOCK,
                                            Clock.fixed(date, ZoneOffset.UTC));
                            presignedFor.ifPresent(time ->
                                    sign.putProperty(
                                                    AwsV4HttpSigner.AUTH_LOCATION,
                                                    AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                                            .putProperty(
                                                    AwsV4HttpSigner.EXPIRATION_DURATION, time));
                        });
        return new Arrived(signed.request(), body);
    }

    /** A request on our side of the wire, which may have been changed on the way. */
    static final class Arrived {
        final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String method;
        String target;
        byte[] body;

        private Arrived(SdkHttpRequest signed, byte[] body) {
            this.method = signed.method().name();
            this.target =
                    signed.encodedPath()
                            + signed.encodedQueryParameters().map(text -> "?" + text).orElse("");
            this.body = body;
            signed.headers().forEach((name, values) -> headers.put(name, new ArrayList<>(values)));
        }

        Arrived with(String name, String value) {
            headers.put(name, List.of(value));
            return this;
        }

        String first(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        WireRequest wire() {
            return new WireRequest(
                    method,
                    target,
                    new WireRequest.Headers() {
                        @Override
                        public Optional<String> first(String name) {
                            return all(name).stream().findFirst();
                        }

                        @Override
                        public List<String> all(String name) {
                            return headers.getOrDefault(name, List.of());
                        }

                        @Override
                        public Collection<String> names() {
                            return headers.keySet().stream()
                                    .map(name -> name.toLowerCase(Locale.ROOT))
                                    .toList();
                        }
                    },
                    body,
                    new WireRequest.Connection(() -> true));
        }
    }
}
