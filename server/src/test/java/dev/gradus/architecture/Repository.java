package dev.gradus.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of this repository, as the house rules and the checks of documents read them. */
public final class Repository {
    private Repository() {}

    /** The folder that holds the root pom.xml and mvnw, found upwards from where the test runs. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "no folder above " + Path.of("").toAbsolutePath() + " holds mvnw");
            }
            folder = parent;
        }
        return folder;
    }

    /** The Java sources below {@code <module>/<tree>} of every module, as text by path. */
    public static Map<String, String> sources(String tree) throws IOException {
        Path root = root();
        var sources = new TreeMap<String, String>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.filter(m -> Files.exists(m.resolve("pom.xml"))).toList()) {
                read(root, module.resolve(tree), sources);
            }
        }
        return sources;
    }

    /** The lines of the ratchet that are not comments. */
    static List<String> ratchet() throws IOException {
        try (InputStream in = Repository.class.getResourceAsStream("/architecture/ratchet.txt")) {
            if (in == null) {
                throw new IllegalStateException(
                        "architecture/ratchet.txt is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    private static void read(Path root, Path tree, Map<String, String> sources) throws IOException {
        if (!Files.isDirectory(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> sources.put(name(root, file), text(file)));
        }
    }

    private static String name(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
