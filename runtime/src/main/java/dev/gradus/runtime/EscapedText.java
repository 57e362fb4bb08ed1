package dev.gradus.runtime;

/**
 * How many bytes a text takes in a JSON document, in UTF-8 and with its escapes: what AWS's limits
 * of logs and events count.
 */
public final class EscapedText {
    private EscapedText() {}

    /** Returns the bytes of a whole text, without its quotes. */
    public static long bytes(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            bytes += bytes(text.charAt(i));
        }
        return bytes;
    }

    /** Returns the longest beginning of a text that takes no more than so many bytes. */
    public static String beginning(String text, long bytesMax) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            bytes += bytes(text.charAt(i));
            if (bytes > bytesMax) {
                // Half a pair is no character.
                boolean splits = Character.isLowSurrogate(text.charAt(i));
                return text.substring(0, splits && i > 0 ? i - 1 : i);
            }
        }
        return text;
    }

    private static int bytes(char c) {
        if (c < 0x20) {
            return c == '\n' || c == '\r' || c == '\t' ? 2 : 6;
        }
        if (c < 0x80) {
            return c == '"' || c == '\\' ? 2 : 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
}
