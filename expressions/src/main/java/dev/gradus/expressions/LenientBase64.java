package dev.gradus.expressions;

import java.util.Arrays;

/**
 * Reads Base64 as AWS does, which refuses nothing: characters of neither alphabet are skipped, the
 * first {@code =} ends the data, and bits that make no byte are dropped (that such texts pass was
 * recorded by others in 2026).
 */
final class LenientBase64 {
    private LenientBase64() {}

    static byte[] decode(String text) {
        var bytes = new byte[text.length() * 3 / 4 + 1];
        var length = 0;
        var bits = 0;
        var count = 0;
        for (var i = 0; i < text.length() && text.charAt(i) != '='; i++) {
            var value = valueOf(text.charAt(i));
            if (value < 0) {
                continue;
            }
            bits = (bits << 6) | value;
            count += 6;
            if (count >= 8) {
                count -= 8;
                bytes[length++] = (byte) (bits >> count);
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    private static int valueOf(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return switch (c) {
            case '+', '-' -> 62;
            case '/', '_' -> 63;
            default -> -1;
        };
    }
}
