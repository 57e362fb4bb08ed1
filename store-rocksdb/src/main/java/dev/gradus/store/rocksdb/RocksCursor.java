package dev.gradus.store.rocksdb;

import dev.gradus.runtime.spi.Cursor;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.Table;
import java.util.Arrays;
import java.util.Optional;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/** A walk by RocksDB's iterator, which itself keeps within the bounds. Used by one thread. */
final class RocksCursor implements Cursor {
    /** Stored keys: the first that belongs to the walk, and the first behind it. */
    record Range(Bound from, Bound to) {
        Range(byte[] from, byte[] to) {
            this(new Bound(from), new Bound(to));
        }
    }

    /** A stored key that nobody changes. */
    static final class Bound {
        private final byte[] key;

        Bound(byte[] key) {
            this.key = key;
        }
    }

    private enum Position {
        BEFORE_FIRST,
        ON_ROW,
        AFTER_LAST
    }

    private final OpenDb db;
    private final Walk walk;
    private final boolean reverse;
    private Position position;

    private RocksCursor(OpenDb db, Walk walk, boolean reverse, Position position) {
        this.db = db;
        this.walk = walk;
        this.reverse = reverse;
        this.position = position;
    }

    static RocksCursor open(
            OpenDb db, Table table, Range range, Optional<Snapshot> snapshot, boolean reverse) {
        boolean empty = Arrays.compareUnsigned(range.from.key, range.to.key) >= 0;
        var walk = db.use(rocks -> db.keep(new Walk(rocks, db.family(table), range, snapshot)));
        return new RocksCursor(
                db, walk, reverse, empty ? Position.AFTER_LAST : Position.BEFORE_FIRST);
    }

    /** What a walk holds in native memory; the slices must outlive the iterator. */
    private static final class Walk implements AutoCloseable {
        private final Slice lower;
        private final Slice upper;
        private final ReadOptions options;
        private final RocksIterator iterator;

        Walk(RocksDB rocks, ColumnFamilyHandle family, Range range, Optional<Snapshot> snapshot) {
            this.lower = new Slice(range.from.key);
            this.upper = new Slice(range.to.key);
            this.options =
                    new ReadOptions().setIterateLowerBound(lower).setIterateUpperBound(upper);
            snapshot.ifPresent(options::setSnapshot);
            this.iterator = rocks.newIterator(family, options);
        }

        boolean step(Position position, boolean reverse) throws RocksDBException {
            switch (position) {
                case BEFORE_FIRST -> {
                    if (reverse) {
                        iterator.seekToLast();
                    } else {
                        iterator.seekToFirst();
                    }
                }
                case ON_ROW -> {
                    if (reverse) {
                        iterator.prev();
                    } else {
                        iterator.next();
                    }
                }
                case AFTER_LAST -> {
                    return false;
                }
            }
            if (iterator.isValid()) {
                return true;
            }
            iterator.status();
            return false;
        }

        @Override
        public void close() {
            iterator.close();
            options.close();
            lower.close();
            upper.close();
        }
    }

    @Override
    public boolean next() {
        boolean found = db.use(_ -> walk.step(position, reverse));
        position = found ? Position.ON_ROW : Position.AFTER_LAST;
        return found;
    }

    @Override
    public byte[] key() {
        refuseOffRow();
        var rowKey = db.use(_ -> walk.iterator.key());
        return Arrays.copyOfRange(rowKey, RowKeys.PREFIX_BYTES, rowKey.length);
    }

    @Override
    public byte[] value() {
        refuseOffRow();
        return db.use(_ -> walk.iterator.value());
    }

    @Override
    public void close() {
        position = Position.AFTER_LAST;
        db.free(walk);
    }

    private void refuseOffRow() {
        if (position != Position.ON_ROW) {
            throw new SubstrateException("the cursor is not on a row: call next() first");
        }
    }
}
