package dev.gradus.expressions.jsonata;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Writes doubles as JavaScript does, and rounds them as its number methods do. */
final class NumberText {
    private static final double INTEGERS_EXACT_BELOW = 9_007_199_254_740_992.0;
    private static final double FIXED_BELOW = 1e21;
    private static final int POINT_RIGHT_MAX = 21;
    private static final int POINT_LEFT_MAX = -6;
    private static final double ONE_DIGIT_BELOW = 1e-320;
    private static final int DIGITS_KEPT = 15;

    private NumberText() {}

    /** Returns {@code Number.prototype.toString} of a number. */
    static String of(double number) {
        if (number == (long) number && Math.abs(number) < INTEGERS_EXACT_BELOW) {
            return Long.toString((long) number);
        }
        if (!Double.isFinite(number)) {
            return Double.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        }
        var shortest = Shortest.of(Math.abs(number));
        var text = shortest.text();
        return number < 0 ? "-" + text : text;
    }

    /** Returns {@code Number(x.toPrecision(15))}, the rounding of {@code $string}. */
    static double rounded(double number) {
        if (!Double.isFinite(number)
                || (number == (long) number && Math.abs(number) < 1e15)
                || Shortest.of(Math.abs(number)).digits().length() <= DIGITS_KEPT) {
            return number;
        }
        return new BigDecimal(number)
                .round(new MathContext(DIGITS_KEPT, RoundingMode.HALF_UP))
                .doubleValue();
    }

    /**
     * Returns what {@code JSON.stringify} writes of a number rounded so: the largest doubles are
     * rounded beyond all numbers, and then written as null.
     */
    static String ofRounded(double number) {
        var rounded = rounded(number);
        return Double.isFinite(rounded) ? of(rounded) : "null";
    }

    /** Returns {@code toFixed} of a number that is not negative, with at most 100 decimals. */
    static String fixed(double number, int decimals) {
        if (!(number < FIXED_BELOW)) {
            return of(number);
        }
        return new BigDecimal(number).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }

    /** Returns {@code Math.round}: halves go up. */
    static double roundedHalfUp(double number) {
        var down = Math.floor(number);
        return number - down >= 0.5 ? down + 1 : down;
    }

    /**
     * The shortest digits that name a positive double: 0.digits times ten to the exponent, without
     * zeros at either end.
     */
    private record Shortest(String digits, int exponent) {
        static Shortest of(double number) {
            var text = Double.toString(number);
            var mark = text.indexOf('E');
            var mantissa = mark < 0 ? text : text.substring(0, mark);
            var power = mark < 0 ? 0 : Integer.parseInt(text, mark + 1, text.length(), 10);
            var point = mantissa.indexOf('.');
            var digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
            var from = 0;
            while (from < digits.length() - 1 && digits.charAt(from) == '0') {
                from++;
            }
            var to = digits.length();
            while (to > from + 1 && digits.charAt(to - 1) == '0') {
                to--;
            }
            var found = new Shortest(digits.substring(from, to), point - from + power);
            return number < ONE_DIGIT_BELOW ? found.ofOneDigit(number) : found;
        }

        /** Java writes at least two digits, which for the very smallest numbers is one too many. */
        private Shortest ofOneDigit(double number) {
            if (digits.length() != 2) {
                return this;
            }
            var rounded = (Integer.parseInt(digits) + 5) / 10;
            var shorter =
                    rounded == 10
                            ? new Shortest("1", exponent + 1)
                            : new Shortest(String.valueOf(rounded), exponent);
            return Double.parseDouble(shorter.text()) == number ? shorter : this;
        }

        String text() {
            var count = digits.length();
            if (count <= exponent && exponent <= POINT_RIGHT_MAX) {
                return digits + "0".repeat(exponent - count);
            }
            if (0 < exponent && exponent <= POINT_RIGHT_MAX) {
                return digits.substring(0, exponent) + "." + digits.substring(exponent);
            }
            if (POINT_LEFT_MAX < exponent && exponent <= 0) {
                return "0." + "0".repeat(-exponent) + digits;
            }
            var power = exponent - 1;
            var mantissa = count == 1 ? digits : digits.substring(0, 1) + "." + digits.substring(1);
            return mantissa + (power < 0 ? "e-" : "e+") + Math.abs(power);
        }
    }
}
