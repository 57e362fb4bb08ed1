package dev.gradus.runtime;

import dev.gradus.expressions.Payload;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * How payloads stand in rows: small ones in line, larger ones once for each execution, by the hash
 * of their bytes.
 *
 * <p>Every payload carries a codec and a key id, both 0 for now: plain bytes.
 */
final class PayloadRows {
    private static final int INLINE = 0;
    private static final int REFERENCE = 1;
    private static final int PLAIN = 0;
    private static final int VERSION = 1;

    /** Collects the references that a row makes, so that their rows can be written with it. */
    static final class Sink {
        private final List<Payload> referenced = new ArrayList<>();

        void write(RowWriter row, Payload payload) {
            if (payload.bytes() <= RuntimeLimits.INLINE_PAYLOAD_BYTES) {
                row.u8(INLINE).u8(PLAIN).u8(0).block(payload.utf8());
            } else {
                row.u8(REFERENCE).fixed(payload.digest());
                referenced.add(payload);
            }
        }

        void writeOptional(RowWriter row, Optional<Payload> payload) {
            row.flag(payload.isPresent());
            payload.ifPresent(value -> write(row, value));
        }

        List<Payload> referenced() {
            return referenced;
        }
    }

    /** Resolves references of one execution. */
    static final class Source {
        private final long xid;
        private final BiFunction<Table, byte[], Optional<byte[]>> rows;
        private final Map<ByteBuffer, Payload> known = new HashMap<>(); // one copy, used often
        private long bytesRead;

        Source(long xid, BiFunction<Table, byte[], Optional<byte[]>> rows) {
            this.xid = xid;
            this.rows = rows;
        }

        static Source of(long xid, View view) {
            return new Source(xid, view::get);
        }

        Payload read(RowReader row) {
            int kind = row.u8();
            var payload =
                    switch (kind) {
                        case INLINE -> decoded(row);
                        case REFERENCE -> remembered(row.fixed(16));
                        default ->
                                throw new IllegalStateException("payload of unknown kind " + kind);
                    };
            bytesRead += payload.bytes();
            return payload;
        }

        /** Bytes of all payloads that were asked for, each as often as it was. */
        long bytesRead() {
            return bytesRead;
        }

        Optional<Payload> readOptional(RowReader row) {
            return row.flag() ? Optional.of(read(row)) : Optional.empty();
        }

        private Payload remembered(byte[] digest) {
            return known.computeIfAbsent(ByteBuffer.wrap(digest), _ -> find(digest));
        }

        private Payload find(byte[] digest) {
            var row =
                    rows.apply(Table.PAYLOAD, Keys.payload(xid, digest))
                            .orElseThrow(() ->
                                    new IllegalStateException("payload row missing, xid " + xid));
            return decoded(new RowReader(row).version(VERSION));
        }
    }

    static byte[] row(Payload payload) {
        return new RowWriter(payload.bytes() + 8)
                .u8(VERSION)
                .u8(PLAIN)
                .u8(0)
                .block(payload.utf8())
                .done();
    }

    private static Payload decoded(RowReader row) {
        int codec = row.u8();
        int key = row.u8();
        if (codec != PLAIN || key != 0) {
            throw new IllegalStateException("payload with codec " + codec + " and key " + key);
        }
        return Payload.ofCompactUtf8(row.block());
    }

    private PayloadRows() {}
}
