package dev.gradus.server;

import dev.gradus.api.Answer;
import dev.gradus.runtime.Gradus;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** What a node answers to those who watch it: health, readiness, and its metrics in Prometheus's text format. */
final class NodeProbes {
    private static final String JSON = "application/json";
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private final Gradus gradus;

    NodeProbes(Gradus gradus) {
        this.gradus = gradus;
    }

    Probes probes() {
        return new Probes(this::health, this::ready, this::metrics);
    }

    /** The process answers; whether it can serve is {@code /ready}'s to say. */
    private Answer health() {
        return answer(200, JSON, "{\"status\":\"ok\"}");
    }

    private Answer ready() {
        return gradus.isReady()
                ? answer(200, JSON, "{\"status\":\"ready\"}")
                : answer(503, JSON, "{\"status\":\"not ready\"}");
    }

    private Answer metrics() {
        var now = gradus.metrics();
        var text = new StringBuilder();
        gauge(text, "gradus_queue_bytes", "Bytes of messages that wait for a shard.", now.queueBytes());
        gauge(text, "gradus_queue_messages", "Messages that wait for a shard.", now.queueLength());
        counter(text, "gradus_batches_total", "Batches made durable.", now.batches());
        counter(text, "gradus_batch_bytes_total", "Bytes of the batches made durable.", now.batchBytes());
        seconds(text, "gradus_commit_seconds_total", "counter", "Time from append to durable.", now.commitNanos());
        seconds(
                text,
                "gradus_commit_seconds_max",
                "gauge",
                "Longest time from append to durable since the last look.",
                now.commitNanosMax());
        gauge(text, "gradus_parked_replies", "Replies and effects that wait for their batch.", now.parked());
        counter(text, "gradus_released_total", "Replies and effects that have left after a commit.", now.released());
        gauge(text, "gradus_executions_in_memory", "Running executions in memory.", now.executionsInMemory());
        gauge(text, "gradus_timers_in_memory", "Timers in memory.", now.timersInMemory());
        gauge(text, "gradus_held_commands", "Commands held because our own code failed.", now.heldCommands());
        counter(text, "gradus_refused_starts_total", "Starts refused under overload.", now.refusedStarts());
        gauge(text, "gradus_calls_under_way", "Calls to integrations without an answer.", now.callsUnderWay());
        return answer(200, METRICS, text.toString());
    }

    private static void gauge(StringBuilder text, String name, String help, long value) {
        line(text, name, "gauge", help, Long.toString(value));
    }

    private static void counter(StringBuilder text, String name, String help, long value) {
        line(text, name, "counter", help, Long.toString(value));
    }

    private static void seconds(StringBuilder text, String name, String type, String help, long nanos) {
        line(text, name, type, help, String.format(Locale.ROOT, "%.6f", nanos / 1e9));
    }

    private static void line(StringBuilder text, String name, String type, String help, String value) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        text.append(name).append(' ').append(value).append('\n');
    }

    private static Answer answer(int status, String type, String body) {
        return new Answer(status, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
    }
}
