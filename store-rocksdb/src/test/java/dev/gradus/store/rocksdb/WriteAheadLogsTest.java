package dev.gradus.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.Table;
import dev.gradus.testkit.Answers;
import dev.gradus.testkit.ViewContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;

/**
 * Unfinished tails against damage, on logs that RocksDB wrote: a copy of the files of an open store
 * is what a crash leaves, and is then cut, flipped or zeroed.
 */
class WriteAheadLogsTest {
    private static final int BATCHES = 12;

    private final RocksFolder store = new RocksFolder();
    private Path copy = Path.of("");
    private Path log = Path.of("");
    private byte[] whole = new byte[0];
    private List<Integer> starts = List.of();

    @BeforeEach
    void writeALog() throws IOException {
        var answers = new Answers(store);
        var lease = store.open(3).acquire(1, _ -> {});
        var random = new Random(5);
        for (int i = 0; i < BATCHES; i++) {
            // Among them one that spans blocks; the values hold no zeros, as packed rows do not.
            commit(lease, answers, i, nonZero(random, i == 6 ? 70_000 : 200 + 40 * i));
        }
        copy = store.path().resolveSibling("copy");
        store.copyOpen(copy);
        log = newestLog(copy);
        whole = Files.readAllBytes(log);
        starts = recordStarts(whole);
        assertThat(starts).hasSizeGreaterThanOrEqualTo(BATCHES);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void readsAnUndamagedLogToItsEnd() {
        assertThat(open()).isEqualTo(BATCHES);
    }

    @Test
    void dropsATailThatWasCutAnywhereInTheLastRecord() throws IOException {
        int last = starts.getLast();
        for (int end = last; end < whole.length; end += 37) {
            Files.write(log, Arrays.copyOf(whole, end));
            WriteAheadLogs.check(copy.resolve("db"));
            assertThat(Files.size(log)).as("cut at %d", end).isEqualTo(last);
        }
        Files.write(log, Arrays.copyOf(whole, whole.length - 1));
        assertThat(open()).isEqualTo(BATCHES - 1);
    }

    @Test
    void dropsATailOfWhichASectorNeverReachedTheDisk() throws IOException {
        for (int batch : new int[] {6, BATCHES - 1}) {
            int start = starts.get(starts.size() - BATCHES + batch);
            int end =
                    batch == BATCHES - 1
                            ? whole.length
                            : starts.get(starts.size() - BATCHES + batch + 1);
            var torn = Arrays.copyOf(whole, end);
            int sector = (start + 511) / 512 * 512;
            if (sector + 512 > end) {
                continue;
            }
            Arrays.fill(torn, sector, sector + 512, (byte) 0);
            Files.write(log, torn);
            WriteAheadLogs.check(copy.resolve("db"));
            assertThat(Files.size(log)).isEqualTo(start);
        }
    }

    @Test
    void dropsZerosBehindTheLastRecord() throws IOException {
        Files.write(log, Arrays.copyOf(whole, whole.length + 5_000));
        assertThat(open()).isEqualTo(BATCHES);
    }

    /** The negative of all the above: synced bytes, any one of them, whichever bit. */
    @Test
    void refusesASingleFlippedBitAnywhereAndNamesFileAndOffset() throws IOException {
        var random = new Random(11);
        var offsets = new ArrayList<Integer>();
        for (int start : starts) {
            for (int header = 0; header < 7; header++) {
                offsets.add(start + header);
            }
        }
        for (int i = 0; i < 400; i++) {
            offsets.add(random.nextInt(whole.length));
        }
        for (int offset : offsets) {
            if (isFilling(offset)) {
                continue;
            }
            var flipped = whole.clone();
            flipped[offset] ^= (byte) (1 << random.nextInt(8));
            Files.write(log, flipped);
            assertThatThrownBy(() -> WriteAheadLogs.check(copy.resolve("db")))
                    .as("offset %d", offset)
                    .isInstanceOf(SubstrateException.class)
                    .hasMessageContaining(log.toString())
                    .hasMessageContaining("damaged at offset")
                    .hasMessageContaining("backup");
            assertThat(Files.size(log)).isEqualTo(whole.length);
        }
    }

    @Test
    void aDamagedLogIsNotOpenedAndStaysAsItIs() throws IOException {
        var flipped = whole.clone();
        flipped[starts.get(3) + 20] ^= 1;
        Files.write(log, flipped);
        assertThatThrownBy(this::open)
                .isInstanceOf(SubstrateException.class)
                .hasMessageContaining("damaged at offset " + starts.get(3));
        assertThat(Files.readAllBytes(log)).isEqualTo(flipped);
    }

    @Test
    void aCutLogIsDamagedIfALaterOneHasRecords() throws IOException {
        Files.write(log, Arrays.copyOf(whole, whole.length - 3));
        Files.write(log.resolveSibling("999999.log"), new byte[0]);
        WriteAheadLogs.check(copy.resolve("db"));
        assertThat(Files.size(log)).isEqualTo(starts.getLast().longValue());

        Files.write(log, Arrays.copyOf(whole, whole.length - 3));
        Files.write(log.resolveSibling("999999.log"), whole);
        assertThatThrownBy(() -> WriteAheadLogs.check(copy.resolve("db")))
                .isInstanceOf(SubstrateException.class);
    }

    /**
     * Why the check exists: with RocksDB's own tolerant recovery, a changed length in the last
     * block drops acknowledged batches without a word.
     */
    @Test
    void rocksDbAloneWouldLoseAcknowledgedBatches() throws Exception {
        var flipped = whole.clone();
        int record = starts.get(starts.size() - 3);
        flipped[record + 5] |= 0x40;
        Files.write(log, flipped);
        var handles = new ArrayList<ColumnFamilyHandle>();
        var families =
                Families.inOrder().stream()
                        .map(family -> new ColumnFamilyDescriptor(Families.name(family)))
                        .toList();
        try (var options =
                        new DBOptions()
                                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords);
                var db = RocksDB.open(options, copy.resolve("db").toString(), families, handles)) {
            assertThat(db.get(RowKeys.of(Table.SCOPE, 1, key(BATCHES - 3)))).isNull();
            assertThat(db.get(RowKeys.of(Table.SCOPE, 1, key(BATCHES - 4)))).isNotNull();
            handles.forEach(ColumnFamilyHandle::close);
        }
    }

