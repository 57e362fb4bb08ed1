package dev.gradus.integrations;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.runtime.spi.DeliveryException;
import dev.gradus.runtime.spi.EventSink;
import dev.gradus.runtime.spi.StatusEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Publishes status changes to the default bus of EventBridge, or of what speaks its protocol. */
public final class EventBridge implements EventSink {
    // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
    static final int BATCH_ENTRIES_MAX = 10;
    static final int BATCH_BYTES_MAX = 262_144;
    private static final int TIME_BYTES = 14;
    private static final long MILLIS_A_SECOND = 1_000;
    private static final Set<String> PASSING =
            Set.of("ThrottlingException", "InternalFailure", "InternalException");

    private final AwsJsonCalls calls;
    private final Refusals refusals = new Refusals();

    /** Publishes to an endpoint; nothing is sent yet. */
    public EventBridge(Endpoint endpoint) {
        this.calls = new AwsJsonCalls(endpoint, "events");
    }

    @Override
    public int send(List<StatusEvent> events) {
        int refused = 0;
        int sent = 0;
        for (var batch : batches(events)) {
            try {
                refused += put(batch);
            } catch (DeliveryException notNow) {
                throw notNow.after(sent);
            }
            sent += batch.size();
        }
        return refused;
    }

    /** Splits events by PutEvents' limits, each batch of one region. */
    static List<List<StatusEvent>> batches(List<StatusEvent> events) {
        var batches = new ArrayList<List<StatusEvent>>();
        var batch = new ArrayList<StatusEvent>();
        long bytes = 0;
        for (var event : events) {
            long size = bytes(event);
            boolean full =
                    !batch.isEmpty()
                            && (batch.size() == BATCH_ENTRIES_MAX
                                    || bytes + size > BATCH_BYTES_MAX
                                    || !batch.getFirst().region().equals(event.region()));
            if (full) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(event);
            bytes += size;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private static long bytes(StatusEvent event) {
        return (long) TIME_BYTES
                + StatusEvent.SOURCE.length()
                + StatusEvent.DETAIL_TYPE.length()
                + event.executionArn().getBytes(StandardCharsets.UTF_8).length
                + event.detail().getBytes(StandardCharsets.UTF_8).length;
    }

    private int put(List<StatusEvent> batch) {
        var entries = new ArrayList<Json>(batch.size());
        for (var event : batch) {
            entries.add(
                    JsonObject.builder()
                            .put("Time", Json.of(event.atMillis() / MILLIS_A_SECOND))
                            .put("Source", StatusEvent.SOURCE)
                            .put("DetailType", StatusEvent.DETAIL_TYPE)
                            .put("Resources", JsonArray.of(List.of(Json.of(event.executionArn()))))
                            .put("Detail", event.detail())
                            .build());
        }
        var answer =
                calls.call(
                        "AWSEvents.PutEvents",
                        batch.getFirst().region(),
                        JsonObject.of("Entries", JsonArray.of(entries)));
        if (!answer.ok()) {
            refusals.say(calls.description(), answer.error());
            return batch.size();
        }
        int refused = 0;
        if (answer.body().get("Entries").orElse(JsonArray.EMPTY) instanceof JsonArray results) {
            for (var result : results) {
                var code = code(result);
                if (PASSING.contains(code)) {
                    throw new DeliveryException(
                            "PutEvents to " + calls.description() + " was answered with " + code);
                }
                if (!code.isEmpty()) {
                    refusals.say(calls.description(), code);
                    refused++;
                }
            }
        }
        return refused;
    }

    private static String code(Json result) {
        return result instanceof JsonObject entry
                        && entry.get("ErrorCode").orElse(Json.NULL) instanceof JsonString(var code)
                ? code
                : "";
    }

    @Override
    public void close() {
        calls.close();
    }
}
