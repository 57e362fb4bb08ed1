package dev.gradus.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A tiny HTTP server that takes what Gradus tells others: it speaks as much of CloudWatch Logs and
 * EventBridge as a feed needs, and takes posts of a webhook at {@code /hook}. It keeps everything
 * in memory, checks no signature, and can be made to refuse.
 *
 * <p>Safe for any number of threads; each request runs on a virtual thread of its own.
 */
public final class FeedStub implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Map<String, List<String>>> groups = new LinkedHashMap<>();
    private final List<JsonObject> events = new ArrayList<>();
    private final List<Post> posts = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private Optional<Integer> refusal = Optional.empty();

    /**
     * What a webhook or a collector of traces got.
     *
     * @param signature the X-Gradus-Signature header, empty without one
     */
    public record Post(String body, String signature) {}

    private record Reply(int status, JsonObject body) {}

    private FeedStub(HttpServer server) {
        this.server = server;
    }

    /** Starts a server on a free port of the loopback interface. */
    public static FeedStub start() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var stub = new FeedStub(HttpServer.create(address, 0));
        stub.server.createContext("/", stub::handle);
        stub.server.setExecutor(stub.threads);
        stub.server.start();
        return stub;
    }

    /** What LOGS_ENDPOINT and EVENTS_ENDPOINT are set to. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Where a webhook posts to. */
    public URI hook() {
        return endpoint().resolve("/hook");
    }

    /** From now on every request is answered with that status; absent: as it should be. */
    public void refuseWith(Optional<Integer> status) {
        locked(() -> refusal = status);
    }

    /** Makes a log group, as its owner would. */
    public void createGroup(String name) {
        locked(() -> groups.putIfAbsent(name, new LinkedHashMap<>()));
    }

    /** Deletes a log group with all that it holds. */
    public void deleteGroup(String name) {
        locked(() -> groups.remove(name));
    }

    /** The messages of a group's streams, each stream in its order. */
    public List<String> messages(String group) {
        lock.lock();
        try {
            return groups.getOrDefault(group, Map.of()).values().stream()
                    .flatMap(List::stream)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Names of a group's streams. */
    public List<String> streams(String group) {
        lock.lock();
        try {
            return List.copyOf(groups.getOrDefault(group, Map.of()).keySet());
        } finally {
            lock.unlock();
        }
    }

    /** The entries that PutEvents brought. */
    public List<JsonObject> events() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /** What the webhook got. */
    public List<Post> posts() {
        lock.lock();
        try {
            return List.copyOf(posts);
        } finally {
            lock.unlock();
        }
    }

    /** The targets of all calls, refused ones too. */
    public List<String> calls() {
        lock.lock();
        try {
            return List.copyOf(calls);
        } finally {
            lock.unlock();
        }
    }

    /** The paths of all calls, refused ones too. */
    public List<String> paths() {
        lock.lock();
        try {
            return List.copyOf(paths);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something holds, looked at whenever a request came; tells whether it does. */
    public boolean await(BooleanSupplier holds) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!holds.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return holds.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Reply reply;
        lock.lock();
        try {
            reply = reply(exchange, body);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        var bytes = reply.body().text().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        try (exchange) {
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Reply reply(HttpExchange exchange, String body) {
        var path = exchange.getRequestURI().getPath();
        var target =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                        .orElse(path);
        calls.add(target);
        paths.add(path);
        if (refusal.isPresent()) {
            return new Reply(refusal.get(), JsonObject.EMPTY);
        }
        if (path.equals("/hook") || path.equals("/v1/traces")) {
            var signature = exchange.getRequestHeaders().getFirst("X-Gradus-Signature");
            posts.add(new Post(body, Optional.ofNullable(signature).orElse("")));
            return new Reply(200, JsonObject.EMPTY);
        }
        var request = (JsonObject) Json.parse(body);
        return switch (target) {
            case "Logs_20140328.DescribeLogGroups" ->
                    described(text(request, "logGroupNamePrefix"));
            case "Logs_20140328.CreateLogStream" -> stream(request);
            case "Logs_20140328.PutLogEvents" -> put(request);
            case "AWSEvents.PutEvents" -> published(request);
            default -> error("UnknownOperationException");
        };
    }

    private Reply described(String prefix) {
        var found =
                groups.keySet().stream()
                        .filter(name -> name.startsWith(prefix))
                        .sorted()
                        .map(name -> JsonObject.of("logGroupName", Json.of(name)))
                        .toList();
        return new Reply(200, JsonObject.of("logGroups", JsonArray.of(found)));
    }

    private Reply stream(JsonObject request) {
        var group = Optional.ofNullable(groups.get(text(request, "logGroupName")));
        return group.map(
                        streams -> {
                            streams.putIfAbsent(text(request, "logStreamName"), new ArrayList<>());
                            return new Reply(200, JsonObject.EMPTY);
                        })
                .orElseGet(() -> error("ResourceNotFoundException"));
    }

    private Reply put(JsonObject request) {
        var messages =
                Optional.ofNullable(groups.get(text(request, "logGroupName")))
                        .flatMap(streams ->
                                Optional.ofNullable(streams.get(text(request, "logStreamName"))));
        if (messages.isEmpty()) {
            return error("ResourceNotFoundException");
        }
        for (var event : array(request, "logEvents")) {
            messages.get().add(text((JsonObject) event, "message"));
        }
        return new Reply(200, JsonObject.EMPTY);
    }

    private Reply published(JsonObject request) {
        var results = new ArrayList<Json>();
        for (var entry : array(request, "Entries")) {
            events.add((JsonObject) entry);
            results.add(JsonObject.of("EventId", Json.of("event-" + events.size())));
        }
        return new Reply(
                200,
                JsonObject.of("FailedEntryCount", Json.of(0), "Entries", JsonArray.of(results)));
    }

    private static Reply error(String type) {
        return new Reply(400, JsonObject.of("__type", Json.of(type)));
    }

    private static JsonArray array(JsonObject object, String member) {
        return object.get(member).orElse(JsonArray.EMPTY) instanceof JsonArray array
                ? array
                : JsonArray.EMPTY;
    }

    private static String text(JsonObject object, String member) {
        return object.get(member).orElse(Json.NULL) instanceof JsonString(var text) ? text : "";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
