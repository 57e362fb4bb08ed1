package dev.gradus.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which tests say that they prove what of the API: the {@code @Proves} of all modules' test
 * sources, read as text, so that a test of this module may tell of those of later ones.
 */
final class Proofs {
    private static final Pattern PROOF =
            Pattern.compile(
                    "@Proves\\(\\{?([^)}]*)\\}?\\)\\s+(?:@\\w+\\s+)*(?:static )?void (\\w+)\\(");
    private static final Pattern NAME = Pattern.compile("\"(\\w+)\"");

    /**
     * One test.
     *
     * @param file within the repository
     */
    record Proof(String file, String method) {
        String type() {
            return file.substring(file.lastIndexOf('/') + 1).replace(".java", "");
        }

        /** Its name as the sentence that it is. */
        String sentence() {
            var words =
                    method.replaceAll(
                            "(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[0-9])",
                            " ");
            return words.toLowerCase(Locale.ROOT);
        }
    }

    private final Map<String, List<Proof>> byName = new TreeMap<>();

    private Proofs() {}

    static Proofs read(Path repository) throws IOException {
        var proofs = new Proofs();
        try (var modules = Files.list(repository)) {
            for (var module : modules.sorted().toList()) {
                var tests = module.resolve("src/test/java");
                if (Files.isDirectory(tests)) {
                    try (var files = Files.walk(tests)) {
                        files.filter(file -> file.toString().endsWith("Test.java"))
                                .sorted()
                                .forEach(file -> proofs.add(repository, file));
                    }
                }
            }
        }
        return proofs;
    }

    private void add(Path repository, Path file) {
        var place = repository.relativize(file).toString().replace('\\', '/');
        for (var found = PROOF.matcher(text(file)); found.find(); ) {
            var proof = new Proof(place, found.group(2));
            NAME.matcher(found.group(1))
                    .results()
                    .map(name -> name.group(1))
                    .forEach(name ->
                            byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(proof));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns the tests that prove an operation or an error, by class and name. */
    List<Proof> of(String name) {
        return byName.getOrDefault(name, List.of()).stream()
                .sorted(Comparator.comparing(Proof::type).thenComparing(Proof::method))
                .toList();
    }

    /** Returns all that any test proves. */
    Map<String, List<Proof>> all() {
        return byName;
    }
}
