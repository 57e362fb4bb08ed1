package dev.gradus.server;

import dev.gradus.api.Answer;
import dev.gradus.runtime.Gradus;
import dev.gradus.runtime.NodeMetrics;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a node answers to those who watch it: health, readiness, and its metrics in Prometheus's
 * text format.
 */
final class NodeProbes {
    private static final String JSON = "application/json";
    private static final double NANOS = 1e9;

    private final Gradus gradus;
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private NodeMetrics now;

    NodeProbes(Gradus gradus) {
        this.gradus = gradus;
        this.now = gradus.metrics();
        gauge(
                "gradus_queue_bytes",
                "Bytes of messages that wait for a shard.",
                NodeMetrics::queueBytes);
        gauge("gradus_queue_messages", "Messages that wait for a shard.", NodeMetrics::queueLength);
        counter("gradus_batches", "Batches made durable.", NodeMetrics::batches);
        counter(
                "gradus_batch_bytes",
                "Bytes of the batches made durable.",
                NodeMetrics::batchBytes);
        counter(
                "gradus_commit_seconds",
                "Time from append to durable.",
                m -> m.commitNanos() / NANOS);
        gauge(
                "gradus_commit_seconds_max",
                "Longest time from append to durable since the last look.",
                m -> m.commitNanosMax() / NANOS);
        gauge(
                "gradus_parked_replies",
                "Replies and effects that wait for their batch.",
                NodeMetrics::parked);
        counter(
                "gradus_released",
                "Replies and effects that have left after a commit.",
                NodeMetrics::released);
        gauge(
                "gradus_executions_in_memory",
                "Running executions in memory.",
                NodeMetrics::executionsInMemory);
        gauge("gradus_timers_in_memory", "Timers in memory.", NodeMetrics::timersInMemory);
        gauge(
                "gradus_held_commands",
                "Commands held because our own code failed.",
                NodeMetrics::heldCommands);
        counter(
                "gradus_refused_starts",
                "Starts refused under overload.",
                NodeMetrics::refusedStarts);
        gauge(
                "gradus_calls_under_way",
                "Calls to integrations without an answer.",
                NodeMetrics::callsUnderWay);
        gauge(
                "gradus_express_running",
                "Express executions that run now.",
                NodeMetrics::expressRunning);
        feeds();
        registry.register(new StatesMetrics(gradus.metricBook()));
    }

    private void feeds() {
        gauge(
                "gradus_feed_waiting",
                "Rows that are still to be logged or published.",
                NodeMetrics::feedWaiting);
        counter(
                "gradus_feed_delivered",
                "Log records and status events that were taken.",
                NodeMetrics::feedDelivered);
        counter(
                "gradus_feed_dropped",
                "Log records and status events, or rows of them, that nobody will get.",
                NodeMetrics::feedDropped);
        counter(
                "gradus_feed_failures",
                "Deliveries of logs and events that failed and were tried again.",
                NodeMetrics::feedFailures);
    }

    Probes probes() {
        return new Probes(NodeProbes::health, this::ready, this::metrics);
    }

    /** The process answers; whether it can serve is {@code /ready}'s to say. */
    private static Answer health() {
        return answer(200, JSON, "{\"status\":\"ok\"}".getBytes(StandardCharsets.UTF_8));
    }

    private Answer ready() {
        boolean ready = gradus.isReady();
        var body = ready ? "{\"status\":\"ready\"}" : "{\"status\":\"not ready\"}";
        return answer(ready ? 200 : 503, JSON, body.getBytes(StandardCharsets.UTF_8));
    }

    // One look at a time: all lines of an answer are of one moment.
    private synchronized Answer metrics() {
        now = gradus.metrics();
        var text = new ByteArrayOutputStream();
        try {
            writer.write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return answer(200, writer.getContentType(), text.toByteArray());
    }

    private void gauge(String name, String help, ToDoubleFunction<NodeMetrics> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.applyAsDouble(now)))
                .register(registry);
    }

    private void counter(String name, String help, ToDoubleFunction<NodeMetrics> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.applyAsDouble(now)))
                .register(registry);
    }

    private static Answer answer(int status, String type, byte[] body) {
        return new Answer(status, Map.of("Content-Type", type), body);
    }
}
