package dev.gradus.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Writes one JSON document into a growing array of UTF-8 bytes; used by one thread.
 *
 * <p>Absent members are left out, as the protocol wants it. Half a surrogate pair is escaped:
 * whatever text an error repeats, the answer stays valid.
 */
final class WireWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[512];
    private int size;
    private boolean comma;

    /** Writes an object whose members are written by the content. */
    WireWriter object(Runnable content) {
        separate();
        raw('{');
        comma = false;
        content.run();
        raw('}');
        comma = true;
        return this;
    }

    /** Writes a member that is an object. */
    WireWriter object(String name, Runnable content) {
        name(name);
        return object(content);
    }

    /** Writes a member that is an array; each item writes one value. */
    <T> WireWriter array(String name, Iterable<T> items, Consumer<T> item) {
        name(name);
        raw('[');
        comma = false;
        items.forEach(item);
        raw(']');
        comma = true;
        return this;
    }

    WireWriter string(String name, String value) {
        name(name);
        return string(value);
    }

    WireWriter string(String name, Optional<String> value) {
        value.ifPresent(text -> string(name, text));
        return this;
    }

    /** Writes a string as an array's element. */
    WireWriter string(String value) {
        separate();
        quoted(value);
        return this;
    }

    WireWriter number(String name, long value) {
        name(name);
        ascii(Long.toString(value));
        comma = true;
        return this;
    }

    WireWriter number(String name, OptionalLong value) {
        value.ifPresent(number -> number(name, number));
        return this;
    }

    /** Writes a number with a fraction, also where that is nothing: {@code 1.0}. */
    WireWriter number(String name, OptionalDouble value) {
        value.ifPresent(number -> {
            name(name);
            ascii(Double.toString(number));
            comma = true;
        });
        return this;
    }

    WireWriter flag(String name, boolean value) {
        name(name);
        ascii(Boolean.toString(value));
        comma = true;
        return this;
    }

    /**
     * Writes a date: seconds since the epoch with three digits of fraction, {@code 1700000000.123}.
     */
    WireWriter date(String name, long epochMillis) {
        name(name);
        var seconds = Math.floorDiv(epochMillis, 1000L);
        var millis = (int) Math.floorMod(epochMillis, 1000L);
        if (seconds < 0 && millis > 0) { // -1.5 s is -2 s and 500 ms here, and -1.500 on the wire
            seconds++;
            millis = 1000 - millis;
            ascii(seconds == 0 ? "-0" : Long.toString(seconds));
        } else {
            ascii(Long.toString(seconds));
        }
        raw('.');
        raw('0' + millis / 100);
        raw('0' + millis / 10 % 10);
        raw('0' + millis % 10);
        comma = true;
        return this;
    }

    WireWriter date(String name, OptionalLong epochMillis) {
        epochMillis.ifPresent(millis -> date(name, millis));
        return this;
    }

    /** Returns what was written. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void name(String name) {
        separate();
        quoted(name);
        raw(':');
        comma = false;
    }

    private void separate() {
        if (comma) {
            raw(',');
        }
        comma = true;
    }

    private void quoted(String value) {
        room(value.length() + 2);
        raw('"');
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c >= 0x20 && c < 0x80) {
                if (c == '"' || c == '\\') {
                    raw('\\');
                }
                raw(c);
            } else if (c < 0x20) {
                control(c);
            } else if (!Character.isSurrogate(c)) {
                encode(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                encode(value.codePointAt(i));
                i++;
            } else {
                escaped(c);
            }
        }
        raw('"');
    }

    private void control(char c) {
        switch (c) {
            case '\n' -> ascii("\\n");
            case '\r' -> ascii("\\r");
            case '\t' -> ascii("\\t");
            default -> escaped(c);
        }
    }

    private void escaped(char c) {
        ascii("\\u");
        for (var shift = 12; shift >= 0; shift -= 4) {
            raw(HEX[c >> shift & 15]);
        }
    }

    private void encode(int codePoint) {
        if (codePoint < 0x800) {
            raw(0xC0 | (codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                raw(0xE0 | (codePoint >> 12));
            } else {
                raw(0xF0 | (codePoint >> 18));
                raw(0x80 | (codePoint >> 12 & 0x3F));
            }
            raw(0x80 | (codePoint >> 6 & 0x3F));
        }
        raw(0x80 | (codePoint & 0x3F));
    }

    private void ascii(String text) {
        for (var i = 0; i < text.length(); i++) {
            raw(text.charAt(i));
        }
    }

    private void raw(int octet) {
        if (size == bytes.length) {
            room(1);
        }
        bytes[size++] = (byte) octet;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
