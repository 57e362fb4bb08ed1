package dev.gradus.server;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.testkit.LambdaStub;
import dev.gradus.testkit.StubAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Answers the Lambda calls of one recording. The next recorded call of that function with that
 * payload answers; where parallel calls arrive in another order, this keeps them apart. Where the
 * calls were not recorded, the answers are read off the recorded history.
 */
final class RecordedFunctions {
    private final Placeholders placeholders;
    private final Comparison comparison;
    private final boolean unknown;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<JsonObject> open;

    RecordedFunctions(Recording recording, Placeholders placeholders) {
        this.placeholders = placeholders;
        this.comparison = new Comparison(placeholders, recording.day());
        this.unknown = recording.functionsUnknown();
        this.open = new ArrayList<>(unknown ? fromHistory(recording) : recording.functions());
    }

    /** Names the functions of the case so that no other case has the same, and serves them. */
    static void serve(Recording recording, Placeholders placeholders, LambdaStub stub, int number)
            throws InterruptedException {
        var functions = new RecordedFunctions(recording, placeholders);
        int served = 0;
        for (var operation : recording.operations()) {
            if (!operation.name().equals("CreateFunction")) {
                continue;
            }
            var recorded = Recording.string(operation.request(), "FunctionName");
            var ours = "function-" + number + "-" + served++;
            if (recorded.startsWith("<")) {
                placeholders.bind(recorded, ours);
            } else {
                placeholders.word(recorded, ours);
            }
            stub.function(ours, invocation -> functions.answer(recorded, invocation.payload()));
        }
    }

    private StubAnswer answer(String function, String payload) {
        lock.lock();
        try {
            var call = next(function, Json.parse(payload));
            if (call.isEmpty()) {
                return new StubAnswer.Hang();
            }
            open.remove(call.get());
            var response = filled(call.get().get("response").orElse(Json.NULL));
            return call.get().get("functionError").filter(one -> !one.equals(Json.NULL)).isPresent()
                    ? new StubAnswer.FunctionError(response)
                    : new StubAnswer.Returned(response);
        } finally {
            lock.unlock();
        }
    }

    private Optional<JsonObject> next(String function, Json payload) {
        var ofFunction =
                open.stream()
                        .filter(call ->
                                unknown || Recording.string(call, "function").equals(function))
                        .toList();
        return ofFunction.stream()
                .filter(call ->
                        comparison.of(call.get("payload").orElse(Json.NULL), payload).isEmpty())
                .findFirst()
                .or(() -> ofFunction.stream().findFirst());
    }

    private String filled(Json response) {
        try {
            return placeholders.fill(response.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("a function call was interrupted", e);
        }
    }

    private static List<JsonObject> fromHistory(Recording recording) {
        var calls = new ArrayList<JsonObject>();
        for (var answer : recording.aws().values()) {
            if (answer instanceof JsonObject object) {
                History.events(object).forEach(event -> call(event).ifPresent(calls::add));
                ofTest(object).ifPresent(calls::add);
            }
        }
        return calls;
    }

    /** The output of a Task that was tested alone is what its function gave. */
    private static Optional<JsonObject> ofTest(JsonObject answer) {
        return Recording.object(answer, "output")
                .filter(output -> output.has("ExecutedVersion"))
                .flatMap(output -> output.get("Payload"))
                .map(payload -> JsonObject.of("response", payload));
    }

    private static Optional<JsonObject> call(JsonObject event) {
        return switch (History.type(event)) {
            case "LambdaFunctionSucceeded" ->
                    Recording.object(event, "lambdaFunctionSucceededEventDetails")
                            .flatMap(details -> details.get("output"))
                            .map(output -> JsonObject.of("response", output));
            case "TaskSucceeded" ->
                    Recording.object(event, "taskSucceededEventDetails")
                            .flatMap(details -> Recording.object(details, "output"))
                            .flatMap(output -> output.get("Payload"))
                            .map(payload -> JsonObject.of("response", payload));
            case "LambdaFunctionFailed" -> error(event, "lambdaFunctionFailedEventDetails");
            case "TaskFailed" -> error(event, "taskFailedEventDetails");
            default -> Optional.empty();
        };
    }

    private static Optional<JsonObject> error(JsonObject event, String member) {
        return Recording.object(event, member)
                .flatMap(details -> details.get("cause"))
                .map(cause -> cause instanceof JsonString(var text) ? Json.of(text) : cause)
                .map(cause ->
                        JsonObject.of("response", cause, "functionError", Json.of("Unhandled")));
    }
}
