package dev.gradus.expressions;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
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

    // At least one of the first two is there. Each is a memo of the same pure value, volatile so
    // that another thread that sees the array sees what is in it.
    private volatile byte @Nullable [] utf8;
    private volatile @Nullable Json json;
    private volatile byte @Nullable [] digest;

    private Payload(byte @Nullable [] utf8, @Nullable Json json) {
        this.utf8 = utf8;
        this.json = json;
    }

    /** Makes a payload of a value. */
    public static Payload of(Json json) {
        return new Payload(null, json);
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
        return new Payload(JsonCompactor.compact(text).getBytes(StandardCharsets.UTF_8), null);
    }

    /** Takes over the bytes of a payload that was stored before: trusted, not checked. */
    public static Payload ofCompactUtf8(byte[] utf8) {
        return new Payload(utf8, null);
    }

    /** Returns the compact JSON text in UTF-8: the payload's own array, not to be changed. */
    public byte[] utf8() {
        var known = utf8;
        if (known == null) {
            known = JsonWriter.write(treeIfKnown()).getBytes(StandardCharsets.UTF_8);
            utf8 = known;
        }
        return known;
    }

    /** Returns the compact JSON text. */
    public String text() {
        var known = utf8;
        return known == null ? treeIfKnown().text() : new String(known, StandardCharsets.UTF_8);
    }

    /**
     * Returns the value as a tree.
     *
     * @throws IllegalStateException if bytes given as trusted are not JSON
     */
    public Json json() {
        var known = json;
        if (known == null) {
            try {
                known = Json.parse(utf8());
            } catch (JsonSyntaxException damaged) {
                throw new IllegalStateException("Stored payload is not JSON", damaged);
            }
            json = known;
        }
        return known;
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
        return (utf8 != null || treeIfKnown().textCharsMin() <= bytesMax)
                && utf8().length <= bytesMax;
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

    private Json treeIfKnown() {
        var known = json;
        if (known == null) {
            throw new AssertionError("A payload has bytes or a tree");
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
