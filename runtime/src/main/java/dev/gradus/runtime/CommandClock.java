package dev.gradus.runtime;

import dev.gradus.runtime.spi.Table;

/**
 * The numbers that a shard gives to its commands: time, seed, xid, batch. Time and xid have their
 * high-water mark in every batch, so that no restart undercuts them. Used by the shard's loop
 * alone.
 */
final class CommandClock {
    private static final byte[] KEY = Keys.meta("high-water");
    private static final int VERSION = 1;
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private final ShardRows rows;
    private final LogicalClock clock;
    private long lastXid;
    private long lastMillis;
    private long seed;
    private long batch = 1;
    private long applied;

    CommandClock(ShardRows rows, LogicalClock clock, long seed) {
        this.rows = rows;
        this.clock = clock;
        this.seed = seed;
        rows.get(Table.META, KEY)
                .ifPresent(value -> {
                    var row = new RowReader(value).version(VERSION);
                    lastXid = row.number();
                    lastMillis = row.number();
                    clock.notBefore(lastMillis);
                });
    }

    long nowMillis() {
        lastMillis = Math.max(lastMillis, clock.nowMillis());
        return lastMillis;
    }

    long nextXid() {
        lastXid = Xids.next(lastXid, nowMillis());
        lastMillis = Math.max(lastMillis, Xids.millis(lastXid));
        return lastXid;
    }

    /** A seed for one command: unguessable, since it continues from unguessable bits. */
    long seed() {
        seed += GOLDEN_GAMMA;
        return seed;
    }

    /** The number of the batch being built; batches of one tenure count from 1. */
    long batchNumber() {
        return batch;
    }

    long appliedBatches() {
        return applied;
    }

    /** Writes the high-water marks into the batch being built, which then counts as closed. */
    void sealing() {
        rows.put(
                Table.META,
                KEY,
                new RowWriter(24).u8(VERSION).number(lastXid).number(lastMillis).done());
        batch++;
    }

    void applied() {
        applied++;
    }
}
