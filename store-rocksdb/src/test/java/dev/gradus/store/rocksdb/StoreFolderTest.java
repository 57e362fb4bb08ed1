package dev.gradus.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.spi.SubstrateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.CRC32C;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFolderTest {
    private Path data = Path.of("");

    @BeforeEach
    void nameTheFolder(@TempDir Path temp) {
        data = temp.resolve("data");
    }

    @Test
    void makesAFolderThatOnlyItsOwnerMayEnter() throws IOException {
        make();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        assertThat(Files.readString(data.resolve("FORMAT")))
                .startsWith("gradus-format: 1\nreadable-since: 0.1.0\nfeatures: \nstore-id: ")
                .contains("\nshards: 3\nclock: real\ncrc32c: ");
    }

    @Test
    void makesAStoreInAFolderThatIsEmptyAndInOneWhoseMakingWasCutShort() throws IOException {
        Files.createDirectory(data);
        Files.writeString(data.resolve("LOCK"), "123");
        Files.writeString(data.resolve("FORMAT.new"), "gradus-for");
        make();
        make();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void refusesAFolderThatIsInUseAndNamesTheProcess() {
        try (var _ = open()) {
            assertRefused()
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("in use by process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--data");
        }
        make();
    }

    @Test
    void refusesAForeignFolderAndTouchesNothing() throws IOException {
        Files.createDirectory(data);
        Files.writeString(data.resolve("thesis.txt"), "years of work");
        assertRefused().hasMessageContaining("holds thesis.txt").hasMessageContaining("--data");
        try (var files = Files.list(data)) {
            assertThat(files).containsExactly(data.resolve("thesis.txt"));
        }
    }

    @Test
    void refusesAFileInPlaceOfAFolder() throws IOException {
        Files.writeString(data, "a file");
        assertRefused().hasMessageContaining("not a folder");
    }

    @Test
    void refusesANewerFormatAndNamesTheReleaseThatReadsIt() throws IOException {
        make();
        rewrite(
                "gradus-format: 1",
                "gradus-format: 7",
                "readable-since: 0.1.0",
                "readable-since: 3.2.0");
        assertRefused()
                .hasMessageContaining("format 7")
                .hasMessageContaining("reads up to 1")
                .hasMessageContaining("Gradus 3.2.0 or newer");
    }

    @Test
    void refusesAFeatureThatItDoesNotKnow() throws IOException {
        make();
        rewrite(
                "features: ",
                "features: encryption",
                "readable-since: 0.1.0",
                "readable-since: 0.9.0");
        assertRefused().hasMessageContaining("encryption").hasMessageContaining("Gradus 0.9.0");
    }

    @Test
    void refusesADamagedFormatWhicheverByteWasChanged() throws IOException {
        make();
        var file = data.resolve("FORMAT");
        var good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            var bad = good.clone();
            bad[i] ^= 4;
            Files.write(file, bad);
            assertRefused()
                    .hasMessageContaining("FORMAT is damaged")
                    .hasMessageContaining("backup");
        }
        Files.write(file, new byte[0]);
        assertRefused().hasMessageContaining("FORMAT is damaged");
        Files.write(file, good);
        make();
    }

    @Test
    void refusesAnotherClock() {
        make();
        assertThatThrownBy(() ->
                        RocksSubstrate.open(
                                data, RocksFolder.options().withClock(StoreClock.VIRTUAL)))
                .isInstanceOf(SubstrateException.class)
                .hasMessageContaining("made with the real clock")
                .hasMessageContaining("--data");
    }

    @Test
    void refusesAFolderWhoseDatabaseIsDamagedAndLetsGoOfIt() throws IOException {
        make();
        Files.writeString(data.resolve("db/CURRENT"), "MANIFEST-999999\n");
        assertRefused().hasMessageContaining(data.toString());
        assertRefused().hasMessageNotContaining("in use");
    }

    @Test
    void keepsTheShardCountThatItWasMadeWith() {
        make();
        try (var store = RocksSubstrate.open(data, RocksFolder.options().withShardCount(8))) {
            assertThat(store.shardCount()).isEqualTo(3);
        }
    }

    @Test
    void saysWhatToDoAboutAFullAReadOnlyAndAForbiddenDisk() {
        assertThat(unusable(new FileSystemException("f", null, "No space left on device")))
                .contains("full", "free some space");
        assertThat(unusable(new FileSystemException("f", null, "Read-only file system")))
                .contains("read-only", "--data");
        assertThat(unusable(new AccessDeniedException("f"))).contains("owner or mode", "--data");
        assertThat(unusable(new IOException("Input/output error")))
                .contains("Input/output error", "Check the disk");
    }

    private String unusable(Throwable error) {
        return StoreFolder.unusable(data, error);
    }

    private RocksSubstrate open() {
        return RocksSubstrate.open(data, RocksFolder.options());
    }

    private void make() {
        open().close();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
        return assertThatThrownBy(this::open).isInstanceOf(SubstrateException.class);
    }

    /** Replaces lines of FORMAT and gives it the checksum that a writer would have. */
    private void rewrite(String... pairs) throws IOException {
        var file = data.resolve("FORMAT");
        var text = Files.readString(file);
        for (int i = 0; i < pairs.length; i += 2) {
            text = text.replace(pairs[i] + "\n", pairs[i + 1] + "\n");
        }
        text = text.substring(0, text.indexOf("crc32c: "));
        var checksum = new CRC32C();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        Files.writeString(file, text + "crc32c: %08x\n".formatted(checksum.getValue()));
    }
}
