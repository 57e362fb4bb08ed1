package dev.gradus.runtime;

import dev.gradus.engine.ExecutionQuotas;
import dev.gradus.runtime.spi.Table;
import java.util.ArrayList;
import java.util.function.LongConsumer;

/**
 * Finds executions that have run for as long as one may, a year on AWS, and have no timer for it:
 * such a timer would cost each execution a row, and nearly none needs it.
 *
 * <p>The execution table is in order of start dates and keeps closed executions for a few months
 * only, so that what is older than a year is little, and each of it is looked at once. Used by the
 * shard's loop alone.
 */
final class Overdue {
    private final ShardRows rows;
    private final ExecutionQuotas quotas;
    private long lookedUpTo;

    Overdue(ShardRows rows, ExecutionQuotas quotas) {
        this.rows = rows;
        this.quotas = quotas;
    }

    /**
     * Looks at some of those that started so long ago; tells whether there are more.
     *
     * @param overdue given the number of each, running or not
     */
    boolean sweep(long nowMillis, LongConsumer overdue) {
        if (quotas.runSeconds() == ExecutionQuotas.UNLIMITED || quotas.runTimer()) {
            return false;
        }
        long startedUntil = nowMillis - 1_000 * quotas.runSeconds();
        long end = startedUntil <= 0 ? 0 : Xids.next(0, startedUntil + 1);
        if (end <= lookedUpTo) {
            return false;
        }
        var found = new ArrayList<Long>();
        try (var cursor =
                rows.committed()
                        .scan(Table.EXECUTION, Keys.xid(lookedUpTo), Keys.xid(end), false)) {
            while (found.size() < RuntimeLimits.SWEEP_EXECUTIONS && cursor.next()) {
                found.add(new RowReader(cursor.key()).u64());
            }
        }
        boolean more = found.size() == RuntimeLimits.SWEEP_EXECUTIONS;
        for (long xid : found) {
            if (rows.building().bytes() > RuntimeLimits.BATCH_BYTES / 2) {
                return true;
            }
            overdue.accept(xid);
            lookedUpTo = xid + 1;
        }
        if (!more) {
            lookedUpTo = end;
        }
        return more;
    }
}
