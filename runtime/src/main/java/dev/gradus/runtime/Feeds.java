package dev.gradus.runtime;

import dev.gradus.engine.HistoryEvent;
import dev.gradus.runtime.LogOutlet.Line;
import dev.gradus.runtime.StateMachineView.Logging;
import dev.gradus.runtime.spi.DeliveryException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node tells others of its executions: logs and status changes. The queues of Standard
 * executions are their shards' ({@link ShardFeeds}); that of Express executions is here.
 * Thread-safe.
 */
final class Feeds {
    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);

    private final Platform platform;
    private final FeedSinks sinks;
    private final Map<Feed, FeedOutlet<?>> outlets = new EnumMap<>(Feed.class);
    private final Map<Feed, FeedMeter> meters = new EnumMap<>(Feed.class);
    private final Optional<Express> express;

    private record Express(ExpressFeed feed, FeedPump<Line> pump) {}

    Feeds(Platform platform, FeedSinks sinks) {
        this.platform = platform;
        this.sinks = sinks;
        for (var feed : Feed.values()) {
            meters.put(feed, new FeedMeter(platform, feed));
        }
        var logs =
                sinks.logs()
                        .map(sink ->
                                new LogOutlet(sinks.format(), sink, RandomUuid.text(platform)));
        logs.ifPresent(outlet -> outlets.put(Feed.LOGS, outlet));
        sinks.eventBus().ifPresent(sink -> outlets.put(Feed.EVENT_BUS, new StatusOutlet(sink)));
        sinks.webhook().ifPresent(sink -> outlets.put(Feed.WEBHOOK, new StatusOutlet(sink)));
        this.express =
                logs.map(outlet -> {
                    var meter = meter(Feed.LOGS);
                    var feed = new ExpressFeed(outlet, meter);
                    return new Express(feed, new FeedPump<>(platform, feed, outlet, meter));
                });
    }

    Platform platform() {
        return platform;
    }

    Optional<FeedOutlet<?>> outlet(Feed feed) {
        return Optional.ofNullable(outlets.get(feed));
    }

    FeedMeter meter(Feed feed) {
        return Optional.ofNullable(meters.get(feed)).orElseThrow();
    }

    /** Logs what an Express execution did, as its machine's configuration says. */
    void expressDid(Logging logging, String executionArn, List<HistoryEvent> events) {
        if (logging.logLevel() == LogLevel.OFF || express.isEmpty()) {
            return;
        }
        var lines = LogOutlet.lines(logging, new LogOutlet.Subject(executionArn, 0), events);
        if (!lines.isEmpty()) {
            express.get().feed().add(lines);
            express.get().pump().wake();
        }
    }

    /**
     * Completes when a configuration can be logged by; fails with InvalidLoggingConfiguration when
     * its log group is not there, or cannot be reached.
     */
    CompletionStage<Void> check(Logging logging) {
        if (logging.logLevel() == LogLevel.OFF) {
            return CompletableFuture.completedFuture(null);
        }
        var found = new CompletableFuture<Void>();
        platform.calls()
                .execute(() -> {
                    if (exists(logging)) {
                        complete(found);
                    } else {
                        found.completeExceptionally(
                                ErrorShape.InvalidLoggingConfiguration.because(
                                        "Invalid Logging Configuration: Log Destination not found."));
                    }
                });
        return found;
    }

    private boolean exists(Logging logging) {
        var group = logging.destination();
        try {
            return group.isPresent()
                    && sinks.logs().filter(sink -> sink.exists(group.get())).isPresent();
        } catch (DeliveryException unknown) {
            LOG.warn("a log group cannot be looked for group={}", group, unknown);
            return false;
        } catch (RuntimeException bug) {
            LOG.error("our bug while a log group was looked for group={}", group, bug);
            return false;
        }
    }

    /**
     * Completes when what Express executions have logged so far is out, or after a time that a stop
     * may take for it.
     */
    CompletionStage<Void> drained() {
        var drained = new CompletableFuture<Void>();
        var patience = platform.runLater(RuntimeLimits.FEED_DRAIN, () -> Feeds.complete(drained));
        express.map(logs -> logs.pump().idle())
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenRun(() -> {
                    patience.cancel();
                    complete(drained);
                });
        return drained.thenRun(() -> express.ifPresent(logs -> logs.pump().close()));
    }

    /** What all feeds have counted, and what waits in memory. */
    Counts counts() {
        var sum = new FeedMeter.Reading(0, 0, 0);
        for (var meter : meters.values()) {
            sum = sum.plus(meter.read());
        }
        return new Counts(sum, express.map(logs -> logs.feed().waiting()).orElse(0));
    }

    /** What a node's feeds count together. */
    record Counts(FeedMeter.Reading delivery, int expressWaiting) {}

    @SuppressWarnings("NullAway") // A CompletableFuture<Void> has no other value.
    private static void complete(CompletableFuture<Void> future) {
        future.complete(null);
    }
}
