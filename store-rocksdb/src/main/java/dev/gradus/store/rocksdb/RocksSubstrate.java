package dev.gradus.store.rocksdb;

import dev.gradus.runtime.CommitMeter;
import dev.gradus.runtime.spi.Health;
import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.LostListener;
import dev.gradus.runtime.spi.Placement;
import dev.gradus.runtime.spi.Substrate;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.rocksdb.Checkpoint;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded store: all shards in one RocksDB folder, committed by its synced write-ahead log.
 *
 * <p>It holds its folder until {@link #close}, which must be called before the JVM ends: RocksDB's
 * native threads do not survive the JVM's own exit well. A process that is killed instead loses
 * nothing that was committed.
 */
public final class RocksSubstrate implements Substrate {
    /** The limit on one batch: {@code BATCH_BYTES}, 8 MiB. */
    static final int BATCH_BYTES_MAX = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(RocksSubstrate.class);
    private static final int PATIENCE_SECONDS = 10;

    private final StoreFolder folder;
    private final OpenDb db;
    private final List<ShardState> shards;
    private final CommitMeter meter = new CommitMeter();
    private final Committer committer;
    private final ScheduledExecutorService looks;
    private final Future<?> looking;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Opens the store in a folder, or makes one if there is no folder or it is empty.
     *
     * @throws SubstrateException with what to do, if another process has it open, it is damaged, of
     *     a newer format or no store at all, or if the disk is full or read-only
     */
    public static RocksSubstrate open(Path path, RocksOptions options) {
        var folder = StoreFolder.open(path, options);
        try {
            return new RocksSubstrate(folder, options);
        } catch (RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    private RocksSubstrate(StoreFolder folder, RocksOptions options) {
        this.folder = folder;
        var errors = new BackgroundErrors();
        this.db = OpenDb.open(folder, options.memory(), errors);
        try {
            this.shards = readShards(db, folder.format().shardCount());
        } catch (RuntimeException | Error e) {
            db.close();
            throw e;
        }
        this.committer = new Committer(this::write, shards, meter, options.onFatal());
        errors.forwardTo(committer::fail);
        committer.start();
        this.looks =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("gradus-disk-space").daemon(true).factory());
        this.looking = looks.scheduleWithFixedDelay(folder.space()::look, 1, 1, TimeUnit.SECONDS);
    }

    private static List<ShardState> readShards(OpenDb db, int shardCount) {
        return db.use(rocks -> {
            long seq = rocks.getLatestSequenceNumber();
            var shards = new ArrayList<ShardState>();
            for (int shard = 0; shard < shardCount; shard++) {
                var row = Optional.ofNullable(rocks.get(RowKeys.epoch(shard)));
                shards.add(new ShardState(shard, ShardState.epochOf(row, shard), seq));
            }
            return List.copyOf(shards);
        });
    }

    /** Tells this store from every other; messages and tokens carry it. */
    public UUID storeId() {
        return folder.format().storeId();
    }

    /** The space of its disk, for tests that look more often than once a second. */
    DiskSpace space() {
        return folder.space();
    }

    /** The database, for tests that look at its files while it is open. */
    OpenDb db() {
        return db;
    }

    @Override
    public int shardCount() {
        return shards.size();
    }

    @Override
    public int maxBatchBytes() {
        return BATCH_BYTES_MAX;
    }

    @Override
    public void checkpoint(Path emptyFolder) {
        refuseCommitter("checkpoint");
        try {
            if (Files.exists(emptyFolder)) {
                try (var entries = Files.list(emptyFolder)) {
                    if (entries.findAny().isPresent()) {
                        throw new SubstrateException(
                                emptyFolder + " is not empty: name a folder for the copy alone");
                    }
                }
            } else {
                Files.createDirectory(emptyFolder);
            }
            db.use(rocks -> {
                try (var checkpoint = Checkpoint.create(rocks)) {
                    checkpoint.createCheckpoint(emptyFolder.resolve("db").toString());
                }
                return emptyFolder;
            });
            // Last, because a folder without it is no store: an unfinished copy never opens.
            folder.format().write(emptyFolder);
        } catch (IOException e) {
            throw new SubstrateException(StoreFolder.unusable(emptyFolder, e), e);
        }
    }

    @Override
    public Health health() {
        if (closed.get()) {
            return new Health(Health.Status.CLOSED, "the store is closed", 0, 0, meter.read());
        }
        long freeBytes = folder.space().freeBytes();
        var failure = committer.failure();
        if (failure.isPresent()) {
            var detail = StoreFolder.unusable(folder.path(), failure.get());
            return new Health(Health.Status.FAILED, detail, freeBytes, 0, meter.read());
        }
        try {
            boolean stalled = property("rocksdb.is-write-stopped") > 0;
            var shortage = folder.space().shortage();
            var status = stalled ? Health.Status.STALLED : Health.Status.OK;
            var detail =
                    stalled ? "writes wait for compactions: the disk is too slow for the load" : "";
            return new Health(
                    shortage.isPresent() ? Health.Status.LOW_SPACE : status,
                    shortage.orElse(detail),
                    freeBytes,
                    storedBytes(),
                    meter.read());
        } catch (SubstrateException e) {
            return new Health(
                    Health.Status.FAILED,
                    String.valueOf(e.getMessage()),
                    freeBytes,
                    0,
                    meter.read());
        }
    }

    @Override
    public Lease acquire(int shard, LostListener onLost) {
        refuseCommitter("acquire");
        var state = shard(shard);
        var claim =
                new CommitEntry.Claim(
                        shard,
                        onLost,
                        (epoch, listener) ->
                                new RocksLease(
                                        state, epoch, view(state), listener, committer::submit),
                        new CompletableFuture<>());
        committer.submit(claim);
        try {
            return claim.claimed().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SubstrateException("interrupted while claiming shard " + shard, e);
        } catch (ExecutionException e) {
            throw new SubstrateException("cannot claim shard " + shard + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<View> follower(int shard) {
        return Optional.of(view(shard(shard)));
    }

    @Override
    public Placement placement() {
        return Placement.allHere(shards.size());
    }

    @Override
    public void close() {
        refuseCommitter("close");
        if (!closed.getAndSet(true)) {
            stopLooking();
            committer.stop();
            try {
                db.close();
            } finally {
                folder.close();
            }
        }
    }

    /** The folder is not ours any more when the lock is given up. */
    private void stopLooking() {
        looking.cancel(false);
        looks.shutdownNow();
        try {
            if (!looks.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a look at the disk's space does not end: folder={}", folder.path());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(byte[] joined) {
        db.use(rocks -> {
            try (var options = new WriteOptions().setSync(true);
                    var batch = new WriteBatch(joined)) {
                rocks.write(options, batch);
            }
            return joined;
        });
    }

    private View view(ShardState shard) {
        return new RocksView(db, shard.number(), shard::appliedSeq);
    }

    private ShardState shard(int shard) {
        if (shard < 0 || shard >= shards.size()) {
            throw new IllegalArgumentException(
                    "shard " + shard + " is not one of 0 to " + (shards.size() - 1));
        }
        return shards.get(shard);
    }

    private long storedBytes() {
        long bytes = 0;
        for (var family : db.families()) {
            bytes += db.use(rocks -> rocks.getLongProperty(family, "rocksdb.total-sst-files-size"));
            bytes += db.use(rocks -> rocks.getLongProperty(family, "rocksdb.size-all-mem-tables"));
        }
        return bytes;
    }

    private long property(String name) {
        return db.use(rocks -> rocks.getLongProperty(name));
    }

    private void refuseCommitter(String method) {
        if (committer.isCommitterThread()) {
            throw new IllegalStateException(method + " must not be called from a listener");
        }
    }
}
