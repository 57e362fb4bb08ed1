package dev.gradus.store.rocksdb;

import dev.gradus.runtime.spi.SubstrateException;
import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.Snapshot;

/**
 * RocksDB's snapshot and the options that read it, freed when the last of its views is closed and
 * the last read through it has ended. Any thread may use it.
 */
final class HeldSnapshot implements AutoCloseable {
    private final OpenDb owner;
    private final RocksDB rocks;
    private final Snapshot snapshot;
    private final ReadOptions options;
    private final AtomicInteger holders = new AtomicInteger(1);

    private HeldSnapshot(OpenDb owner, RocksDB rocks) {
        this.owner = owner;
        this.rocks = rocks;
        this.snapshot = rocks.getSnapshot();
        this.options = new ReadOptions().setSnapshot(snapshot);
    }

    /** Takes a snapshot of now, with one holder. */
    static HeldSnapshot take(OpenDb db) {
        return db.use(rocks -> db.keep(new HeldSnapshot(db, rocks)));
    }

    /** Adds a holder, who must {@link #release}. */
    void hold() {
        if (holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
            throw new SubstrateException("the snapshot is closed");
        }
    }

    /** Takes a holder away; the last one frees the snapshot. */
    void release() {
        if (holders.decrementAndGet() == 0) {
            owner.free(this);
        }
    }

    ReadOptions options() {
        return options;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** Frees it; only the open database calls this. */
    @Override
    public void close() {
        options.close();
        rocks.releaseSnapshot(snapshot);
    }
}
