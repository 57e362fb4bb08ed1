package dev.gradus.server;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.server.WireClient.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Asks our server what one recording asked of the real service, in the same order. */
final class Replay {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final int FIRST_STATE_ENTERED = 2; // events

    private static final Pattern WORD_FOR_ARN = Pattern.compile("[a-z_]+_arn");

    private static final Pattern NO_NAME = Pattern.compile(".*:(None|ExecArnPart_[0-9]+idx)");

    /** One call as it was made, with its answer. */
    record Call(Recording.Operation operation, Reply reply) {}

    private final Recording recording;
    private final WireClient client;
    private final Placeholders placeholders;
    private final RecordedLogs logs;
    private final List<Call> calls = new ArrayList<>();
    private final List<String> executions = new ArrayList<>();
    private String machine = "";

    Replay(Recording recording, WireClient client, Placeholders placeholders, RecordedLogs logs) {
        this.recording = recording;
        this.client = client;
        this.placeholders = placeholders;
        this.logs = logs;
    }

    /**
     * Makes all calls; then repeats those that only read, since recordings leave repetitions out.
     */
    List<Call> run() throws IOException, InterruptedException {
        var operations = recording.operations().stream().filter(Replay::reachesTheService).toList();
        for (int i = 0; i < operations.size(); i++) {
            var rest = operations.subList(i + 1, operations.size());
            if (operations.get(i).ofStepFunctions()) {
                make(operations.get(i), rest.stream().noneMatch(Replay::needsAnOpenExecution));
            } else {
                logs.make(operations.get(i), placeholders);
            }
        }
        for (var operation :
                recording.calls().stream()
                        .filter(Replay::reachesTheService)
                        .filter(Recording.Operation::reads)
                        .distinct()
                        .toList()) {
            make(operation, true);
        }
        return calls;
    }

    /**
     * Runs the last machine once more with an input of its own; returns how that execution ended.
     */
    Reply runAgain(Json input) throws IOException, InterruptedException {
        var request =
                JsonObject.builder()
                        .put("stateMachineArn", machine)
                        .put("input", input instanceof JsonString(var text) ? text : input.text())
                        .build();
        return client.awaitEnd(
                client.call("StartExecution", request).string("executionArn"), PATIENCE);
    }

    private void make(Recording.Operation operation, boolean atTheEnd)
            throws IOException, InterruptedException {
        nameAbsentResources(operation.request());
        var request = (JsonObject) filled(operation.request());
        if (request.has("executionArn")) {
            request = request.with("executionArn", Json.of(execution(request)));
        }
        var reply = answer(operation.name(), request, atTheEnd);
        calls.add(new Call(operation, reply));
        if (reply.ok()) {
            learn(operation, reply);
        }
    }

    private Reply answer(String operation, JsonObject request, boolean atTheEnd)
            throws IOException, InterruptedException {
        var execution = Recording.string(request, "executionArn");
        return switch (operation) {
            case "DescribeExecution" ->
                    atTheEnd
                            ? client.awaitEnd(execution, PATIENCE)
                            : client.call(operation, request);
            case "GetExecutionHistory" -> {
                if (!atTheEnd) {
                    yield client.awaitEvents(request, FIRST_STATE_ENTERED, SETTLING);
                }
                var _ = client.awaitEnd(execution, PATIENCE);
                yield client.call(operation, request);
            }
            default -> client.call(operation, request);
        };
    }

    private void learn(Recording.Operation operation, Reply reply) {
        switch (operation.name()) {
            case "CreateStateMachine" -> machine = reply.string("stateMachineArn");
            case "StartExecution" -> {
                var arn = reply.string("executionArn");
                var name = arn.substring(arn.lastIndexOf(':') + 1);
                placeholders.bind("<ExecArnPart_" + executions.size() + "idx>", name);
                executions.add(arn);
            }
            case "CreateActivity" -> placeholders.word("activity_arn", reply.string("activityArn"));
            default -> {}
        }
    }

    /** The execution meant: recordings do not always name it, then it is the last one. */
    private String execution(JsonObject request) {
        var asked = Recording.string(request, "executionArn");
        return executions.isEmpty() || !NO_NAME.matcher(asked).matches()
                ? asked
                : executions.getLast();
    }

    /** A word such as {@code no_such_arn} stood for the ARN of something that was not there. */
    private void nameAbsentResources(JsonObject request) {
        for (var member : request) {
            if (member.value() instanceof JsonString(var word)
                    && WORD_FOR_ARN.matcher(word).matches()
                    && !placeholders.knows(word)) {
                placeholders.word(word, client.absent(member.name()));
            }
        }
    }

    private Json filled(Json recorded) throws InterruptedException {
        return switch (recorded) {
            case JsonString(var text) -> Json.of(placeholders.fill(text));
            case JsonArray array -> {
                var elements = new ArrayList<Json>();
                for (var element : array) {
                    elements.add(filled(element));
                }
                yield JsonArray.of(elements);
            }
            case JsonObject object -> {
                Map<String, Json> members = new LinkedHashMap<>();
                for (var member : object) {
                    members.put(member.name(), filled(member.value()));
                }
                yield JsonObject.of(members);
            }
            default -> recorded;
        };
    }

    /** A request with nulls is refused by the caller's own SDK. */
    private static boolean reachesTheService(Recording.Operation operation) {
        return !operation.request().values().contains(Json.NULL);
    }

    private static boolean needsAnOpenExecution(Recording.Operation operation) {
        return operation.name().equals("StopExecution") || operation.name().startsWith("SendTask");
    }
}
