package dev.gradus.expressions;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Times as the States Language writes them: RFC 3339 with a capital {@code T} and either a capital
 * {@code Z} or a numeric offset.
 */
public final class Timestamps {
    private static final int SECONDS_END = 19; // 2006-01-02T15:04:05

    private Timestamps() {}

    /**
     * Reads a timestamp. A fraction may have any number of digits, of which nine count. Anything
     * else is empty: a missing offset, a blank for the {@code T}, a month 13, an hour 24.
     */
    public static Optional<Instant> parse(String text) {
        if (text.length() <= SECONDS_END
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return Optional.empty();
        }
        var fractionEnd = fractionEnd(text);
        var year = digits(text, 0, 4);
        var month = digits(text, 5, 7);
        var day = digits(text, 8, 10);
        var second = secondOfDay(text);
        var offset = fractionEnd < 0 ? Integer.MIN_VALUE : offsetSeconds(text, fractionEnd);
        if ((year | month | day | second) < 0 || offset == Integer.MIN_VALUE) {
            return Optional.empty();
        }
        try {
            var epochDay = LocalDate.of(year, month, day).toEpochDay();
            return Optional.of(
                    Instant.ofEpochSecond(
                            epochDay * 86_400 + second - offset, nanos(text, fractionEnd)));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    /** Writes an instant in UTC with milliseconds, or without a fraction if there are none. */
    public static String format(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static int secondOfDay(String text) {
        var hour = digits(text, 11, 13);
        var minute = digits(text, 14, 16);
        var second = digits(text, 17, SECONDS_END);
        return (hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59
                ? -1
                : hour * 3_600 + minute * 60 + second;
    }

    /** Returns where the offset begins, or -1 for a point without digits. */
    private static int fractionEnd(String text) {
        if (text.charAt(SECONDS_END) != '.') {
            return SECONDS_END;
        }
        var at = SECONDS_END + 1;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at == SECONDS_END + 1 ? -1 : at;
    }

    private static long nanos(String text, int fractionEnd) {
        var nanos = 0L;
        for (var i = 0; i < 9; i++) {
            var at = SECONDS_END + 1 + i;
            nanos = nanos * 10 + (at < fractionEnd ? text.charAt(at) - '0' : 0);
        }
        return nanos;
    }

    /** Returns the seconds east of UTC, or the smallest int if the rest is no offset. */
    private static int offsetSeconds(String text, int from) {
        if (from < text.length() && text.charAt(from) == 'Z') {
            return from + 1 == text.length() ? 0 : Integer.MIN_VALUE;
        }
        if (text.length() != from + 6 || text.charAt(from + 3) != ':') {
            return Integer.MIN_VALUE;
        }
        var sign = text.charAt(from);
        var hours = digits(text, from + 1, from + 3);
        var minutes = digits(text, from + 4, from + 6);
        if ((sign != '+' && sign != '-') || (hours | minutes) < 0 || hours > 23 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        var seconds = hours * 3_600 + minutes * 60;
        return sign == '-' ? -seconds : seconds;
    }

    /** Reads digits, or gives -1 if there is anything else. */
    private static int digits(String text, int from, int to) {
        var value = 0;
        for (var i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
