package dev.gradus.runtime.encryption;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The keys that values are sealed with: the first for what is written from now on, all of them for
 * what was written before. Safe for many threads; its text never shows a key.
 */
public final class EncryptionKeys {
    /** How many keys a file may have; what a shard remembers of them must fit into one batch. */
    static final int KEYS_MAX = 32;

    private static final Pattern LINE =
            Pattern.compile("(?<id>[A-Za-z0-9._-]{1,64})\\s+(?<key>[0-9A-Fa-f]{64})");

    private final List<EncryptionKey> keys;

    private EncryptionKeys(List<EncryptionKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads keys from text: a line for each, its name (1 to 64 letters, digits, dots, dashes and
     * underscores), white space, and 64 hexadecimal digits. Empty lines and lines that start with
     * {@code #} are skipped.
     *
     * @throws IllegalArgumentException if the text is something else; the message says which line,
     *     and shows nothing of it
     */
    public static EncryptionKeys parse(String text) {
        var keys = new ArrayList<EncryptionKey>();
        var seen = new HashSet<String>();
        int number = 0;
        for (var line : text.lines().map(String::strip).toList()) {
            number++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "line "
                                + number
                                + " is not a name, a space and a key of 64 hexadecimal digits");
            }
            var digits = matcher.group("key").toLowerCase(Locale.ROOT);
            if (!seen.add(matcher.group("id")) || !seen.add(digits)) {
                throw new IllegalArgumentException(
                        "line " + number + " repeats the name or the key of an earlier line");
            }
            keys.add(new EncryptionKey(matcher.group("id"), HexFormat.of().parseHex(digits)));
        }
        if (keys.isEmpty() || keys.size() > KEYS_MAX) {
            throw new IllegalArgumentException(
                    "there must be 1 to " + KEYS_MAX + " keys, not " + keys.size());
        }
        if (keys.stream().map(EncryptionKey::fingerprint).distinct().count() < keys.size()) {
            throw new IllegalArgumentException(
                    "two keys have the same fingerprint; make another instead of the newest");
        }
        return new EncryptionKeys(keys);
    }

    EncryptionKey current() {
        return keys.getFirst();
    }

    Optional<EncryptionKey> of(int fingerprint) {
        return keys.stream().filter(key -> key.fingerprint() == fingerprint).findFirst();
    }

    @Override
    public String toString() {
        return keys.toString();
    }
}
