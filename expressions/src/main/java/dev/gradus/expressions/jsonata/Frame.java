package dev.gradus.expressions.jsonata;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a block, a call or an item, inside those of what encloses it. The outermost
 * frame asks the caller for a variable once, then the library for a function.
 */
final class Frame {
    private static final String[] NO_NAMES = new String[0];
    private static final Value[] NO_VALUES = new Value[0];
    private static final int FREE_HOPS = 8;

    private final @Nullable Frame parent;
    private final Evaluation evaluation;
    private String[] names = NO_NAMES;
    private Value[] values = NO_VALUES;
    private int size;

    private Frame(@Nullable Frame parent, Evaluation evaluation) {
        this.parent = parent;
        this.evaluation = evaluation;
    }

    static Frame outermost(Evaluation evaluation) {
        return new Frame(null, evaluation);
    }

    /** Opens a frame inside this one. */
    Frame inner() {
        return new Frame(this, evaluation);
    }

    /** Opens a frame inside this one that binds what a tuple holds. */
    Frame inner(ObjectValue tuple) {
        var frame = new Frame(this, evaluation);
        evaluation.steps(tuple.size());
        for (var i = 0; i < tuple.size(); i++) {
            frame.bind(tuple.name(i), tuple.value(i));
        }
        return frame;
    }

    Evaluation evaluation() {
        return evaluation;
    }

    void bind(String name, Value value) {
        for (var i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                values[i] = value;
                return;
            }
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, size == 0 ? 2 : size * 2);
            values = Arrays.copyOf(values, names.length);
        }
        names[size] = name;
        values[size] = value;
        size++;
    }

    /** Returns what a name means here, or undefined. */
    Value lookup(String name) {
        var frame = this;
        for (var hops = 0; ; hops++) {
            for (var i = 0; i < frame.size; i++) {
                if (frame.names[i].equals(name)) {
                    return frame.values[i];
                }
            }
            if (frame.parent == null) {
                return frame.fetch(name);
            }
            if (hops >= FREE_HOPS) {
                evaluation.step();
            }
            frame = frame.parent;
        }
    }

    private Value fetch(String name) {
        var input = evaluation.input();
        if (name.equals(VariableReference.DOCUMENT)) {
            return input.document().isPresent()
                    ? Value.of(input.document().get())
                    : Value.UNDEFINED;
        }
        var variable = input.variables().apply(name);
        if (variable.isEmpty()) {
            return Library.find(name);
        }
        var value = Value.of(variable.get());
        bind(name, value);
        return value;
    }
}
