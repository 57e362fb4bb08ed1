package dev.gradus.expressions;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * The order in which the service writes the members that an evaluated template or a merge made: the
 * iteration order of a Java hash map that grew as they were put in. Recorded over more than 20 sets
 * of names without an exception; it means nothing, but outputs are compared as text.
 */
final class HashOrder {
    private HashOrder() {}

    /** Returns the items in that order of their distinct names; they come in writing order. */
    static <T> List<T> of(List<T> items, Function<T, String> name) {
        return ofHashes(items, item -> name.apply(item).hashCode());
    }

    /** Returns distinct items in the order of their Java hash codes; they come in writing order. */
    static <T> List<T> ofHashes(List<T> items, ToIntFunction<T> hash) {
        var capacity = 16;
        while (items.size() > capacity / 4 * 3) {
            capacity *= 2;
        }
        var mask = capacity - 1;
        var ordered = new ArrayList<>(items);
        // Stable: items of one bucket keep their writing order.
        ordered.sort(Comparator.comparingInt(item -> bucket(hash.applyAsInt(item), mask)));
        return ordered;
    }

    /** Returns the hash code that a value has as a Java list, map, string or number. */
    static int hash(Json value) {
        return switch (value) {
            case JsonNull _ -> 0;
            case JsonBoolean(var bool) -> Boolean.hashCode(bool);
            case JsonNumber number -> hash(number);
            case JsonString(var text) -> text.hashCode();
            case JsonArray array -> {
                var hash = 1;
                for (var element : array) {
                    hash = 31 * hash + hash(element);
                }
                yield hash;
            }
            case JsonObject object -> {
                var hash = 0;
                for (var member : object) {
                    hash += member.name().hashCode() ^ hash(member.value());
                }
                yield hash;
            }
        };
    }

    private static int hash(JsonNumber number) {
        if (!number.isPlainInteger()) {
            return Double.hashCode(number.doubleValue());
        }
        var whole = number.longValue();
        if (whole.isEmpty()) {
            return new BigInteger(number.text()).hashCode();
        }
        var value = whole.getAsLong();
        return value == (int) value ? (int) value : Long.hashCode(value);
    }

    private static int bucket(int hash, int mask) {
        return (hash ^ (hash >>> 16)) & mask;
    }
}
