package dev.gradus.expressions;

/** A JSON {@code true} or {@code false}. */
public record JsonBoolean(boolean value) implements Json {
    /** The value {@code true}. */
    public static final JsonBoolean TRUE = new JsonBoolean(true);

    /** The value {@code false}. */
    public static final JsonBoolean FALSE = new JsonBoolean(false);

    @Override
    public String text() {
        return value ? "true" : "false";
    }

    @Override
    public boolean sameValue(Json other) {
        return equals(other);
    }

    @Override
    public int depth() {
        return 0;
    }

    @Override
    public long textCharsMin() {
        return 4;
    }

    @Override
    public String toString() {
        return text();
    }
}
