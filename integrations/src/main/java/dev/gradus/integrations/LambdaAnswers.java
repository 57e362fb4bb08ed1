package dev.gradus.integrations;

import dev.gradus.engine.Failure;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.JsonSyntaxException;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.spi.TaskOutcome;
import dev.gradus.runtime.spi.TaskOutcome.Failed;
import dev.gradus.runtime.spi.TaskOutcome.Succeeded;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Turns what Lambda answered into a task's outcome, in the two shapes that AWS gives it. */
final class LambdaAnswers {
    private static final int EXCERPT_CHARS_MAX = 256;

    private LambdaAnswers() {}

    /** The function's ARN is the resource: the output is what the function returned. */
    static TaskOutcome ofFunction(InvokeResponse response) {
        var text = text(response);
        if (response.functionError() != null) {
            return new Failed(functionError(text, text));
        }
        if (text.isEmpty()) {
            return new Succeeded(Payload.NULL);
        }
        try {
            return new Succeeded(Payload.ofText(text));
        } catch (JsonSyntaxException notJson) {
            return new Failed(
                    Failure.of(
                            "Lambda.Unknown",
                            "The function returned a payload that is not JSON ("
                                    + notJson.message()
                                    + "): "
                                    + excerpt(text)));
        }
    }

    /** The resource is lambda:invoke: the output is the answer of the Invoke API. */
    static TaskOutcome ofInvoke(InvokeResponse response) {
        var text = text(response);
        if (response.functionError() != null) {
            return new Failed(functionError(text, json(text).map(Json::text).orElse(text)));
        }
        // Members in alphabetical order, as recorded.
        var output = JsonObject.builder();
        output.putIfPresent("ExecutedVersion", string(response.executedVersion()));
        output.putIfPresent("LogResult", string(response.logResult()));
        output.put("Payload", json(text).orElseGet(() -> Json.of(text)));
        output.put("SdkHttpMetadata", httpMetadata(response.sdkHttpResponse()));
        output.put(
                "SdkResponseMetadata",
                JsonObject.of("RequestId", Json.of(response.responseMetadata().requestId())));
        output.put("StatusCode", response.statusCode());
        return new Succeeded(Payload.of(output.build()));
    }

    /**
     * The function ran and failed. AWS names the error after the payload's errorType; a function
     * that died without saying one (out of time, out of memory) is Lambda.Unknown, with this text.
     */
    private static Failure functionError(String payload, String cause) {
        return errorType(payload)
                .map(type -> Failure.of(type, cause))
                .orElseGet(() ->
                        Failure.of(
                                "Lambda.Unknown",
                                "The cause could not be determined because Lambda did not"
                                        + " return an error type."
                                        + (payload.isEmpty()
                                                ? ""
                                                : " Returned payload: " + payload)));
    }

    private static Optional<String> errorType(String payload) {
        return json(payload)
                .flatMap(json ->
                        json instanceof JsonObject object
                                ? object.get("errorType")
                                : Optional.empty())
                .flatMap(type ->
                        type instanceof JsonString(var name) && !name.isEmpty()
                                ? Optional.of(name)
                                : Optional.empty());
    }

    private static JsonObject httpMetadata(SdkHttpResponse response) {
        var all = JsonObject.builder();
        var first = JsonObject.builder();
        response.forEachHeader((name, values) -> {
            all.put(name, JsonArray.of(values.stream().map(Json::of).toList()));
            values.stream().findFirst().ifPresent(value -> first.put(name, value));
        });
        return JsonObject.builder()
                .put("AllHttpHeaders", all.build())
                .put("HttpHeaders", first.build())
                .put("HttpStatusCode", response.statusCode())
                .build();
    }

    private static String text(InvokeResponse response) {
        return response.payload() == null ? "" : response.payload().asUtf8String();
    }

    private static Optional<Json> json(String text) {
        try {
            return Optional.of(Json.parse(text));
        } catch (JsonSyntaxException notJson) {
            return Optional.empty(); // the caller has a rule for text that is not JSON
        }
    }

    private static Optional<JsonString> string(@Nullable String value) {
        return Optional.ofNullable(value).map(Json::of);
    }

    private static String excerpt(String text) {
        return text.length() <= EXCERPT_CHARS_MAX
                ? text
                : text.substring(0, EXCERPT_CHARS_MAX) + "...";
    }
}
