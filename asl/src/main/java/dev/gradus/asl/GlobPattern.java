package dev.gradus.asl;

import java.util.ArrayList;
import java.util.List;

/**
 * The operand of StringMatches: {@code *} stands for any text, also none; everything else stands
 * for itself.
 *
 * <p>{@code \*} is a star and {@code \\} a backslash; a backslash before anything else is just
 * that. The whole text must match. Matching takes time linear in the text, whatever the pattern:
 * patterns come from users.
 */
public final class GlobPattern {
    private final String source;
    private final List<Piece> pieces;

    /** Compiles the pattern, which may be any text. */
    public GlobPattern(String source) {
        this.source = source;
        this.pieces = split(source);
    }

    /** Tells whether the whole text has the form of this pattern. */
    public boolean matches(String text) {
        var first = pieces.getFirst();
        if (pieces.size() == 1) {
            return text.equals(first.text);
        }
        var last = pieces.getLast();
        if (text.length() < first.text.length() + last.text.length()
                || !text.startsWith(first.text)
                || !text.endsWith(last.text)) {
            return false;
        }
        int from = first.text.length();
        int end = text.length() - last.text.length();
        for (var piece : pieces.subList(1, pieces.size() - 1)) {
            from =
                    piece.endOfFirst(
                            text, from, end); // The leftmost place leaves most for the rest.
            if (from < 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns the pattern as it was written. */
    public String source() {
        return source;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GlobPattern pattern && pattern.source.equals(source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return source;
    }

    private static List<Piece> split(String source) {
        var pieces = new ArrayList<Piece>();
        var text = new StringBuilder();
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '*') {
                pieces.add(new Piece(text.toString()));
                text.setLength(0);
                continue;
            }
            boolean escapes =
                    c == '\\'
                            && i + 1 < source.length()
                            && "*\\".indexOf(source.charAt(i + 1)) >= 0;
            text.append(escapes ? source.charAt(++i) : c);
        }
        pieces.add(new Piece(text.toString()));
        return List.copyOf(pieces);
    }

    /** Literal text between two stars, searched for by the algorithm of Knuth, Morris and Pratt. */
    private static final class Piece {
        private final String text;

        /**
         * For each length of a matched prefix, the length of the longest shorter prefix that ends
         * there too.
         */
        private final int[] border;

        Piece(String text) {
            this.text = text;
            this.border = new int[text.length() + 1];
            int length = 0;
            for (int i = 1; i < text.length(); i++) {
                length = extend(length, text.charAt(i));
                border[i + 1] = length;
            }
        }

        /**
         * Returns where the first occurrence between the two places ends, -1 when there is none.
         */
        int endOfFirst(String in, int from, int end) {
            if (text.isEmpty()) {
                return from;
            }
            int length = 0;
            for (int i = from; i < end; i++) {
                length = extend(length, in.charAt(i));
                if (length == text.length()) {
                    return i + 1;
                }
            }
            return -1;
        }

        private int extend(int matched, char next) {
            int length = matched;
            while (length > 0 && text.charAt(length) != next) {
                length = border[length];
            }
            return text.charAt(length) == next ? length + 1 : 0;
        }
    }
}
