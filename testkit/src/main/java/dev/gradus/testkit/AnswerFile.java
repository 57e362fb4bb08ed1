package dev.gradus.testkit;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import java.time.Duration;

/** Reads the answer of a function from its file; {@link StubCommand} shows the forms. */
final class AnswerFile {
    private AnswerFile() {}

    /**
     * Returns the answer to an invocation.
     *
     * @param invocation its number, from 1
     * @throws IllegalArgumentException if the file has none of the forms
     */
    static StubAnswer answer(Json file, int invocation) {
        if (!(file instanceof JsonObject object)) {
            throw new IllegalArgumentException("expected a JSON object");
        }
        if (object.get("Answers").orElse(Json.NULL) instanceof JsonArray answers) {
            if (answers.isEmpty()) {
                throw new IllegalArgumentException("Answers is empty");
            }
            return answer(answers.get(Math.min(invocation, answers.size()) - 1), invocation);
        }
        var answer = one(object);
        return object.get("DelayMillis").orElse(Json.NULL) instanceof JsonNumber delay
                ? new StubAnswer.Delayed(Duration.ofMillis(Long.parseLong(delay.text())), answer)
                : answer;
    }

    private static StubAnswer one(JsonObject object) {
        if (object.has("Return") == object.has("Throw")) {
            throw new IllegalArgumentException("expected one of Return, Throw, Answers");
        }
        if (object.get("Throw").orElse(Json.NULL) instanceof JsonObject error) {
            return StubAnswer.error(text(error, "Error"), text(error, "Cause"));
        }
        return object.get("Return")
                .map(result -> StubAnswer.returned(result.text()))
                .orElseThrow(() -> new IllegalArgumentException("Throw is not an object"));
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).orElse(Json.NULL) instanceof JsonString(var value) ? value : "";
    }
}
