package dev.gradus.runtime;

/**
 * What is still to be told, as its row in the queue shows it.
 *
 * <p>Each row knows how many bytes all rows of its queue up to it have, so that how much waits is
 * known from the first and the last.
 */
sealed interface FeedRow {
    int VERSION = 1;
    int HEADER_BYTES = 10;
    int KEY_BYTES = 9;
    int EVENTS = 1;
    int STATUS = 2;

    long xid();

    /**
     * The history row of that key is to be logged.
     *
     * @param revision whose logging configuration says what, and where to
     * @param redriveCount how often the execution had been redriven
     */
    record Events(
            long xid,
            long firstEventId,
            String executionArn,
            RevisionKey revision,
            long redriveCount)
            implements FeedRow {}

    /**
     * The status of an execution changed.
     *
     * @param execution its row as it was then, encoded
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Status(long xid, byte[] execution) implements FeedRow {}

    /**
     * A row with its place in the queue.
     *
     * @param endOffset bytes of all rows of the queue up to this one and with it
     */
    record Queued(FeedRow row, long endOffset) {
        static Queued decode(byte[] bytes) {
            var row = new RowReader(bytes).version(VERSION);
            long endOffset = row.u64();
            int kind = row.u8();
            long xid = row.u64();
            var what =
                    switch (kind) {
                        case EVENTS ->
                                new Events(
                                        xid,
                                        row.number(),
                                        row.text(),
                                        new RevisionKey(row.fixed(RevisionKey.BYTES)),
                                        row.number());
                        case STATUS -> new Status(xid, row.block());
                        default ->
                                throw new IllegalStateException(
                                        "row of a feed of unknown kind " + kind);
                    };
            return new Queued(what, endOffset);
        }
    }

    /** Returns the value for a place in the queue. */
    default byte[] encode(long startOffset) {
        var body = new RowWriter(128);
        switch (this) {
            case Events row ->
                    body.u64(row.xid())
                            .number(row.firstEventId())
                            .text(row.executionArn())
                            .fixed(row.revision().hash())
                            .number(row.redriveCount());
            case Status row -> body.u64(row.xid()).block(row.execution());
        }
        int kind =
                switch (this) {
                    case Events _ -> EVENTS;
                    case Status _ -> STATUS;
                };
        int size = bytes(body.size() + HEADER_BYTES);
        return new RowWriter(body.size() + HEADER_BYTES)
                .u8(VERSION)
                .u64(startOffset + size)
                .u8(kind)
                .fixed(body.done())
                .done();
    }

    /** Returns what a row with a value of so many bytes takes in its queue. */
    static int bytes(int valueBytes) {
        return valueBytes + KEY_BYTES;
    }
}
