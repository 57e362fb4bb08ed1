package dev.gradus.store.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gradus.runtime.spi.Substrate;
import dev.gradus.runtime.spi.Table;
import dev.gradus.testkit.Answers;
import dev.gradus.testkit.StoreArchive;
import dev.gradus.testkit.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The stored folders of each released format, which every build must open and read. {@code
 * StoreFixture FILE.zip} makes one of today's format; once released, a fixture is never made anew.
 */
final class StoreFixture {
    private StoreFixture() {}

    /** Writes each table of each shard twice: once to sorted files, once to the log. */
    public static void main(String[] arguments) throws IOException {
        var root = Files.createTempDirectory("gradus-fixture-");
        var data = root.resolve("data");
        for (var generation : new String[] {"files", "log"}) {
            try (var substrate = RocksSubstrate.open(data, RocksFolder.options())) {
                var answers = new Answers(new Opened(substrate));
                for (int shard = 0; shard < substrate.shardCount(); shard++) {
                    var lease = substrate.acquire(shard, _ -> {});
                    for (var table : Table.values()) {
                        var value = value(table, shard, generation);
                        answers.commit(lease, batch -> batch.put(table, key(generation), value));
                    }
                }
            }
        }
        StoreArchive.pack(data, Path.of(arguments[0]));
        RocksFolder.delete(root);
    }

    /** The tables that a format had when its fixture was made; later releases add some. */
    static List<Table> tables(int format) {
        int last =
                switch (format) {
                    case 1 -> Table.CATALOG.prefix();
                    default -> throw new IllegalArgumentException("no fixture of " + format);
                };
        return Arrays.stream(Table.values()).filter(table -> table.prefix() <= last).toList();
    }

    static byte[] key(String generation) {
        return ("in " + generation).getBytes(US_ASCII);
    }

    static byte[] value(Table table, int shard, String generation) {
        return (table + " of shard " + shard + " in " + generation).getBytes(US_ASCII);
    }

    /** Unpacks the fixture of a format into an empty folder. */
    static void unpack(int format, Path folder) throws IOException {
        var name = "/fixtures/format-" + format + "/store.zip";
        try (var resource = StoreFixture.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IOException("there is no fixture " + name);
            }
            StoreArchive.unpack(resource, folder);
        }
    }

    /** A store that is open already. */
    private record Opened(Substrate substrate) implements StoreUnderTest {
        @Override
        public Substrate open(int shardCount) {
            return substrate;
        }

        @Override
        public void settle() {}

        @Override
        public boolean threaded() {
            return true;
        }

        @Override
        public void close() {
            substrate.close();
        }
    }
}
