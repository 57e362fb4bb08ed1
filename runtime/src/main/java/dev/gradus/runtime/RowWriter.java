package dev.gradus.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes the fields of a stored row: numbers of variable length, texts and byte strings with their
 * length before them.
 */
final class RowWriter {
    private byte[] bytes;
    private int size;

    RowWriter() {
        this(64);
    }

    RowWriter(int expectedBytes) {
        bytes = new byte[expectedBytes];
    }

    RowWriter u8(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Eight bytes, big-endian, so that unsigned order of bytes is order of numbers: for keys. */
    RowWriter u64(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** A number that is small most of the time and never negative: seven bits a byte. */
    RowWriter number(long value) {
        room(10);
        var rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    RowWriter flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    /** Bytes whose length the reader knows. */
    RowWriter fixed(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    RowWriter block(byte[] value) {
        return number(value.length).fixed(value);
    }

    RowWriter text(String value) {
        return block(value.getBytes(StandardCharsets.UTF_8));
    }

    RowWriter optionalText(Optional<String> value) {
        flag(value.isPresent());
        value.ifPresent(this::text);
        return this;
    }

    RowWriter optionalNumber(OptionalLong value) {
        flag(value.isPresent());
        value.ifPresent(this::number);
        return this;
    }

    byte[] done() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    int size() {
        return size;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
