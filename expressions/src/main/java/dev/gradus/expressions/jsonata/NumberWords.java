package dev.gradus.expressions.jsonata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Integers as English words, Roman numerals and letters, written and read. */
final class NumberWords {
    private static final List<String> CARDINALS =
            List.of(
                    ("Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen"
                                    + " Fourteen Fifteen Sixteen Seventeen Eighteen Nineteen")
                            .split(" "));
    private static final List<String> ORDINALS =
            List.of(
                    ("Zeroth First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth"
                                    + " Eleventh Twelfth Thirteenth Fourteenth Fifteenth Sixteenth"
                                    + " Seventeenth Eighteenth Nineteenth")
                            .split(" "));
    private static final List<String> TENS =
            List.of("Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety".split(" "));
    private static final List<String> POWERS =
            List.of("Thousand", "Million", "Billion", "Trillion");
    private static final Map<String, Double> VALUES = values();

    private static final int[] ROMAN_VALUES = {
        1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1
    };
    private static final List<String> ROMAN_DIGITS =
            List.of("m cm d cd c xc l xl x ix v iv i".split(" "));
    private static final int LETTERS = 26;

    private NumberWords() {}

    private static Map<String, Double> values() {
        var values = new HashMap<String, Double>();
        for (var i = 0; i < CARDINALS.size(); i++) {
            values.put(lower(CARDINALS.get(i)), (double) i);
            values.put(lower(ORDINALS.get(i)), (double) i);
        }
        for (var i = 0; i < TENS.size(); i++) {
            values.put(lower(TENS.get(i)), 20.0 + 10 * i);
            values.put(ieth(lower(TENS.get(i))), 20.0 + 10 * i);
        }
        values.put("hundred", 100.0);
        values.put("hundredth", 100.0);
        var power = 1.0;
        for (var word : POWERS) {
            power *= 1000;
            values.put(lower(word), power);
            values.put(lower(word) + "th", power);
        }
        return Map.copyOf(values);
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    private static String ieth(String word) {
        return word.substring(0, word.length() - 1) + "ieth";
    }

    /** Returns the words that a number may be written in, for a pattern. */
    static List<String> words() {
        return VALUES.keySet().stream().sorted().toList();
    }

    /** Writes a finite number that is not negative. */
    static String written(double number, boolean ordinal) {
        return written(number, "", "", ordinal);
    }

    /**
     * Writes a number after a word.
     *
     * @param link what joins numbers below a hundred to it
     * @param comma what joins greater ones
     */
    private static String written(double number, String link, String comma, boolean ordinal) {
        if (number < 20) {
            return link + (ordinal ? ORDINALS : CARDINALS).get((int) number);
        }
        if (number < 100) {
            var tens = TENS.get((int) number / 10 - 2);
            var rest = (int) number % 10;
            return link
                    + (rest > 0
                            ? tens + "-" + written(rest, "", "", ordinal)
                            : ordinal ? ieth(tens) : tens);
        }
        if (number < 1000) {
            var rest = number % 100;
            return comma
                    + CARDINALS.get((int) number / 100)
                    + " Hundred"
                    + remainder(rest, ordinal);
        }
        var power = (int) Math.min(POWERS.size(), Math.floor(Math.log10(number) / 3));
        var factor = Math.pow(10, power * 3.0);
        var multiple = Math.floor(number / factor);
        return comma
                + written(multiple, "", "", false)
                + " "
                + POWERS.get(power - 1)
                + remainder(number - multiple * factor, ordinal);
    }

    private static String remainder(double rest, boolean ordinal) {
        return rest > 0 ? written(rest, " and ", ", ", ordinal) : ordinal ? "th" : "";
    }

    /** Reads words in lower case; what is none gives no number. */
    static double read(String text) {
        var segments = new ArrayList<Double>();
        segments.add(0.0);
        for (var word : text.split(",\\s|\\sand\\s|[\\s\\\\-]", -1)) {
            var value = VALUES.getOrDefault(word, Double.NaN);
            var top = segments.removeLast();
            if (value < 100) {
                if (top >= 1000) {
                    segments.add(top);
                    top = 0.0;
                }
                segments.add(top + value);
            } else {
                segments.add(top * value);
            }
        }
        return segments.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Writes a finite number in lower-case Roman numerals. */
    static String roman(double number, Evaluation evaluation) {
        evaluation.madeChars((long) (number / ROMAN_VALUES[0]));
        var out = new StringBuilder();
        var rest = number;
        for (var i = 0; i < ROMAN_VALUES.length; i++) {
            while (rest >= ROMAN_VALUES[i]) {
                out.append(ROMAN_DIGITS.get(i));
                rest -= ROMAN_VALUES[i];
            }
        }
        return out.toString();
    }

    /** Reads upper-case Roman numerals. */
    static double readRoman(String roman) {
        var total = 0.0;
        var max = 1.0;
        for (var i = roman.length() - 1; i >= 0; i--) {
            var value =
                    switch (roman.charAt(i)) {
                        case 'M' -> 1000.0;
                        case 'D' -> 500.0;
                        case 'C' -> 100.0;
                        case 'L' -> 50.0;
                        case 'X' -> 10.0;
                        case 'V' -> 5.0;
                        case 'I' -> 1.0;
                        default -> Double.NaN;
                    };
            if (value < max) {
                total -= value;
            } else {
                max = value;
                total += value;
            }
        }
        return total;
    }

    /** Writes a finite number as columns of a table are named: a, b, ... z, aa. */
    static String letters(double number, char first) {
        var out = new StringBuilder();
        for (var rest = number; rest > 0; rest = Math.floor((rest - 1) / LETTERS)) {
            out.append((char) ((int) ((rest - 1) % LETTERS) + first));
        }
        return out.reverse().toString();
    }

    /** Reads the name of a column. */
    static double readLetters(String letters, char first) {
        var total = 0.0;
        for (var i = 0; i < letters.length(); i++) {
            var digit = letters.charAt(letters.length() - i - 1) - first + 1;
            total += digit * Math.pow(LETTERS, i);
        }
        return total;
    }
}
