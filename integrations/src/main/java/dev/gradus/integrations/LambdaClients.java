package dev.gradus.integrations;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * The SDK's Lambda clients, one for each endpoint and region, made at its first call: making one
 * costs a second, the first on top half of the SDK's classes.
 */
final class LambdaClients implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    // Longer than a function may run: 900 seconds.
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(930);

    private final ConcurrentHashMap<Target, LambdaClient> clients = new ConcurrentHashMap<>();

    private record Target(Endpoint endpoint, String region) {}

    LambdaClient client(Endpoint endpoint, String region) {
        return clients.computeIfAbsent(new Target(endpoint, region), LambdaClients::open);
    }

    @Override
    public void close() {
        clients.values().forEach(LambdaClient::close);
        clients.clear();
    }

    private static LambdaClient open(Target target) {
        var region = Region.of(target.region());
        return LambdaClient.builder()
                .region(region)
                // Always said: else the SDK would look for AWS_ENDPOINT_URL by rules of its own.
                .endpointOverride(url(target.endpoint(), region))
                .credentialsProvider(credentials(target.endpoint()))
                .defaultsMode(DefaultsMode.STANDARD)
                .httpClientBuilder(http(target.endpoint()))
                .overrideConfiguration(override ->
                        override.retryStrategy(AwsRetryStrategy.doNotRetry())
                                .addExecutionInterceptor(new ResponseBound()))
                .build();
    }

    private static URI url(Endpoint endpoint, Region region) {
        return switch (endpoint) {
            case Endpoint.Url(var url, _) -> url;
            case Endpoint.RealAws _ ->
                    URI.create("https://" + LambdaClient.serviceMetadata().endpointFor(region));
        };
    }

    /**
     * For AWS, all that the SDK knows. For another endpoint only what the environment says, else a
     * pair that emulators take: the SDK's full search would ask the network.
     */
    static AwsCredentialsProvider credentials(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.RealAws _ -> DefaultCredentialsProvider.builder().build();
            case Endpoint.Url _ ->
                    AwsCredentialsProviderChain.of(
                            SystemPropertyCredentialsProvider.create(),
                            EnvironmentVariableCredentialsProvider.create(),
                            StaticCredentialsProvider.create(
                                    AwsBasicCredentials.create("test", "test")));
        };
    }

    private static UrlConnectionHttpClient.Builder http(Endpoint endpoint) {
        var http =
                UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(READ_TIMEOUT);
        return switch (endpoint) {
            case Endpoint.RealAws _ -> http;
            // HTTP_PROXY is for the way out of the network, where an emulator is not.
            case Endpoint.Url _ ->
                    http.proxyConfiguration(
                            ProxyConfiguration.builder()
                                    .useEnvironmentVariablesValues(false)
                                    .useSystemPropertyValues(false)
                                    .build());
        };
    }
}
