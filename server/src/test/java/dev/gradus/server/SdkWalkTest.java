package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.utils.builder.SdkBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walks every operation, its paginators, its error types and its hosts with AWS's SDK for Java, by
 * the steps that {@code scripts/clients-test} walks with the other clients.
 */
@Timeout(60)
final class SdkWalkTest {
    private static final String MODEL = "software.amazon.awssdk.services.sfn.model.";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

    private static GradusServer server;
    private static SfnClient sfn;
    private static final TreeSet<String> HOSTS = new TreeSet<>();

    private final JsonNode walk = JsonMapper.shared().readTree(text());
    private final Map<String, String> known = new LinkedHashMap<>();

    /** Sends what goes to any host to the loopback: nobody's hosts file knows the sync- host. */
    private record Loopback(SdkHttpClient client) implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            HOSTS.add(request.httpRequest().host());
            return client.prepareRequest(
                    HttpExecuteRequest.builder()
                            .request(request.httpRequest().copy(it -> it.host("127.0.0.1")))
                            .contentStreamProvider(request.contentStreamProvider().orElse(null))
                            .build());
        }

        @Override
        public void close() {
            client.close();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        server =
                GradusServer.start(
                        Settings.from(
                                Map.of("in-memory", "true", "port", "0", "drain-timeout", "0"),
                                Map.of()));
        sfn =
                SfnClient.builder()
                        .endpointOverride(URI.create("http://gradus.localhost:" + server.port()))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("111111111104", "any")))
                        .httpClient(new Loopback(UrlConnectionHttpClient.create()))
                        .build();
    }

    @AfterAll
    static void stop() {
        sfn.close();
        server.close();
    }

    @Test
    void everyOperationAnswersTheSdkAndRefusesWithItsExceptions() throws Exception {
        known.put("client", "java");
        known.put("role", "arn:aws:iam::111111111104:role/r");
        for (var step : walk.path("steps")) {
            walk(step);
        }
        assertThat(HOSTS).containsExactly("gradus.localhost", "sync-gradus.localhost");
    }

    @Test
    void everyOperationOfTheSdkIsWalked() {
        var operations = new TreeSet<String>();
        for (var method : SfnClient.class.getMethods()) {
            var answer = method.getReturnType().getSimpleName();
            if (answer.endsWith("Response")) {
                operations.add(answer.replace("Response", ""));
            }
        }
        var walked = new TreeSet<String>();
        walk.path("steps").forEach(step -> walked.add(step.path("call").asString()));
        walk.path("later").forEach(later -> walked.add(later.asString()));
        assertThat(walked).isEqualTo(operations);
    }

    private void walk(JsonNode step) throws ReflectiveOperationException {
        var operation = step.path("call").asString();
        var error = step.path("error").asString("");
        try {
            if (step.has("pages")) {
                assertThat(items(step))
                        .as(step.toString())
                        .isGreaterThanOrEqualTo(step.path("least").asInt());
                return;
            }
            var answer = plain(call(operation, request(operation, step.path("with"))));
            assertThat(error).as("no error of " + step).isEmpty();
            step.path("save")
                    .forEachEntry((name, path) ->
                            known.put(name, String.valueOf(at(answer, path.asString()))));
            step.path("expect")
                    .forEachEntry((path, value) ->
                            assertThat(at(answer, path))
                                    .as(path + " of " + step)
                                    .isEqualTo(json(value)));
        } catch (InvocationTargetException refused) {
            var expected = error.endsWith("Exception") ? error : error + "Exception";
            var cause = Optional.ofNullable(refused.getCause()).orElse(refused);
            assertThat(cause).as(step.toString()).isInstanceOf(SfnException.class);
            assertThat(cause.getClass().getSimpleName())
                    .as(step + ": " + cause)
                    .isEqualTo(expected);
        }
    }

    /** Counts the items of all pages, of one item each. */
    private int items(JsonNode step) throws ReflectiveOperationException {
        var operation = step.path("call").asString();
        var paginator =
                Arrays.stream(SfnClient.class.getMethods())
                        .filter(method -> method.getName().equals(lower(operation) + "Paginator"))
                        .filter(method -> method.getParameterCount() == 1)
                        .filter(method ->
                                SdkPojo.class.isAssignableFrom(method.getParameterTypes()[0]))
                        .findFirst();
        var count = 0;
        if (paginator.isPresent()) {
            var pages = paginator.get().invoke(sfn, request(operation, step.path("with"), ""));
            for (var page : (Iterable<?>) pages) {
                count += ((List<?>) at(plain(page), step.path("pages").asString())).size();
            }
            return count;
        }
        var token = "";
        do {
            var page = plain(call(operation, request(operation, step.path("with"), token)));
            count += ((List<?>) at(page, step.path("pages").asString())).size();
            token = Optional.ofNullable(page.get("nextToken")).map(Object::toString).orElse("");
        } while (!token.isEmpty());
        return count;
    }

    private Object request(String operation, JsonNode with) throws ReflectiveOperationException {
        return build(fill(builder(operation), with));
    }

    /** A request for a page of one item. */
    private Object request(String operation, JsonNode with, String token)
            throws ReflectiveOperationException {
        var builder = fill(builder(operation), with);
        if (!with.has("nextToken")) {
            set(builder, "maxResults", 1);
        }
        if (!token.isEmpty()) {
            set(builder, "nextToken", token);
        }
        return build(builder);
    }

    private static SdkPojo builder(String operation) throws ReflectiveOperationException {
        return (SdkPojo)
                Class.forName(MODEL + operation + "Request").getMethod("builder").invoke(null);
    }

    private static Object build(SdkPojo builder) {
        return ((SdkBuilder<?, ?>) builder).build();
    }

    private SdkPojo fill(SdkPojo builder, JsonNode json) {
        json.forEachEntry((name, value) ->
                builder.sdkFields().stream()
                        .filter(field -> field.locationName().equals(name))
                        .forEach(field -> field.set(builder, value(value, field))));
        return builder;
    }

    private static void set(SdkPojo builder, String name, Object value) {
        builder.sdkFields().stream()
                .filter(field -> field.locationName().equals(name))
                .forEach(field -> field.set(builder, value));
    }

    private Object value(JsonNode json, SdkField<?> field) {
        if (json.isObject()) {
            return build(fill(field.constructor().get(), json));
        }
        if (json.isArray()) {
            var element = field.getTrait(ListTrait.class).memberFieldInfo();
            return json.valueStream().map(each -> value(each, element)).toList();
        }
        return json(json);
    }

    /** A value of the walk: placeholders are filled. */
    private Object json(JsonNode json) {
        if (json.isObject()) {
            var members = new LinkedHashMap<String, Object>();
            json.forEachEntry((name, value) -> members.put(name, json(value)));
            return members;
        }
        if (json.isArray()) {
            return json.valueStream().map(this::json).toList();
        }
        if (json.isBoolean()) {
            return json.asBoolean();
        }
        return json.isNumber() ? json.asInt() : filled(json.asString());
    }

    private String filled(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> {
                    var definition = walk.path("definitions").path(found.group(1));
                    var value =
                            definition.isMissingNode()
                                    ? known.getOrDefault(found.group(1), "")
                                    : filled(definition.toString());
                    return Matcher.quoteReplacement(value);
                });
    }

    private static Object call(String operation, Object request)
            throws ReflectiveOperationException {
        return SfnClient.class.getMethod(lower(operation), request.getClass()).invoke(sfn, request);
    }

    /** An answer as maps, lists and scalars. */
    private static Map<?, ?> plain(Object answer) {
        var members = new LinkedHashMap<String, Object>();
        for (var field : ((SdkPojo) answer).sdkFields()) {
            var value = field.getValueOrDefault(answer);
            if (value instanceof List<?> list) {
                var items = new ArrayList<Object>();
                list.forEach(item -> items.add(item instanceof SdkPojo ? plain(item) : item));
                members.put(field.locationName(), items);
            } else if (value != null) {
                members.put(field.locationName(), value instanceof SdkPojo ? plain(value) : value);
            }
        }
        return members;
    }

    private static Object at(Map<?, ?> answer, String path) {
        Object value = answer;
        for (var name : path.split("\\.", -1)) {
            value = Optional.ofNullable(((Map<?, ?>) value).get(name)).orElse("absent");
        }
        return value;
    }

    private static String lower(String operation) {
        return operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1);
    }

    private static String text() {
        var at = Optional.of(Path.of("").toAbsolutePath());
        while (at.isPresent() && !Files.exists(at.get().resolve("mvnw"))) {
            at = at.map(Path::getParent);
        }
        try {
            return Files.readString(at.orElseThrow().resolve("scripts/clients/walk.json"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
