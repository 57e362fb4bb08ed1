package dev.gradus.expressions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step of a path that names a single node: a member or an element. */
sealed interface PathStep {
    /** The characters that mean more than themselves somewhere in a path. */
    String SPECIAL = "*?()[]{},:;'\"@\\<>!&|~^`";

    /** The step {@code .name} or {@code ['name']}. */
    record Field(String name) implements PathStep {}

    /** The step {@code [n]}; a negative one counts from the end. */
    record Index(int index) implements PathStep {}

    /** Takes the step, or returns null if there is no such node. */
    default @Nullable Json from(Json value) {
        return switch (this) {
            case Field field -> value instanceof JsonObject object ? object.find(field.name) : null;
            case Index index ->
                    value instanceof JsonArray array ? element(array, index.index) : null;
        };
    }

    private static @Nullable Json element(JsonArray array, int index) {
        var effective = index < 0 ? array.size() + index : index;
        return effective >= 0 && effective < array.size() ? array.get(effective) : null;
    }

    /** Returns the step as json-path writes it in its texts. */
    default String fragment() {
        return switch (this) {
            case Field field -> "['" + field.name + "']";
            case Index index -> "[" + index.index + "]";
        };
    }

    /**
     * Reads the steps of a path after its root.
     *
     * @return empty if the text has anything but plain steps; it may still be a path
     */
    static Optional<List<PathStep>> parse(String path, int from) {
        var steps = new ArrayList<PathStep>();
        var at = from;
        while (at < path.length()) {
            var end = path.charAt(at) == '.' ? nameEnd(path, at + 1) : bracketEnd(path, at);
            if (end < 0) {
                return Optional.empty();
            }
            var step = path.charAt(at) == '.' ? field(path, at + 1, end) : bracket(path, at, end);
            if (step.isEmpty() || steps.size() == ExpressionLimits.PATH_MARKS_MAX) {
                return Optional.empty();
            }
            steps.add(step.get());
            at = end;
        }
        return Optional.of(List.copyOf(steps));
    }

    private static Optional<PathStep> field(String path, int from, int to) {
        return from == to ? Optional.empty() : Optional.of(new Field(path.substring(from, to)));
    }

    private static int nameEnd(String path, int from) {
        for (var at = from; at < path.length(); at++) {
            var c = path.charAt(at);
            if (c == '.' || c == '[') {
                return at;
            }
            if (c <= ' ' || SPECIAL.indexOf(c) >= 0) {
                return -1;
            }
        }
        return path.length();
    }

    private static int bracketEnd(String path, int open) {
        if (path.charAt(open) != '[' || open + 1 == path.length()) {
            return -1;
        }
        var quote = path.charAt(open + 1);
        var close =
                quote == '\'' || quote == '"'
                        ? path.indexOf(quote, open + 2) + 1
                        : path.indexOf(']', open);
        return close > open && close < path.length() && path.charAt(close) == ']' ? close + 1 : -1;
    }

    private static Optional<PathStep> bracket(String path, int open, int end) {
        var inside = path.substring(open + 1, end - 1);
        if (inside.startsWith("'") || inside.startsWith("\"")) {
            var name = inside.substring(1, inside.length() - 1);
            return name.isEmpty() || name.indexOf('\\') >= 0
                    ? Optional.empty()
                    : Optional.of(new Field(name));
        }
        var digits = inside.startsWith("-") ? inside.substring(1) : inside;
        return digits.isEmpty()
                        || digits.length() > 9
                        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Optional.empty()
                : Optional.of(new Index(Integer.parseInt(inside)));
    }
}
