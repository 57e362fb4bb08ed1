package dev.gradus.testkit;

import dev.gradus.expressions.JsonObject;
import java.time.Duration;

/** What a function of a {@link LambdaStub} does with one invocation. */
public sealed interface StubAnswer {

    /** Returns a result: the payload, normally JSON. */
    record Returned(String json) implements StubAnswer {}

    /** The function raises an error: Lambda answers 200 with X-Amz-Function-Error. */
    record FunctionError(String json) implements StubAnswer {}

    /** Lambda itself refuses, for example with 429 TooManyRequestsException. */
    record ServiceError(int status, String code, String message) implements StubAnswer {}

    /** Does something else, after a while. */
    record Delayed(Duration delay, StubAnswer then) implements StubAnswer {}

    /** Never answers, until the stub is closed. */
    record Hang() implements StubAnswer {}

    /** Closes the connection without an answer. */
    record Disconnect() implements StubAnswer {}

    /** Announces the whole payload, sends half of it and closes the connection. */
    record CutOff(String json) implements StubAnswer {}

    static StubAnswer returned(String json) {
        return new Returned(json);
    }

    /** An error in the shape that Lambda's runtimes give it. */
    static StubAnswer error(String errorType, String errorMessage) {
        return new FunctionError(
                JsonObject.builder()
                        .put("errorMessage", errorMessage)
                        .put("errorType", errorType)
                        .build()
                        .text());
    }

    /** Too many calls at once, as Lambda says it. */
    static StubAnswer throttled() {
        return new ServiceError(429, "TooManyRequestsException", "Rate Exceeded.");
    }
}
