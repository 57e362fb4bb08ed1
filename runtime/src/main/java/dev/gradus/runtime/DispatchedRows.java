package dev.gradus.runtime;

import dev.gradus.engine.Effect;
import dev.gradus.engine.EffectId;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.spi.Table;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What may have left the process without an answer: written with the decision that asks for it,
 * removed with the answer's. Effect number 0 stands for an execution that yielded and has its next
 * turn coming.
 */
final class DispatchedRows {
    private static final int VERSION = 1;
    private static final long CONTINUE = 0;

    private final ShardRows rows;

    /**
     * A call as its row shows it.
     *
     * @param mayBeSent false when it is sure that it never left
     */
    record Call(
            long xid,
            EffectId effect,
            Payload payload,
            Optional<String> roleArn,
            OptionalLong deadlineMillis,
            boolean mayBeSent) {}

    DispatchedRows(ShardRows rows) {
        this.rows = rows;
    }

    void put(long xid, Effect.InvokeTask call, PayloadRows.Sink payloads) {
        var row =
                new Call(
                        xid,
                        call.id(),
                        call.payload(),
                        call.roleArn(),
                        call.deadlineMillis(),
                        true);
        rows.insert(
                Table.DISPATCHED, Keys.dispatched(xid, call.id().number()), encode(row, payloads));
    }

    /** Notes whether a call that has its row may have left the process. */
    void mark(Call call, boolean mayBeSent) {
        var marked =
                new Call(
                        call.xid(),
                        call.effect(),
                        call.payload(),
                        call.roleArn(),
                        call.deadlineMillis(),
                        mayBeSent);
        // Its payload, when it is a large one, has its row already.
        rows.put(
                Table.DISPATCHED,
                Keys.dispatched(call.xid(), call.effect().number()),
                encode(marked, new PayloadRows.Sink()));
    }

    void putContinue(long xid) {
        // It may be there already: others may have moved the execution before its turn came.
        rows.put(Table.DISPATCHED, Keys.dispatched(xid, CONTINUE), new byte[] {VERSION});
    }

    void remove(long xid, long effect) {
        rows.delete(Table.DISPATCHED, Keys.dispatched(xid, effect));
    }

    void removeContinue(long xid) {
        remove(xid, CONTINUE);
    }

    /** Returns a call that has no answer yet. */
    Optional<Call> find(long xid, long effect, PayloadRows.Source payloads) {
        return rows.get(Table.DISPATCHED, Keys.dispatched(xid, effect))
                .map(value -> decode(xid, effect, value, payloads));
    }

    /**
     * Shows what a former life of the shard left: an execution, and an effect or 0 for its turn.
     */
    void forEachLeft(LeftBehind visitor) {
        try (var cursor = rows.committed().scan(Table.DISPATCHED, Keys.NONE, Keys.NONE, false)) {
            while (cursor.next()) {
                var key = new RowReader(cursor.key());
                visitor.visit(key.u64(), key.u64());
            }
        }
    }

    /** Sees one row that was left. */
    interface LeftBehind {
        void visit(long xid, long effect);
    }

    static boolean isContinue(long effect) {
        return effect == CONTINUE;
    }

    static byte[] encode(Call call, PayloadRows.Sink payloads) {
        var row = new RowWriter(64).u8(VERSION).number(call.effect().scope());
        payloads.write(row, call.payload());
        row.optionalText(call.roleArn()).optionalNumber(call.deadlineMillis());
        return row.flag(call.mayBeSent()).done();
    }

    static Call decode(long xid, long effect, byte[] value, PayloadRows.Source payloads) {
        var row = new RowReader(value).version(VERSION);
        return new Call(
                xid,
                new EffectId(row.smallNumber(), effect),
                payloads.read(row),
                row.optionalText(),
                row.optionalNumber(),
                row.flag());
    }
}
