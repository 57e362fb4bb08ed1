package dev.gradus.expressions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON object: names, each once, with their values, in a fixed order. */
public final class JsonObject implements Json, Iterable<JsonObject.Member> {
    /** The object without members. */
    public static final JsonObject EMPTY = new JsonObject(new String[0], new Json[0]);

    private static final int INDEXED_FROM = 9; // below, comparing names one by one is faster

    /** One name with its value. */
    public record Member(String name, Json value) {}

    private final String[] names;
    private final Json[] values;
    private final int depth;
    private final long textCharsMin;
    private @Nullable String text; // memos of a pure value: a race only makes them twice
    private @Nullable Map<String, Integer> index;

    /** Takes both arrays over: the names are distinct, and the caller must not change them. */
    JsonObject(String[] names, Json[] values) {
        this.names = names;
        this.values = values;
        var deepest = 0;
        var chars = 4L * names.length + 1;
        for (var i = 0; i < values.length; i++) {
            deepest = Math.max(deepest, values[i].depth());
            chars += names[i].length() + values[i].textCharsMin();
        }
        this.depth = Nesting.within(deepest + 1);
        this.textCharsMin = Math.max(2, chars);
    }

    /** Returns the object without members. */
    public static JsonObject of() {
        return EMPTY;
    }

    /** Makes an object of one member. */
    public static JsonObject of(String name, Json value) {
        return new JsonObject(new String[] {name}, new Json[] {value});
    }

    /** Makes an object of two members; the second wins if both have the same name. */
    public static JsonObject of(String name1, Json value1, String name2, Json value2) {
        return builder().put(name1, value1).put(name2, value2).build();
    }

    /** Makes an object of a map's entries, in its iteration order. */
    public static JsonObject of(Map<String, ? extends Json> members) {
        return members.isEmpty()
                ? EMPTY
                : new JsonObject(
                        members.keySet().toArray(new String[0]),
                        members.values().toArray(new Json[0]));
    }

    /** Starts an object. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the value of a member. */
    public Optional<Json> get(String name) {
        return Optional.ofNullable(find(name));
    }

    /** Tells whether there is a member of this name. */
    public boolean has(String name) {
        return indexOf(name) >= 0;
    }

    /** Returns the number of members. */
    public int size() {
        return names.length;
    }

    /** Tells whether there is no member. */
    public boolean isEmpty() {
        return names.length == 0;
    }

    /** Returns the name of the member at a position from 0. */
    public String name(int position) {
        return names[position];
    }

    /** Returns the value of the member at a position from 0. */
    public Json value(int position) {
        return values[position];
    }

    /** Returns the names in order, as an unmodifiable list. */
    public List<String> names() {
        return Collections.unmodifiableList(Arrays.asList(names));
    }

    /** Returns the values in order, as an unmodifiable list. */
    public List<Json> values() {
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    /** Returns the members in order. */
    public List<Member> members() {
        var members = new ArrayList<Member>(names.length);
        for (var i = 0; i < names.length; i++) {
            members.add(new Member(names[i], values[i]));
        }
        return Collections.unmodifiableList(members);
    }

    /** Returns the members as an unmodifiable map that iterates in their order. */
    public Map<String, Json> toMap() {
        var map = LinkedHashMap.<String, Json>newLinkedHashMap(names.length);
        for (var i = 0; i < names.length; i++) {
            map.put(names[i], values[i]);
        }
        return Collections.unmodifiableMap(map);
    }

    /**
     * Returns this object with a member set: in its place if the name is known, else at the end.
     */
    public JsonObject with(String name, Json value) {
        var at = indexOf(name);
        if (at >= 0) {
            var changed = values.clone();
            changed[at] = value;
            return new JsonObject(names, changed);
        }
        var moreNames = Arrays.copyOf(names, names.length + 1);
        var moreValues = Arrays.copyOf(values, names.length + 1);
        moreNames[names.length] = name;
        moreValues[names.length] = value;
        return new JsonObject(moreNames, moreValues);
    }

    /** Returns this object without a member of this name. */
    public JsonObject without(String name) {
        var at = indexOf(name);
        if (at < 0) {
            return this;
        }
        var members = new LinkedHashMap<>(toMap());
        members.remove(name);
        return of(members);
    }

    @Override
    public Iterator<Member> iterator() {
        return members().iterator();
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

    /** The value of a member or null: the fast form of {@link #get} for walkers. */
    @Nullable Json find(String name) {
        var at = indexOf(name);
        return at < 0 ? null : values[at];
    }

    private int indexOf(String name) {
        if (names.length < INDEXED_FROM) {
            for (var i = 0; i < names.length; i++) {
                if (names[i].equals(name)) {
                    return i;
                }
            }
            return -1;
        }
        var known = index;
        if (known == null) {
            known = indexed();
            index = known;
        }
        var at = known.get(name);
        return at == null ? -1 : at;
    }

    private Map<String, Integer> indexed() {
        var positions = HashMap.<String, Integer>newHashMap(names.length);
        for (var i = 0; i < names.length; i++) {
            positions.put(names[i], i);
        }
        return Map.copyOf(positions); // final fields inside: safe to read after a race
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the short cut for shared parts
    public boolean sameValue(Json other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof JsonObject object) || object.names.length != names.length) {
            return false;
        }
        for (var i = 0; i < names.length; i++) {
            var theirs = object.find(names[i]);
            if (theirs == null || !values[i].sameValue(theirs)) {
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
                || (other instanceof JsonObject object
                        && Arrays.equals(names, object.names)
                        && Arrays.equals(values, object.values));
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return text();
    }

    /** Collects members; a name given twice keeps its first place and its last value. */
    public static final class Builder {
        private String[] names = new String[8];
        private Json[] values = new Json[8];
        private int size;
        private @Nullable Map<String, Integer> positions; // from the ninth member on

        private Builder() {}

        /** Sets a member. */
        public Builder put(String name, Json value) {
            set(name, value);
            return this;
        }

        /** Sets a string member. */
        public Builder put(String name, String value) {
            return put(name, Json.of(value));
        }

        /** Sets an integer member. */
        public Builder put(String name, long value) {
            return put(name, Json.of(value));
        }

        /** Sets a boolean member. */
        public Builder put(String name, boolean value) {
            return put(name, Json.of(value));
        }

        /** Sets a member if there is a value. */
        public Builder putIfPresent(String name, Optional<? extends Json> value) {
            value.ifPresent(present -> put(name, present));
            return this;
        }

        /** Tells whether the name was set. */
        public boolean has(String name) {
            return position(name) >= 0;
        }

        /** Makes the object of what was set so far. */
        public JsonObject build() {
            return size == 0
                    ? EMPTY
                    : new JsonObject(Arrays.copyOf(names, size), Arrays.copyOf(values, size));
        }

        /** Sets a member and tells whether the name was new. */
        boolean set(String name, Json value) {
            var at = position(name);
            if (at >= 0) {
                values[at] = value;
                return false;
            }
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
                positions = new HashMap<>();
                for (var i = 0; i < size; i++) {
                    positions.put(names[i], i);
                }
            }
            return true;
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
    }
}
