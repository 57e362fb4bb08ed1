package dev.gradus.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A data folder of the embedded store as one file, so that folders of released formats can be kept
 * beside the tests that open them.
 */
public final class StoreArchive {
    /** What is of the store; locks, logs for people and options are of the machine. */
    private static final String OF_THE_STORE =
            "FORMAT|db/(CURRENT|IDENTITY|MANIFEST-.*|.*[.]sst|.*[.]log)";

    /** One for all entries: the moment of packing tells nothing. */
    private static final LocalDateTime PACKED = LocalDateTime.of(2026, 1, 1, 0, 0);

    private StoreArchive() {}

    /** Packs a folder that no process has open. */
    public static void pack(Path data, Path archive) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive));
                var files = Files.walk(data)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var name = data.relativize(file).toString().replace('\\', '/');
                if (name.matches(OF_THE_STORE)) {
                    var entry = new ZipEntry(name);
                    entry.setTimeLocal(PACKED);
                    zip.putNextEntry(entry);
                    Files.copy(file, zip);
                    zip.closeEntry();
                }
            }
        }
    }

    /** Unpacks an archive into a folder that exists and is empty. */
    public static void unpack(InputStream archive, Path folder) throws IOException {
        var zip = new ZipInputStream(archive);
        for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.getName().matches(OF_THE_STORE)) {
                throw new IOException(entry.getName() + " is no file of a store");
            }
            var file = folder.resolve(entry.getName());
            Files.createDirectories(folder.resolve("db"));
            Files.copy(zip, file);
        }
    }
}
