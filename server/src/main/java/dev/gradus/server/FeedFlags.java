package dev.gradus.server;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The flags of `serve` about logs, status-change events and traces. */
final class FeedFlags {
    @Option(
            names = "--logs-to",
            paramLabel = "files|stdout|cloudwatch",
            description =
                    "Where executions of machines with a loggingConfiguration log (GRADUS_LOGS_TO; default"
                            + " files, under the data folder; stdout with --in-memory; cloudwatch when"
                            + " --logs-endpoint is set).")
    private String logsTo = "";

    @Option(
            names = "--logs-endpoint",
            paramLabel = "URL|aws",
            description =
                    "CloudWatch Logs to log to (LOGS_ENDPOINT, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS).")
    private String logsEndpoint = "";

    @Option(
            names = "--events-endpoint",
            paramLabel = "URL",
            description =
                    "EventBridge to publish status changes to (EVENTS_ENDPOINT,"
                            + " AWS_ENDPOINT_URL_EVENTBRIDGE; default none).")
    private String eventsEndpoint = "";

    @Option(
            names = "--events-webhook",
            paramLabel = "URL",
            description =
                    "Where each status change is posted (GRADUS_EVENTS_WEBHOOK; default nowhere), signed"
                            + " when GRADUS_EVENTS_WEBHOOK_SECRET is set.")
    private String webhook = "";

    @Option(
            names = "--events-webhook-plain",
            description =
                    "Post to an http:// webhook on another machine, unencrypted"
                            + " (GRADUS_EVENTS_WEBHOOK_PLAIN).")
    private boolean webhookPlain;

    @Option(
            names = "--trace-daemon",
            paramLabel = "HOST:PORT",
            description =
                    "X-Ray daemon that executions of machines with a tracingConfiguration are traced to"
                            + " (GRADUS_TRACE_DAEMON, AWS_XRAY_DAEMON_ADDRESS; default none).")
    private String traceDaemon = "";

    @Option(
            names = "--otlp-endpoint",
            paramLabel = "URL",
            description =
                    "OpenTelemetry collector that they are traced to instead, by OTLP over HTTP"
                            + " (GRADUS_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_ENDPOINT; default none).")
    private String otlpEndpoint = "";

    /** Those that were given, by their long names without dashes. */
    Map<String, String> given() {
        var flags = new HashMap<String, String>();
        flags.put("logs-to", logsTo);
        flags.put("logs-endpoint", logsEndpoint);
        flags.put("events-endpoint", eventsEndpoint);
        flags.put("events-webhook", webhook);
        flags.put("events-webhook-plain", webhookPlain ? "true" : "");
        flags.put("trace-daemon", traceDaemon);
        flags.put("otlp-endpoint", otlpEndpoint);
        flags.values().removeIf(String::isEmpty);
        return flags;
    }
}
