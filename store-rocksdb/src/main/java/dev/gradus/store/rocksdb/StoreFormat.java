package dev.gradus.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gradus.runtime.spi.SubstrateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * What the file {@code FORMAT} of a data folder says: which releases can read the folder, and what
 * was fixed when it was made. It is text, one {@code name: value} a line, and ends with a checksum:
 *
 * <pre>
 * gradus-format: 1
 * readable-since: 0.1.0
 * features:
 * store-id: 6e3d...
 * shards: 8
 * clock: real
 * crc32c: 1f2e3d4c
 * </pre>
 *
 * @param version the layout of the folder; this build reads {@link #VERSION} and none above
 * @param features additions to the layout that a reader must know
 * @param storeId tells this store's messages and tokens from another's
 * @param shardCount the number of shards, 1 to 256
 * @param clock which clock its times are of
 */
record StoreFormat(
        int version, Set<String> features, UUID storeId, int shardCount, StoreClock clock) {

    /** The layout that this build writes. */
    static final int VERSION = 1;

    /** The first release that reads {@link #VERSION}; an older one shows it to its user. */
    static final String READABLE_SINCE = "0.1.0";

    static final String FILE_NAME = "FORMAT";

    /** A name left behind when a crash met the making of the file. */
    static final String UNFINISHED_FILE_NAME = "FORMAT.new";

    private static final Set<String> KNOWN_FEATURES = Set.of();

    StoreFormat {
        features = Set.copyOf(features);
    }

    /** The format of a store that is being made now. */
    static StoreFormat ofNewStore(UUID storeId, int shardCount, StoreClock clock) {
        return new StoreFormat(VERSION, Set.of(), storeId, shardCount, clock);
    }

    /**
     * Reads and checks the file of a folder.
     *
     * @throws SubstrateException if it is damaged, or of a format or feature that is not known
     */
    static StoreFormat read(Path folder) throws IOException {
        var file = folder.resolve(FILE_NAME);
        var fields = fields(file, new String(Files.readAllBytes(file), UTF_8));
        try {
            int version = Integer.parseInt(field(fields, "gradus-format"));
            if (version > VERSION) {
                throw new SubstrateException(
                        "the data folder %s has format %d, this build reads up to %d: start Gradus %s or newer on it"
                                .formatted(
                                        folder, version, VERSION, field(fields, "readable-since")));
            }
            var features = new TreeSet<String>();
            for (var feature : field(fields, "features").split(" ", -1)) {
                if (!feature.isEmpty()) {
                    features.add(feature);
                }
            }
            if (!KNOWN_FEATURES.containsAll(features)) {
                throw new SubstrateException(
                        "the data folder %s uses %s, which this build does not know: start Gradus %s or newer on it"
                                .formatted(folder, features, field(fields, "readable-since")));
            }
            return new StoreFormat(
                    version,
                    features,
                    UUID.fromString(field(fields, "store-id")),
                    Integer.parseInt(field(fields, "shards")),
                    StoreClock.ofName(field(fields, "clock")));
        } catch (IllegalArgumentException e) {
            throw damaged(file, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /** Writes the file so that after a crash it is there whole, or not at all. */
    void write(Path folder) throws IOException {
        var text =
                """
                gradus-format: %d
                readable-since: %s
                features: %s
                store-id: %s
                shards: %d
                clock: %s
                """
                        .formatted(
                                version,
                                READABLE_SINCE,
                                String.join(" ", new TreeSet<>(features)),
                                storeId,
                                shardCount,
                                clock.label());
        var unfinished = folder.resolve(UNFINISHED_FILE_NAME);
        var content = ByteBuffer.wrap((text + checksumLine(text)).getBytes(UTF_8));
        try (var channel =
                FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(unfinished, folder.resolve(FILE_NAME), StandardCopyOption.ATOMIC_MOVE);
        syncFolder(folder);
    }

    /** Makes a folder's entries durable; Windows has no such call and needs none. */
    static void syncFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static Map<String, String> fields(Path file, String text) {
        int end = text.lastIndexOf("crc32c: ");
        if (end < 0 || !text.substring(end).equals(checksumLine(text.substring(0, end)))) {
            throw damaged(file, "its checksum does not match its content");
        }
        var fields = new HashMap<String, String>();
        text.substring(0, end)
                .lines()
                .forEach(line -> {
                    int colon = line.indexOf(':');
                    if (colon > 0) {
                        fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
                    }
                });
        return fields;
    }

    private static String field(Map<String, String> fields, String name) {
        var value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("it has no line \"" + name + ":\"");
        }
        return value;
    }

    private static String checksumLine(String text) {
        var checksum = new CRC32C();
        checksum.update(text.getBytes(UTF_8));
        return "crc32c: %08x\n".formatted(checksum.getValue());
    }

    private static SubstrateException damaged(Path file, String why) {
        return new SubstrateException(
                "the file %s is damaged: %s. Restore the data folder from a backup"
                        .formatted(file, why));
    }
}
