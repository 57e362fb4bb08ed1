package dev.gradus.runtime;

import dev.gradus.engine.EffectId;
import dev.gradus.engine.ExecutionQuotas;
import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.ExecutionState.Counters;
import dev.gradus.engine.Interpreter;
import dev.gradus.engine.Scope;
import dev.gradus.engine.Scopes;
import dev.gradus.engine.Surroundings;
import dev.gradus.runtime.spi.Table;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The executions of one shard: those in memory, and the others behind them on disk.
 *
 * <p>An execution with changes that are not applied yet stays in memory; any other may be dropped
 * and read again. Used by the shard's loop alone.
 */
final class ExecutionTable {
    private final ShardRows rows;
    private final Catalog catalog;
    private final ShardContext context;
    private final LinkedHashMap<Long, OpenExecution> open = new LinkedHashMap<>(64, 0.75f, true);
    private long weight;

    /** What a name is taken by. */
    record Named(long xid, byte[] inputHash) {
        private static final int VERSION = 1;

        byte[] encode() {
            return new RowWriter(48).u8(VERSION).u64(xid).fixed(inputHash).done();
        }

        static Named decode(byte[] bytes) {
            var row = new RowReader(bytes).version(VERSION);
            return new Named(row.u64(), row.fixed(32));
        }
    }

    ExecutionTable(ShardRows rows, Catalog catalog, ShardContext context) {
        this.rows = rows;
        this.catalog = catalog;
        this.context = context;
    }

    Optional<Named> named(byte[] hash) {
        return rows.get(Table.NAME, hash).map(Named::decode);
    }

    /** Returns a running execution, or empty when it is closed or gone. */
    Optional<OpenExecution> find(long xid) {
        var known = open.get(xid);
        if (known != null) {
            return Optional.of(known);
        }
        var loaded = row(xid).filter(row -> row.end().isEmpty()).map(row -> load(xid, row));
        loaded.ifPresent(this::keep);
        return loaded;
    }

    /** Returns the row of any execution that was not removed yet. */
    Optional<ExecutionRow> row(long xid) {
        var known = open.get(xid);
        if (known != null) {
            return Optional.of(known.row());
        }
        return rows.get(Table.EXECUTION, Keys.xid(xid))
                .map(bytes -> ExecutionRow.decode(bytes, payloads(xid)));
    }

    PayloadRows.Source payloads(long xid) {
        return new PayloadRows.Source(xid, rows::get);
    }

    /** Makes an execution that has not decided anything yet; {@link #keep} it when it has. */
    OpenExecution create(long xid, ExecutionRow row) {
        return open(xid, row, new ExecutionState.New());
    }

    void keep(OpenExecution execution) {
        var before = open.put(execution.xid(), execution);
        if (before == null) {
            weight += execution.weight();
        }
    }

    /** Takes account of a decision: its size changed, or it is over. */
    void changed(OpenExecution execution, long weightBefore) {
        if (execution.state() instanceof ExecutionState.Closed) {
            if (open.remove(execution.xid()) != null) {
                weight -= weightBefore;
            }
        } else if (open.containsKey(execution.xid())) {
            weight += execution.weight() - weightBefore;
        } else {
            keep(execution);
        }
    }

    /**
     * Drops what was not used for longest, while it is too much and all its changes are applied.
     */
    void shrink(long appliedBatches) {
        Iterator<Map.Entry<Long, OpenExecution>> oldest = open.entrySet().iterator();
        while ((open.size() > RuntimeLimits.CACHED_EXECUTIONS
                        || weight > RuntimeLimits.CACHED_BYTES)
                && oldest.hasNext()) {
            var candidate = oldest.next().getValue();
            if (candidate.lastBatch() > appliedBatches) {
                return;
            }
            if (!candidate.isHeld()) {
                oldest.remove();
                weight -= candidate.weight();
            }
        }
    }

    int inMemory() {
        return open.size();
    }

    private OpenExecution load(long xid, ExecutionRow row) {
        var payloads = payloads(xid);
        var scopes = new ArrayList<Scope>();
        var counters = Counters.FIRST;
        var from = Keys.xid(xid);
        try (var cursor = rows.committed().scan(Table.SCOPE, from, Keys.behind(from), false)) {
            while (cursor.next()) {
                var stored = ScopeCodec.decode(cursor.value(), payloads);
                scopes.add(stored.scope());
                counters = newest(counters, stored.counters());
            }
        }
        if (scopes.isEmpty()) {
            throw new IllegalStateException("a running execution has no scopes, xid " + xid);
        }
        var state = new ExecutionState.Running(counters, Scopes.of(scopes));
        var execution = open(xid, row, state);
        execution.setHeld(isHeld(xid));
        return execution;
    }

    /**
     * Returns an execution that is over as it was when it ended.
     *
     * @param row how it is to be from now on
     */
    OpenExecution closed(long xid, ExecutionRow.End end, ExecutionRow row) {
        var payloads = payloads(xid);
        var scopes = new ArrayList<Scope>();
        var counters = new Counters(end.nextEventId(), 1, 1);
        for (var bytes : rows.scan(Table.SCOPE, Keys.xid(xid)).values()) {
            var stored = ScopeCodec.decode(bytes, payloads);
            scopes.add(stored.scope());
            counters = newest(counters, stored.counters());
        }
        var state =
                new ExecutionState.Closed(
                        counters,
                        end.status(),
                        end.output(),
                        end.failure(),
                        end.stoppedAtMillis(),
                        Scopes.of(scopes));
        return open(xid, row, state);
    }

    private OpenExecution open(long xid, ExecutionRow row, ExecutionState state) {
        return new OpenExecution(
                xid,
                row,
                state,
                () -> interpreter(xid, row),
                () -> catalog.revision(row.revision()));
    }

    private boolean isHeld(long xid) {
        var from = Keys.xid(xid);
        try (var cursor = rows.committed().scan(Table.HELD, from, Keys.behind(from), false)) {
            return cursor.next();
        }
    }

    static Counters newest(Counters a, Counters b) {
        return new Counters(
                Math.max(a.nextEventId(), b.nextEventId()),
                Math.max(a.nextEffect(), b.nextEffect()),
                Math.max(a.nextScope(), b.nextScope()));
    }

    private Interpreter interpreter(long xid, ExecutionRow row) {
        return new Interpreter(
                catalog.definition(row.revision()),
                new Surroundings() {
                    @Override
                    public boolean activityExists(String activityArn) {
                        return catalog.activityExists(activityArn);
                    }

                    @Override
                    public String taskToken(EffectId effect, Scope.Nonce nonce) {
                        return context.tokens()
                                .issue(new TaskToken(context.shard(), xid, effect, nonce));
                    }

                    @Override
                    public long transitions() {
                        return context.options().transitions().available(row.arn().place());
                    }

                    @Override
                    public ExecutionQuotas quotas() {
                        return context.options().quotas().of(row.execution().stateMachineArn());
                    }
                });
    }
}
