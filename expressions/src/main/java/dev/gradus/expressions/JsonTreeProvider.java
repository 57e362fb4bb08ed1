package dev.gradus.expressions;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.TypeRef;
import com.jayway.jsonpath.spi.json.JsonSmartJsonProvider;
import com.jayway.jsonpath.spi.mapper.MappingProvider;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets json-path walk our values. It extends the library's provider because the interface has
 * methods that parse streams, which nothing here may even name; all that walks is replaced.
 *
 * <p>Behaves like the provider for Jackson trees that the service uses: a member that is {@code
 * null} is Java's null, and so is an element past the end. One instance serves one evaluation and
 * counts its visits.
 */
final class JsonTreeProvider extends JsonSmartJsonProvider implements MappingProvider {
    /** The evaluation visited more nodes than any honest path needs. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exhausted() {
            super("exhausted", null, false, false);
        }
    }

    private int visits;

    private void visit() {
        if (++visits > ExpressionLimits.PATH_VISITS_MAX) {
            throw new Exhausted();
        }
    }

    @Override
    public boolean isArray(@Nullable Object value) {
        visit();
        return value instanceof JsonArray || value instanceof List<?>;
    }

    @Override
    public boolean isMap(@Nullable Object value) {
        visit();
        return value instanceof JsonObject || value instanceof Map<?, ?>;
    }

    @Override
    public @Nullable Object getArrayIndex(Object array, int index) {
        visit();
        if (array instanceof JsonArray json) {
            return index >= 0 && index < json.size() ? nullable(json.get(index)) : null;
        }
        var list = (List<?>) array;
        return index >= 0 && index < list.size() ? list.get(index) : null;
    }

    @Override
    public @Nullable Object getMapValue(Object map, String name) {
        visit();
        if (map instanceof JsonObject object) {
            var value = object.find(name);
            return value == null ? UNDEFINED : nullable(value);
        }
        var members = (Map<?, ?>) map;
        return members.containsKey(name) ? members.get(name) : UNDEFINED;
    }

    @Override
    public Collection<String> getPropertyKeys(Object map) {
        if (map instanceof JsonObject object) {
            return object.names();
        }
        var names = new ArrayList<String>();
        ((Map<?, ?>) map).keySet().forEach(name -> names.add(String.valueOf(name)));
        return names;
    }

    @Override
    public int length(Object value) {
        return switch (value) {
            case JsonArray array -> array.size();
            case JsonObject object -> object.size();
            case JsonString string -> string.value().length();
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case String string -> string.length();
            default ->
                    throw new JsonPathException("length operation cannot be applied to " + value);
        };
    }

    @Override
    public Iterable<?> toIterable(Object array) {
        var values = new ArrayList<@Nullable Object>(length(array));
        switch (array) {
            case JsonArray json -> json.elements().forEach(element -> values.add(unwrap(element)));
            case JsonObject json -> json.values().forEach(element -> values.add(unwrap(element)));
            case Map<?, ?> map -> values.addAll(map.values());
            case Collection<?> list -> values.addAll(list);
            default -> throw new JsonPathException("Cannot iterate over " + array);
        }
        return values;
    }

    /** Returns scalars as Java's, for comparisons; arrays and objects as they are. */
    @Override
    public @Nullable Object unwrap(@Nullable Object value) {
        return switch (value) {
            case JsonNull _ -> null;
            case JsonBoolean bool -> bool.value();
            case JsonString string -> string.value();
            case JsonNumber number -> unwrapped(number);
            case null, default -> value;
        };
    }

    private static Object unwrapped(JsonNumber number) {
        if (number.isPlainInteger() && number.text().length() <= 18) {
            return Long.valueOf(number.text());
        }
        var decimal = number.decimal();
        return decimal.isPresent() ? decimal.get() : (Object) number.doubleValue();
    }

    @Override
    public Object createArray() {
        return new ArrayList<@Nullable Object>();
    }

    @Override
    public Object createMap() {
        return new LinkedHashMap<String, @Nullable Object>();
    }

    @Override
    @SuppressWarnings("unchecked") // the only mutable lists are those of createArray
    public void setArrayIndex(Object array, int index, @Nullable Object value) {
        visit();
        if (!(array instanceof List<?>)) {
            throw new JsonPathException("The input of a path cannot be changed");
        }
        var list = (List<@Nullable Object>) array;
        if (index == list.size()) {
            list.add(value);
        } else {
            list.set(index, value);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the only mutable maps are those of createMap
    public void setProperty(Object map, Object name, @Nullable Object value) {
        visit();
        if (!(map instanceof Map<?, ?>)) {
            throw new JsonPathException("The input of a path cannot be changed");
        }
        ((Map<String, @Nullable Object>) map).put(String.valueOf(name), value);
    }

    @Override
    public void removeProperty(Object map, Object name) {
        throw new JsonPathException("The input of a path cannot be changed");
    }

    @Override
    public String toJson(@Nullable Object value) {
        return toJson(value, 0).text();
    }

    private static @Nullable Object nullable(Json value) {
        return value instanceof JsonNull ? null : value;
    }

    /** Makes a value of what json-path answers: our values, its own lists, or Java scalars. */
    static Json toJson(@Nullable Object value, int depth) {
        Nesting.within(depth);
        return switch (value) {
            case null -> Json.NULL;
            case Json json -> json;
            case Boolean bool -> Json.of(bool.booleanValue());
            case Double number when !Double.isFinite(number) -> Json.NULL;
            case Number number -> new JsonNumber(number.toString());
            case Map<?, ?> map -> {
                var members = JsonObject.builder();
                map.forEach((name, member) ->
                        members.put(String.valueOf(name), toJson(member, depth + 1)));
                yield members.build();
            }
            case Collection<?> list -> {
                var elements = new ArrayList<Json>(list.size());
                list.forEach(element -> elements.add(toJson(element, depth + 1)));
                yield JsonArray.of(elements);
            }
            default -> Json.of(value.toString());
        };
    }

    @Override
    @SuppressWarnings("unchecked") // json-path asks for List and Map, which is what it gets
    public <T> @Nullable T map(
            @Nullable Object source, Class<T> type, Configuration configuration) {
        return (T) plain(source);
    }

    @Override
    public <T> T map(Object source, TypeRef<T> type, Configuration configuration) {
        throw new JsonPathException("Paths are read as values, not as " + type.getType());
    }

    /** Returns the value as Java collections with the number classes that filter literals have. */
    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case JsonNull _ -> null;
            case JsonBoolean bool -> bool.value();
            case JsonString string -> string.value();
            case JsonNumber number -> plainNumber(number);
            case JsonArray array -> {
                var list = new ArrayList<@Nullable Object>(array.size());
                array.elements().forEach(element -> list.add(plain(element)));
                yield list;
            }
            case JsonObject object -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                object.members().forEach(member -> map.put(member.name(), plain(member.value())));
                yield map;
            }
            case Collection<?> list -> {
                var copy = new ArrayList<@Nullable Object>(list.size());
                list.forEach(element -> copy.add(plain(element)));
                yield copy;
            }
            default -> value;
        };
    }

    private static Object plainNumber(JsonNumber number) {
        if (!number.isPlainInteger()) {
            return number.doubleValue();
        }
        var whole = number.longValue();
        if (whole.isEmpty()) {
            return new BigInteger(number.text());
        }
        var value = whole.getAsLong();
        return value == (int) value ? (Object) (int) value : (Object) value;
    }
}
