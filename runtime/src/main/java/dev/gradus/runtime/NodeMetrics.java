package dev.gradus.runtime;

import java.util.List;

/**
 * What a node counts, all shards together.
 *
 * @param queueBytes bytes of messages that wait for a shard
 * @param queueLength messages that wait
 * @param batches batches committed since the start
 * @param batchBytes bytes of all of them
 * @param commitNanos time from append to durable, all of them together
 * @param commitNanosMax the longest since the last look
 * @param released replies and effects that were parked and have left
 * @param parked replies and effects that wait for their batch now
 * @param executionsInMemory running executions that are in memory now
 * @param timersInMemory timers that are in memory now
 * @param heldCommands commands held because our own code failed on them
 * @param refusedStarts starts refused because a shard was behind
 * @param callsUnderWay calls to integrations that have no answer yet
 * @param expressRunning Express executions that run in this process
 * @param feedWaiting what is to be logged or published and waits, in rows
 * @param feedDelivered log records and status events that were taken
 * @param feedDropped log records and status events, or rows of them, that nobody will get
 * @param feedFailures deliveries that failed and were tried again
 */
public record NodeMetrics(
        long queueBytes,
        long queueLength,
        long batches,
        long batchBytes,
        long commitNanos,
        long commitNanosMax,
        long released,
        long parked,
        long executionsInMemory,
        long timersInMemory,
        long heldCommands,
        long refusedStarts,
        long callsUnderWay,
        long expressRunning,
        long feedWaiting,
        long feedDelivered,
        long feedDropped,
        long feedFailures) {

    static NodeMetrics of(
            List<ShardMetrics.Reading> shards,
            int callsUnderWay,
            int expressRunning,
            Feeds.Counts feeds) {
        return new NodeMetrics(
                shards.stream().mapToLong(ShardMetrics.Reading::queueBytes).sum(),
                shards.stream().mapToLong(ShardMetrics.Reading::queueLength).sum(),
                shards.stream().mapToLong(ShardMetrics.Reading::batches).sum(),
                shards.stream().mapToLong(ShardMetrics.Reading::batchBytes).sum(),
                shards.stream().mapToLong(ShardMetrics.Reading::commitNanos).sum(),
                shards.stream().mapToLong(ShardMetrics.Reading::commitNanosMax).max().orElse(0),
                shards.stream().mapToLong(ShardMetrics.Reading::released).sum(),
                shards.stream().mapToLong(ShardMetrics.Reading::parked).sum(),
                shards.stream().mapToLong(ShardMetrics.Reading::executionsInMemory).sum(),
                shards.stream().mapToLong(ShardMetrics.Reading::timersInMemory).sum(),
                shards.stream().mapToLong(ShardMetrics.Reading::held).sum(),
                shards.stream().mapToLong(ShardMetrics.Reading::refused).sum(),
                callsUnderWay,
                expressRunning,
                shards.stream().mapToLong(ShardMetrics.Reading::feedWaiting).sum()
                        + feeds.expressWaiting(),
                feeds.delivery().delivered(),
                feeds.delivery().dropped(),
                feeds.delivery().failures());
    }
}
