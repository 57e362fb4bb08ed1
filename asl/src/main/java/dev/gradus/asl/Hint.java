package dev.gradus.asl;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What our own tools add to a finding, worked out only when they ask.
 *
 * @param place the place that is meant, where AWS gives one around it
 * @param written a name that is none
 * @param names the names that could have been meant
 */
record Hint(Optional<Location> place, String written, Collection<String> names) {
    static final Hint NONE = new Hint(Optional.empty(), "", List.of());

    /** Names that are compared; a definition has few fields but may have many states. */
    private static final int COMPARED_MAX = 1_000;

    /** Points to a place and says no more. */
    static Hint at(Location place) {
        return new Hint(Optional.of(place), "", List.of());
    }

    /** Suggests the nearest of some names for one that stands where AWS says. */
    static Hint nearest(String written, Collection<String> names) {
        return new Hint(Optional.empty(), written, names);
    }

    /** Suggests the nearest of some names for one that stands at a place. */
    static Hint nearest(Location place, String written, Collection<String> names) {
        return new Hint(Optional.of(place), written, names);
    }

    /**
     * Returns the name that takes the fewest changes, if a third of the letters or more stay;
     * letters of the other case count as the same.
     */
    Optional<String> didYouMean() {
        int limit = Math.max(1, written.length() / 3);
        var best = Optional.<String>empty();
        int fewest = limit + 1;
        for (var name : names.stream().limit(COMPARED_MAX).toList()) {
            if (Math.abs(name.length() - written.length()) < fewest && !written.isEmpty()) {
                int changes = changes(lower(written), lower(name), fewest);
                if (changes < fewest) {
                    fewest = changes;
                    best = Optional.of(name);
                }
            }
        }
        return best;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Counts letters put in, left out, replaced or swapped, up to a limit. */
    private static int changes(String from, String to, int limit) {
        var beforeLast = new int[to.length() + 1];
        var last = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            var now = new int[to.length() + 1];
            now[0] = i;
            int least = i;
            for (int j = 1; j <= to.length(); j++) {
                boolean same = from.charAt(i - 1) == to.charAt(j - 1);
                now[j] = Math.min(last[j - 1] + (same ? 0 : 1), Math.min(last[j], now[j - 1]) + 1);
                boolean swapped =
                        i > 1
                                && j > 1
                                && from.charAt(i - 1) == to.charAt(j - 2)
                                && from.charAt(i - 2) == to.charAt(j - 1);
                if (swapped) {
                    now[j] = Math.min(now[j], beforeLast[j - 2] + 1);
                }
                least = Math.min(least, now[j]);
            }
            if (least >= limit) {
                return limit;
            }
            beforeLast = last;
            last = now;
        }
        return last[to.length()];
    }
}
