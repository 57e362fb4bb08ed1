package dev.gradus.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decoded members of one structure, before and after they were found valid; used by one thread.
 */
final class Members {
    private final Shape<?> shape;
    private final @Nullable Object[] values;

    Members(Shape<?> shape) {
        this.shape = shape;
        this.values = new Object[shape.members().size()];
    }

    Shape<?> shape() {
        return shape;
    }

    void set(int position, Object value) {
        values[position] = value;
    }

    void clear(int position) {
        values[position] = null;
    }

    /** The decoded form at a position, null when the caller left it out. */
    @Nullable Object decoded(int position) {
        return values[position];
    }

    /** Returns a member that validation has found to be there. */
    <T> T get(Member<T> member) {
        return optional(member)
                .orElseThrow(() -> new IllegalStateException("not validated: " + member.name()));
    }

    /** Returns a member that may be left out. */
    <T> Optional<T> optional(Member<T> member) {
        var value = values[shape.position(member)];
        return value == null ? Optional.empty() : Optional.of(member.type().value(value));
    }

    /** The structure as AWS prints it inside a violation: {@code Tag(key=a, value=b)}. */
    @Override
    public String toString() {
        var text = new StringBuilder(shape.name()).append('(');
        for (var i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(shape.members().get(i).name())
                    .append('=')
                    .append(values[i]);
        }
        return text.append(')').toString();
    }
}
