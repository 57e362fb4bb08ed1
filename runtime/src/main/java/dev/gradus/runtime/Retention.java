package dev.gradus.runtime;

import dev.gradus.runtime.spi.Table;
import java.time.Duration;
import java.util.ArrayList;

/**
 * Removes executions that were closed longer ago than they are kept, a few at a time. Used by the
 * shard's loop alone.
 */
final class Retention {
    private final ShardRows rows;
    private final RecentExecutions recent;
    private final long keptMillis;

    Retention(ShardRows rows, RecentExecutions recent, Duration kept) {
        this.keptMillis = kept.toMillis();
        this.rows = rows;
        this.recent = recent;
    }

    private record Expired(byte[] key, long xid) {}

    /** Removes some; tells whether there are more. */
    boolean sweep(long nowMillis) {
        var expired = new ArrayList<Expired>();
        long until = nowMillis - keptMillis;
        try (var cursor =
                rows.committed()
                        .scan(
                                Table.RETENTION,
                                Keys.NONE,
                                Keys.retention(Math.max(0, until), 0),
                                false)) {
            while (expired.size() < RuntimeLimits.SWEEP_EXECUTIONS && cursor.next()) {
                var key = new RowReader(cursor.key());
                key.u64();
                if (rows.get(Table.RETENTION, cursor.key()).isPresent()) {
                    expired.add(new Expired(cursor.key(), key.u64()));
                }
            }
        }
        for (var one : expired) {
            if (rows.building().bytes() > RuntimeLimits.BATCH_BYTES / 2) {
                return true;
            }
            remove(one);
        }
        return expired.size() == RuntimeLimits.SWEEP_EXECUTIONS;
    }

    private void remove(Expired expired) {
        long xid = expired.xid();
        rows.delete(Table.RETENTION, expired.key());
        rows.get(Table.EXECUTION, Keys.xid(xid))
                .ifPresent(bytes -> {
                    var row = ExecutionRow.decode(bytes, new PayloadRows.Source(xid, rows::get));
                    recent.remove(row.execution().arn());
                    for (var arn : row.listedUnder()) {
                        var owner = Keys.hash128(arn);
                        rows.delete(Table.LIST_INDEX, Keys.listEntry(owner, ListStatus.ANY, xid));
                        rows.delete(
                                Table.LIST_INDEX,
                                Keys.listEntry(owner, ListStatus.of(row.status()), xid));
                    }
                    var name = Keys.hash128(row.arn().text());
                    rows.get(Table.NAME, name)
                            .map(ExecutionTable.Named::decode)
                            .filter(named -> named.xid() == xid)
                            .ifPresent(_ -> rows.delete(Table.NAME, name));
                });
        removeAll(Table.SCOPE, xid); // What a redrive would have gone on with.
        removeAll(Table.HISTORY, xid);
        removeAll(Table.PAYLOAD, xid);
        rows.delete(Table.EXECUTION, Keys.xid(xid));
    }

    private void removeAll(Table table, long xid) {
        var prefix = Keys.xid(xid);
        try (var cursor = rows.committed().scan(table, prefix, Keys.behind(prefix), false)) {
            while (cursor.next()) {
                rows.delete(table, cursor.key());
            }
        }
    }
}