    private static void commit(Lease lease, Answers answers, int number, byte[] value) {
        answers.commit(lease, batch -> batch.put(Table.SCOPE, key(number), value));
    }

    private static byte[] key(int number) {
        return ViewContract.bytes("%04d".formatted(number));
    }

    /** How many batches the copy has when it is opened. */
    private int open() {
        try (var substrate = RocksSubstrate.open(copy, RocksFolder.options())) {
            var rows = substrate.acquire(1, _ -> {}).view();
            int count = 0;
            while (rows.get(Table.SCOPE, key(count)).isPresent()) {
                count++;
            }
            return count;
        }
    }

    private static byte[] nonZero(Random random, int length) {
        var value = new byte[length];
        for (int i = 0; i < length; i++) {
            value[i] = (byte) random.nextInt(1, 256);
        }
        return value;
    }

    private static Path newestLog(Path folder) throws IOException {
        try (var files = Files.list(folder.resolve("db"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    /** Walks the intact log: where each record, of one fragment or several, begins. */
    private static List<Integer> recordStarts(byte[] log) {
        var buffer = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN);
        var starts = new ArrayList<Integer>();
        int at = 0;
        while (at + 7 <= log.length) {
            int left = 32_768 - at % 32_768;
            if (left < 7) {
                at += left;
                continue;
            }
            if (log[at + 6] == 1 || log[at + 6] == 2) {
                starts.add(at);
            }
            at += 7 + Short.toUnsignedInt(buffer.getShort(at + 4));
        }
        return starts;
    }

    private boolean isFilling(int offset) {
        int left = 32_768 - offset % 32_768;
        if (left >= 7) {
            return false;
        }
        // Less than a header fits here, unless a fragment's payload reaches to the block's end.
        return !starts.isEmpty() && blockIsFilled(offset / 32_768);
    }

    private boolean blockIsFilled(int block) {
        return whole[block * 32_768 + 32_767] == 0;
    }
}
