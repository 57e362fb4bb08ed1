package dev.gradus.expressions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value on its way between states: compact UTF-8 bytes, a tree, or both, each made from the
 * other when first asked for. A state that only passes its input on never builds a tree, and a
 * value that no state changed is written out once.
 *
 * <p>Immutable, though arrays cannot say so: {@link #utf8} and {@link #digest} return the payload's
 * own arrays, which nobody may change.
 */
public final class Payload {
    /** The payload {@code {}}. */
    public static final Payload EMPTY_OBJECT = of(JsonObject.EMPTY);

    /** The payload {@code null}. */
    public static final Payload NULL = of(Json.NULL);

    private static final int DIGEST_BYTES = 16;

    // At least one of the first two, or the elements, is there. Each is a memo of the same pure
    // value, volatile so
    // that another thread that sees the array sees what is in it.
    private volatile byte @Nullable [] utf8;
    private volatile @Nullable Json json;
    private volatile byte @Nullable [] digest;
    private volatile int parsedBytes;

    /** What an array was put together from; its bytes and its tree are made of theirs. */
    private final @Nullable List<Payload> elements;

    private Payload(byte @Nullable [] utf8, @Nullable Json json, @Nullable List<Payload> elements) {
        this.utf8 = utf8;
        this.json = json;
        this.elements = elements;
    }

    /** Makes a payload of a value. */
    public static Payload of(Json json) {
        return new Payload(null, json, null);
    }

    /**
     * Makes an array of payloads, none of which is parsed for it.
     *
     * @throws ExpressionFailure if the array is nested too deep
     */
    public static Payload ofElements(List<Payload> elements) {
        int deepest = 0;
        for (var element : elements) {
            deepest = Math.max(deepest, element.depth());
        }
        Nesting.within(deepest + 1);
        return new Payload(null, null, List.copyOf(elements));
    }

    /**
     * Makes a payload of JSON text from outside. The text is checked by a scan of its tokens and
     * compacted without a tree: white space outside strings goes, strings get their shortest
     * escapes; numbers keep their text, and members of the same name stay until somebody looks.
     *
     * @throws JsonSyntaxException if it is not one JSON value, or nested too deep
     */
    public static Payload ofText(String text) {
        JsonReader.check(text);
        var compact = JsonCompactor.compact(text).getBytes(StandardCharsets.UTF_8);
        return new Payload(compact, null, null);
    }

    /** Takes over the bytes of a payload that was stored before: trusted, not checked. */
    public static Payload ofCompactUtf8(byte[] utf8) {
        return new Payload(utf8, null, null);
    }

    /** Returns the compact JSON text in UTF-8: the payload's own array, not to be changed. */
    public byte[] utf8() {
        var known = utf8;
        if (known == null) {
            var parts = elements;
            known =
                    parts == null
                            ? JsonWriter.write(treeIfKnown()).getBytes(StandardCharsets.UTF_8)
                            : joined(parts);
            utf8 = known;
        }
        return known;
    }

    /** Returns the compact JSON text. */
    public String text() {
        var known = utf8;
        return known == null && elements == null
                ? treeIfKnown().text()
                : new String(utf8(), StandardCharsets.UTF_8);
    }

    /**
     * Returns the value as a tree.
     *
     * @throws IllegalStateException if bytes given as trusted are not JSON
     */
    public Json json() {
        var known = json;
        if (known == null) {
            var parts = elements;
            known =
                    parts == null
                            ? parsed()
                            : JsonArray.of(parts.stream().map(Payload::json).toList());
            json = known;
        }
        return known;
    }

    private Json parsed() {
        try {
            var tree = Json.parse(utf8());
            parsedBytes = bytes();
            return tree;
        } catch (JsonSyntaxException damaged) {
            throw new IllegalStateException("Stored payload is not JSON", damaged);
        }
    }

    /**
     * Returns how many bytes were parsed for the tree of this payload: none until somebody looks
     * into it, and none if it was made of a tree.
     */
    public long parsedBytes() {
        var parts = elements;
        return parts == null ? parsedBytes : parts.stream().mapToLong(Payload::parsedBytes).sum();
    }

    /** Returns the size in bytes of UTF-8, which is what the service's limits count. */
    public int bytes() {
        return utf8().length;
    }

    /**
     * Tells whether the size is at most a number of bytes, without writing out a value that is far
     * larger: ask this before {@link #utf8} of anything that an expression made.
     */
    public boolean fits(int bytesMax) {
        return (utf8 != null || textCharsMin(bytesMax) <= bytesMax) && utf8().length <= bytesMax;
    }

    private long textCharsMin(int bytesMax) {
        var parts = elements;
        if (parts == null) {
            return treeIfKnown().textCharsMin();
        }
        long chars = 1L + Math.max(1, parts.size());
        for (var part : parts) {
            if (!part.fits(bytesMax)) {
                return Long.MAX_VALUE;
            }
            chars += part.bytes();
        }
        return chars;
    }

    /** Returns the first 16 bytes of the SHA-256 of {@link #utf8}; not to be changed. */
    public byte[] digest() {
        var known = digest;
        if (known == null) {
            known = Arrays.copyOf(sha256(utf8()), DIGEST_BYTES);
            digest = known;
        }
        return known;
    }

    /** Counts how deep arrays and objects are nested, in the tree or else in the text. */
    private int depth() {
        var known = json;
        if (known != null) {
            return known.depth();
        }
        int depth = 0;
        int deepest = 0;
        boolean inString = false;
        var text = utf8();
        for (int i = 0; i < text.length; i++) {
            switch (text[i]) {
                case '"' -> inString = !inString;
                case '\\' -> i++; // Only in strings; what it escapes is no end of one.
                case '[', '{' -> {
                    if (!inString) {
                        deepest = Math.max(deepest, ++depth);
                    }
                }
                case ']', '}' -> depth -= inString ? 0 : 1;
                default -> {}
            }
        }
        return deepest;
    }

    private static byte[] joined(List<Payload> elements) {
        long size = 1L + Math.max(1, elements.size());
        for (var element : elements) {
            size += element.bytes();
        }
        var text = ByteBuffer.allocate(Math.toIntExact(size)).put((byte) '[');
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                text.put((byte) ',');
            }
            text.put(elements.get(i).utf8());
        }
        return text.put((byte) ']').array();
    }

    private Json treeIfKnown() {
        var known = json;
        if (known == null) {
            throw new AssertionError("A payload has bytes, a tree or elements");
        }
        return known;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("Every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Payload payload && Arrays.equals(utf8(), payload.utf8()));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8());
    }

    @Override
    public String toString() {
        return text();
    }
}
