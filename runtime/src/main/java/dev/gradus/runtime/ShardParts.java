package dev.gradus.runtime;

/**
 * What one shard is made of while it is held; all of it is dropped together when the lease is lost.
 */
record ShardParts(
        ShardRows rows,
        Catalog catalog,
        ExecutionTable executions,
        RecentExecutions recent,
        TimerQueue timers,
        ActivityQueues activities,
        DispatchedRows dispatched,
        DecisionWriter writer,
        Outbox outbox,
        OpenMachines machines,
        ShardFeeds feeds) {}
