package dev.gradus.store.rocksdb;

import dev.gradus.runtime.spi.Substrate;
import dev.gradus.testkit.StoreUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;

/**
 * A store in a folder of its own. A crash is a copy of the files as they are at that moment, which
 * is what a killed process leaves, opened as a store of its own.
 */
final class RocksFolder implements StoreUnderTest.Durable {
    private final Path root;
    private final ArrayDeque<RocksSubstrate> opened = new ArrayDeque<>();
    private Path current;
    private int crashes;

    RocksFolder() {
        try {
            root = Files.createTempDirectory("gradus-store-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        current = root.resolve("data");
    }

    static RocksOptions options() {
        return RocksOptions.defaults(_ -> {})
                .withShardCount(3)
                .withMemory(RocksOptions.Memory.SMALL);
    }

    @Override
    public Substrate open(int shardCount) {
        var substrate = RocksSubstrate.open(current, options().withShardCount(shardCount));
        opened.add(substrate);
        return substrate;
    }

    @Override
    public Substrate crash() {
        var copy = root.resolve("after-crash-" + crashes++);
        copyOpen(copy);
        current = copy;
        return open(1);
    }

    /** Copies the files of the open store as a crash at one moment could leave them. */
    void copyOpen(Path to) {
        var db = opened.getLast().db();
        db.use(rocks -> {
            rocks.disableFileDeletions();
            return to;
        });
        try {
            copy(current, to);
        } finally {
            db.use(rocks -> {
                rocks.enableFileDeletions();
                return to;
            });
        }
    }

    Path path() {
        return current;
    }

    @Override
    public void settle() {}

    @Override
    public boolean threaded() {
        return true;
    }

    @Override
    public void close() {
        opened.forEach(RocksSubstrate::close);
        delete(root);
    }

    /** What the manifest names is there before and after it, and the logs have all that follows. */
    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.resolve("db"));
            Files.copy(from.resolve("FORMAT"), to.resolve("FORMAT"));
            var manifest = Files.readString(from.resolve("db/CURRENT")).strip();
            Files.copy(from.resolve("db/CURRENT"), to.resolve("db/CURRENT"));
            Files.copy(from.resolve("db").resolve(manifest), to.resolve("db").resolve(manifest));
            try (var files = Files.list(from.resolve("db"))) {
                for (var file : files.toList()) {
                    if (file.toString().matches(".*[.](sst|log)")) {
                        Files.copy(file, to.resolve("db").resolve(file.getFileName()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path root) {
        try (var files = Files.walk(root)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
