package dev.gradus.runtime;

import dev.gradus.engine.EffectId;
import dev.gradus.engine.Timer;
import dev.gradus.runtime.spi.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The timers of one shard: durable rows, of which only those of the next while are in memory.
 *
 * <p>Invariant: every row due before {@code loadedBefore} is in memory. A million waits of a year
 * cost disk, not memory. Used by the shard's loop alone.
 */
final class TimerQueue {
    private static final int VERSION = 1;
    private static final long REFILL_BEFORE = RuntimeLimits.TIMER_HORIZON.toMillis() / 2;
    private static final Comparator<Entry> BY_TIME =
            Comparator.comparingLong((Entry e) -> e.timer.dueMillis())
                    .thenComparing(Entry::xid, Long::compareUnsigned)
                    .thenComparingLong(e -> e.timer.effect().number())
                    .thenComparing(e -> e.timer.kind());

    private final ShardRows rows;
    private final TreeSet<Entry> soon = new TreeSet<>(BY_TIME);
    private long loadedBefore;

    /** One timer of one execution. */
    record Entry(long xid, Timer timer) {}

    TimerQueue(ShardRows rows) {
        this.rows = rows;
    }

    void start(long xid, Timer timer) {
        rows.insert(
                Table.TIMER,
                Keys.timer(xid, timer),
                new RowWriter(8).u8(VERSION).number(timer.effect().scope()).done());
        if (timer.dueMillis() < loadedBefore) {
            soon.add(new Entry(xid, timer));
            shrink();
        }
    }

    void cancel(long xid, Timer timer) {
        rows.delete(Table.TIMER, Keys.timer(xid, timer));
        soon.remove(new Entry(xid, timer));
    }

    /**
     * Takes timers that are due out of memory, oldest first; {@link #fired} removes the row of
     * each.
     */
    List<Entry> takeDue(long nowMillis) {
        refill(nowMillis);
        var due = new ArrayList<Entry>();
        while (!soon.isEmpty()
                && soon.first().timer().dueMillis() <= nowMillis
                && due.size() < RuntimeLimits.TIMERS_A_TURN) {
            due.add(soon.pollFirst());
        }
        return due;
    }

    /** Puts a timer back that was taken too early; its row was never away. */
    void putBack(Entry entry) {
        soon.add(entry);
    }

    /** Removes the row of a timer in the batch that holds what its firing caused. */
    void fired(long xid, Timer timer) {
        rows.delete(Table.TIMER, Keys.timer(xid, timer));
    }

    /** When the loop must look again: the next timer, or the moment to read more of them. */
    OptionalLong nextWakeMillis() {
        long next = soon.isEmpty() ? Long.MAX_VALUE : soon.first().timer().dueMillis();
        return OptionalLong.of(isFull() ? next : Math.min(next, loadedBefore - REFILL_BEFORE));
    }

    private boolean isFull() {
        return soon.size() >= RuntimeLimits.TIMERS_IN_MEMORY / 2;
    }

    int inMemory() {
        return soon.size();
    }

    /** Reads rows until the horizon, or until memory holds enough. */
    void refill(long nowMillis) {
        long wanted = nowMillis + RuntimeLimits.TIMER_HORIZON.toMillis();
        if (isFull() || loadedBefore > nowMillis + REFILL_BEFORE) {
            return;
        }
        long readBefore = wanted;
        try (var cursor =
                rows.committed()
                        .scan(
                                Table.TIMER,
                                Keys.timersFrom(loadedBefore),
                                Keys.timersFrom(wanted),
                                false)) {
            while (cursor.next()) {
                if (soon.size() >= RuntimeLimits.TIMERS_IN_MEMORY) {
                    readBefore = decode(cursor.key(), cursor.value()).timer().dueMillis();
                    break;
                }
                soon.add(decode(cursor.key(), cursor.value()));
            }
        }
        long from = loadedBefore;
        long before = readBefore;
        rows.forEachPending(
                Table.TIMER,
                (key, value) ->
                        value.ifPresentOrElse(
                                row -> {
                                    var entry = decode(key, row);
                                    if (entry.timer().dueMillis() >= from
                                            && entry.timer().dueMillis() < before) {
                                        soon.add(entry);
                                    }
                                },
                                () -> soon.remove(decodeKey(key, 0))));
        loadedBefore = Math.max(loadedBefore, readBefore);
    }

    private void shrink() {
        if (soon.size() <= RuntimeLimits.TIMERS_IN_MEMORY * 2) {
            return;
        }
        while (soon.size() > RuntimeLimits.TIMERS_IN_MEMORY) {
            loadedBefore = soon.pollLast().timer().dueMillis();
        }
        while (!soon.isEmpty() && soon.last().timer().dueMillis() >= loadedBefore) {
            soon.pollLast();
        }
    }

    private static Entry decode(byte[] key, byte[] value) {
        return decodeKey(key, new RowReader(value).version(VERSION).smallNumber());
    }

    private static Entry decodeKey(byte[] key, int scope) {
        var row = new RowReader(key);
        long due = row.u64();
        long xid = row.u64();
        long effect = row.u64();
        return new Entry(
                xid, new Timer(new EffectId(scope, effect), Timer.Kind.values()[row.u8()], due));
    }
}
