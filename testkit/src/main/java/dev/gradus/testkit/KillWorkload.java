package dev.gradus.testkit;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.testkit.LambdaStub.Invocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the kill test runs: three kinds of executions, the functions that they call and the holder
 * of their task tokens. What each does depends on the names of execution and state alone, so that
 * two runs differ only by what was done to the server. Safe for many threads.
 */
final class KillWorkload implements AutoCloseable {
    static final String ACCOUNT = "123456789012";
    private static final String ARN = "arn:aws:states:us-east-1:" + ACCOUNT + ":";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:" + ACCOUNT + ":function:";
    private static final int CALL_MILLIS_MAX = 250;
    private static final int HOLD_MILLIS_MAX = 900;

    /** A kind of execution; the name in lower case is its state machine's. */
    enum Kind {
        WAITS(
                """
                {"StartAt": "Both", "States": {
                  "Both": {"Type": "Parallel", "Next": "Again", "Branches": [
                    {"StartAt": "Short", "States": {"Short": {"Type": "Wait", "Seconds": 1, "Next": "Then"},
                      "Then": {"Type": "Pass", "End": true}}},
                    {"StartAt": "Each", "States": {"Each": {"Type": "Map", "ItemsPath": "$.seconds", "End": true,
                      "ItemProcessor": {"StartAt": "Item", "States": {
                        "Item": {"Type": "Wait", "SecondsPath": "$", "End": true}}}}}}]},
                  "Again": {"Type": "Wait", "Seconds": 1, "Next": "Done"},
                  "Done": {"Type": "Succeed"}}}\
                """),
        CALLBACKS(
                """
                {"StartAt": "Ask", "States": {
                  "Ask": %1$s, "Next": "Both"},
                  "Both": {"Type": "Parallel", "Next": "Done", "Branches": [
                    {"StartAt": "One", "States": {"One": %1$s, "End": true}}},
                    {"StartAt": "Two", "States": {"Two": %1$s, "End": true}}}]},
                  "Done": {"Type": "Pass", "End": true}}}\
                """
                        .formatted(
                                """
                                {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                                 "TimeoutSeconds": 300, "ResultPath": "$.answer",
                                 "Parameters": {"FunctionName": "ask", "Payload": {"token.$": "$$.Task.Token",
                                   "name.$": "$$.Execution.Name", "state.$": "$$.State.Name",
                                   "attempt.$": "$$.State.RetryCount"}},
                                 "Retry": [{"ErrorEquals": ["Lambda.SdkClientException"], "IntervalSeconds": 1,
                                   "MaxAttempts": 10, "BackoffRate": 1}]\
                                """)),
        RETRIES(
                """
                {"StartAt": "Try", "States": {
                  "Try": {"Type": "Task", "Resource": "%sflaky",
                    "Parameters": {"name.$": "$$.Execution.Name", "state.$": "$$.State.Name",
                      "attempt.$": "$$.State.RetryCount"},
                    "Retry": [
                      {"ErrorEquals": ["Lambda.SdkClientException"], "IntervalSeconds": 1, "MaxAttempts": 10,
                       "BackoffRate": 1},
                      {"ErrorEquals": ["Flaky"], "IntervalSeconds": 1, "MaxAttempts": 2, "BackoffRate": 1}],
                    "Catch": [{"ErrorEquals": ["Flaky"], "ResultPath": "$.failure", "Next": "Recover"}],
                    "Next": "Recover"},
                  "Recover": {"Type": "Pass", "Result": "recovered", "ResultPath": "$.outcome", "End": true}}}\
                """
                        .formatted(FUNCTION));

        private final String definition;

        Kind(String definition) {
            this.definition = definition;
        }

        String machine() {
            return name().toLowerCase(Locale.ROOT);
        }

        String machineArn() {
            return ARN + "stateMachine:" + machine();
        }

        /** The ARN of the execution of that name. */
        String executionArn(String name) {
            return ARN + "execution:" + machine() + ":" + name;
        }

