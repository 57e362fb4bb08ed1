package dev.gradus.server;

import dev.gradus.runtime.spi.DeliveryException;
import dev.gradus.runtime.spi.LogGroup;
import dev.gradus.runtime.spi.LogRecord;
import dev.gradus.runtime.spi.LogSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps log records in files, one JSON document a line: {@code
 * ACCOUNT-REGION/GROUP/MACHINE/2026-11-22.log}, then {@code 2026-11-22.1.log} and so on when one is
 * full; of each machine the newest few. Every log group exists. What was written survives the
 * process, not a power cut. Thread-safe.
 */
final class FileLogs implements LogSink {
    /** A file that would pass this many bytes is followed by the next. */
    static final long FILE_BYTES_MAX = 32L << 20;

    /** Files that are kept of one machine in one log group. */
    static final int FILES_MAX = 16;

    private static final int NAME_CHARS_MAX = 120;
    private static final Pattern NAME = Pattern.compile("[0-9-]{10}(\\.[0-9]{1,9})?\\.log");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    private final Path root;
    private final long fileBytesMax;

    /** Logs to a folder, which is made with the first record. */
    FileLogs(Path root) {
        this(root, FILE_BYTES_MAX);
    }

    FileLogs(Path root, long fileBytesMax) {
        this.root = root;
        this.fileBytesMax = fileBytesMax;
    }

    private record Day(LogGroup group, String machine, String day) {}

    @Override
    public boolean exists(LogGroup group) {
        return true;
    }

    @Override
    public synchronized int write(List<LogRecord> records) {
        var days = new LinkedHashMap<Day, ByteArrayOutputStream>();
        for (var record : records) {
            var day = DAY.format(Instant.ofEpochMilli(record.atMillis()));
            var lines =
                    days.computeIfAbsent(
                            new Day(record.group(), record.machine(), day),
                            _ -> new ByteArrayOutputStream());
            lines.writeBytes(record.json().getBytes(StandardCharsets.UTF_8));
            lines.write('\n');
        }
        for (var day : days.entrySet()) {
            try {
                append(day.getKey(), day.getValue().toByteArray());
            } catch (IOException failed) {
                throw new DeliveryException("logs cannot be written under " + root, failed);
            }
        }
        return 0;
    }

    private void append(Day day, byte[] lines) throws IOException {
        var group = day.group();
        var folder =
                root.resolve(group.account() + "-" + safe(group.region()))
                        .resolve(safe(group.name()))
                        .resolve(safe(day.machine()));
        Files.createDirectories(folder, ownersOnly(folder, "rwx------"));
        int number =
                files(folder).stream()
                        .filter(file -> dayOf(file).equals(day.day()))
                        .mapToInt(FileLogs::numberOf)
                        .max()
                        .orElse(0);
        var file = file(folder, day, number);
        if (Files.exists(file) && Files.size(file) + lines.length > fileBytesMax) {
            file = file(folder, day, number + 1);
        }
        boolean isNew = !Files.exists(file);
        var options = Set.<OpenOption>of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        boolean isTorn = !isNew && endsInsideALine(file);
        try (var channel = Files.newByteChannel(file, options, ownersOnly(file, "rw-------"))) {
            if (isTorn) {
                write(channel, new byte[] {'\n'});
            }
            write(channel, lines);
        }
        if (isNew) {
            removeOldest(folder);
        }
    }

    private static Path file(Path folder, Day day, int number) {
        return folder.resolve(day.day() + (number == 0 ? "" : "." + number) + ".log");
    }

    /** As a kill in the middle of a write leaves it. */
    private static boolean endsInsideALine(Path file) throws IOException {
        try (var channel = Files.newByteChannel(file, StandardOpenOption.READ)) {
            if (channel.size() == 0) {
                return false;
            }
            var last = ByteBuffer.allocate(1);
            channel.position(channel.size() - 1).read(last);
            return last.get(0) != '\n';
        }
    }

    private static void write(SeekableByteChannel channel, byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** The files of a machine, oldest first; what somebody else put there is not ours. */
    private static List<Path> files(Path folder) throws IOException {
        try (var listed = Files.list(folder)) {
            return listed.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(
                            Comparator.comparing(FileLogs::dayOf)
                                    .thenComparingInt(FileLogs::numberOf))
                    .toList();
        }
    }

    private static void removeOldest(Path folder) throws IOException {
        var files = files(folder);
        for (var file : files.subList(0, Math.max(0, files.size() - FILES_MAX))) {
            Files.deleteIfExists(file);
        }
    }

    private static String dayOf(Path file) {
        var name = file.getFileName().toString();
        return name.substring(0, name.indexOf('.'));
    }

    private static int numberOf(Path file) {
        var parts = file.getFileName().toString().split("\\.", -1);
        return parts.length == 3 ? Integer.parseInt(parts[1]) : 0;
    }

    /** A name as part of a path: a slash becomes {@code +}, what may not be there {@code %XX}. */
    static String safe(String name) {
        var safe = new StringBuilder();
        for (var octet : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '_'
                            || c == '-'
                            || (c == '.' && !safe.isEmpty());
            if (plain) {
                safe.append(c);
            } else if (c == '/') {
                safe.append('+');
            } else {
                safe.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return safe.length() <= NAME_CHARS_MAX
                ? safe.toString()
                : safe.substring(0, NAME_CHARS_MAX) + "~" + digest(name);
    }

    private static String digest(String name) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var bytes = digest.digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(bytes, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static FileAttribute<?>[] ownersOnly(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
