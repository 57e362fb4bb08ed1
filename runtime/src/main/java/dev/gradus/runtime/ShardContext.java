package dev.gradus.runtime;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What a shard shares with the rest of the node, all of it safe for many threads.
 *
 * @param shard its number
 * @param shards how many there are
 * @param post puts a message into this shard's own queue
 * @param postTo puts a message into another shard's queue
 */
record ShardContext(
        int shard,
        int shards,
        Platform platform,
        LogicalClock clock,
        Definitions definitions,
        Dispatcher dispatcher,
        ExpressRuns express,
        Feeds feeds,
        ExecutionMetrics metrics,
        TaskTokens tokens,
        StoreRoom room,
        RuntimeOptions options,
        Consumer<ShardMessage> post,
        BiConsumer<Integer, ShardMessage> postTo) {}
