package dev.gradus.runtime;

import dev.gradus.engine.Execution;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.runtime.LogOutlet.Line;
import dev.gradus.runtime.StateMachineView.Logging;
import dev.gradus.runtime.spi.DeliveryException;
import dev.gradus.runtime.spi.Trace;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node tells others of its executions: logs, status changes and traces. The queues of
 * Standard executions are their shards' ({@link ShardFeeds}); that of Express executions is here.
 * Thread-safe.
 */
final class Feeds {
    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);

    private final Platform platform;
    private final FeedSinks sinks;
    private final Map<Feed, FeedOutlet<?>> outlets = new EnumMap<>(Feed.class);
    private final Map<Feed, FeedMeter> meters = new EnumMap<>(Feed.class);
    private final Optional<Express<Line>> express;
    private final Optional<Express<Trace>> expressTraces;

    /** One feed of Express executions. */
    private record Express<S>(ExpressFeed<S> feed, FeedPump<S> pump) {
        void add(List<S> more) {
            feed.add(more);
            pump.wake();
        }
    }

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
        var traces = sinks.traces().map(TraceOutlet::new);
        traces.ifPresent(outlet -> outlets.put(Feed.TRACES, outlet));
        this.express = logs.map(outlet -> express(Feed.LOGS, outlet));
        this.expressTraces = traces.map(outlet -> express(Feed.TRACES, outlet));
    }

    private <S> Express<S> express(Feed of, FeedOutlet<S> outlet) {
        var meter = meter(of);
        var feed = new ExpressFeed<>(outlet, meter);
        return new Express<>(feed, new FeedPump<>(platform, feed, outlet, meter));
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
            express.get().add(lines);
        }
    }

    /** Returns what follows an Express execution that is to be traced; empty if none is. */
    Optional<TraceBuilder> expressTrace(Execution facts, boolean enabled, Optional<String> header) {
        return enabled && expressTraces.isPresent() && TraceHeader.isSampled(header)
                ? Optional.of(new TraceBuilder(facts, header))
                : Optional.empty();
    }

    /** Exports the trace of an Express execution that has ended. */
    void expressEnded(Trace trace) {
        expressTraces.ifPresent(traces -> traces.add(List.of(trace)));
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
        idle(express)
                .thenCompose(_ -> idle(expressTraces))
                .thenRun(() -> {
                    patience.cancel();
                    complete(drained);
                });
        return drained.thenRun(() -> {
            express.ifPresent(logs -> logs.pump().close());
            expressTraces.ifPresent(traces -> traces.pump().close());
        });
    }

    private static <S> CompletionStage<Void> idle(Optional<Express<S>> feed) {
        return feed.map(found -> found.pump().idle())
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /** What all feeds have counted, and what waits in memory. */
    Counts counts() {
        var sum = new FeedMeter.Reading(0, 0, 0);
        for (var meter : meters.values()) {
            sum = sum.plus(meter.read());
        }
        int waiting =
                express.map(logs -> logs.feed().waiting()).orElse(0)
                        + expressTraces.map(traces -> traces.feed().waiting()).orElse(0);
        return new Counts(sum, waiting);
    }

    /** What a node's feeds count together. */
    record Counts(FeedMeter.Reading delivery, int expressWaiting) {}

    @SuppressWarnings("NullAway") // A CompletableFuture<Void> has no other value.
    private static void complete(CompletableFuture<Void> future) {
        future.complete(null);
    }
}
