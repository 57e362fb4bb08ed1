package dev.gradus.server;

import dev.gradus.integrations.AwsService;
import dev.gradus.integrations.Endpoint;
import dev.gradus.integrations.Endpoints;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Where logs, status-change events and traces go.
 *
 * @param logsEndpoint set when they go to CloudWatch Logs
 * @param eventBus where status changes are published, if a setting of its own says so
 * @param webhookSecret what the posts are signed with; shown nowhere
 */
record FeedSettings(
        Setting<LogsTo> logsTo,
        Optional<Endpoint> logsEndpoint,
        Optional<Endpoint> eventBus,
        Setting<Optional<URI>> webhook,
        Optional<String> webhookSecret,
        TraceSettings traces) {

    /** Reads the settings; the endpoints are read already. */
    static FeedSettings from(Settings.Source read, boolean inMemory, Endpoints endpoints) {
        var own = endpoints.ownOf(AwsService.CLOUDWATCH_LOGS);
        var otherwise =
                own.isPresent() ? LogsTo.CLOUDWATCH : inMemory ? LogsTo.STDOUT : LogsTo.FILES;
        var logsTo = read.value("logs-to", List.of("GRADUS_LOGS_TO"), LogsTo::of, otherwise);
        if (logsTo.value() == LogsTo.FILES && inMemory) {
            throw new Settings.Invalid(
                    "--logs-to files needs a data folder, and --in-memory has none: say stdout");
        }
        var logsEndpoint =
                logsTo.value() == LogsTo.CLOUDWATCH
                        ? endpoints.of(AwsService.CLOUDWATCH_LOGS)
                        : Optional.<Endpoint>empty();
        if (logsTo.value() == LogsTo.CLOUDWATCH && logsEndpoint.isEmpty()) {
            throw new Settings.Invalid(
                    "--logs-to cloudwatch needs to know where: set --logs-endpoint to a URL or to aws");
        }
        var plain =
                read.value(
                        "events-webhook-plain",
                        List.of("GRADUS_EVENTS_WEBHOOK_PLAIN"),
                        Settings::flag,
                        false);
        return new FeedSettings(
                logsTo,
                logsEndpoint,
                eventBus(endpoints),
                read.value(
                        "events-webhook",
                        List.of("GRADUS_EVENTS_WEBHOOK"),
                        text -> Optional.of(webhook(text, plain.value())),
                        Optional.empty()),
                read.variable("GRADUS_EVENTS_WEBHOOK_SECRET"),
                TraceSettings.from(read));
    }

    /** Only a setting of its own: AWS_ENDPOINT_URL alone must not start to publish. */
    private static Optional<Endpoint> eventBus(Endpoints endpoints) {
        var own = endpoints.ownOf(AwsService.EVENTBRIDGE);
        return own.map(endpoint ->
                switch (endpoint) {
                    case Endpoint.Url url -> url;
                    case Endpoint.RealAws aws ->
                            throw new Settings.Invalid(
                                    aws.source()
                                            + " is 'aws', but EventBridge takes events of the source"
                                            + " aws.states from AWS alone: name a server that takes"
                                            + " them, or use --events-webhook");
                });
    }

    private static URI webhook(String text, boolean plain) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException malformed) {
            throw new Settings.Invalid("it is no URL");
        }
        var scheme = Optional.ofNullable(url.getScheme()).orElse("");
        if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new Settings.Invalid("say a URL such as https://example.org/hook");
        }
        if (scheme.equals("http") && !plain && !isLoopback(url.getHost())) {
            throw new Settings.Invalid(
                    "inputs and outputs would cross the network unencrypted: use https, or add --events-webhook-plain");
        }
        return url;
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /** What the start banner says of the logs. */
    String logs(Settings settings) {
        var where =
                switch (logsTo.value()) {
                    case FILES ->
                            "files under " + Sinks.logFolder(settings).toAbsolutePath().normalize();
                    case STDOUT -> "standard output";
                    case CLOUDWATCH ->
                            "CloudWatch Logs at "
                                    + logsEndpoint.map(Endpoint::description).orElse("nowhere");
                };
        return where + " (" + logsTo.source() + ")";
    }

    /** What the start banner says of the events; a webhook's path may be a secret. */
    String events() {
        var bus = eventBus.map(Endpoint::description);
        var hook = webhook.value().map(url -> "webhook at " + url.getHost());
        return bus.map(text -> hook.map(other -> text + ", " + other).orElse(text))
                .or(() -> hook)
                .orElse("not published");
    }
}
