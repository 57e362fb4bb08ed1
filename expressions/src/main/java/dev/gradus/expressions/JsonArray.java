package dev.gradus.expressions;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON array. */
public final class JsonArray implements Json, Iterable<Json> {
    /** The array without elements. */
    public static final JsonArray EMPTY = new JsonArray(new Json[0]);

    private final Json[] elements;
    private final int depth;
    private final long textCharsMin;
    private @Nullable String text; // a memo of a pure value: a race only makes it twice

    /** Takes the array over: the caller must not keep it. */
    JsonArray(Json[] elements) {
        this.elements = elements;
        var deepest = 0;
        var chars = elements.length + 1L;
        for (var element : elements) {
            deepest = Math.max(deepest, element.depth());
            chars += element.textCharsMin();
        }
        this.depth = Nesting.within(deepest + 1);
        this.textCharsMin = Math.max(2, chars);
    }

    /** Makes an array of the elements, in order. */
    public static JsonArray of(Collection<? extends Json> elements) {
        return elements.isEmpty() ? EMPTY : new JsonArray(elements.toArray(new Json[0]));
    }

    /** Makes an array of the elements, in order. */
    public static JsonArray of(Json... elements) {
        return elements.length == 0 ? EMPTY : new JsonArray(elements.clone());
    }

    /** Returns the number of elements. */
    public int size() {
        return elements.length;
    }

    /** Tells whether there is no element. */
    public boolean isEmpty() {
        return elements.length == 0;
    }

    /** Returns the element at an index from 0; an index outside is the caller's fault. */
    public Json get(int index) {
        return elements[index];
    }

    /** Returns the elements as an unmodifiable list. */
    public List<Json> elements() {
        return Collections.unmodifiableList(Arrays.asList(elements));
    }

    /** Returns this array with another element at an existing index. */
    public JsonArray with(int index, Json element) {
        var copy = elements.clone();
        copy[index] = element;
        return new JsonArray(copy);
    }

    @Override
    public Iterator<Json> iterator() {
        return elements().iterator();
    }

    @Override
    public String text() {
        var known = text;
        if (known == null) {
            known = JsonWriter.write(this);
            text = known;
        }
        return known;
    }

    @Nullable String textIfKnown() {
        return text;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the short cut for shared parts
    public boolean sameValue(Json other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof JsonArray array) || array.elements.length != elements.length) {
            return false;
        }
        for (var i = 0; i < elements.length; i++) {
            if (!elements[i].sameValue(array.elements[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public long textCharsMin() {
        return textCharsMin;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof JsonArray array && Arrays.equals(elements, array.elements));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(elements);
    }

    @Override
    public String toString() {
        return text();
    }
}
