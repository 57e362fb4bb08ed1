package dev.gradus.store.rocksdb;

import dev.gradus.runtime.spi.SubstrateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Filter;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;

/**
 * The settings of RocksDB that mattered when they were measured, and the native objects that hold
 * them, which must outlive the database.
 *
 * <p>The write-ahead log is not recycled: in a recycled log the rest of an older log follows the
 * last record, and then damage cannot be told from the end. The recovery mode is the strict one,
 * because {@link WriteAheadLogs} has cut off an unfinished tail before RocksDB reads it.
 */
final class RocksSettings implements AutoCloseable {
    static {
        RocksDB.loadLibrary();
    }

    private static final int BLOOM_BITS = 10;
    private static final int OPEN_FILES_MAX = 1_000;
    private static final long BYTES_PER_SYNC = 1L << 20;

    private final List<AutoCloseable> natives = new ArrayList<>();
    private final DBOptions db;
    private final List<ColumnFamilyDescriptor> families;

    RocksSettings(RocksOptions.Memory memory, BackgroundErrors errors) {
        var cache = keep(new LRUCache(memory.blockCacheBytes()));
        var bloom = keep(new BloomFilter(BLOOM_BITS, false));
        var listener = keep(new ErrorListener(errors));
        this.db =
                keep(withoutJavaSetter())
                        .setCreateIfMissing(true)
                        .setCreateMissingColumnFamilies(true)
                        .setParanoidChecks(true)
                        .setUseFsync(false)
                        // One thread writes, so rows are put in place without atomic operations.
                        .setAllowConcurrentMemtableWrite(false)
                        .setDbWriteBufferSize(memory.writeBuffersBytes())
                        .setWalRecoveryMode(WALRecoveryMode.AbsoluteConsistency)
                        .setRecycleLogFileNum(0)
                        .setMaxTotalWalSize(memory.walBytesMax())
                        .setMaxBackgroundJobs(2)
                        .setMaxOpenFiles(OPEN_FILES_MAX)
                        .setBytesPerSync(BYTES_PER_SYNC)
                        .setStatsDumpPeriodSec(0)
                        .setStatsPersistPeriodSec(0)
                        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                        .setKeepLogFileNum(3)
                        .setMaxLogFileSize(4L << 20)
                        .setListeners(List.of(listener));
        this.families =
                Families.inOrder().stream()
                        .map(family ->
                                new ColumnFamilyDescriptor(
                                        Families.name(family), familyOptions(memory, cache, bloom)))
                        .toList();
    }

    DBOptions db() {
        return db;
    }

    List<ColumnFamilyDescriptor> families() {
        return families;
    }

    @Override
    public void close() {
        for (var held : natives.reversed()) {
            try {
                held.close();
            } catch (Exception e) {
                throw new IllegalStateException("freeing native memory does not fail", e);
            }
        }
        natives.clear();
    }

    private ColumnFamilyOptions familyOptions(
            RocksOptions.Memory memory, Cache cache, Filter bloom) {
        var table =
                new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setFilterPolicy(bloom);
        return keep(familyWithoutJavaSetter())
                .setWriteBufferSize(memory.writeBuffersBytes() / 2)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true)
                .setTableFormatConfig(table);
    }

    /** Options that the Java interface has no methods for. */
    private static DBOptions withoutJavaSetter() {
        var options = new Properties();
        // A log that vanished, or is shorter than it was when it was synced, is refused.
        options.setProperty("track_and_verify_wals_in_manifest", "true");
        options.setProperty("max_bgerror_resume_count", "0");
        // Files may be sent to others; the name of the machine is none of their business.
        options.setProperty("db_host_id", "");
        return Objects.requireNonNull(
                DBOptions.getDBOptionsFromProps(options), "RocksDB does not know these options");
    }

    /** Most tables grow at one end, table by table and shard by shard: the first two key bytes. */
    private static ColumnFamilyOptions familyWithoutJavaSetter() {
        var options = new Properties();
        options.setProperty("memtable_insert_with_hint_prefix_extractor", "fixed:2");
        return Objects.requireNonNull(
                ColumnFamilyOptions.getColumnFamilyOptionsFromProps(options),
                "RocksDB does not know these options");
    }

    private <T extends AutoCloseable> T keep(T held) {
        natives.add(held);
        return held;
    }

    /** Hears of errors in flushes and compactions, which no caller waits for. */
    private static final class ErrorListener extends AbstractEventListener {
        private final BackgroundErrors errors;

        ErrorListener(BackgroundErrors errors) {
            super(
                    EnabledEventCallback.ON_BACKGROUND_ERROR,
                    EnabledEventCallback.ON_ERROR_RECOVERY_BEGIN);
            this.errors = errors;
        }

        @Override
        public void onBackgroundError(BackgroundErrorReason reason, Status status) {
            errors.report(
                    new SubstrateException(
                            "RocksDB failed in the background (%s): %s %s"
                                    .formatted(reason, status.getCodeString(), status.getState())));
        }

        /** Never: what could not be written once may be lost although a second try succeeds. */
        @Override
        public boolean onErrorRecoveryBegin(BackgroundErrorReason reason, Status status) {
            return false;
        }
    }
}
