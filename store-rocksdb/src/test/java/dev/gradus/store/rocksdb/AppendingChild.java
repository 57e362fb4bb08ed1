package dev.gradus.store.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gradus.runtime.spi.Batch;
import dev.gradus.runtime.spi.CommitListener;
import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * A process that appends numbered batches to every shard, as fast as they are acknowledged, and
 * says {@code shard number} on its output for each acknowledgement, until it is killed.
 */
final class AppendingChild {
    private AppendingChild() {}

    /** Appends to the store in the folder that is named by the first argument, for ever. */
    public static void main(String[] arguments) throws InterruptedException {
        var substrate = RocksSubstrate.open(Path.of(arguments[0]), RocksFolder.options());
        for (int shard = 0; shard < substrate.shardCount(); shard++) {
            int number = shard;
            var lease = substrate.acquire(shard, AppendingChild::exit);
            int next = batches(lease.view());
            append(lease, number, next, System.out);
        }
        new CountDownLatch(1).await();
    }

    /** Appends two batches, and when the second is acknowledged the next two. */
    private static void append(Lease lease, int shard, int number, PrintStream out) {
        for (int i = 0; i < 2; i++) {
            int mine = number + i;
            var batch = lease.newBatch();
            fill(batch, mine);
            lease.append(
                    batch,
                    new CommitListener() {
                        @Override
                        public void committed(long seq) {
                            out.println(shard + " " + mine);
                            out.flush();
                            if (mine == number + 1) {
                                append(lease, shard, mine + 1, out);
                            }
                        }

                        @Override
                        public void lost(Throwable cause) {
                            exit(cause);
                        }
                    });
        }
    }

    private static void fill(Batch batch, int number) {
        var key = key(number);
        batch.put(Table.HISTORY, key, new byte[100 + number % 2_000]);
        batch.put(Table.LIST_INDEX, key, key);
        batch.deleteRange(Table.TIMER, new byte[0], new byte[0]);
        batch.put(Table.TIMER, key, key);
        batch.put(Table.META, "last".getBytes(US_ASCII), key);
    }

    static byte[] key(int number) {
        return "%08d".formatted(number).getBytes(US_ASCII);
    }

    /** Checks that the shard holds whole batches with no gap, and returns how many. */
    static int batches(View view) {
        int count = 0;
        try (var snapshot = view.snapshot();
                var history = snapshot.scan(Table.HISTORY, new byte[0], new byte[0], false);
                var index = snapshot.scan(Table.LIST_INDEX, new byte[0], new byte[0], false)) {
            while (history.next()) {
                require(index.next(), "history without index", count);
                require(Arrays.equals(history.key(), key(count)), "a gap", count);
                require(Arrays.equals(index.key(), key(count)), "a gap", count);
                count++;
            }
            require(!index.next(), "index without history", count);
            if (count > 0) {
                var last = key(count - 1);
                require(
                        snapshot.get(Table.META, "last".getBytes(US_ASCII))
                                .filter(value -> Arrays.equals(value, last))
                                .isPresent(),
                        "the last batch is not whole",
                        count);
                try (var timers = snapshot.scan(Table.TIMER, new byte[0], new byte[0], false)) {
                    require(timers.next(), "a timer is missing", count);
                    require(Arrays.equals(timers.key(), last), "a wrong timer", count);
                    require(!timers.next(), "an old timer", count);
                }
            }
        }
        return count;
    }

    private static void require(boolean condition, String otherwise, int at) {
        if (!condition) {
            throw new AssertionError(otherwise + " at batch " + at);
        }
    }

    private static void exit(Throwable cause) {
        System.err.println("lost: " + cause);
        Runtime.getRuntime().halt(3);
    }
}
