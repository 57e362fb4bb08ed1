package dev.gradus.expressions.jsonata;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A set of UTF-16 characters, asked by binary search; the first 128 by a bit. */
final class RegexSet {
    static final RegexSet DIGITS = of("09");
    static final RegexSet WORDS = of("09AZ__az");
    static final RegexSet BLANKS =
            of(
                    "\t\r  \u00A0\u00A0\u1680\u1680\u2000\u200A\u2028\u2029\u202F\u202F\u205F\u205F"
                            + "\u3000\u3000\uFEFF\uFEFF");
    static final RegexSet LINE_ENDS = of("\n\n\r\r\u2028\u2029");

    /** Characters from one to another, both inclusive. */
    record Range(char from, char to) {}

    private final char[] bounds; // from, to, from, to, ascending and apart
    private final boolean[] ascii = new boolean[128];

    private RegexSet(List<Range> ranges) {
        var sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingInt(Range::from));
        var merged = new StringBuilder();
        for (var range : sorted) {
            var last = merged.length() - 1;
            if (last > 0 && range.from <= merged.charAt(last) + 1) {
                merged.setCharAt(last, (char) Math.max(range.to, merged.charAt(last)));
            } else {
                merged.append(range.from).append(range.to);
            }
        }
        bounds = merged.toString().toCharArray();
        for (var c = 0; c < ascii.length; c++) {
            ascii[c] = search((char) c);
        }
    }

    static RegexSet of(List<Range> ranges) {
        return new RegexSet(ranges);
    }

    private static RegexSet of(String pairs) {
        var ranges = new ArrayList<Range>();
        for (var i = 0; i < pairs.length(); i += 2) {
            ranges.add(new Range(pairs.charAt(i), pairs.charAt(i + 1)));
        }
        return new RegexSet(ranges);
    }

    List<Range> ranges() {
        var ranges = new ArrayList<Range>();
        for (var i = 0; i < bounds.length; i += 2) {
            ranges.add(new Range(bounds[i], bounds[i + 1]));
        }
        return ranges;
    }

    RegexSet inverted() {
        var ranges = new ArrayList<Range>();
        var from = 0;
        for (var i = 0; i < bounds.length; i += 2) {
            if (bounds[i] > from) {
                ranges.add(new Range((char) from, (char) (bounds[i] - 1)));
            }
            from = bounds[i + 1] + 1;
        }
        if (from <= Character.MAX_VALUE) {
            ranges.add(new Range((char) from, Character.MAX_VALUE));
        }
        return new RegexSet(ranges);
    }

    boolean contains(char c) {
        return c < 128 ? ascii[c] : search(c);
    }

    /** Tells whether the set has a character that is this one but for its case. */
    boolean containsAnyCase(char c) {
        if (contains(c)) {
            return true;
        }
        var canonical = canonical(c);
        var upper = Character.toUpperCase(c);
        return hasVariant(canonical, canonical)
                || hasVariant(Character.toLowerCase(c), canonical)
                || hasVariant(upper, canonical)
                || hasVariant(Character.toLowerCase(upper), canonical);
    }

    private boolean hasVariant(char variant, char canonical) {
        return contains(variant) && canonical(variant) == canonical;
    }

    /** Returns what JavaScript compares when case does not count. */
    static char canonical(char c) {
        if (c < 128) {
            return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
        }
        var upper = String.valueOf(c).toUpperCase(Locale.ROOT);
        return upper.length() != 1 || upper.charAt(0) < 128 ? c : upper.charAt(0);
    }

    private boolean search(char c) {
        var low = 0;
        var high = bounds.length / 2 - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            if (c < bounds[2 * middle]) {
                high = middle - 1;
            } else if (c > bounds[2 * middle + 1]) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }
}
