package dev.gradus.store.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much space the disk of a data folder has, and a ballast file in the folder that is given up
 * when it has hardly any: with that, what runs goes on for a while, and a full disk can be opened.
 *
 * <p>Little space is {@link #LOW_BYTES}, or a tenth of a small disk; nothing new should be started
 * then. Hardly any is an eighth of that, the size of the ballast. Any thread may use it; {@link
 * #look} writes to the disk, the others only say what the last look found.
 */
final class DiskSpace {
    /** Less free space than this is little: 256 MiB. */
    static final long LOW_BYTES = 256L << 20;

    /** A store that is opened for a moment, as by a test, needs no ballast. */
    static final int LOOKS_BEFORE_BALLAST = 10;

    static final String FILE_NAME = "BALLAST";

    private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);
    private static final int SMALL_DISK_PARTS = 10;
    private static final int BALLAST_PARTS = 8;
    private static final int CHUNK_BYTES = 1 << 20;

    /** What can be known of a disk. */
    interface Disk {
        /** Bytes that this process may still write; 0 when it cannot be told. */
        long freeBytes();

        /** Its size in bytes. */
        long totalBytes();

        /** The disk that a folder is on. */
        static Disk of(Path folder) {
            return new Disk() {
                @Override
                public long freeBytes() {
                    try {
                        return Files.getFileStore(folder).getUsableSpace();
                    } catch (IOException _) {
                        return 0; // a disk that cannot be asked has no space to offer
                    }
                }

                @Override
                public long totalBytes() {
                    try {
                        return Files.getFileStore(folder).getTotalSpace();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };
        }
    }

    private final Path folder;
    private final Disk disk;
    private final long lowBytes;
    private final long ballastBytes;
    private int looks;
    private volatile boolean low;
    private volatile long freeBytes;

    DiskSpace(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
        this.lowBytes = Math.min(LOW_BYTES, disk.totalBytes() / SMALL_DISK_PARTS);
        this.ballastBytes = lowBytes / BALLAST_PARTS;
    }

    /** Space that is left, as the last look found it. */
    long freeBytes() {
        return freeBytes;
    }

    /** Says that there is little space, and what to do; empty while there is enough. */
    Optional<String> shortage() {
        return low
                ? Optional.of(
                        "the disk of the data folder %s has %d MiB left, and nothing new is started below %d MiB: free some space; what runs goes on"
                                .formatted(folder, freeBytes >> 20, lowBytes >> 20))
                : Optional.empty();
    }

    /** Asks the disk, and gives up or makes the ballast. */
    synchronized void look() {
        freeBytes = disk.freeBytes();
        looks++;
        if (freeBytes < ballastBytes && Files.exists(ballast())) {
            giveUpBallast();
        } else if (freeBytes >= lowBytes + ballastBytes && looks >= LOOKS_BEFORE_BALLAST) {
            completeBallast();
        }
        boolean now = freeBytes < lowBytes;
        if (now != low) {
            low = now;
            shortage()
                    .ifPresentOrElse(
                            LOG::warn, () -> LOG.info("the disk of {} has space again", folder));
        }
    }

    private void giveUpBallast() {
        try {
            Files.delete(ballast());
            freeBytes = disk.freeBytes();
            LOG.warn("the disk is full, the ballast file is given up: file={}", ballast());
        } catch (IOException e) {
            LOG.warn("the ballast file cannot be given up: file={}", ballast(), e);
        }
    }

    /** Written in full, since a file with holes takes no space. */
    private void completeBallast() {
        try {
            if (Files.exists(ballast()) && Files.size(ballast()) >= ballastBytes) {
                return;
            }
            try (var file =
                    FileChannel.open(
                            ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                var chunk = ByteBuffer.allocate(CHUNK_BYTES);
                while (file.size() < ballastBytes) {
                    chunk.rewind().limit((int) Math.min(CHUNK_BYTES, ballastBytes - file.size()));
                    file.write(chunk);
                }
                file.force(true);
            }
        } catch (IOException e) {
            LOG.warn("the ballast file cannot be made: file={}", ballast(), e);
        }
    }

    private Path ballast() {
        return folder.resolve(FILE_NAME);
    }
}
