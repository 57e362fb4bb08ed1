package dev.gradus.runtime.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The form of what a service answers with: what a mocked result is checked against.
 *
 * <p>Members and elements are suppliers, because a shape may hold itself.
 */
public sealed interface ResultShape {

    /** Any JSON. */
    record Anything() implements ResultShape {}

    /**
     * A string; times are strings too.
     *
     * @param values the only ones that there are, none for any string
     */
    record Text(Set<String> values) implements ResultShape {
        public Text {
            values = Set.copyOf(values);
        }
    }

    /**
     * Bytes, in a string.
     *
     * @param minBytes fewest bytes
     * @param maxBytes most bytes
     */
    record Blob(OptionalDouble minBytes, OptionalDouble maxBytes) implements ResultShape {}

    /** A number, the bounds included. */
    record Numeric(OptionalDouble min, OptionalDouble max) implements ResultShape {}

    /** True or false. */
    record Flag() implements ResultShape {}

    /** An array. */
    record ListOf(Supplier<ResultShape> element) implements ResultShape {}

    /** An object with any names. */
    record MapOf(Supplier<ResultShape> value) implements ResultShape {}

    /**
     * An object with known members; others may stand beside them.
     *
     * @param members by the names that a Task sees
     * @param required names of those that are always there
     */
    record Structure(Map<String, Supplier<ResultShape>> members, List<String> required)
            implements ResultShape {
        public Structure {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
            required = List.copyOf(required);
        }
    }
}
