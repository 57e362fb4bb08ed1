package dev.gradus.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
    private static final long MIB = 1L << 20;

    @TempDir private Path folder;
    private final DrawnDisk disk = new DrawnDisk();
    private DiskSpace space = new DiskSpace(Path.of(""), disk);

    /** A disk of 320 MiB: 32 MiB are little, and the ballast has 4 MiB. */
    private static final class DrawnDisk implements DiskSpace.Disk {
        private long freeBytes = 300 * MIB;

        @Override
        public long freeBytes() {
            return freeBytes;
        }

        @Override
        public long totalBytes() {
            return 320 * MIB;
        }
    }

    @BeforeEach
    void watch() {
        space = new DiskSpace(folder, disk);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            space.look();
        }
    }

    @Test
    void makesTheBallastWhenTheStoreIsThereToStay() throws IOException {
        look(DiskSpace.LOOKS_BEFORE_BALLAST - 1);
        assertThat(ballast()).doesNotExist();
        look(1);
        assertThat(Files.size(ballast())).isEqualTo(4 * MIB);
        assertThat(space.shortage()).isEmpty();
    }

    @Test
    void completesABallastWhoseMakingWasCutShort() throws IOException {
        Files.write(ballast(), new byte[100]);
        look(DiskSpace.LOOKS_BEFORE_BALLAST);
        assertThat(Files.size(ballast())).isEqualTo(4 * MIB);
    }

    @Test
    void saysWhatToDoBelowTheLimitAndKeepsTheBallastUntilThereIsHardlyAnySpace() {
        look(DiskSpace.LOOKS_BEFORE_BALLAST);
        disk.freeBytes = 32 * MIB;
        look(1);
        assertThat(space.shortage()).isEmpty();

        disk.freeBytes = 32 * MIB - 1;
        look(1);
        assertThat(space.shortage().orElse(""))
                .contains(folder.toString(), "31 MiB left", "below 32 MiB", "free some space");
        assertThat(ballast()).exists();

        disk.freeBytes = 4 * MIB - 1;
        look(1);
        assertThat(ballast()).doesNotExist();
        assertThat(space.shortage()).isPresent();
    }

    @Test
    void makesTheBallastAgainOnlyWhenItDoesNotUseUpWhatIsMissed() {
        look(DiskSpace.LOOKS_BEFORE_BALLAST);
        disk.freeBytes = 0;
        look(1);
        disk.freeBytes = 36 * MIB - 1;
        look(1);
        assertThat(space.shortage()).isEmpty();
        assertThat(ballast()).doesNotExist();

        disk.freeBytes = 36 * MIB;
        look(1);
        assertThat(ballast()).exists();
    }

    @Test
    void givesTheBallastUpWhenTheStoreIsOpenedOnAFullDisk() throws IOException {
        Files.write(ballast(), new byte[4 << 20]);
        disk.freeBytes = 1;
        new DiskSpace(folder, disk).look();
        assertThat(ballast()).doesNotExist();
    }

    @Test
    void asksTheRealDisk() {
        var real = DiskSpace.Disk.of(folder);
        assertThat(real.freeBytes()).isBetween(1L, real.totalBytes());
        assertThat(DiskSpace.Disk.of(folder.resolve("gone")).freeBytes()).isZero();
    }

    private Path ballast() {
        return folder.resolve(DiskSpace.FILE_NAME);
    }
}
