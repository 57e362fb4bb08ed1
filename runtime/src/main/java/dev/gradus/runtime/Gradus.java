package dev.gradus.runtime;

import dev.gradus.runtime.spi.Health;
import dev.gradus.runtime.spi.Integration;
import dev.gradus.runtime.spi.Substrate;
import dev.gradus.runtime.spi.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The running service on one node: all shards over one substrate, and what the API calls.
 *
 * <p>Thread-safe. {@link #start} returns at once; {@link #isReady} tells when every shard is held.
 */
public final class Gradus {
    private final Platform platform;
    private final Substrate substrate;
    private final List<Shard> shards = new ArrayList<>();
    private final Dispatcher dispatcher;
    private final ExpressRuns express;
    private final Feeds feeds;
    private final MetricBook metricBook = new MetricBook();
    private final StateMachines stateMachines;
    private final StateMachineVersions versions;
    private final StateMachineAliases aliases;
    private final Tags tags;
    private final Executions executions;
    private final MapRuns mapRuns;
    private final Activities activities;
    private final Tasks tasks;
    private final StateTests stateTests;
    private final StoreRoom room;
    private final AtomicBoolean stopping = new AtomicBoolean();

    /**
     * Wires a node; nothing runs before {@link #start}.
     *
     * @param tokenKeys keys of this store's task tokens
     */
    public Gradus(
            Platform platform,
            Substrate substrate,
            List<Integration> integrations,
            TokenKeys tokenKeys,
            RuntimeOptions options) {
        this.platform = platform;
        this.substrate = substrate;
        this.dispatcher = new Dispatcher(platform, integrations);
        this.feeds = new Feeds(platform, options.feeds());
        var metrics = new ExecutionMetrics(metricBook);
        this.express = new ExpressRuns(platform, dispatcher, feeds, metrics);
        var clock = new LogicalClock(platform::wallMillis, platform::monotonicNanos);
        var definitions = new Definitions();
        var tokens = new TaskTokens(tokenKeys.keys(), tokenKeys.current());
        this.room = new StoreRoom(platform, substrate);
        int count = substrate.shardCount();
        for (int number = 0; number < count; number++) {
            int self = number;
            var context =
                    new ShardContext(
                            self,
                            count,
                            platform,
                            clock,
                            definitions,
                            dispatcher,
                            express,
                            feeds,
                            metrics,
                            tokens,
                            room,
                            options,
                            message -> shards.get(self).admit(message),
                            (destination, message) -> shards.get(destination).admit(message));
            shards.add(new Shard(context, substrate, this::revisionRow));
        }
        var reads = new Reads(platform, shards);
        this.stateMachines = new StateMachines(shards, reads, definitions, feeds);
        this.versions = new StateMachineVersions(shards, reads);
        this.aliases = new StateMachineAliases(shards, reads);
        this.tags = new Tags(shards, reads);
        this.executions = new Executions(platform, shards, reads, definitions, options.quotas());
        this.mapRuns = new MapRuns(executions);
        this.activities =
                new Activities(platform, shards, reads, options.quotas().counts().pollers());
        this.tasks = new Tasks(shards, tokens);
        this.stateTests = new StateTests(platform, dispatcher);
    }

    /** Claims every shard and takes up what was left. */
    public void start() {
        platform.reads().execute(room::look);
        shards.forEach(shard -> platform.reads().execute(shard::acquire));
    }

    /** Tells whether every shard is held, so that every call can be served. */
    public boolean isReady() {
        return !stopping.get() && shards.stream().allMatch(Shard::isHeld);
    }

    /**
     * Stops in order: no new calls to integrations, those under way get {@code drain} to end, then
     * every shard works off its queue and gives its lease up. The substrate stays open.
     */
    public CompletionStage<Void> stop(Duration drain) {
        stopping.set(true);
        var patience = new CompletableFuture<Void>();
        var timer = platform.runLater(drain, () -> finish(patience));
        dispatcher
                .drain()
                .thenRun(() -> {
                    timer.cancel();
                    finish(patience);
                });
        return patience.thenCompose(_ -> {
            express.stop();
            // Shard 0 last: what the others still have to do may need a definition of it.
            return CompletableFuture.allOf(
                            shards.stream()
                                    .skip(1)
                                    .map(shard -> shard.stop().toCompletableFuture())
                                    .toArray(CompletableFuture[]::new))
                    .thenCompose(_ -> shards.getFirst().stop())
                    .thenCompose(_ -> feeds.drained());
        });
    }

    public StateMachines stateMachines() {
        return stateMachines;
    }

    public StateMachineVersions versions() {
        return versions;
    }

    public StateMachineAliases aliases() {
        return aliases;
    }

    public Tags tags() {
        return tags;
    }

    public Executions executions() {
        return executions;
    }

    /** Returns what can be asked about Map Runs. */
    public MapRuns mapRuns() {
        return mapRuns;
    }

    public Activities activities() {
        return activities;
    }

    public Tasks tasks() {
        return tasks;
    }

    public StateTests stateTests() {
        return stateTests;
    }

    /** The store's own view of itself. */
    public Health health() {
        return substrate.health();
    }

    /** What was counted of executions and of what they called, since the start of the process. */
    public MetricBook metricBook() {
        return metricBook;
    }

    /** What all shards count together. */
    public NodeMetrics metrics() {
        return NodeMetrics.of(
                shards.stream().map(Shard::metrics).toList(),
                dispatcher.callsUnderWay(),
                express.running(),
                feeds.counts());
    }

    private Optional<byte[]> revisionRow(RevisionKey key) {
        return shards.getFirst().view().get(Table.CATALOG, Catalog.revisionKey(key));
    }

    @SuppressWarnings("NullAway") // A CompletableFuture<Void> has no other value.
    private static void finish(CompletableFuture<Void> future) {
        future.complete(null);
    }
}
