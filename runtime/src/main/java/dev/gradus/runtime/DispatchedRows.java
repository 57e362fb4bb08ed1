package dev.gradus.runtime;

import dev.gradus.engine.Effect;
import dev.gradus.engine.EffectId;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.spi.Table;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * What may have left the process without an answer: written with the decision that asks for it,
 * removed with the answer's. Effect number 0 stands for an execution that yielded and has its next
 * turn coming.
 */
final class DispatchedRows {
    private static final int VERSION = 1;
    private static final long CONTINUE = 0;

    private final ShardRows rows;

    /** A call as its row shows it. */
    record Call(
            long xid,
            EffectId effect,
            Payload payload,
            Optional<String> roleArn,
            OptionalLong deadlineMillis) {
        boolean isContinue() {
            return effect.number() == CONTINUE;
        }
    }

    DispatchedRows(ShardRows rows) {
        this.rows = rows;
    }

    void put(long xid, Effect.InvokeTask call, PayloadRows.Sink payloads) {
        var row = new RowWriter(64).u8(VERSION).number(call.id().scope());
        payloads.write(row, call.payload());
        row.optionalText(call.roleArn()).optionalNumber(call.deadlineMillis());
        rows.insert(Table.DISPATCHED, Keys.dispatched(xid, call.id().number()), row.done());
    }

    void putContinue(long xid) {
        rows.insert(Table.DISPATCHED, Keys.dispatched(xid, CONTINUE), new byte[] {VERSION});
    }

    void remove(long xid, long effect) {
        rows.delete(Table.DISPATCHED, Keys.dispatched(xid, effect));
    }

    void removeContinue(long xid) {
        remove(xid, CONTINUE);
    }

    static Call decode(byte[] key, byte[] value, LongFunction<PayloadRows.Source> payloads) {
        var keyRow = new RowReader(key);
        long xid = keyRow.u64();
        long number = keyRow.u64();
        var row = new RowReader(value).version(VERSION);
        if (number == CONTINUE) {
            return new Call(
                    xid,
                    new EffectId(0, CONTINUE),
                    Payload.EMPTY_OBJECT,
                    Optional.empty(),
                    OptionalLong.empty());
        }
        var effect = new EffectId(row.smallNumber(), number);
        return new Call(
                xid,
                effect,
                payloads.apply(xid).read(row),
                row.optionalText(),
                row.optionalNumber());
    }
}
