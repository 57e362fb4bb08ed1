package dev.gradus.runtime;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a caller's trace header says: {@code Root=1-8HEX-24HEX;Parent=16HEX;Sampled=0|1}, in any
 * order, other keys ignored. Source: X-Ray developer guide, "Tracing header".
 *
 * @param root id of the trace
 * @param parentId the caller's segment, absent without one
 */
record TraceHeader(String root, Optional<String> parentId) {
    private static final Pattern ROOT = Pattern.compile("1-[0-9a-f]{8}-[0-9a-f]{24}");
    private static final Pattern SEGMENT = Pattern.compile("[0-9a-f]{16}");
    private static final int UNIQUE_BYTES = 12;
    private static final long MILLIS_A_SECOND = 1_000;

    /** Tells whether what is so called is traced: only {@code Sampled=0} forbids it. */
    static boolean isSampled(Optional<String> header) {
        return header.flatMap(text -> part(text, "Sampled"))
                .filter(sampled -> sampled.equals("0"))
                .isEmpty();
    }

    /**
     * Returns what a header says; without a usable root a trace of its own begins.
     *
     * @param identity what that trace's id is made of, with the time of the start
     */
    static TraceHeader of(Optional<String> header, String identity, long startMillis) {
        return header.flatMap(text -> part(text, "Root"))
                .map(root -> root.toLowerCase(Locale.ROOT))
                .filter(root -> ROOT.matcher(root).matches())
                .map(root -> new TraceHeader(root, parentOf(header)))
                .orElseGet(() -> own(identity, startMillis));
    }

    private static Optional<String> parentOf(Optional<String> header) {
        return header.flatMap(text -> part(text, "Parent"))
                .map(parent -> parent.toLowerCase(Locale.ROOT))
                .filter(parent -> SEGMENT.matcher(parent).matches());
    }

    private static TraceHeader own(String identity, long startMillis) {
        var unique = HexFormat.of().formatHex(Keys.hash128(identity), 0, UNIQUE_BYTES);
        var seconds = HexFormat.of().toHexDigits(startMillis / MILLIS_A_SECOND, 2 * Integer.BYTES);
        return new TraceHeader("1-" + seconds + "-" + unique, Optional.empty());
    }

    private static Optional<String> part(String header, String key) {
        for (var part : header.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0 && part.substring(0, equals).strip().equalsIgnoreCase(key)) {
                return Optional.of(part.substring(equals + 1).strip());
            }
        }
        return Optional.empty();
    }
}
