package dev.gradus.store.rocksdb;

import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * The open RocksDB and its families.
 *
 * <p>Native memory that is used after it was freed ends the process, so everything native is
 * reached through {@link #use}, which many threads may hold, and is freed by {@link #close}, which
 * waits for them and then frees what readers left open.
 */
final class OpenDb implements AutoCloseable {
    /** Work with the database that may fail as RocksDB fails. */
    @FunctionalInterface
    interface Use<T> {
        T with(RocksDB db) throws RocksDBException;
    }

    private final Path folder;
    private final RocksDB db;
    private final List<ColumnFamilyHandle> families;
    private final RocksSettings settings;
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private final Set<AutoCloseable> leftOpen = ConcurrentHashMap.newKeySet();
    private boolean closed;

    private OpenDb(
            Path folder, RocksDB db, List<ColumnFamilyHandle> families, RocksSettings settings) {
        this.folder = folder;
        this.db = db;
        this.families = List.copyOf(families);
        this.settings = settings;
    }

    /** Opens the database, or makes it; a background error goes to {@code errors}. */
    static OpenDb open(StoreFolder folder, RocksOptions.Memory memory, BackgroundErrors errors) {
        WriteAheadLogs.check(folder.db());
        var settings = new RocksSettings(memory, errors);
        try {
            Files.createDirectories(folder.db());
            StoreFormat.syncFolder(folder.path());
            var handles = new ArrayList<ColumnFamilyHandle>();
            var db =
                    RocksDB.open(
                            settings.db(), folder.db().toString(), settings.families(), handles);
            for (var family : Families.inOrder()) {
                int number = Families.number(family);
                if (handles.get(number).getID() != number) {
                    throw new IllegalStateException(family + " is not family " + number);
                }
            }
            return new OpenDb(folder.path(), db, handles, settings);
        } catch (RocksDBException e) {
            settings.close();
            throw new SubstrateException(cannotOpen(folder.path(), e), e);
        } catch (IOException e) {
            settings.close();
            throw new SubstrateException(StoreFolder.unusable(folder.path(), e), e);
        }
    }

    private static String cannotOpen(Path folder, RocksDBException error) {
        return isDamage(error)
                ? "the data folder %s is damaged: %s. Nothing was changed; restore it from a backup, or from another copy of the disk"
                        .formatted(folder, error.getMessage())
                : StoreFolder.unusable(folder, error);
    }

    private static boolean isDamage(RocksDBException error) {
        var status = error.getStatus();
        return status != null && status.getCode() == org.rocksdb.Status.Code.Corruption;
    }

    /**
     * RocksDB names the file that is damaged; a block of it is read only when a row is asked for.
     */
    private SubstrateException failed(RocksDBException error) {
        return new SubstrateException(
                isDamage(error)
                        ? "the data folder %s is damaged: %s. Restore it from a backup, or from another copy of the disk"
                                .formatted(folder, error.getMessage())
                        : "RocksDB failed: " + error.getMessage(),
                error);
    }

    /**
     * Does something with the database; throws {@link SubstrateException} when it is closed or
     * fails.
     */
    <T> T use(Use<T> use) {
        gate.readLock().lock();
        try {
            if (closed) {
                throw new SubstrateException("the store is closed");
            }
            return use.with(db);
        } catch (RocksDBException e) {
            throw failed(e);
        } finally {
            gate.readLock().unlock();
        }
    }

    /** Frees something native that was made in {@link #use}, unless it is freed already. */
    void free(AutoCloseable resource) {
        gate.readLock().lock();
        try {
            if (leftOpen.remove(resource)) {
                closeQuietly(resource);
            }
        } finally {
            gate.readLock().unlock();
        }
    }

    /** Remembers something native, to be called within {@link #use}. */
    <T extends AutoCloseable> T keep(T resource) {
        leftOpen.add(resource);
        return resource;
    }

    ColumnFamilyHandle family(Table table) {
        return families.get(Families.number(table.family()));
    }

    List<ColumnFamilyHandle> families() {
        return families;
    }

    @Override
    public void close() {
        gate.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            leftOpen.forEach(OpenDb::closeQuietly);
            leftOpen.clear();
            families.forEach(ColumnFamilyHandle::close);
            db.closeE();
        } catch (RocksDBException e) {
            throw new SubstrateException("RocksDB did not close: " + e.getMessage(), e);
        } finally {
            settings.close();
            gate.writeLock().unlock();
        }
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException("freeing native memory does not fail", e);
        }
    }
}
