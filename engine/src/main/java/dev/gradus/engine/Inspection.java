package dev.gradus.engine;

import dev.gradus.asl.ErrorName;
import dev.gradus.asl.Transition;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.Payload;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a test of one state asks of the engine and hears from it; a real execution has none.
 *
 * <p>Belongs to one test and one thread at a time.
 */
final class Inspection {
    private final StateTestSetup setup;
    private final Map<Stage, Payload> stages = new EnumMap<>(Stage.class);
    private StateTestResult.MapFigures figures = StateTestResult.MapFigures.NONE;
    private Variables variables;
    private Optional<Lost> lost = Optional.empty();
    private Optional<Transition> left = Optional.empty();
    private Optional<String> refusal = Optional.empty();

    /** A failure for which Retry and Catch are asked. */
    record Lost(Failure failure, ErrorName.Origin origin) {}

    Inspection(StateTestSetup setup) {
        this.setup = setup;
        this.variables = setup.variables();
    }

    // What the engine asks

    StateTestSetup.Past past() {
        return setup.past();
    }

    /** Returns what a Parallel or Map does in place of its children. */
    Move mockedChildren() {
        return switch (setup.mock()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "a Parallel or Map is only tested with a mock"))) {
            case StateMock.Result(var result) -> new Move.Leave(result);
            case StateMock.Fails(var failure) -> new Move.Lose(failure, ErrorName.Origin.TASK);
        };
    }

    /** Returns the context object in place of the one that a real execution would see. */
    Json context(Json made) {
        if (!(made instanceof JsonObject real)) {
            throw new IllegalStateException("the context is an object");
        }
        if (setup.context().isPresent()) {
            return setup.context().get() instanceof JsonObject given && real.has("Map")
                    ? given.with("Map", real.get("Map").orElseThrow())
                    : setup.context().get();
        }
        // AWS: in the order of an express execution, and without RedriveCount (recorded).
        var context =
                JsonObject.builder()
                        .put("Execution", execution(object(real, "Execution")))
                        .put("StateMachine", object(real, "StateMachine"))
                        .put("State", state(object(real, "State")));
        context.putIfPresent("Task", real.get("Task"));
        context.putIfPresent("Map", real.get("Map"));
        return context.build();
    }

    private static JsonObject execution(JsonObject real) {
        var execution = JsonObject.builder();
        for (var member : new String[] {"Id", "Input", "Name", "RoleArn", "StartTime"}) {
            real.get(member)
                    .ifPresent(value -> {
                        boolean none = value instanceof JsonString(var text) && text.isEmpty();
                        execution.put(member, none ? Json.NULL : value);
                    });
        }
        return execution.build();
    }

    /** One count stands for whichever retrier matches, so that the sum of all means nothing. */
    private JsonObject state(JsonObject real) {
        return real.has("RetryCount")
                ? real.with("RetryCount", Json.of(setup.past().retries()))
                : real;
    }

    private static JsonObject object(JsonObject context, String member) {
        return (JsonObject) context.get(member).orElseThrow();
    }

    // What it hears

    void reached(Stage stage, Payload value) {
        stages.put(stage, value);
    }

    void figures(StateTestResult.MapFigures found) {
        figures = found;
    }

    /** The state failed, and Retry and Catch are asked next. */
    void lost(Failure failure, ErrorName.Origin origin) {
        lost = Optional.of(new Lost(failure, origin));
    }

    /** The state is left; what is set then stays. */
    void left(Transition then, Variables after) {
        left = Optional.of(then);
        variables = after;
    }

    /** What the test was asked to do contradicts itself. */
    void refuse(String why) {
        refusal = Optional.of(why);
    }

    // What became of it

    Map<Stage, Payload> stages() {
        return stages;
    }

    StateTestResult.MapFigures figures() {
        return figures;
    }

    Variables variables() {
        return variables;
    }

    Optional<Lost> lost() {
        return lost;
    }

    Optional<Transition> left() {
        return left;
    }

    Optional<String> refusal() {
        return refusal;
    }
}
