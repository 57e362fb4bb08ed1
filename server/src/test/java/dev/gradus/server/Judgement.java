package dev.gradus.server;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.server.Replay.Call;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds for each recorded answer the call of a replay that it belongs to, and compares the two. */
final class Judgement {
    private static final String OF_THE_CALLERS_SDK = "Parameter validation failed";

    private final Recording recording;
    private final Comparison comparison;
    private final Replay replay;
    private final RecordedLogs logs;
    private final List<Call> calls;
    private int from; // answers come in the order of their calls

    private Judgement(
            Recording recording,
            Placeholders placeholders,
            Replay replay,
            RecordedLogs logs,
            List<Call> calls) {
        this.recording = recording;
        this.comparison = new Comparison(placeholders, recording.day());
        this.replay = replay;
        this.logs = logs;
        this.calls = calls;
    }

    /**
     * Replays a recording; empty if everything was answered as recorded, else the first difference.
     */
    static Optional<String> of(
            Recording recording, Placeholders placeholders, Replay replay, RecordedLogs logs)
            throws IOException, InterruptedException {
        return new Judgement(recording, placeholders, replay, logs, replay.run()).firstDifference();
    }

    private Optional<String> firstDifference() throws IOException, InterruptedException {
        for (var answer : recording.aws()) {
            var difference = difference(answer.name(), answer.value());
            if (difference.isPresent()) {
                return difference.map(text -> answer.name() + text);
            }
        }
        return Optional.empty();
    }

    private Optional<String> difference(String name, Json recorded)
            throws IOException, InterruptedException {
        if (recorded instanceof JsonString(var text) && text.startsWith(OF_THE_CALLERS_SDK)) {
            return Optional.empty();
        }
        if (recorded instanceof JsonObject object
                && Recording.string(object, "exception_value").startsWith(OF_THE_CALLERS_SDK)) {
            return calls.stream().allMatch(call -> call.reply().ok())
                    ? Optional.of(": the caller's SDK refused this, ours did not: " + replies())
                    : Optional.empty();
        }
        if (name.equals("cases") && recorded instanceof JsonArray runs) {
            return runs(runs);
        }
        if (logs.areMeantBy(name)) {
            return comparison.of(recorded, logs.ours(recorded));
        }
        var candidates =
                IntStream.range(from, calls.size())
                        .filter(i -> sameKind(recorded, calls.get(i)))
                        .boxed()
                        .toList();
        for (var i : candidates) {
            if (comparison.of(recorded, ours(recorded, calls.get(i))).isEmpty()) {
                from = calls.get(i).operation().reads() ? i : i + 1;
                return Optional.empty();
            }
        }
        return candidates.isEmpty()
                ? Optional.of(": no call was answered in this way: " + replies())
                : comparison.of(recorded, ours(recorded, calls.get(candidates.getFirst())));
    }

    private Optional<String> runs(JsonArray runs) throws IOException, InterruptedException {
        for (var run : runs) {
            var one = (JsonObject) run;
            var reply = replay.runAgain(one.get("input").orElse(Json.NULL));
            var output = reply.body().get("output").orElse(Json.of(reply.body().text()));
            var difference = comparison.of(one.get("output").orElse(Json.NULL), output);
            if (difference.isPresent()) {
                return Optional.of(
                        " for " + one.get("input").orElse(Json.NULL).text() + difference.get());
            }
        }
        return Optional.empty();
    }

    private static boolean sameKind(Json recorded, Call call) {
        if (!(recorded instanceof JsonObject object)) {
            return call.reply().ok();
        }
        if ((object.has("Error") && object.has("message")) || object.has("exception_typename")) {
            return !call.reply().ok();
        }
        return call.reply().ok()
                && object.has("events") == call.operation().name().equals("GetExecutionHistory")
                && object.names().stream()
                        .filter(name -> !name.equals("ResponseMetadata"))
                        .findFirst()
                        .map(first -> call.reply().body().has(first))
                        .orElse(call.reply().body().isEmpty());
    }

    /** Our answer in the form in which the recording has it: a caller in Python saw it. */
    private static Json ours(Json recorded, Call call) {
        var reply = call.reply();
        if (reply.ok()) {
            return reply.body();
        }
        var message = reply.string("message");
        if (recorded instanceof JsonObject object && object.has("exception_typename")) {
            return JsonObject.builder()
                    .put("exception_typename", reply.error())
                    .put(
                            "exception_value",
                            "An error occurred ("
                                    + reply.error()
                                    + ") when calling the "
                                    + call.operation().name()
                                    + " operation: "
                                    + message)
                    .build();
        }
        var code = JsonObject.builder().put("Code", reply.error()).put("Message", message).build();
        var error = JsonObject.builder().put("Error", code);
        for (var member : reply.body()) {
            if (!member.name().equals("__type") && !member.name().equals("Message")) {
                error.put(member.name(), member.value());
            }
        }
        return error.build();
    }

    private String replies() {
        return String.join(
                "; ",
                calls.stream()
                        .map(call ->
                                call.operation().name()
                                        + " -> "
                                        + call.reply().status()
                                        + " "
                                        + call.reply().body().text())
                        .map(text -> text.substring(0, Math.min(400, text.length())))
                        .toList());
    }
}
