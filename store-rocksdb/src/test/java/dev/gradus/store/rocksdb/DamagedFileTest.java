package dev.gradus.store.rocksdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import dev.gradus.testkit.Answers;
import dev.gradus.testkit.ViewContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A flipped byte in one of the store's sorted files: it may be refused, but never read wrongly. */
class DamagedFileTest {
    private static final int ROWS = 400;
    private static final int FLIPS = 120;
    private static final long SEED = 17;

    private final RocksFolder store = new RocksFolder();
    private final Random random = new Random(SEED);
    private List<String> rows = List.of();
    private Path file = Path.of("");

    @BeforeEach
    void writeAFile() throws IOException {
        var answers = new Answers(store);
        try (var substrate = store.open(3)) {
            var lease = substrate.acquire(1, _ -> {});
            answers.commit(
                    lease,
                    batch -> {
                        for (int i = 0; i < ROWS; i++) {
                            batch.put(
                                    Table.SCOPE,
                                    key(i),
                                    ViewContract.bytes("value " + random.nextLong()));
                        }
                    });
        }
        // Opening writes what is in the log to a sorted file of each family.
        try (var substrate = store.open(3)) {
            rows = read(substrate.follower(1).orElseThrow());
        }
        file = largestFile();
        assertThat(rows).hasSize(ROWS);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void namesTheFileOrReadsEveryRowAsItWas() throws IOException {
        var whole = Files.readAllBytes(file);
        int refused = 0;
        for (int flip = 0; flip < FLIPS; flip++) {
            int offset = random.nextInt(whole.length);
            var flipped = whole.clone();
            flipped[offset] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, flipped);

            var refusal = refusal("seed %d, offset %d".formatted(SEED, offset));
            if (refusal.isPresent()) {
                refused++;
                assertThat(refusal.get())
                        .as("offset %d", offset)
                        .contains("damaged")
                        .contains(file.getFileName().toString())
                        .contains("backup");
            }
        }
        // What is not refused was in filters and notes, which no row depends on.
        assertThat(refused).isGreaterThan(FLIPS / 2);
        Files.write(file, whole);
        assertThat(refusal("undamaged")).isEmpty();
    }

    @Test
    void namesAFileThatIsCutShortOrGone() throws IOException {
        var whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThat(refusal("cut").orElse("")).contains(file.getFileName().toString(), "backup");
        Files.delete(file);
        assertThat(refusal("gone").orElse("")).contains(file.getFileName().toString(), "backup");
        Files.write(file, whole);
        assertThat(refusal("undamaged")).isEmpty();
    }

    /** Opens the store and reads all; what is read must be what was written. */
    private Optional<String> refusal(String as) {
        try (var substrate = RocksSubstrate.open(store.path(), RocksFolder.options())) {
            var view = substrate.follower(1).orElseThrow();
            assertThat(read(view)).as(as).isEqualTo(rows);
            for (int i = 0; i < ROWS; i++) {
                assertThat(view.get(Table.SCOPE, key(i))).as(as).isPresent();
            }
            return Optional.empty();
        } catch (SubstrateException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    private static List<String> read(View view) {
        var rows = new ArrayList<String>();
        try (var cursor = view.scan(Table.SCOPE, new byte[0], new byte[0], false)) {
            while (cursor.next()) {
                rows.add(
                        new String(cursor.key(), ISO_8859_1)
                                + " = "
                                + new String(cursor.value(), ISO_8859_1));
            }
        }
        return rows;
    }

    private static byte[] key(int number) {
        return ViewContract.bytes("%04d".formatted(number));
    }

    private Path largestFile() throws IOException {
        try (var files = Files.list(store.path().resolve("db"))) {
            return files.filter(path -> path.toString().endsWith(".sst"))
                    .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
    }
}
