package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.ExpressionLimits;
import dev.gradus.expressions.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object: a view of a document's, or one that this evaluation made. Only the transform operator
 * changes an object that is a value already, and only its own copy.
 */
final class ObjectValue implements Value {
    private static final int INDEXED_FROM = 9; // below, comparing names one by one is faster

    private final @Nullable JsonObject source;
    private String[] names;
    private Value[] values;
    private int size;
    private int depth;
    private @Nullable Map<String, Integer> positions;

    private ObjectValue(@Nullable JsonObject source, int capacity) {
        this.source = source;
        this.names = new String[capacity];
        this.values = new Value[capacity];
        this.depth = source == null ? 1 : source.depth();
        this.size = source == null ? 0 : source.size();
    }

    static ObjectValue viewOf(JsonObject source) {
        return new ObjectValue(source, 0);
    }

    /** Starts an object without members. */
    static ObjectValue empty() {
        return new ObjectValue(null, 4);
    }

    int size() {
        return size;
    }

    String name(int at) {
        return source == null ? names[at] : source.name(at);
    }

    Value value(int at) {
        return source == null ? values[at] : Value.of(source.value(at));
    }

    /** Returns a member's value, or undefined. */
    Value find(String name) {
        if (source != null) {
            var found = source.get(name);
            return found.isPresent() ? Value.of(found.get()) : Value.UNDEFINED;
        }
        var at = position(name);
        return at < 0 ? Value.UNDEFINED : values[at];
    }

    boolean has(String name) {
        return source == null ? position(name) >= 0 : source.has(name);
    }

    /** Sets a member of an object that this evaluation made. */
    void set(String name, Value value, Evaluation evaluation) {
        deepen(Value.depthOf(value) + 1);
        var at = position(name);
        if (at >= 0) {
            values[at] = value;
            return;
        }
        evaluation.made(Evaluation.MEMBER_BYTES);
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        names[size] = name;
        values[size] = value;
        size++;
        if (positions != null) {
            positions.put(name, size - 1);
        } else if (size == INDEXED_FROM) {
            index();
        }
    }

    /** Removes a member of an object that this evaluation made. */
    void remove(String name) {
        var at = position(name);
        if (at < 0) {
            return;
        }
        System.arraycopy(names, at + 1, names, at, size - at - 1);
        System.arraycopy(values, at + 1, values, at, size - at - 1);
        size--;
        if (positions != null) {
            index();
        }
    }

    /** Replaces the value at a position of an object that this evaluation made. */
    void replace(int at, Value value) {
        values[at] = value;
        deepen(Value.depthOf(value) + 1);
    }

    private void deepen(int levels) {
        if (levels > depth) {
            if (levels > ExpressionLimits.NESTING_LEVELS_MAX) {
                throw EvaluationFailure.depth();
            }
            depth = levels;
        }
    }

    private int position(String name) {
        if (positions != null) {
            return positions.getOrDefault(name, -1);
        }
        for (var i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private void index() {
        var fresh = HashMap.<String, Integer>newHashMap(size * 2);
        for (var i = 0; i < size; i++) {
            fresh.put(names[i], i);
        }
        positions = fresh;
    }

    int depth() {
        return depth;
    }

    /** Returns the document's object, if this is a view of it. */
    @Nullable JsonObject source() {
        return source;
    }

    /** Returns a copy that shares the values; one member is a new one. */
    ObjectValue copy(Evaluation evaluation) {
        var copy = empty();
        for (var i = 0; i < size; i++) {
            copy.set(name(i), value(i), evaluation);
        }
        return copy;
    }
}
