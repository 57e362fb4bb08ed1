package dev.gradus.server;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.testkit.FeedStub;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The log groups of one recording: made and deleted when the case does so, and what our server
 * logged to them. A case has group names of its own, so that cases do not meet.
 */
final class RecordedLogs {
    private static final Set<String> ANSWERS = Set.of("logged_execution_events", "end_event");

    private final Recording recording;
    private final FeedStub stub;
    private final int number;
    private final List<String> groups = new ArrayList<>();

    RecordedLogs(Recording recording, FeedStub stub, int number) {
        this.recording = recording;
        this.stub = stub;
        this.number = number;
    }

    /** Gives every group that the case makes a name that no other case has. */
    void nameGroups(Placeholders placeholders) {
        recording.operations().stream()
                .filter(operation -> operation.name().equals("CreateLogGroup"))
                .map(operation -> Recording.string(operation.request(), "logGroupName"))
                .distinct()
                .forEach(name -> {
                    var ours = name.replaceAll("[<>]", "") + "-" + number;
                    placeholders.bind(name, ours);
                    placeholders.word(name, ours);
                });
    }

    /** Does what the case asked of CloudWatch Logs, or nothing for another service. */
    void make(Recording.Operation operation, Placeholders placeholders)
            throws InterruptedException {
        if (!operation.service().equals("logs")) {
            return;
        }
        var group = placeholders.fill(Recording.string(operation.request(), "logGroupName"));
        switch (operation.name()) {
            case "CreateLogGroup" -> {
                stub.createGroup(group);
                groups.add(group);
            }
            case "DeleteLogGroup" -> stub.deleteGroup(group);
            default -> {} // Reads of it: what was logged is looked at in the end.
        }
    }

    boolean areMeantBy(String answer) {
        return ANSWERS.contains(answer);
    }

    /** What was logged, in the form in which the recording has it. */
    Json ours(Json recorded) throws InterruptedException {
        if (recorded instanceof JsonArray events) {
            var _ = stub.await(() -> logged().size() >= events.size());
            return JsonArray.of(logged());
        }
        var _ = stub.await(() -> logged().stream().anyMatch(RecordedLogs::isEnd));
        return logged().stream().filter(RecordedLogs::isEnd).findFirst().orElse(JsonObject.EMPTY);
    }

    private List<JsonObject> logged() {
        return groups.stream()
                .flatMap(group -> stub.messages(group).stream())
                .map(message -> (JsonObject) Json.parse(message))
                .sorted(
                        Comparator.comparingLong(
                                        (JsonObject event) -> number(event, "event_timestamp"))
                                .thenComparingLong(event -> number(event, "id")))
                .toList();
    }

    private static long number(JsonObject event, String member) {
        return Long.parseLong(Recording.string(event, member));
    }

    private static boolean isEnd(JsonObject event) {
        return Set.of(
                        "ExecutionSucceeded",
                        "ExecutionFailed",
                        "ExecutionAborted",
                        "ExecutionTimedOut")
                .contains(Recording.string(event, "type"));
    }
}
