package dev.gradus.language;

import dev.gradus.asl.TaskResource;
import dev.gradus.asl.TaskResource.LambdaFunction;
import dev.gradus.asl.TaskResource.Pattern;
import dev.gradus.asl.TaskResource.Service;
import dev.gradus.engine.Failure;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.Payload;
import dev.gradus.integrations.UnsupportedIntegration;
import dev.gradus.runtime.spi.Integration;
import dev.gradus.runtime.spi.TaskCall;
import dev.gradus.runtime.spi.TaskOutcome;
import dev.gradus.testkit.SimScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What stands behind the tasks of one example: functions, workers of activities, and whoever was
 * given a task token. The page says what each answers, in the form that the Lambda stub of the
 * testkit reads from files.
 *
 * <p>Used on the scheduler's thread.
 */
final class Outside implements Integration {
    /** The name under which a page says what comes back with a task token. */
    static final String TOKEN = "token";

    private final SimScheduler.SimProcess world;
    private final Map<String, ArrayDeque<Answer>> inOrder = new HashMap<>();
    private final Map<String, Answer> always = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final UnsupportedIntegration others = new UnsupportedIntegration();
    private Consumer<String> tokens = _ -> {};

    /**
     * One answer.
     *
     * @param error what it fails with, absent when it returns
     */
    record Answer(Json value, Optional<JsonObject> error, Duration delay) {
        private static Answer of(Json written) {
            var object = (JsonObject) written;
            return new Answer(
                    object.get("Return").orElse(Json.NULL),
                    object.get("Throw").map(JsonObject.class::cast),
                    object.get("DelayMillis")
                            .map(millis ->
                                    Duration.ofMillis(
                                            ((JsonNumber) millis).longValue().orElseThrow()))
                            .orElse(Duration.ZERO));
        }

        /** Returns the failure as SendTaskFailure says it. */
        Failure failure() {
            var thrown = error.orElseThrow();
            return Failure.of(text(thrown, "Error"), text(thrown, "Cause"));
        }

        /** Returns what Step Functions makes of an error that a function raised. */
        private Failure ofFunction() {
            var thrown = error.orElseThrow();
            var payload =
                    JsonObject.of(
                            "errorMessage",
                            Json.of(text(thrown, "Cause")),
                            "errorType",
                            Json.of(text(thrown, "Error")));
            return Failure.of(text(thrown, "Error"), payload.text());
        }

        private static String text(JsonObject object, String name) {
            return ((JsonString) object.get(name).orElseThrow()).value();
        }
    }

    /**
     * @param functions answers by the name of a function or an activity, or under {@link #TOKEN}
     */
    Outside(SimScheduler scheduler, JsonObject functions) {
        this.world = scheduler.process("outside");
        for (var function : functions) {
            var written = (JsonObject) function.value();
            if (written.get("Answers").orElse(Json.NULL) instanceof JsonArray answers) {
                var queue = new ArrayDeque<Answer>();
                answers.forEach(answer -> queue.add(Answer.of(answer)));
                inOrder.put(function.name(), queue);
            } else {
                always.put(function.name(), Answer.of(written));
            }
        }
    }

    /** Sets who is told each task token that a call brings. */
    void onToken(Consumer<String> listener) {
        tokens = listener;
    }

    /** Tells whether the page says what that one answers. */
    boolean has(String name) {
        return always.containsKey(name) || inOrder.containsKey(name);
    }

    /** Gives the next answer of that name when its delay is over; nothing when there is none. */
    void answer(String name, Consumer<Answer> then) {
        var queue = inOrder.getOrDefault(name, new ArrayDeque<>());
        var answer = Optional.ofNullable(queue.isEmpty() ? always.get(name) : queue.remove());
        if (answer.isPresent()) {
            world.schedule(answer.get().delay(), () -> then.accept(answer.get()));
        } else if (!name.equals(TOKEN)) {
            complaints.add("nobody says what '" + name + "' answers");
        }
    }

    /** Returns what the example got wrong about its outside: too few answers, or too many. */
    List<String> complaints() {
        var all = new ArrayList<>(complaints);
        inOrder.forEach((name, queue) -> {
            if (!queue.isEmpty()) {
                all.add(queue.size() + " answers of '" + name + "' were not asked for");
            }
        });
        return all;
    }

    @Override
    public boolean performs(TaskResource resource) {
        return true;
    }

    @Override
    public void call(TaskCall call, Consumer<TaskOutcome> then) {
        switch (call.resource()) {
            case LambdaFunction(var arn) ->
                    answer(
                            arn.substring(arn.lastIndexOf(':') + 1),
                            answer -> then.accept(outcome(answer, Payload.of(answer.value()))));
            case Service service when isInvoke(service) -> invoke(service, call, then);
            case Service _, TaskResource.Activity _ -> others.call(call, then);
        }
    }

    @Override
    public TaskOutcome.Failed lostCall(TaskCall call) {
        return others.lostCall(call);
    }

    private static boolean isInvoke(Service service) {
        return service.service().equals("lambda") && service.action().equals("invoke");
    }

    private void invoke(Service service, TaskCall call, Consumer<TaskOutcome> then) {
        var parameters = (JsonObject) call.payload().json();
        boolean byToken = service.pattern() == Pattern.WAIT_FOR_TASK_TOKEN;
        answer(
                Answer.text(parameters, "FunctionName"),
                answer -> {
                    var response =
                            Payload.of(
                                    JsonObject.builder()
                                            .put("ExecutedVersion", "$LATEST")
                                            .put("Payload", answer.value())
                                            .put("StatusCode", 200)
                                            .build());
                    var outcome = outcome(answer, response);
                    boolean taken = byToken && outcome instanceof TaskOutcome.Succeeded;
                    then.accept(taken ? new TaskOutcome.Submitted(response) : outcome);
                    if (taken) {
                        tokens.accept(token(parameters));
                    }
                });
    }

    private static TaskOutcome outcome(Answer answer, Payload success) {
        return answer.error().isPresent()
                ? new TaskOutcome.Failed(answer.ofFunction())
                : new TaskOutcome.Succeeded(success);
    }

    private static String token(JsonObject parameters) {
        return Answer.text((JsonObject) parameters.get("Payload").orElseThrow(), TOKEN);
    }
}
