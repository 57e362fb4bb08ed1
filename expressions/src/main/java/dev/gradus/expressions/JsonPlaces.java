package dev.gradus.expressions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the values of one JSON text stand: the line and column, from 1, of a member's name, of an
 * element's first character, and of the text's own value.
 *
 * <p>Made for messages to people only; reading values does not need it.
 */
public final class JsonPlaces {
    private final int line;
    private final int column;
    private final Map<String, JsonPlaces> members = new HashMap<>();
    private final List<JsonPlaces> elements = new ArrayList<>();

    JsonPlaces(int line, int column) {
        this.line = line;
        this.column = column;
    }

    /**
     * Finds the places of a text.
     *
     * @throws JsonSyntaxException if it is not JSON, or nested too deep
     */
    public static JsonPlaces of(String text) {
        return JsonReader.places(text);
    }

    /** Returns the line, from 1. */
    public int line() {
        return line;
    }

    /** Returns the column in its line, from 1. */
    public int column() {
        return column;
    }

    /** Returns where a member of this object stands. */
    public Optional<JsonPlaces> member(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** Returns where an element of this array stands. */
    public Optional<JsonPlaces> element(int index) {
        return index < elements.size() ? Optional.of(elements.get(index)) : Optional.empty();
    }

    void add(String name, JsonPlaces place) {
        members.put(name, place);
    }

    void add(JsonPlaces place) {
        elements.add(place);
    }
}
