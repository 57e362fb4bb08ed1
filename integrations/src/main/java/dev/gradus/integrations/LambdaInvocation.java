package dev.gradus.integrations;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonNull;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.Payload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;

/** What a task asks of Lambda, read from its resource and parameters. */
sealed interface LambdaInvocation {

    /** Parameters that cannot be sent; the reason is worded as AWS words it. */
    record Refused(String reason) implements LambdaInvocation {}

    /**
     * An invocation to send.
     *
     * @param function name, partial ARN or ARN, as the definition gives it
     * @param payload bytes to send; absent means none, which Lambda hands to the function as {@code
     *     {}}
     * @param options the further parameters that were given: Qualifier, InvocationType and so on
     */
    record Ready(String function, Optional<byte[]> payload, JsonObject options)
            implements LambdaInvocation {

        /** Returns the function as people know it: without what stands before it in an ARN. */
        String functionName() {
            var marker = ":function:";
            var at = function.indexOf(marker);
            return at < 0 ? function : function.substring(at + marker.length());
        }

        /** Returns the region of the function, when its whole ARN is given. */
        Optional<String> regionOfArn() {
            var parts = function.split(":", -1);
            return function.startsWith("arn:") && parts.length > 3 && !parts[3].isEmpty()
                    ? Optional.of(parts[3])
                    : Optional.empty();
        }

        /** Returns the request, open for further settings. */
        InvokeRequest.Builder request() {
            var request = InvokeRequest.builder().functionName(function);
            // An empty body, not none: the JDK sends a POST without body again, once, by itself
            // when
            // the connection closes before the answer, and the function would run twice.
            request.payload(SdkBytes.fromByteArrayUnsafe(payload.orElse(NO_BYTES)));
            option("Qualifier").ifPresent(request::qualifier);
            option("InvocationType").ifPresent(request::invocationType);
            option("LogType").ifPresent(request::logType);
            option("ClientContext").ifPresent(request::clientContext);
            return request;
        }

        private Optional<String> option(String name) {
            return options.get(name).map(value -> ((JsonString) value).value());
        }
    }

    /** What a call without payload sends. */
    byte[] NO_BYTES = {};

    /** The parameters that are text. Others than these and Payload are dropped, as AWS does. */
    List<String> OPTIONS = List.of("Qualifier", "InvocationType", "LogType", "ClientContext");

    /** A function called by its ARN gets the whole effective input. */
    static LambdaInvocation ofFunction(String arn, Payload input) {
        return new Ready(arn, Optional.of(input.utf8()), JsonObject.EMPTY);
    }

    /** Reads the parameters of {@code lambda:invoke}. */
    static LambdaInvocation ofParameters(Json parameters) {
        if (!(parameters instanceof JsonObject members)) {
            return missingFunctionName();
        }
        var options = JsonObject.builder();
        for (var name : OPTIONS) {
            var value = members.get(name).filter(given -> !(given instanceof JsonNull));
            if (value.isPresent() && !(value.get() instanceof JsonString)) {
                return wrongType(name);
            }
            options.putIfPresent(name, value);
        }
        return switch (members.get("FunctionName").orElse(Json.NULL)) {
            case JsonNull _ -> missingFunctionName();
            case JsonString(var function) ->
                    new Ready(
                            function,
                            members.get("Payload").flatMap(LambdaInvocation::bytes),
                            options.build());
            case Json _ -> wrongType("FunctionName");
        };
    }

    /**
     * Text is sent as it is, everything else as compact JSON; null is no payload. AWS: Payload
     * {@code "0.0"} reaches the function as the number 0.0, and {@code "\"x\""} as the string x
     * (recorded 2025-11-06).
     */
    private static Optional<byte[]> bytes(Json payload) {
        return switch (payload) {
            case JsonNull _ -> Optional.empty();
            case JsonString(var text) -> Optional.of(text.getBytes(StandardCharsets.UTF_8));
            case Json other -> Optional.of(other.text().getBytes(StandardCharsets.UTF_8));
        };
    }

    private static LambdaInvocation missingFunctionName() {
        return new Refused("The field 'FunctionName' is required but was missing");
    }

    private static LambdaInvocation wrongType(String name) {
        return new Refused("The value of the field '" + name + "' has an invalid format");
    }
}
