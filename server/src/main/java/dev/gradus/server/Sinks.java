package dev.gradus.server;

import dev.gradus.api.LogRecords;
import dev.gradus.integrations.AwsService;
import dev.gradus.integrations.CloudWatchLogs;
import dev.gradus.integrations.CloudWatchMetrics;
import dev.gradus.integrations.EventBridge;
import dev.gradus.integrations.OtlpTraces;
import dev.gradus.integrations.Webhook;
import dev.gradus.integrations.XrayDaemon;
import dev.gradus.runtime.FeedSinks;
import dev.gradus.runtime.spi.EventSink;
import dev.gradus.runtime.spi.LogSink;
import dev.gradus.runtime.spi.MetricSink;
import dev.gradus.runtime.spi.TraceSink;
import java.nio.file.Path;
import java.util.Optional;

/** Makes what logs, events and traces go to, as the settings say. */
final class Sinks {
    private static final String LOGS = "logs";

    private Sinks() {}

    static FeedSinks open(Settings settings) {
        var feeds = settings.feeds();
        LogSink logs =
                switch (feeds.logsTo().value()) {
                    case FILES -> new FileLogs(logFolder(settings));
                    case STDOUT -> new StreamLogs(System.out);
                    case CLOUDWATCH -> new CloudWatchLogs(feeds.logsEndpoint().orElseThrow());
                };
        var bus = feeds.eventBus().<EventSink>map(EventBridge::new);
        var webhook =
                feeds.webhook()
                        .value()
                        .<EventSink>map(url -> new Webhook(url, feeds.webhookSecret()));
        return new FeedSinks(
                new LogRecords(), Optional.of(logs), bus, webhook, traces(feeds.traces()));
    }

    private static Optional<TraceSink> traces(TraceSettings settings) {
        return settings.daemon()
                .value()
                .<TraceSink>map(daemon -> new XrayDaemon(daemon.host(), daemon.port()))
                .or(() -> settings.collector().value().map(OtlpTraces::new));
    }

    /** Only by a setting of its own: AWS_ENDPOINT_URL alone must not start to publish. */
    static Optional<MetricSink> metrics(Settings settings) {
        return settings.endpoints().ownOf(AwsService.CLOUDWATCH).map(CloudWatchMetrics::new);
    }

    static void close(FeedSinks sinks) {
        sinks.logs().ifPresent(LogSink::close);
        sinks.eventBus().ifPresent(EventSink::close);
        sinks.webhook().ifPresent(EventSink::close);
        sinks.traces().ifPresent(TraceSink::close);
    }

    static Path logFolder(Settings settings) {
        return settings.data().value().resolve(LOGS);
    }
}
