package dev.gradus.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gradus.runtime.spi.SubstrateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A data folder that this process holds: {@code LOCK} keeps others out, {@code FORMAT} says what it
 * is, {@code db} is RocksDB's. Nothing in a folder is touched before it is known to be ours.
 */
final class StoreFolder implements AutoCloseable {
    private static final String LOCK_FILE_NAME = "LOCK";

    /** What a folder may hold and still count as empty: a crash can leave these behind. */
    private static final Set<String> BEFORE_FORMAT =
            Set.of(LOCK_FILE_NAME, StoreFormat.UNFINISHED_FILE_NAME);

    private final Path folder;
    private final StoreFormat format;
    private final FileChannel lockFile;
    private final DiskSpace space;

    private StoreFolder(Path folder, StoreFormat format, FileChannel lockFile, DiskSpace space) {
        this.folder = folder;
        this.format = format;
        this.lockFile = lockFile;
        this.space = space;
    }

    /** Locks and checks the folder, and makes it if there is none or it is empty. */
    static StoreFolder open(Path path, RocksOptions options) {
        var folder = path.toAbsolutePath().normalize();
        try {
            makeFolder(folder);
            refuseForeign(folder);
            var lockFile = lock(folder);
            try {
                var space = new DiskSpace(folder, DiskSpace.Disk.of(folder));
                space.look(); // It may have to make room for what follows.
                sign(lockFile);
                var format =
                        Files.exists(folder.resolve(StoreFormat.FILE_NAME))
                                ? StoreFormat.read(folder)
                                : make(folder, options);
                refuseOtherClock(folder, format, options);
                return new StoreFolder(folder, format, lockFile, space);
            } catch (IOException | RuntimeException e) {
                lockFile.close();
                throw e;
            }
        } catch (IOException e) {
            throw new SubstrateException(unusable(folder, e), e);
        } catch (UncheckedIOException e) {
            throw new SubstrateException(unusable(folder, e), e);
        }
    }

    DiskSpace space() {
        return space;
    }

    StoreFormat format() {
        return format;
    }

    Path path() {
        return folder;
    }

    /** Where RocksDB keeps its files. */
    Path db() {
        return folder.resolve("db");
    }

    /** Lets other processes in. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new SubstrateException("cannot give up the lock of " + folder, e);
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new SubstrateException(
                    folder + " is not a folder: choose another data folder with --data");
        }
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            if (posix) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    private static void refuseForeign(Path folder) throws IOException {
        if (Files.exists(folder.resolve(StoreFormat.FILE_NAME))) {
            return;
        }
        try (var entries = Files.list(folder)) {
            var foreign =
                    entries.map(entry -> entry.getFileName().toString())
                            .filter(name -> !BEFORE_FORMAT.contains(name))
                            .sorted()
                            .limit(3)
                            .collect(Collectors.joining(", "));
            if (!foreign.isEmpty()) {
                throw new SubstrateException(
                        "%s is not a data folder of Gradus: it holds %s but no file %s. Choose an empty folder with --data, or restore the folder from a backup"
                                .formatted(folder, foreign, StoreFormat.FILE_NAME));
            }
        }
    }

    private static StoreFormat make(Path folder, RocksOptions options) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        var format =
                StoreFormat.ofNewStore(UUID.randomUUID(), options.shardCount(), options.clock());
        format.write(folder);
        return format;
    }

    private static void refuseOtherClock(Path folder, StoreFormat format, RocksOptions options) {
        if (format.clock() != options.clock()) {
            throw new SubstrateException(
                    "the data folder %s was made with the %s clock and cannot go on with the %s clock: choose another folder with --data"
                            .formatted(folder, format.clock().label(), options.clock().label()));
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        var channel =
                FileChannel.open(
                        folder.resolve(LOCK_FILE_NAME),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            if (tryLock(channel).isEmpty()) {
                throw new SubstrateException(
                        "the data folder %s is in use by process %s: stop that process, or choose another folder with --data"
                                .formatted(folder, holder(channel)));
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Says in the file that we hold who we are, for those who find it taken. */
    private static void sign(FileChannel lockFile) throws IOException {
        lockFile.truncate(0);
        lockFile.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)), 0);
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException _) {
            return Optional.empty(); // this process itself has it open
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        var pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        var text = new String(pid.array(), 0, pid.position(), UTF_8).strip();
        return text.isEmpty() ? "(unknown)" : text;
    }

    /** What an operator can do about an error of the file system. */
    static String unusable(Path folder, Throwable error) {
        var message = String.valueOf(error.getMessage());
        var reason = error instanceof FileSystemException file ? file.getReason() : null;
        var said = (message + " " + reason).toLowerCase(Locale.ROOT);
        if (said.contains("no space left") || said.contains("nospace")) {
            return "the disk of the data folder %s is full: free some space and start again; nothing that was acknowledged is lost"
                    .formatted(folder);
        }
        if (said.contains("read-only file system")) {
            return "the data folder %s is on a read-only file system: mount it writable, or choose another folder with --data"
                    .formatted(folder);
        }
        if (error instanceof AccessDeniedException || said.contains("permission denied")) {
            return "the data folder %s may not be written by this user (%s): change its owner or mode, or choose another folder with --data"
                    .formatted(folder, System.getProperty("user.name"));
        }
        return "the data folder %s cannot be used: %s. Check the disk, or choose another folder with --data"
                .formatted(folder, message);
    }
}
