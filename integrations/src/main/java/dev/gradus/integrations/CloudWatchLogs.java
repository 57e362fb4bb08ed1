package dev.gradus.integrations;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.runtime.spi.LogGroup;
import dev.gradus.runtime.spi.LogRecord;
import dev.gradus.runtime.spi.LogSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;

/**
 * Logs to CloudWatch Logs, or what speaks its protocol: PutLogEvents, CreateLogStream,
 * DescribeLogGroups.
 *
 * <p>A group that is gone costs its records and nothing else (AWS: executions go on).
 */
public final class CloudWatchLogs implements LogSink {
    private static final String PREFIX = "Logs_20140328.";
    private static final String NOT_FOUND = "ResourceNotFoundException";

    // Limits of PutLogEvents:
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
    static final int BATCH_BYTES_MAX = 1_048_576;
    static final int BATCH_EVENTS_MAX = 10_000;
    static final int EVENT_OVERHEAD_BYTES = 26;
    static final Duration BATCH_SPAN_MAX = Duration.ofHours(24);

    private final AwsJsonCalls calls;
    private final Refusals refusals = new Refusals();

    /** Logs to an endpoint; nothing is sent yet. */
    public CloudWatchLogs(Endpoint endpoint) {
        this.calls = new AwsJsonCalls(endpoint, "logs");
    }

    private record Stream(LogGroup group, String name) {}

    @Override
    public boolean exists(LogGroup group) {
        var answer =
                calls.call(
                        PREFIX + "DescribeLogGroups",
                        group.region(),
                        // Names come in order: the one that is the prefix comes first.
                        JsonObject.of("logGroupNamePrefix", Json.of(group.name())));
        return answer.body().get("logGroups").orElse(JsonArray.EMPTY) instanceof JsonArray groups
                && groups.elements().stream()
                        .anyMatch(one ->
                                one instanceof JsonObject object
                                        && object.get("logGroupName").orElse(Json.NULL)
                                                instanceof JsonString(var name)
                                        && name.equals(group.name()));
    }

    @Override
    public int write(List<LogRecord> records) {
        var streams = new LinkedHashMap<Stream, List<LogRecord>>();
        for (var record : records) {
            streams.computeIfAbsent(
                            new Stream(record.group(), record.stream()), _ -> new ArrayList<>())
                    .add(record);
        }
        int refused = 0;
        for (var stream : streams.entrySet()) {
            for (var batch : batches(stream.getValue())) {
                refused += put(stream.getKey(), batch);
            }
        }
        return refused;
    }

    /**
     * Splits records of one stream as PutLogEvents wants them: in the order of their times. Within
     * one execution times never go back, so that its order stays.
     */
    static List<List<LogRecord>> batches(List<LogRecord> records) {
        var ordered = new ArrayList<>(records);
        ordered.sort(Comparator.comparingLong(LogRecord::atMillis));
        var batches = new ArrayList<List<LogRecord>>();
        var batch = new ArrayList<LogRecord>();
        long bytes = 0;
        for (var record : ordered) {
            long size =
                    (long) EVENT_OVERHEAD_BYTES
                            + record.json().getBytes(StandardCharsets.UTF_8).length;
            boolean full =
                    !batch.isEmpty()
                            && (batch.size() == BATCH_EVENTS_MAX
                                    || bytes + size > BATCH_BYTES_MAX
                                    || record.atMillis() - batch.getFirst().atMillis()
                                            >= BATCH_SPAN_MAX.toMillis());
            if (full) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(record);
            bytes += size;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private int put(Stream stream, List<LogRecord> batch) {
        var events = new ArrayList<Json>(batch.size());
        for (var record : batch) {
            events.add(
                    JsonObject.of(
                            "timestamp",
                            Json.of(record.atMillis()),
                            "message",
                            Json.of(record.json())));
        }
        var request =
                JsonObject.builder()
                        .put("logGroupName", stream.group().name())
                        .put("logStreamName", stream.name())
                        .put("logEvents", JsonArray.of(events))
                        .build();
        var answer = calls.call(PREFIX + "PutLogEvents", stream.group().region(), request);
        if (answer.error().equals(NOT_FOUND) && create(stream)) {
            answer = calls.call(PREFIX + "PutLogEvents", stream.group().region(), request);
        }
        if (answer.ok()) {
            return rejected(answer.body(), batch.size());
        }
        if (answer.error().equals("DataAlreadyAcceptedException")) {
            return 0;
        }
        refusals.say(stream.group().name(), answer.error());
        return batch.size();
    }

    /** Makes a stream; false when its group is gone. */
    private boolean create(Stream stream) {
        var answer =
                calls.call(
                        PREFIX + "CreateLogStream",
                        stream.group().region(),
                        JsonObject.of(
                                "logGroupName",
                                Json.of(stream.group().name()),
                                "logStreamName",
                                Json.of(stream.name())));
        return answer.ok() || answer.error().equals("ResourceAlreadyExistsException");
    }

    /** How many of a batch were too old, too new or expired, though the rest was taken. */
    private static int rejected(JsonObject answer, int size) {
        if (!(answer.get("rejectedLogEventsInfo").orElse(Json.NULL) instanceof JsonObject info)) {
            return 0;
        }
        int old =
                Math.max(
                        index(info, "tooOldLogEventEndIndex").orElse(0),
                        index(info, "expiredLogEventEndIndex").orElse(0));
        int newFrom = index(info, "tooNewLogEventStartIndex").orElse(size);
        return Math.min(size, old + Math.max(0, size - newFrom));
    }

    private static OptionalInt index(JsonObject info, String member) {
        return info.get(member).orElse(Json.NULL) instanceof JsonNumber number
                        && number.longValue().isPresent()
                ? OptionalInt.of((int) number.longValue().getAsLong())
                : OptionalInt.empty();
    }

    @Override
    public void close() {
        calls.close();
    }
}
