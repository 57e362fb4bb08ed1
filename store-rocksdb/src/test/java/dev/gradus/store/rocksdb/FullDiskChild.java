package dev.gradus.store.rocksdb;

import dev.gradus.runtime.spi.Health;
import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.Table;
import dev.gradus.testkit.ViewContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Fills a small disk of its own, the mount point of which is the first argument, and says on its
 * output what a store on it does: lines of a word and what belongs to it.
 */
final class FullDiskChild {
    private static final int VALUE_BYTES = 100_000;

    private FullDiskChild() {}

    public static void main(String[] arguments) throws IOException {
        var disk = Path.of(arguments[0]);
        var data = disk.resolve("data");
        var others = disk.resolve("others");
        Files.write(others, new byte[16 << 20]);
        fill(data);
        occupy(disk.resolve("the-rest"));
        open(data); // This may work, in the space that the ballast had.
        say("ballast", Files.exists(data.resolve(DiskSpace.FILE_NAME)));
        occupy(disk.resolve("the-rest"));
        open(data);
        Files.delete(others);
        open(data);
    }

    /** Appends until nothing is taken any more. */
    private static void fill(Path data) {
        try (var store = RocksSubstrate.open(data, options())) {
            for (int i = 0; i < DiskSpace.LOOKS_BEFORE_BALLAST; i++) {
                store.space().look();
            }
            say("ballast", Files.exists(data.resolve(DiskSpace.FILE_NAME)));
            var lease = store.acquire(1, _ -> {});
            var random = new Random(3);
            boolean low = false;
            for (int number = 0; append(lease, number, random); number++) {
                say("acknowledged", number);
                store.space().look();
                // One look decides: what the store does beside this may free some space again.
                var health = store.health();
                if (!low && health.status() == Health.Status.LOW_SPACE) {
                    low = true;
                    say("low", health.status() + " " + health.detail());
                }
            }
            say("failed", store.health().status() + " " + store.health().detail());
        }
    }

    private static boolean append(Lease lease, int number, Random random) {
        var value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        var batch = lease.newBatch();
        batch.put(Table.SCOPE, key(number), value);
        var durable = new CompletableFuture<Boolean>();
        lease.append(
                batch,
                new dev.gradus.runtime.spi.CommitListener() {
                    @Override
                    public void committed(long seq) {
                        durable.complete(true);
                    }

                    @Override
                    public void lost(Throwable cause) {
                        durable.complete(false);
                    }
                });
        return durable.join();
    }

    /** Takes what is left of the disk, to the last byte. */
    private static void occupy(Path file) throws IOException {
        for (int chunk = 1 << 20; chunk > 0; chunk /= 2) {
            try {
                while (true) {
                    Files.write(
                            file,
                            new byte[chunk],
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                }
            } catch (IOException full) {
                say("full", String.valueOf(full.getMessage()));
            }
        }
    }

    private static void open(Path data) {
        try (var store = RocksSubstrate.open(data, options())) {
            var rows = store.acquire(1, _ -> {}).view();
            int count = 0;
            while (rows.get(Table.SCOPE, key(count)).isPresent()) {
                count++;
            }
            say("found", count);
        } catch (SubstrateException refused) {
            say("refused", String.valueOf(refused.getMessage()));
        }
    }

    /** With small files, so that they come close to the end of the disk before one is too large. */
    private static RocksOptions options() {
        return RocksFolder.options()
                .withMemory(new RocksOptions.Memory(2L << 20, 8L << 20, 64L << 20));
    }

    private static byte[] key(int number) {
        return ViewContract.bytes("%06d".formatted(number));
    }

    private static void say(String what, Object value) {
        System.out.println(what + " " + value);
    }
}
