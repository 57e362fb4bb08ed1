package dev.gradus.integrations;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.JsonSyntaxException;
import dev.gradus.runtime.spi.DeliveryException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;

/**
 * Calls of one service that speaks AWS JSON 1.1 or the query protocol, over the SDK's signer and
 * HTTP client: the two or three operations that a feed needs are not worth a client of several
 * megabytes each. Safe for many threads.
 */
final class AwsJsonCalls implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);
    private static final int ANSWER_BYTES_MAX = 1 << 20;
    private static final String JSON = "application/x-amz-json-1.1";
    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
    private static final Pattern ERROR_CODE = Pattern.compile("<Code>([^<]*)</Code>");

    /** Errors that pass, or that whoever runs the server can put right. */
    private static final Set<String> PASSING =
            Set.of(
                    "ThrottlingException",
                    "Throttling",
                    "TooManyRequestsException",
                    "RequestLimitExceeded",
                    "ServiceUnavailableException",
                    "InternalFailure",
                    "InternalException",
                    "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidSignatureException",
                    "SignatureDoesNotMatch",
                    "ExpiredTokenException",
                    "ExpiredToken",
                    "IncompleteSignature");

    private final Endpoint endpoint;
    private final String service;
    private final AwsCredentialsProvider credentials;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final SdkHttpClient http;

    /**
     * Opens no connection yet.
     *
     * @param service as it signs and as its host is named, for example {@code logs}
     */
    AwsJsonCalls(Endpoint endpoint, String service) {
        this.endpoint = endpoint;
        this.service = service;
        this.credentials = LambdaClients.credentials(endpoint);
        var client =
                UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(READ_TIMEOUT);
        this.http =
                switch (endpoint) {
                    case Endpoint.RealAws _ -> client.build();
                    // HTTP_PROXY is for the way out of the network, where an emulator is not.
                    case Endpoint.Url _ ->
                            client.proxyConfiguration(
                                            ProxyConfiguration.builder()
                                                    .useEnvironmentVariablesValues(false)
                                                    .useSystemPropertyValues(false)
                                                    .build())
                                    .build();
                };
    }

    /**
     * An answer.
     *
     * @param error the short name of the error, empty for none
     * @param body an empty object when there was none
     */
    record Answer(String error, JsonObject body) {
        boolean ok() {
            return error.isEmpty();
        }

        String text(String member) {
            return body.get(member).orElse(Json.NULL) instanceof JsonString(var text) ? text : "";
        }
    }

    /**
     * Makes one call; an error that will not pass by itself is an answer.
     *
     * @param target operation with the service's prefix, for example {@code
     *     Logs_20140328.PutLogEvents}
     * @throws DeliveryException when no answer came, or one that says to try again
     */
    Answer call(String target, String region, JsonObject request) {
        try {
            var response = send(Optional.of(target), region, request.text());
            var status = response.httpResponse().statusCode();
            var body = parsed(body(response));
            return answer(target, status, new Answer(type(body), body));
        } catch (IOException | SdkException failed) {
            throw new DeliveryException(target + " to " + endpoint.description(), failed);
        }
    }

    /**
     * Makes one call in AWS's query protocol, whose answers hold nothing that is asked for but the
     * code of an error; otherwise as {@link #call}.
     *
     * @param form the request with its action and version, encoded as a form
     */
    Answer query(String action, String region, String form) {
        try {
            var response = send(Optional.empty(), region, form);
            var status = response.httpResponse().statusCode();
            var code = ERROR_CODE.matcher(body(response));
            var error = code.find() ? code.group(1) : "";
            return answer(action, status, new Answer(error, JsonObject.EMPTY));
        } catch (IOException | SdkException failed) {
            throw new DeliveryException(action + " to " + endpoint.description(), failed);
        }
    }

    private HttpExecuteResponse send(Optional<String> target, String region, String body)
            throws IOException {
        var payload = ContentStreamProvider.fromUtf8String(body);
        var length = body.getBytes(StandardCharsets.UTF_8).length;
        var request =
                SdkHttpRequest.builder()
                        .uri(url(region))
                        .method(SdkHttpMethod.POST)
                        .putHeader("Content-Type", target.isPresent() ? JSON : FORM)
                        .putHeader("Content-Length", Integer.toString(length))
                        .applyMutation(
                                it -> target.ifPresent(name -> it.putHeader("X-Amz-Target", name)))
                        .build();
        var signed =
                signer.sign(it ->
                        it.identity(credentials.resolveCredentials())
                                .request(request)
                                .payload(payload)
                                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        return http.prepareRequest(
                        HttpExecuteRequest.builder()
                                .request(signed.request())
                                .contentStreamProvider(signed.payload().orElse(payload))
                                .build())
                .call();
    }

    private URI url(String region) {
        return switch (endpoint) {
            case Endpoint.Url(var url, _) -> url.getRawPath().isEmpty() ? url.resolve("/") : url;
            case Endpoint.RealAws _ ->
                    URI.create(
                            "https://"
                                    + service
                                    + "."
                                    + region
                                    + "."
                                    + RegionMetadata.of(Region.of(region)).partition().dnsSuffix()
                                    + "/");
        };
    }

    private static String type(JsonObject body) {
        var type = new Answer("", body).text("__type");
        return type.substring(type.lastIndexOf('#') + 1).replaceFirst(":.*", "");
    }

    private Answer answer(String target, int status, Answer said) {
        if (status / 100 == 2) {
            return new Answer("", said.body());
        }
        var error = said.error();
        if (error.isEmpty() || status >= 500 || status == 429 || PASSING.contains(error)) {
            throw new DeliveryException(
                    "%s to %s was answered with %d %s"
                            .formatted(target, endpoint.description(), status, error));
        }
        return said;
    }

    private static JsonObject parsed(String text) {
        try {
            return !text.isBlank() && Json.parse(text) instanceof JsonObject object
                    ? object
                    : JsonObject.EMPTY;
        } catch (JsonSyntaxException notJson) {
            return JsonObject.EMPTY;
        }
    }

    private static String body(HttpExecuteResponse response) throws IOException {
        if (response.responseBody().isEmpty()) {
            return "";
        }
        try (InputStream in = response.responseBody().get()) {
            return new String(in.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
        }
    }

    String description() {
        return endpoint.description();
    }

    @Override
    public void close() {
        http.close();
    }
}
