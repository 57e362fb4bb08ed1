package dev.gradus.server;

import dev.gradus.runtime.encryption.EncryptionKeys;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The file with the keys of encryption at rest, if there is to be encryption.
 *
 * @param path where it is; empty for none
 */
record EncryptionKeyFile(Optional<Path> path) {
    static final EncryptionKeyFile NONE = new EncryptionKeyFile(Optional.empty());

    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.complementOf(
                    EnumSet.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE));

    static EncryptionKeyFile at(String path) {
        return new EncryptionKeyFile(Optional.of(Path.of(path)));
    }

    /**
     * Reads the keys.
     *
     * @throws IOException if the file cannot be used, with what to do; the message shows no key
     */
    Optional<EncryptionKeys> read() throws IOException {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        var file = path.get();
        try {
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                refuseOthers(file);
            }
            return Optional.of(EncryptionKeys.parse(Files.readString(file)));
        } catch (NoSuchFileException missing) {
            throw new IOException("--encryption-key-file " + file + " does not exist", missing);
        } catch (CharacterCodingException binary) {
            throw new IOException("--encryption-key-file " + file + " is not text", binary);
        } catch (IllegalArgumentException wrong) {
            throw new IOException(
                    "--encryption-key-file " + file + ": " + wrong.getMessage(), wrong);
        }
    }

    private static void refuseOthers(Path file) throws IOException {
        var mode = Files.getPosixFilePermissions(file);
        if (mode.stream().anyMatch(OF_OTHERS::contains)) {
            throw new IOException(
                    "--encryption-key-file "
                            + file
                            + " is open to other users ("
                            + PosixFilePermissions.toString(mode)
                            + "): chmod 600 it");
        }
    }

    @Override
    public String toString() {
        return path.map(Path::toString).orElse("off");
    }
}
