package dev.gradus.engine;

import dev.gradus.asl.State;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.Timestamps;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Builds the context object ({@code $$}): what a state may know about its execution.
 *
 * <p>Member order as recorded on AWS. It costs as much as a few transitions, so it is made only
 * when an expression looks at it, and without the execution's input when that is out of its reach.
 *
 * @param token task token, where there is one
 * @param item array element, where another than that of the nearest iteration counts
 */
record ContextObject(
        Turn turn, Line line, State state, Optional<Supplier<String>> token, Optional<Item> item) {

    /** The array element that a Map iteration works on. */
    record Item(int index, Json value) {}

    /** Makes all of it. */
    Json whole() {
        return of(true);
    }

    /** Makes it without the execution's input, which would have to be parsed. */
    Json outline() {
        return of(false);
    }

    private Json of(boolean withInput) {
        var context =
                JsonObject.builder()
                        .put("Execution", execution(turn.execution(), withInput))
                        .put("StateMachine", stateMachine(turn.execution()))
                        .put("State", state(line.visit(), state));
        token.ifPresent(text -> context.put("Task", JsonObject.of("Token", Json.of(text.get()))));
        item.or(() -> itemOf(turn, line))
                .ifPresent(known -> context.put("Map", JsonObject.of("Item", describe(known))));
        return context.build();
    }

    private static Json execution(Execution execution, boolean withInput) {
        var startTime = time(execution.startedAtMillis());
        var members = JsonObject.builder().put("Id", execution.arn());
        if (withInput) {
            members.put("Input", execution.input().json());
        }
        return switch (execution.kind()) {
            case STANDARD -> {
                members.put("StartTime", startTime)
                        .put("Name", execution.name())
                        .put("RoleArn", execution.roleArn())
                        .put("RedriveCount", execution.redrives().count());
                if (execution.redrives().count() > 0) {
                    members.put("RedriveTime", time(execution.redrives().lastAtMillis()));
                }
                yield members.build();
            }
            case EXPRESS -> express(members, execution, startTime).put("RedriveCount", 0).build();
            case SYNCHRONOUS -> express(members, execution, startTime).build();
        };
    }

    private static JsonObject.Builder express(
            JsonObject.Builder members, Execution execution, String startTime) {
        return members.put("Name", execution.name())
                .put("RoleArn", execution.roleArn())
                .put("StartTime", startTime);
    }

    private static Json stateMachine(Execution execution) {
        return JsonObject.of(
                "Id",
                Json.of(execution.stateMachineArn()),
                "Name",
                Json.of(execution.stateMachineName()));
    }

    private static Json state(Scope.Visit visit, State state) {
        var members =
                JsonObject.builder()
                        .put("Name", visit.state())
                        .put("EnteredTime", time(visit.enteredAtMillis()));
        return switch (state) {
            // AWS: only states that can retry have it (recorded on Task and Map; Pass lacks it).
            case State.TaskState _, State.MapState _, State.ParallelState _ ->
                    members.put("RetryCount", visit.retryCount()).build();
            case State.PassState _,
                    State.ChoiceState _,
                    State.WaitState _,
                    State.SucceedState _,
                    State.FailState _ ->
                    members.build();
        };
    }

    /** Finds the item of the nearest iteration around the line. */
    private static Optional<Item> itemOf(Turn turn, Line line) {
        int index = line.index();
        var parent = line.parent();
        while (parent.isPresent()) {
            var around = turn.scope(parent.getAsInt());
            if (around.phase() instanceof Scope.Forked(_, var fork) && fork.items().isPresent()) {
                return Optional.of(item(fork, index));
            }
            index = around.index();
            parent = around.parent();
        }
        return Optional.empty();
    }

    /** Returns one item of a Map's array. */
    static Item item(Scope.Fork fork, int index) {
        if (fork.items().isPresent() && fork.items().get().json() instanceof JsonArray array) {
            return new Item(index, array.get(index));
        }
        throw new IllegalStateException("the items of a Map are an array");
    }

    private static Json describe(Item item) {
        return JsonObject.builder()
                .put("Index", item.index())
                .put("Value", item.value())
                .put("Source", "STATE_DATA")
                .build();
    }

    private static String time(long millis) {
        return Timestamps.format(Instant.ofEpochMilli(millis));
    }
}
