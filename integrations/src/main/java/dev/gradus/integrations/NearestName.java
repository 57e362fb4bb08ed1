package dev.gradus.integrations;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
final class NearestName {
    private static final int CHARS_PER_EDIT = 4;

    private NearestName() {}

    /**
     * Returns the candidate with the fewest typing errors; of the name's characters, at most every
     * fourth may be wrong, so that no short name (SES) is taken for another (SQS).
     */
    static Optional<String> to(String name, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> edits(name, candidate) <= name.length() / CHARS_PER_EDIT)
                .min(Comparator.comparingInt(candidate -> edits(name, candidate)));
    }

    /** Counts insertions, deletions and replacements of one character (Levenshtein's distance). */
    private static int edits(String from, String to) {
        var previous = new int[to.length() + 1];
        for (var column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (var row = 1; row <= from.length(); row++) {
            var current = new int[to.length() + 1];
            current[0] = row;
            for (var column = 1; column <= to.length(); column++) {
                var replaced = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
                current[column] =
                        Math.min(
                                previous[column - 1] + replaced,
                                1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
