package dev.gradus.asl;

import dev.gradus.expressions.JsonPlaces;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Where a value stands in a definition; the text is only built for a finding, so a location costs
 * one object.
 */
sealed interface Location {

    /** The definition as a whole. */
    record Root() implements Location {}

    record Field(Location parent, String name) implements Location {}

    record Element(Location parent, int index) implements Location {}

    /** Returns the definition as a whole. */
    static Location root() {
        return new Root();
    }

    default Location field(String name) {
        return new Field(this, name);
    }

    default Location element(int index) {
        return new Element(this, index);
    }

    /**
     * Returns the place as AWS writes it, for example {@code /States/C/Choices[0]/Next}; the whole
     * is {@code /}.
     */
    default String text() {
        var steps = new ArrayDeque<String>();
        Location at = this;
        while (!(at instanceof Root)) {
            at =
                    switch (at) {
                        case Field(var parent, var name) -> {
                            steps.push("/" + name);
                            yield parent;
                        }
                        case Element(var parent, var index) -> {
                            steps.push("[" + index + "]");
                            yield parent;
                        }
                        case Root root -> root;
                    };
        }
        return steps.isEmpty() ? "/" : String.join("", steps);
    }

    /** Returns the place in a text, or that of the nearest value around it that is there. */
    default JsonPlaces in(JsonPlaces whole) {
        var steps = new ArrayDeque<Location>();
        Location at = this;
        while (!(at instanceof Root)) {
            steps.push(at);
            at =
                    switch (at) {
                        case Field(var parent, _) -> parent;
                        case Element(var parent, _) -> parent;
                        case Root root -> root;
                    };
        }
        var place = whole;
        for (var step : steps) {
            var next =
                    switch (step) {
                        case Field(_, var name) -> place.member(name);
                        case Element(_, var index) -> place.element(index);
                        case Root _ -> Optional.of(place);
                    };
            if (next.isEmpty()) {
                return place;
            }
            place = next.get();
        }
        return place;
    }
}
