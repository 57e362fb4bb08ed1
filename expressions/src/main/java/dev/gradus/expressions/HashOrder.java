package dev.gradus.expressions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The order in which the service writes the members that an evaluated template or a merge made: the
 * iteration order of a Java hash map that grew as they were put in. Recorded over more than 20 sets
 * of names without an exception; it means nothing, but outputs are compared as text.
 */
final class HashOrder {
    private HashOrder() {}

    /** Returns the items in that order of their distinct names; they come in writing order. */
    static <T> List<T> of(List<T> items, Function<T, String> name) {
        var capacity = 16;
        while (items.size() > capacity / 4 * 3) {
            capacity *= 2;
        }
        var mask = capacity - 1;
        var ordered = new ArrayList<>(items);
        // Stable: names of one bucket keep their writing order.
        ordered.sort(Comparator.comparingInt(item -> bucket(name.apply(item), mask)));
        return ordered;
    }

    private static int bucket(String name, int mask) {
        var hash = name.hashCode();
        return (hash ^ (hash >>> 16)) & mask;
    }
}
