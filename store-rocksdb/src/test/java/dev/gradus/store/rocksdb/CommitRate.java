package dev.gradus.store.rocksdb;

import dev.gradus.runtime.spi.CommitListener;
import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.Table;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures how many synced batches of 6 operations with 200 bytes each a store commits: {@code
 * CommitRate FOLDER [shards] [seconds]}. Each shard keeps two batches in flight.
 */
final class CommitRate {
    private static final List<Table> TABLES =
            List.of(
                    Table.META,
                    Table.SCOPE,
                    Table.HISTORY,
                    Table.TIMER,
                    Table.LIST_INDEX,
                    Table.DISPATCHED);
    private static final int VALUE_BYTES = 200;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger running = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);

    /** Prints one line of figures. */
    public static void main(String[] arguments) throws InterruptedException {
        int shards = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8;
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10;
        new CommitRate().run(Path.of(arguments[0]), shards, seconds);
    }

    private void run(Path folder, int shards, int seconds) throws InterruptedException {
        var options = RocksOptions.defaults(_ -> {}).withShardCount(shards);
        try (var substrate = RocksSubstrate.open(folder, options)) {
            for (int shard = 0; shard < shards; shard++) {
                var lease = substrate.acquire(shard, _ -> {});
                running.addAndGet(2);
                append(lease, 0);
                append(lease, 1L << 40);
            }
            long cpuBefore = cpuNanos();
            long batchesBefore = substrate.health().commits().batches();
            long writesBefore = substrate.health().commits().writes();
            long sumBefore = substrate.health().commits().latency().sumNanos();
            long begin = System.nanoTime();
            var _ = done.await(seconds, TimeUnit.SECONDS);
            var stats = substrate.health().commits();
            double elapsed = (System.nanoTime() - begin) / 1e9;
            double cpu = (cpuNanos() - cpuBefore) / 1e9;
            stop.set(true);
            done.await();
            long batches = stats.batches() - batchesBefore;
            System.out.printf(
                    "shards=%d batches/s=%.0f writes/s=%.0f batches/write=%.1f mean=%.0fus max=%.1fms batches/cpu-s=%.0f%n",
                    shards,
                    batches / elapsed,
                    (stats.writes() - writesBefore) / elapsed,
                    (double) batches / (stats.writes() - writesBefore),
                    (stats.latency().sumNanos() - sumBefore) / 1e3 / batches,
                    stats.latency().maxNanos() / 1e6,
                    batches / cpu);
        }
    }

    private void append(Lease lease, long number) {
        var batch = lease.newBatch();
        for (var table : TABLES) {
            batch.put(table, ByteBuffer.allocate(8).putLong(number).array(), new byte[VALUE_BYTES]);
        }
        lease.append(
                batch,
                new CommitListener() {
                    @Override
                    public void committed(long seq) {
                        if (stop.get()) {
                            if (running.decrementAndGet() == 0) {
                                done.countDown();
                            }
                        } else {
                            append(lease, number + 1);
                        }
                    }

                    @Override
                    public void lost(Throwable cause) {
                        throw new AssertionError("a batch was lost", cause);
                    }
                });
    }

    private static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }
}