        /** The kind of the execution of that name. */
        static Kind of(String executionName) {
            return valueOf(
                    executionName
                            .substring(0, executionName.indexOf('-'))
                            .toUpperCase(Locale.ROOT));
        }
    }

    private final LambdaStub lambda;
    private final ExecutorService holders = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Map<String, Integer> sent = new ConcurrentHashMap<>();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private volatile Optional<ServerCalls> server = Optional.empty();

    KillWorkload() throws IOException {
        lambda = LambdaStub.start();
        lambda.function("flaky", this::flaky);
        lambda.function("ask", this::ask);
    }

    /** The functions' URL. */
    String endpoint() {
        return lambda.endpoint().toString();
    }

    /** Says where token answers go, forgets the last run, and creates the state machines there. */
    void begin(ServerCalls calls) {
        server = Optional.of(calls);
        sent.clear();
        tokens.clear();
        for (var kind : Kind.values()) {
            calls.expect(
                    "CreateStateMachine",
                    JsonObject.builder()
                            .put("name", kind.machine())
                            .put("roleArn", "arn:aws:iam::" + ACCOUNT + ":role/any")
                            .put("definition", kind.definition)
                            .build());
        }
    }

    /** The request that starts an execution. */
    static JsonObject start(String name) {
        var kind = Kind.of(name);
        var input = JsonObject.of("name", Json.of(name), "seconds", Json.parse("[1, 2, 1]"));
        return JsonObject.builder()
                .put("stateMachineArn", kind.machineArn())
                .put("name", name)
                .put("input", input.text())
                .build();
    }

    /** Function calls that were not answered yet. */
    int callsUnderWay() {
        return underWay.get();
    }

    /** How often each attempt reached its function, by execution, state and attempt number. */
    Map<String, Integer> sent() {
        return Map.copyOf(sent);
    }

    /** What the server said to the holder of each task token: {@code ok} or an error's name. */
    Map<String, String> tokens() {
        return Map.copyOf(tokens);
    }

    @Override
    public void close() {
        var _ = holders.shutdownNow();
        lambda.close();
    }

    private StubAnswer flaky(Invocation invocation) {
        var key = arrived(invocation);
        work(key, CALL_MILLIS_MAX);
        return StubAnswer.error("Flaky", "This function always fails.");
    }

    private StubAnswer ask(Invocation invocation) {
        var key = arrived(invocation);
        if (Json.parse(invocation.payload()) instanceof JsonObject payload) {
            var token = ExecutionTrace.text(payload, "token");
            holders.execute(() -> {
                Pauses.of(Duration.ofMillis(millis(key + "hold", HOLD_MILLIS_MAX)));
                answer(token);
            });
        }
        work(key, CALL_MILLIS_MAX);
        return StubAnswer.returned("\"asked\"");
    }

    private String arrived(Invocation invocation) {
        if (!(Json.parse(invocation.payload()) instanceof JsonObject payload)) {
            throw new IllegalArgumentException("not an object: " + invocation.payload());
        }
        var key =
                ExecutionTrace.text(payload, "name")
                        + " "
                        + ExecutionTrace.text(payload, "state")
                        + " attempt "
                        + payload.get("attempt").orElse(Json.NULL).text();
        sent.merge(key, 1, Integer::sum);
        return key;
    }

    private void work(String key, int millisMax) {
        underWay.incrementAndGet();
        Pauses.of(Duration.ofMillis(millis(key, millisMax)));
        underWay.decrementAndGet();
    }

    private void answer(String token) {
        var request =
                JsonObject.builder().put("taskToken", token).put("output", "\"approved\"").build();
        String said;
        try {
            var answer = server.orElseThrow().call("SendTaskSuccess", request);
            said = answer.ok() ? "ok" : answer.error();
        } catch (UncheckedIOException | IllegalStateException none) {
            said = "nothing: " + none.getMessage();
        }
        tokens.merge(token, said, (old, now) -> old.equals("ok") ? old : now);
    }

    private static int millis(String key, int max) {
        return Math.floorMod(key.hashCode() * 0x9E3779B9, max);
    }
}
