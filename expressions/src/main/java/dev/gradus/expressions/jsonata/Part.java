package dev.gradus.expressions.jsonata;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node while paths are put together and parents are sought: what it is, and what its neighbours
 * found out about it. Lives for one compilation.
 */
final class Part {
    /** What a part is. */
    sealed interface Shape {
        /** A string, a number, a boolean or null. */
        record Literal(Value value) implements Shape {}

        /** A field name: always a step. */
        record Name(String name) implements Shape {}

        /** A variable. */
        record Variable(String name) implements Shape {}

        /** A regular expression. */
        record Regex(RegexProgram program) implements Shape {}

        /** {@code *}. */
        record Wildcard() implements Shape {}

        /** {@code **}. */
        record Descendants() implements Shape {}

        /** {@code %}. */
        record Parent(Slot slot) implements Shape {}

        /** {@code ?} among arguments. */
        record Placeholder() implements Shape {}

        /** Steps; more are added while the path grows. */
        record Path(List<Part> steps) implements Shape {}

        /** An order-by, which is a step. */
        record Sort(List<Term> terms) implements Shape {}

        /** {@code [a, b]}. */
        record Brackets(List<Part> items) implements Shape {}

        /** <code>{k: v}</code>. */
        record Braces(List<Pair> pairs) implements Shape {}

        /** An operator between two values. */
        record Binary(String operator, Part left, Part right) implements Shape {}

        /** A minus. */
        record Negation(Part operand) implements Shape {}

        /** A call. */
        record Call(Part procedure, List<Part> arguments, boolean isPartial) implements Shape {}

        /** A function. */
        record Function(List<String> parameters, Optional<Signature> signature, Part body)
                implements Shape {}

        /** {@code ? :}. */
        record Condition(Part condition, Part then, Optional<Part> otherwise) implements Shape {}

        /** {@code (a; b)}. */
        record Block(List<Part> expressions) implements Shape {}

        /** {@code :=}. */
        record Bind(String name, Part value) implements Shape {}

        /** {@code ~>}. */
        record Apply(Part left, Part right) implements Shape {}

        /** {@code |a|b,c|}. */
        record Transform(Part pattern, Part update, Optional<Part> delete) implements Shape {}
    }

    /** One {@code key: value}. */
    record Pair(Part key, Part value) {}

    /** One term to order by. */
    record Term(Part value, boolean descending) {}

    /** What a {@code %} looks for: the item so many levels up, under a label. */
    static final class Slot {
        private String label;
        private int level = 1;

        Slot(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        void share(Slot other) {
            label = other.label;
        }

        int level() {
            return level;
        }

        void up() {
            level++;
        }

        void down() {
            level--;
        }
    }

    /** A predicate, or the binding of an index, after a part. */
    sealed interface After {
        /** A predicate. */
        record Filter(Part predicate) implements After {}

        /** An index. */
        record Index(String name) implements After {}
    }

    final int position;
    private Shape shape;
    private @Nullable List<After> predicates;
    private @Nullable List<After> stages;
    private @Nullable List<Pair> group;
    private @Nullable List<Slot> seeking;
    private @Nullable String focus;
    private @Nullable String index;
    private @Nullable Slot ancestor;
    private boolean keepArray;
    private boolean keepSingletonArray;
    private boolean tuple;
    private boolean constructor;

    Part(Shape shape, int position) {
        this.shape = shape;
        this.position = position;
    }

    Shape shape() {
        return shape;
    }

    void become(Shape other) {
        shape = other;
    }

    /** Returns the steps if this is a path. */
    @Nullable List<Part> steps() {
        return shape instanceof Shape.Path(var steps) ? steps : null;
    }

    /** Returns what a binding or a predicate after this applies to: the last step of a path. */
    Part lastStep() {
        var steps = steps();
        return steps == null ? this : steps.getLast();
    }

    List<After> predicates() {
        return predicates == null ? List.of() : predicates;
    }

    List<After> stages() {
        return stages == null ? List.of() : stages;
    }

    boolean hasStages() {
        return stages != null;
    }

    boolean hasPredicates() {
        return predicates != null;
    }

    void addPredicate(After after) {
        predicates = predicates == null ? new ArrayList<>() : predicates;
        predicates.add(after);
    }

    void addStage(After after) {
        stages = stages == null ? new ArrayList<>() : stages;
        stages.add(after);
    }

    /** A part that became a step has its predicates as stages. */
    void predicatesBecomeStages() {
        if (predicates != null) {
            stages = predicates;
            predicates = null;
        }
    }

    Optional<List<Pair>> group() {
        return Optional.ofNullable(group);
    }

    void groupBy(List<Pair> pairs) {
        group = pairs;
    }

    /** Returns the parents that are still sought from here up; the list itself, or null. */
    @Nullable List<Slot> seeking() {
        return seeking;
    }

    void seek(List<Slot> slots) {
        seeking = slots;
    }

    Optional<String> focus() {
        return Optional.ofNullable(focus);
    }

    void focusOn(String name) {
        focus = name;
        tuple = true;
    }

    Optional<String> index() {
        return Optional.ofNullable(index);
    }

    void indexAs(String name) {
        index = name;
    }

    Optional<Slot> ancestor() {
        return Optional.ofNullable(ancestor);
    }

    void rememberFor(Slot slot) {
        ancestor = slot;
    }

    boolean isTuple() {
        return tuple;
    }

    void makeTuple() {
        tuple = true;
    }

    boolean keepsArray() {
        return keepArray;
    }

    void keepArray() {
        keepArray = true;
    }

    boolean keepsSingletonArray() {
        return keepSingletonArray;
    }

    void keepSingletonArray() {
        keepSingletonArray = true;
    }

    boolean isConstructor() {
        return constructor;
    }

    void makeConstructor() {
        constructor = true;
    }
}
