package dev.gradus.store.rocksdb;

import dev.gradus.runtime.spi.Cursor;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** Reads of one shard's newest rows, and of snapshots of them. Any thread may use it. */
final class RocksView implements View {
    private final OpenDb db;
    private final int shard;
    private final LongSupplier appliedSeq;

    RocksView(OpenDb db, int shard, LongSupplier appliedSeq) {
        this.db = db;
        this.shard = shard;
        this.appliedSeq = appliedSeq;
    }

    @Override
    public Optional<byte[]> get(Table table, byte[] key) {
        var rowKey = RowKeys.of(table, shard, key);
        return db.use(rocks -> Optional.ofNullable(rocks.get(db.family(table), rowKey)));
    }

    @Override
    public Cursor scan(Table table, byte[] from, byte[] to, boolean reverse) {
        return RocksCursor.open(
                db, table, range(shard, table, from, to), Optional.empty(), reverse);
    }

    @Override
    public View snapshot() {
        // Read before the snapshot is taken: the snapshot holds at least this much.
        long seq = appliedSeq();
        return new OfSnapshot(db, shard, HeldSnapshot.take(db), seq);
    }

    @Override
    public long appliedSeq() {
        return appliedSeq.getAsLong();
    }

    @Override
    public void close() {
        // The newest rows hold nothing.
    }

    private static RocksCursor.Range range(int shard, Table table, byte[] from, byte[] to) {
        return new RocksCursor.Range(
                RowKeys.of(table, shard, from), RowKeys.upperBound(table, shard, to));
    }

    private static final class OfSnapshot implements View {
        private final OpenDb db;
        private final int shard;
        private final HeldSnapshot held;
        private final long seq;
        private final AtomicBoolean closed = new AtomicBoolean();

        OfSnapshot(OpenDb db, int shard, HeldSnapshot held, long seq) {
            this.db = db;
            this.shard = shard;
            this.held = held;
            this.seq = seq;
        }

        @Override
        public Optional<byte[]> get(Table table, byte[] key) {
            var rowKey = RowKeys.of(table, shard, key);
            hold();
            try {
                return db.use(rocks ->
                        Optional.ofNullable(rocks.get(db.family(table), held.options(), rowKey)));
            } finally {
                held.release();
            }
        }

        @Override
        public Cursor scan(Table table, byte[] from, byte[] to, boolean reverse) {
            hold();
            try {
                return RocksCursor.open(
                        db,
                        table,
                        range(shard, table, from, to),
                        Optional.of(held.snapshot()),
                        reverse);
            } finally {
                held.release();
            }
        }

        @Override
        public View snapshot() {
            hold();
            return new OfSnapshot(db, shard, held, seq);
        }

        @Override
        public long appliedSeq() {
            return seq;
        }

        @Override
        public void close() {
            if (!closed.getAndSet(true)) {
                held.release();
            }
        }

        private void hold() {
            if (closed.get()) {
                throw new SubstrateException("the snapshot is closed");
            }
            held.hold();
        }
    }
}
