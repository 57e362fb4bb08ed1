package dev.gradus.expressions;

/** A JSON string; the value is the unescaped text. */
public record JsonString(String value) implements Json {
    @Override
    public String text() {
        return JsonWriter.quoted(value);
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
        return value.length() + 2L;
    }

    @Override
    public String toString() {
        return text();
    }
}
