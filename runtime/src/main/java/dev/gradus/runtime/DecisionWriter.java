package dev.gradus.runtime;

import dev.gradus.asl.TaskResource;
import dev.gradus.engine.Decision;
import dev.gradus.engine.Effect;
import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.ExecutionState.Counters;
import dev.gradus.engine.Scopes;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.spi.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns decisions into rows of the batch being built. Carrying effects out is not its business: it
 * writes the rows that outlive a crash, the loop does the rest after the commit. Used by the
 * shard's loop alone.
 */
final class DecisionWriter {
    /** Hashes of ARNs of machines, versions and aliases that are kept. */
    private static final int LIST_OWNERS = 256;

    private final ShardRows rows;
    private final TimerQueue timers;
    private final ActivityQueues activities;
    private final DispatchedRows dispatched;
    private final ShardFeeds feeds;
    private final Map<String, byte[]> listOwners = new HashMap<>();

    DecisionWriter(
            ShardRows rows,
            TimerQueue timers,
            ActivityQueues activities,
            DispatchedRows dispatched,
            ShardFeeds feeds) {
        this.rows = rows;
        this.timers = timers;
        this.activities = activities;
        this.dispatched = dispatched;
        this.feeds = feeds;
    }

    /**
     * Writes the rows that a new execution has from its start on, whether it is already over or
     * not.
     */
    void begin(OpenExecution execution, byte[] nameHash) {
        var row = execution.row();
        var inputHash = Keys.sha256(row.execution().inputAsGiven().utf8());
        rows.insert(
                Table.NAME,
                nameHash,
                new ExecutionTable.Named(execution.xid(), inputHash).encode());
        listed(execution, ListStatus.ANY);
        listed(execution, ListStatus.of(ExecutionState.Status.RUNNING));
        var sink = new PayloadRows.Sink();
        rows.insert(Table.EXECUTION, Keys.xid(execution.xid()), row.encode(sink));
        feeds.status(execution.xid(), row, sink);
        payloads(execution, sink.referenced());
    }

    /**
     * Writes that an execution runs again.
     *
     * @param end how it had ended
     */
    void reopen(OpenExecution execution, ExecutionRow.End end) {
        var row = execution.row();
        long xid = execution.xid();
        var sink = new PayloadRows.Sink();
        rows.put(Table.EXECUTION, Keys.xid(xid), row.encode(sink));
        feeds.status(xid, row, sink);
        payloads(execution, sink.referenced());
        for (var owner : row.listedUnder()) {
            rows.delete(Table.LIST_INDEX, listKey(owner, ListStatus.of(end.status()), xid));
        }
        listed(execution, ListStatus.of(ExecutionState.Status.RUNNING));
        rows.delete(Table.RETENTION, Keys.retention(end.stoppedAtMillis(), xid));
    }

    /** Writes everything that a decision changed, and lets the execution become what it decided. */
    void write(OpenExecution execution, Decision decision, long batch) {
        var sink = new PayloadRows.Sink();
        var before = execution.state();
        scopes(execution.xid(), before, decision, sink);
        if (!decision.history().isEmpty()) {
            var key = Keys.history(execution.xid(), decision.history().getFirst().id());
            rows.insert(Table.HISTORY, key, HistoryCodec.encode(decision.history(), sink));
            feeds.logs(execution, decision.history());
        }
        decision.effects().forEach(effect -> effect(execution.xid(), effect, sink));
        var row = execution.row();
        if (decision.state() instanceof ExecutionState.Closed closed) {
            row = close(execution, closed, sink);
        }
        execution.become(decision, row, batch);
        payloads(execution, sink.referenced());
    }

    private void scopes(long xid, ExecutionState before, Decision decision, PayloadRows.Sink sink) {
        var old = scopesOf(before);
        var next = scopesOf(decision.state());
        var counters = countersOf(decision.state());
        for (int id : decision.changedScopes()) {
            var scope = next.find(id);
            var key = Keys.scope(xid, id);
            boolean existed = old.find(id).isPresent();
            if (scope.isEmpty()) {
                if (existed) {
                    rows.delete(Table.SCOPE, key);
                }
            } else if (existed) {
                rows.put(Table.SCOPE, key, ScopeCodec.encode(scope.get(), counters, sink));
            } else {
                rows.insert(Table.SCOPE, key, ScopeCodec.encode(scope.get(), counters, sink));
            }
        }
    }

    private void effect(long xid, Effect effect, PayloadRows.Sink sink) {
        switch (effect) {
            case Effect.InvokeTask call -> dispatched.put(xid, call, sink);
            case Effect.ScheduleActivity task -> activities.schedule(xid, task, sink);
            case Effect.StartTimer start -> timers.start(xid, start.timer());
            case Effect.CancelTimer cancel -> timers.cancel(xid, cancel.timer());
            case Effect.CancelTask cancel -> {
                if (cancel.resource() instanceof TaskResource.Activity activity) {
                    activities.withdraw(activity.arn(), xid, cancel.id());
                } else {
                    dispatched.remove(xid, cancel.id().number());
                }
            }
            case Effect.Continue _ -> dispatched.putContinue(xid);
        }
    }

    private ExecutionRow close(
            OpenExecution execution, ExecutionState.Closed closed, PayloadRows.Sink sink) {
        long xid = execution.xid();
        var end =
                new ExecutionRow.End(
                        closed.status(),
                        closed.stoppedAtMillis(),
                        closed.output(),
                        closed.failure(),
                        closed.counters().nextEventId());
        var row = execution.row().ended(end);
        rows.put(Table.EXECUTION, Keys.xid(xid), row.encode(sink));
        feeds.status(xid, row, sink);
        feeds.ended(execution, row, sink);
        for (var owner : row.listedUnder()) {
            int running = ListStatus.of(ExecutionState.Status.RUNNING);
            rows.delete(Table.LIST_INDEX, listKey(owner, running, xid));
        }
        listed(execution, ListStatus.of(closed.status()));
        rows.insert(Table.RETENTION, Keys.retention(closed.stoppedAtMillis(), xid), Keys.NONE);
        return row;
    }

    private void payloads(OpenExecution execution, List<Payload> referenced) {
        for (var payload : referenced) {
            if (execution.needsRow(payload)) {
                var key = Keys.payload(execution.xid(), payload.digest());
                rows.put(Table.PAYLOAD, key, PayloadRows.row(payload));
            }
        }
    }

    private void listed(OpenExecution execution, int status) {
        for (var owner : execution.row().listedUnder()) {
            rows.insert(Table.LIST_INDEX, listKey(owner, status, execution.xid()), Keys.NONE);
        }
    }

    private byte[] listKey(String ownerArn, int status, long xid) {
        if (listOwners.size() >= LIST_OWNERS) {
            listOwners.clear();
        }
        var owner = listOwners.computeIfAbsent(ownerArn, Keys::hash128);
        return Keys.listEntry(owner, status, xid);
    }

    private static Scopes scopesOf(ExecutionState state) {
        return switch (state) {
            case ExecutionState.New _ -> Scopes.EMPTY;
            case ExecutionState.Running running -> running.scopes();
            case ExecutionState.Closed closed -> closed.unfinished();
        };
    }

    private static Counters countersOf(ExecutionState state) {
        return switch (state) {
            case ExecutionState.New _ -> Counters.FIRST;
            case ExecutionState.Running running -> running.counters();
            case ExecutionState.Closed closed -> closed.counters();
        };
    }
}
