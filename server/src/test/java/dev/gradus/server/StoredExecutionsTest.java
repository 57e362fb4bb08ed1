package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An upgrade: this build takes up the folder that a process of each released format left when it
 * was killed.
 */
final class StoredExecutionsTest {
    private static final String PAD = "x".repeat(400);

    @ParameterizedTest
    @ValueSource(ints = 1)
    void whatHadClosedReadsAsItWasWritten(int format, @TempDir Path folder) throws Exception {
        var kept = StoredExecutions.Kept.unpack(format, folder);

        try (var world = new StoredWorld(folder, kept.leftAt(), UnaryOperator.identity())) {
            for (var execution : StoredExecution.CLOSED) {
                assertThat(world.describe(execution)).isEqualTo(kept.described(execution));
                assertThat(world.history(execution)).isEqualTo(kept.history(execution));
                assertThat(status(world.describe(execution))).isEqualTo(execution.name());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = 1)
    void whatWasOpenGoesOnFromWhereItWas(int format, @TempDir Path folder) throws Exception {
        var kept = StoredExecutions.Kept.unpack(format, folder);

        try (var world = new StoredWorld(folder, kept.leftAt(), UnaryOperator.identity())) {
            assertThat(world.contradictions()).isEmpty();
            goOn(world, kept);

            var outputs = outputs();
            for (var execution : StoredExecution.values()) {
                if (StoredExecution.CLOSED.contains(execution)) {
                    continue;
                }
                var described = world.describe(execution);
                assertThat(status(described)).as(described).isEqualTo("SUCCEEDED");
                assertThat(Recording.string(json(described), "output"))
                        .as(execution.name())
                        .isEqualTo(outputs.get(execution));
                assertThat(History.events(json(world.history(execution))))
                        .as(execution.name())
                        .startsWith(
                                History.events(json(kept.history(execution)))
                                        .toArray(JsonObject[]::new));
            }
            assertThat(world.contradictions()).isEmpty();
        }
    }

    /** A fixture in which everything had ended would prove nothing. */
    @ParameterizedTest
    @EnumSource
    void theFixtureHoldsEachInTheStateThatItIsNamedFor(StoredExecution execution, @TempDir Path f)
            throws Exception {
        var kept = StoredExecutions.Kept.unpack(1, f);
        boolean closed = StoredExecution.CLOSED.contains(execution);

        assertThat(status(kept.described(execution)))
                .isEqualTo(closed ? execution.name() : "RUNNING");
        var events = History.events(json(kept.history(execution)));
        assertThat(History.type(events.getLast())).isEqualTo(lastEvent(execution));
    }

    private static String lastEvent(StoredExecution execution) {
        return switch (execution) {
            case SUCCEEDED -> "ExecutionSucceeded";
            case FAILED -> "ExecutionFailed";
            case TIMED_OUT -> "ExecutionTimedOut";
            case ABORTED -> "ExecutionAborted";
            case MAP_HALF_DONE, WAITING, HELD -> "WaitStateEntered";
            case BACKING_OFF -> "LambdaFunctionFailed";
            case SCHEDULED -> "ActivityScheduled";
            case HANDED_OUT -> "ActivityStarted";
            case CALLBACK, PARALLEL_HALF_DONE -> "TaskSubmitted";
            case CALLED -> "LambdaFunctionStarted";
            case YIELDED -> "PassStateEntered"; // the hundredth of thousands
        };
    }

    /** Does what each of the open executions waits for. */
    private static void goOn(StoredWorld world, StoredExecutions.Kept kept) throws IOException {
        succeed(world, kept.token(StoredExecution.HANDED_OUT), "\"by the worker\"");
        succeed(world, kept.token(StoredExecution.CALLBACK), "\"by the callback\"");
        succeed(world, kept.token(StoredExecution.PARALLEL_HALF_DONE), "\"of the branch\"");
        var task =
                json(
                        world.call(
                                "GetActivityTask",
                                JsonObject.of(
                                        "activityArn",
                                        Json.of(
                                                StoredExecution.activityArn(
                                                        StoredExecution.SCHEDULED)))));
        assertThat(json(Recording.string(task, "input")).get("pad")).hasValue(Json.of(PAD));
        succeed(world, Recording.string(task, "taskToken"), "\"by another worker\"");
        // The held command comes first to its task now, and its call brings a token.
        world.await(() -> !world.tokens().isEmpty());
        succeed(world, world.tokens().getFirst(), "\"not held any more\"");
        world.advance(Duration.ofHours(3));
    }

    private static Map<StoredExecution, String> outputs() {
        var outputs = new EnumMap<StoredExecution, String>(StoredExecution.class);
        outputs.put(StoredExecution.MAP_HALF_DONE, "[1,2,3,4]");
        outputs.put(StoredExecution.WAITING, "2");
        outputs.put(StoredExecution.BACKING_OFF, "\"Broken\"");
        outputs.put(StoredExecution.SCHEDULED, "\"by another worker\"");
        outputs.put(StoredExecution.HANDED_OUT, "\"by the worker\"");
        outputs.put(StoredExecution.CALLBACK, "{\"said\":\"by the callback\",\"n\":2}");
        outputs.put(StoredExecution.PARALLEL_HALF_DONE, "[\"" + PAD + "\",2,\"of the branch\"]");
        outputs.put(StoredExecution.CALLED, "2");
        outputs.put(StoredExecution.HELD, "\"not held any more\"");
        outputs.put(StoredExecution.YIELDED, "5000");
        return outputs;
    }

    private static void succeed(StoredWorld world, String token, String output) {
        world.call(
                "SendTaskSuccess",
                JsonObject.of("taskToken", Json.of(token), "output", Json.of(output)));
    }

    private static String status(String described) {
        return Recording.string(json(described), "status");
    }

    private static JsonObject json(String text) {
        return (JsonObject) Json.parse(text);
    }
}
