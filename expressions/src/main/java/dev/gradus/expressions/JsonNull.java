package dev.gradus.expressions;

/** The JSON value {@code null}. */
public enum JsonNull implements Json {
    /** The only one. */
    NULL;

    @Override
    public String text() {
        return "null";
    }

    @Override
    public boolean sameValue(Json other) {
        return other == NULL;
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
