package dev.gradus.expressions;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A JSON number that keeps the text it was written with: {@code 1.10} stays {@code 1.10}, {@code
 * 1E400} stays what no double can hold. It is interpreted where it is used.
 */
public record JsonNumber(String text) implements Json {
    /** So many characters hold at most so many digits: their integer is exact in a double. */
    private static final int SHORT_CHARS_MAX = 15;

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    /** Checks the JSON grammar of numbers. */
    public JsonNumber {
        if (!isNumber(text)) {
            throw new IllegalArgumentException(
                    "A JSON number was expected but was: " + JsonWriter.quoted(text));
        }
    }

    /** Makes an integer. */
    public static JsonNumber of(long value) {
        return new JsonNumber(Long.toString(value));
    }

    /** Makes a number from a finite double, in Java's shortest spelling ({@code 1.0}). */
    public static JsonNumber of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no number for " + value);
        }
        return new JsonNumber(Double.toString(value));
    }

    /** Returns the nearest double; infinite when the number is too large for one. */
    public double doubleValue() {
        return text.length() <= SHORT_CHARS_MAX ? ofShort() : Double.parseDouble(text);
    }

    /**
     * Returns the nearest double of a number of few digits: the digits as an integer and the power
     * of ten are both exact, so that one division rounds as reading the text would.
     */
    private double ofShort() {
        boolean negative = text.charAt(0) == '-';
        long digits = 0;
        int scale = -1;
        for (int i = negative ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                scale = 0;
            } else if (c >= '0' && c <= '9') {
                digits = digits * 10 + (c - '0');
                scale += scale < 0 ? 0 : 1;
            } else {
                return Double.parseDouble(text); // It has an exponent.
            }
        }
        if (scale < 0) {
            return negative ? -digits : digits;
        }
        double value = digits / POWERS_OF_TEN[scale];
        return negative ? -value : value;
    }

    /**
     * Returns the number if it is a whole one that fits 64 bits ({@code 1.0} and {@code 1e3} are).
     */
    public OptionalLong longValue() {
        if (isPlainInteger() && text.length() <= 18) {
            return OptionalLong.of(Long.parseLong(text));
        }
        var decimal = decimal();
        if (decimal.isEmpty() || decimal.get().precision() - (long) decimal.get().scale() > 19) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(decimal.get().longValueExact());
        } catch (ArithmeticException fractionOrTooLarge) {
            return OptionalLong.empty();
        }
    }

    /** Returns the exact decimal; empty only for exponents of more than 32 bits. */
    public Optional<BigDecimal> decimal() {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException exponentTooLarge) {
            return Optional.empty();
        }
    }

    /** Tells whether the text has neither fraction nor exponent. */
    public boolean isPlainInteger() {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '.' || c == 'e' || c == 'E') {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean sameValue(Json other) {
        if (!(other instanceof JsonNumber number)) {
            return false;
        }
        if (text.equals(number.text)) {
            return true;
        }
        if (isPlainInteger() && number.isPlainInteger() && text.length() <= 18) {
            return number.text.length() <= 18
                    && Long.parseLong(text) == Long.parseLong(number.text);
        }
        var left = decimal();
        var right = number.decimal();
        return (left.isPresent() && right.isPresent())
                ? left.get().compareTo(right.get()) == 0
                : doubleValue() == number.doubleValue();
    }

    @Override
    public int depth() {
        return 0;
    }

    @Override
    public long textCharsMin() {
        return text.length();
    }

    @Override
    public String toString() {
        return text;
    }

    /** Tells whether a text is a number by the grammar of RFC 8259. */
    static boolean isNumber(String text) {
        var end = text.length();
        var at = end > 0 && text.charAt(0) == '-' ? 1 : 0;
        var digits = digitsFrom(text, at);
        if (digits == at || (digits > at + 1 && text.charAt(at) == '0')) {
            return false;
        }
        at = digits;
        if (at < end && text.charAt(at) == '.') {
            digits = digitsFrom(text, at + 1);
            if (digits == at + 1) {
                return false;
            }
            at = digits;
        }
        if (at < end && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < end && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            digits = digitsFrom(text, at);
            if (digits == at) {
                return false;
            }
            at = digits;
        }
        return at == end;
    }

    private static int digitsFrom(String text, int from) {
        var at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
