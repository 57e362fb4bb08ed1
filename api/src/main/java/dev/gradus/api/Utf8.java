package dev.gradus.api;

/** Measures strings in bytes of UTF-8 without encoding them. */
final class Utf8 {
    private Utf8() {}

    /** Returns the bytes that a well-formed string takes. */
    static int length(String text) {
        var bytes = text.length();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c >= 0x80) {
                // Two bytes, or three; a surrogate pair takes four, two for each half.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }

    /** Tells whether the string holds half a surrogate pair, which no UTF-8 can carry. */
    static boolean isUnpaired(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i))
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
