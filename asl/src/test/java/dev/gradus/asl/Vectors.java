package dev.gradus.asl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the validator's vectors; their form is described beside them. */
final class Vectors {
    private static final String RESULT = "=> ";

    private Vectors() {}

    /**
     * One definition with what must be said of it.
     *
     * @param expected each finding as it is rendered in an error message
     */
    record Vector(String name, String definition, MachineType type, List<String> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Vector> read(String file) {
        var vectors = new ArrayList<Vector>();
        for (var block : text(file).split("\n\n+", -1)) {
            if (!block.isBlank()) {
                vectors.add(vector(file, block.strip()));
            }
        }
        return vectors;
    }

    /** Returns a machine of the one state {@code S}. */
    static String machineOf(String state) {
        return "{\"StartAt\": \"S\", \"States\": {\"S\": " + state + "}}";
    }

    private static Vector vector(String file, String block) {
        var name = "";
        var definition = new ArrayList<String>();
        var expected = new ArrayList<String>();
        for (var line : block.lines().toList()) {
            if (line.startsWith("# ")) {
                name = file + ": " + line.substring(2);
            } else if (line.startsWith(RESULT)) {
                expected.add(
                        line.substring(RESULT.length())
                                .replace("\\n", "\n")
                                .replace("<operators>", String.join(", ", ChoiceOperator.names())));
            } else {
                definition.add(line);
            }
        }
        var text = String.join("\n", definition);
        var type = text.startsWith("express ") ? MachineType.EXPRESS : MachineType.STANDARD;
        text = text.replaceFirst("^express ", "");
        if (text.startsWith("machine ")) {
            return new Vector(name, text.substring("machine ".length()), type, expected);
        }
        if (text.startsWith("state ")) {
            return new Vector(name, machineOf(text.substring("state ".length())), type, expected);
        }
        throw new IllegalArgumentException("neither machine nor state: " + block);
    }

    private static String text(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no vectors " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
