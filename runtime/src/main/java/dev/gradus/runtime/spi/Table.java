package dev.gradus.runtime.spi;

/**
 * Every kind of row that the runtime stores, with the one-byte prefix that keeps the kinds apart.
 *
 * <p>The prefixes are part of the stored format: one that was released is never given to another
 * table. Prefix 0 belongs to the substrate itself (epochs and the like) and is in no view.
 */
public enum Table {
    /** One row for each execution: machine, status, times, references to input and output. */
    EXECUTION(1, Family.STATE),
    /** Hash of an execution's ARN to its xid: what makes a name unique. */
    NAME(2, Family.STATE),
    /** One row for each line of control of an open execution. */
    SCOPE(3, Family.STATE),
    /** Packed history events of one decision, by execution and first event id. */
    HISTORY(4, Family.HISTORY),
    /** Larger values, once for each execution, by the hash of their bytes. */
    PAYLOAD(5, Family.HISTORY),
    /** Due times, ordered by time. */
    TIMER(6, Family.QUEUE),
    /** Calls that have left, or may have left, the process and have no answer yet. */
    DISPATCHED(7, Family.QUEUE),
    /** Commands on which our own code failed, kept until a build that handles them. */
    HELD(8, Family.STATE),
    /** Activity tasks that no worker has taken yet. */
    ACTIVITY_QUEUE(9, Family.QUEUE),
    /** Messages to other shards, by destination and sequence. */
    OUTBOX(10, Family.QUEUE),
    /** The last sequence applied from each other shard. */
    INBOX(11, Family.QUEUE),
    /** Executions by machine and status, newest first. */
    LIST_INDEX(12, Family.INDEX),
    /** Counters and cursor of each map run. */
    MAP_RUN(13, Family.STATE),
    /** Closed executions by the time at which they were closed. */
    RETENTION(14, Family.INDEX),
    /** Named values of the shard: clock high-water, counters. */
    META(15, Family.STATE),
    /** The control plane: machines, versions, aliases, tags, activities, definitions. */
    CATALOG(16, Family.STATE),
    /** Express executions that were started and have not ended: what a crash makes run again. */
    EXPRESS(17, Family.QUEUE),
    /** What is still to be logged or published, by feed and sequence. */
    FEED(18, Family.QUEUE);

    /** Groups of tables that are written and read alike; a store may tune each one by itself. */
    public enum Family {
        /** Small rows that are read by key and overwritten often. */
        STATE,
        /** Rows that are written once, rarely read, and make up most of the bytes. */
        HISTORY,
        /** Rows that are scanned page by page. */
        INDEX,
        /** Rows that are soon deleted again. */
        QUEUE
    }

    private final byte prefix;
    private final Family family;

    Table(int prefix, Family family) {
        this.prefix = (byte) prefix;
        this.family = family;
    }

    /** The byte, 1 to 127, that a store puts before each key of this table. */
    public byte prefix() {
        return prefix;
    }

    /** The group that this table is stored in. */
    public Family family() {
        return family;
    }
}
