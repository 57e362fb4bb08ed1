package dev.gradus.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.runtime.TokenKeys;
import dev.gradus.testkit.StoreArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The folders with whole executions that each released format left, as this build must be able to
 * take them up: {@code data.zip} is the folder, {@code facts.json} the moment at which it was left
 * and the task tokens that were given out, and beside them is what the API said of each execution.
 *
 * <p>{@code StoredExecutions FOLDER} makes them of today's format; once released, they are never
 * made anew. Three lives: what closed in the first is in sorted files by the last.
 */
final class StoredExecutions {
    private static final Instant BEGINNING = Instant.parse("2026-11-01T00:00:00Z");

    private final Path data;
    private final Map<StoredExecution, String> tokens = new TreeMap<>();

    private StoredExecutions(Path data) {
        this.data = data;
    }

    public static void main(String[] arguments) throws IOException {
        var fixture = Files.createDirectories(Path.of(arguments[0]));
        var root = Files.createTempDirectory("gradus-fixture-");
        var executions = new StoredExecutions(root.resolve("data"));
        var left =
                executions.leaveWhatCannotGoOn(
                        executions.leaveOpen(executions.close(BEGINNING)), fixture);
        var facts = JsonObject.builder().put("leftAt", left.toString());
        executions.tokens.forEach((execution, token) -> facts.put(execution.label(), token));
        Files.writeString(fixture.resolve("facts.json"), facts.build().text() + "\n");
        StoreArchive.pack(executions.data, fixture.resolve("data.zip"));
        delete(root);
    }

    private Instant close(Instant now) {
        try (var world = new StoredWorld(data, now, UnaryOperator.identity())) {
            for (var execution : StoredExecution.values()) {
                world.call("CreateStateMachine", execution.create());
            }
            for (var execution : List.of(StoredExecution.SCHEDULED, StoredExecution.HANDED_OUT)) {
                world.call("CreateActivity", JsonObject.of("name", Json.of(execution.label())));
            }
            StoredExecution.CLOSED.forEach(execution -> start(world, execution));
            world.advance(Duration.ofSeconds(30));
            world.call(
                    "StopExecution",
                    StoredWorld.named(StoredExecution.ABORTED)
                            .with("error", Json.of("Orders.Withdrawn"))
                            .with("cause", Json.of("by the customer")));
            start(world, StoredExecution.MAP_HALF_DONE);
            world.advance(Duration.ofSeconds(700));
            return world.now();
        }
    }

    private Instant leaveOpen(Instant now) {
        try (var world = new StoredWorld(data, now, UnaryOperator.identity())) {
            start(world, StoredExecution.WAITING);
            start(world, StoredExecution.BACKING_OFF);
            start(world, StoredExecution.SCHEDULED);
            start(world, StoredExecution.HANDED_OUT);
            var task =
                    world.call(
                            "GetActivityTask",
                            JsonObject.of(
                                    "activityArn",
                                    Json.of(
                                            StoredExecution.activityArn(
                                                    StoredExecution.HANDED_OUT)),
                                    "workerName",
                                    Json.of("worker")));
            tokens.put(
                    StoredExecution.HANDED_OUT,
                    Recording.string((JsonObject) Json.parse(task), "taskToken"));
            for (var execution :
                    List.of(StoredExecution.CALLBACK, StoredExecution.PARALLEL_HALF_DONE)) {
                int before = world.tokens().size();
                start(world, execution);
                world.await(() -> world.tokens().size() > before);
                tokens.put(execution, world.tokens().getLast());
            }
            world.advance(Duration.ofSeconds(10));
            return world.now();
        }
    }

    /** A current key that cannot sign: a bug, made to order, on which a command is held. */
    private Instant leaveWhatCannotGoOn(Instant now, Path fixture) throws IOException {
        try (var world = new StoredWorld(data, now, StoredExecutions::withoutCurrentKey)) {
            start(world, StoredExecution.CALLED);
            start(world, StoredExecution.HELD);
            world.advance(Duration.ofSeconds(10));
            for (var execution : StoredExecution.values()) {
                if (execution == StoredExecution.YIELDED) {
                    start(world, execution); // It is the last, and has no time to end.
                }
                Files.writeString(
                        fixture.resolve(file(execution, "describe")), world.describe(execution));
                Files.writeString(
                        fixture.resolve(file(execution, "history")), world.history(execution));
            }
            return world.now();
        }
    }

    private static TokenKeys withoutCurrentKey(TokenKeys keys) {
        return new TokenKeys(Map.of(0, keys.keys().get(0), 1, new byte[0]), 1);
    }

    private static void start(StoredWorld world, StoredExecution execution) {
        world.call("StartExecution", execution.start());
    }

    private static String file(StoredExecution execution, String call) {
        return execution.label() + "." + call + ".json";
    }

    private static void delete(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** A kept folder, unpacked, and what is known of it. */
    record Kept(int format, Path data, JsonObject facts) {

        static Kept unpack(int format, Path folder) throws IOException {
            try (var archive = resource(format, "data.zip")) {
                StoreArchive.unpack(archive, folder);
            }
            return new Kept(format, folder, (JsonObject) Json.parse(text(format, "facts.json")));
        }

        Instant leftAt() {
            return Instant.parse(Recording.string(facts, "leftAt"));
        }

        String token(StoredExecution execution) {
            return Recording.string(facts, execution.label());
        }

        String described(StoredExecution execution) throws IOException {
            return text(format, file(execution, "describe"));
        }

        String history(StoredExecution execution) throws IOException {
            return text(format, file(execution, "history"));
        }

        private static String text(int format, String name) throws IOException {
            try (var file = resource(format, name)) {
                return new String(file.readAllBytes(), UTF_8);
            }
        }

        private static InputStream resource(int format, String name) throws IOException {
            var path = "/fixtures/format-" + format + "/" + name;
            var resource = StoredExecutions.class.getResourceAsStream(path);
            if (resource == null) {
                throw new IOException("there is no fixture " + path);
            }
            return resource;
        }
    }
}
