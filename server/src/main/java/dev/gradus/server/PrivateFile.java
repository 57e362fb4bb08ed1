package dev.gradus.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Reads files that hold secrets, and only those that nobody but their owner may read. */
final class PrivateFile {
    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    private PrivateFile() {}

    /**
     * Reads a file.
     *
     * @throws IOException if it is not there, or others may read or write it; the message says what
     *     to do
     */
    static String read(Path file, String flag) throws IOException {
        try {
            var permissions = Files.getPosixFilePermissions(file);
            if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
                throw new IOException(
                        "%s %s holds secrets and others may read or write it: chmod 600 %s"
                                .formatted(flag, file, file));
            }
        } catch (UnsupportedOperationException notPosix) {
            // Such a file system has no modes; who runs there guards the folder.
        } catch (NoSuchFileException absent) {
            throw new IOException(flag + " " + file + " is not there", absent);
        }
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IOException(
                    flag + " " + file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
