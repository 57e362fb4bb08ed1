package dev.gradus.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is read from files, and read anew when they change. Files that cannot be used leave what was
 * read before in force, and a line in the log.
 *
 * <p>Who may touch what: {@link #get} is for any thread, {@link #look} for one.
 */
final class Watched<T> implements Supplier<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Watched.class);

    private final List<Path> files;
    private final Reader<T> reader;
    private List<Object> seen;
    private volatile T value;

    /** Reads the files; says in its exception what is wrong with them. */
    interface Reader<T> {
        T read() throws IOException;
    }

    /**
     * Reads them for the first time.
     *
     * @throws IOException if they cannot be used
     */
    Watched(List<Path> files, Reader<T> reader) throws IOException {
        this.files = List.copyOf(files);
        this.reader = reader;
        this.seen = signs();
        this.value = reader.read();
    }

    @Override
    public T get() {
        return value;
    }

    /** Reads them again if they look otherwise than at the last look. */
    void look() {
        var now = signs();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            value = reader.read();
            LOG.info("read again: files={}", files);
        } catch (IOException unusable) {
            LOG.error(
                    "files changed and cannot be used, what they said before stays in force: {}",
                    unusable.getMessage());
        }
    }

    private List<Object> signs() {
        var signs = new ArrayList<>();
        for (var file : files) {
            try {
                var now = Files.readAttributes(file, BasicFileAttributes.class);
                signs.add(
                        List.of(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey())));
            } catch (IOException gone) {
                signs.add("not there");
            }
        }
        return signs;
    }
}
