package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.ExpressionLimits;
import dev.gradus.expressions.JsonArray;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An array, and what JSONata needs to know of where it comes from. A <em>sequence</em> was made by
 * selecting: it vanishes when empty and is its element when it has one, unless it was told to stay.
 * A <em>constructed</em> array was written with brackets in a path and is not flattened there. A
 * <em>tuple stream</em> holds the bindings of each item instead of the items.
 *
 * <p>Filled by the one evaluation that made it, and not changed once it is a value of its own.
 */
final class ArrayValue implements Value {
    private static final int FREE_ELEMENTS = 4; // what every step of a path makes, and drops
    private static final Value[] NONE = new Value[0];

    /** Where items are kept: by several arrays, if one began as what another one is. */
    private static final class Storage {
        private Value[] items;
        private int used;

        Storage(Value[] items) {
            this.items = items;
            this.used = items.length;
        }
    }

    private final @Nullable JsonArray source;
    private Storage storage;
    private int size;
    private int depth;
    private final boolean sequence;
    private boolean keepSingleton;
    private boolean constructed;
    private boolean outerWrapper;
    private boolean tupleStream;

    private ArrayValue(@Nullable JsonArray source, Value[] items, boolean sequence) {
        this.source = source;
        this.storage = new Storage(items);
        this.sequence = sequence;
        this.depth = source == null ? 1 : source.depth();
        this.size = source == null ? 0 : source.size();
    }

    static ArrayValue viewOf(JsonArray source) {
        return new ArrayValue(source, NONE, false);
    }

    /** Starts an array that stays one whatever its size. */
    static ArrayValue plain() {
        return new ArrayValue(null, NONE, false);
    }

    /** Starts a sequence. */
    static ArrayValue sequence() {
        return new ArrayValue(null, NONE, true);
    }

    /** Makes a sequence of one item, which may be undefined. */
    static ArrayValue sequenceOf(Value item) {
        var made = new ArrayValue(null, new Value[] {item}, true);
        made.size = 1;
        made.depth = 1 + depthOf(item);
        return made;
    }

    private static int depthOf(Value item) {
        return Value.depthOf(item);
    }

    /**
     * Starts a plain array with the items of this one. They are not copied as long as only one such
     * array goes on with them, so that a loop may append to what it has so far.
     */
    ArrayValue extended(Evaluation evaluation) {
        var extended = plain();
        if (source == null) {
            extended.storage = storage;
            extended.size = size;
            extended.depth = depth;
        } else {
            extended.addAll(this, evaluation);
        }
        return extended;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    Value get(int at) {
        return source == null ? storage.items[at] : Value.of(source.get(at));
    }

    /** Adds an item; elements beyond the first few count as bytes made. */
    void add(Value item, Evaluation evaluation) {
        if (size >= FREE_ELEMENTS) {
            evaluation.made(Evaluation.ELEMENT_BYTES);
        }
        if (size != storage.used) { // another array went on with the same items
            evaluation.made(size * Evaluation.ELEMENT_BYTES);
            evaluation.steps(size / 8);
            storage = new Storage(Arrays.copyOf(storage.items, size));
        }
        if (size == storage.items.length) {
            storage.items = Arrays.copyOf(storage.items, Math.max(FREE_ELEMENTS, size * 2));
        }
        storage.items[size] = item;
        size++;
        storage.used = size;
        deepen(Value.depthOf(item) + 1);
    }

    /** Adds all items of another array, or the one value if it is none. */
    void addAll(Value more, Evaluation evaluation) {
        if (more instanceof ArrayValue array) {
            evaluation.steps(array.size / 8);
            for (var i = 0; i < array.size; i++) {
                add(array.get(i), evaluation);
            }
        } else {
            add(more, evaluation);
        }
    }

    private void deepen(int levels) {
        if (levels > depth) {
            if (levels > ExpressionLimits.NESTING_LEVELS_MAX) {
                throw EvaluationFailure.depth();
            }
            depth = levels;
        }
    }

    /** Replaces an item of an array that nobody else has seen yet. */
    void set(int at, Value item) {
        storage.items[at] = item;
        deepen(Value.depthOf(item) + 1);
    }

    int depth() {
        return depth;
    }

    /** Returns the document's array, if this is a view of it. */
    @Nullable JsonArray source() {
        return source;
    }

    boolean isSequence() {
        return sequence;
    }

    boolean keepsSingleton() {
        return keepSingleton;
    }

    void keepSingleton() {
        keepSingleton = true;
    }

    boolean isConstructed() {
        return constructed;
    }

    void markConstructed() {
        constructed = true;
    }

    boolean isOuterWrapper() {
        return outerWrapper;
    }

    ArrayValue asOuterWrapper() {
        outerWrapper = true;
        return this;
    }

    boolean isTupleStream() {
        return tupleStream;
    }

    ArrayValue asTupleStream() {
        tupleStream = true;
        return this;
    }
}
