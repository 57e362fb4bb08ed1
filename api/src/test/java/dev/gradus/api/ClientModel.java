package dev.gradus.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What AWS's client for JavaScript says of the API, from the file that {@code scripts/client-model}
 * writes: the only one of the oracles that is of today and says what is required.
 */
final class ClientModel {
    private static final Map<String, List<String>> SHAPES = new LinkedHashMap<>();
    private static final Map<String, Set<String>> ERRORS = new LinkedHashMap<>();
    private static final Map<String, Set<String>> ENUMS = new LinkedHashMap<>();

    static {
        for (var line : lines()) {
            var words = Arrays.asList(line.split(" "));
            var name = words.get(1);
            var rest = words.subList(2, words.size());
            switch (words.getFirst()) {
                case "#" -> {}
                case "shape" -> SHAPES.put(name, rest);
                case "error" -> ERRORS.put(name, new TreeSet<>(rest));
                case "enum" -> ENUMS.put(name, new TreeSet<>(rest));
                default -> throw new AssertionError("a line of another kind: " + line);
            }
        }
    }

    private ClientModel() {}

    private static List<String> lines() {
        try (var file = ClientModel.class.getResourceAsStream("client-sfn.txt")) {
            if (file == null) {
                throw new AssertionError("scripts/client-model writes client-sfn.txt");
            }
            return new String(file.readAllBytes(), UTF_8).lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Set<String> shapes() {
        return SHAPES.keySet();
    }

    /** Returns the members of a shape in the order of the file. */
    static List<String> members(String shape) {
        return declared(shape).stream().map(member -> member.replace("*", "")).toList();
    }

    static Set<String> required(String shape) {
        var required = new TreeSet<String>();
        for (var member : declared(shape)) {
            if (member.endsWith("*")) {
                required.add(member.replace("*", ""));
            }
        }
        return required;
    }

    private static List<String> declared(String shape) {
        var members = SHAPES.get(shape);
        if (members == null) {
            throw new AssertionError("the client for JavaScript has no shape " + shape);
        }
        return members;
    }

    /** The errors by name, each with its members beside the message. */
    static Map<String, Set<String>> errors() {
        return ERRORS;
    }

    /** The enums by name, each with its values. */
    static Map<String, Set<String>> enums() {
        return ENUMS;
    }
}
