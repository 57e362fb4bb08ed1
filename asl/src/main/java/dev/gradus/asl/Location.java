package dev.gradus.asl;

import java.util.ArrayDeque;

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
}
