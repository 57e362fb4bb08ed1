package dev.gradus.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads what {@link RowWriter} wrote; a row that ends early or says nonsense is damage, not a
 * caller's mistake.
 */
final class RowReader {
    private final byte[] bytes;
    private int at;

    RowReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int u8() {
        need(1);
        return bytes[at++] & 0xff;
    }

    long u64() {
        need(8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (bytes[at++] & 0xff);
        }
        return value;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IllegalStateException("a stored number does not end, at byte " + at);
    }

    int smallNumber() {
        long value = number();
        if (value != (int) value) {
            throw new IllegalStateException("a stored number is too large: " + value);
        }
        return (int) value;
    }

    /** Four bytes as they are, for hashing. */
    int smallBits() {
        return (u8() << 24) | (u8() << 16) | (u8() << 8) | u8();
    }

    boolean flag() {
        return u8() != 0;
    }

    byte[] fixed(int length) {
        need(length);
        var value = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return value;
    }

    byte[] block() {
        return fixed(smallNumber());
    }

    String text() {
        int length = smallNumber();
        need(length);
        var value = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    Optional<String> optionalText() {
        return flag() ? Optional.of(text()) : Optional.empty();
    }

    OptionalLong optionalNumber() {
        return flag() ? OptionalLong.of(number()) : OptionalLong.empty();
    }

    /** Checks the version byte that every row starts with. */
    RowReader version(int known) {
        version(known, known);
        return this;
    }

    /** Reads the version byte of a row that may have one of several formats, bounds included. */
    int version(int oldest, int newest) {
        int version = u8();
        if (version < oldest || version > newest) {
            throw new IllegalStateException(
                    "a stored row has version "
                            + version
                            + ", this build reads "
                            + (oldest == newest ? newest : oldest + " to " + newest));
        }
        return version;
    }

    boolean atEnd() {
        return at == bytes.length;
    }

    private void need(int more) {
        if (more < 0 || bytes.length - at < more) {
            throw new IllegalStateException(
                    "a stored row ends early, at byte " + at + " of " + bytes.length);
        }
    }
}
