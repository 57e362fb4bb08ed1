package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.NativeFunction.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How an integer is written: a picture such as {@code #,##0;o}, {@code w} or {@code I}.
 *
 * @param digits for a picture of digits: how many there are at least, and of which family
 * @param token the picture itself
 */
record IntegerPicture(
        Primary primary,
        boolean upper,
        boolean lower,
        boolean ordinal,
        Digits digits,
        String token) {
    private static final int ASCII_ZERO = '0';
    private static final int[] ZEROS = {
        0x30, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66,
                0x0CE6,
        0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0,
                0x1A80,
        0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50,
                0xABF0,
        0xFF10
    };

    /** The kinds of pictures. */
    enum Primary {
        DECIMAL,
        LETTERS,
        ROMAN,
        WORDS,
        SEQUENCE
    }

    /**
     * A picture of digits.
     *
     * @param regular the distance of separators that repeat; 0 if they do not
     * @param separators from the right; one if they repeat
     */
    record Digits(int zero, int mandatory, int optional, int regular, List<Separator> separators) {
        static final Digits NONE = new Digits(ASCII_ZERO, 0, 0, 0, List.of());

        Digits withMandatory(int count) {
            return new Digits(zero, count, optional, regular, separators);
        }
    }

    /** A character between digits, and how many digits stand to its right. */
    record Separator(int position, String character) {}

    static Value formatInteger(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var picture = parse(picture(arguments), arguments.evaluation());
        return arguments.made(
                picture.format(Math.floor(arguments.number(0)), arguments.evaluation()));
    }

    static Value parseInteger(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        arguments.evaluation().read(8L * arguments.text(0).length());
        return Value.Num.of(
                parse(picture(arguments), arguments.evaluation()).read(arguments.text(0)));
    }

    private static String picture(Arguments arguments) {
        if (arguments.isMissing(1)) {
            throw EvaluationFailure.internal("The picture of the integer is missing");
        }
        return arguments.text(1);
    }

    /**
     * Reads a picture.
     *
     * @throws EvaluationFailure D3131 if it mixes digits of several families
     */
    static IntegerPicture parse(String picture, Evaluation evaluation) {
        evaluation.steps(picture.length() + (long) picture.length() * picture.length() / 64);
        var semicolon = picture.lastIndexOf(';');
        var ordinal = semicolon >= 0 && picture.startsWith("o", semicolon + 1);
        var token = semicolon < 0 ? picture : picture.substring(0, semicolon);
        return switch (token) {
            case "A" -> of(Primary.LETTERS, true, false, ordinal, token);
            case "a" -> of(Primary.LETTERS, false, true, ordinal, token);
            case "I" -> of(Primary.ROMAN, true, false, ordinal, token);
            case "i" -> of(Primary.ROMAN, false, true, ordinal, token);
            case "W" -> of(Primary.WORDS, true, false, ordinal, token);
            case "w" -> of(Primary.WORDS, false, true, ordinal, token);
            case "Ww" -> of(Primary.WORDS, false, false, ordinal, token);
            default -> ofDigits(token, ordinal);
        };
    }

    private static IntegerPicture of(
            Primary primary, boolean upper, boolean lower, boolean ordinal, String token) {
        return new IntegerPicture(primary, upper, lower, ordinal, Digits.NONE, token);
    }

    private static IntegerPicture ofDigits(String token, boolean ordinal) {
        var zero = 0;
        var mandatory = 0;
        var optional = 0;
        var separators = new ArrayList<Separator>();
        for (var at = token.length(); at > 0; ) {
            var codePoint = token.codePointBefore(at);
            at -= Character.charCount(codePoint);
            var family = family(codePoint);
            if (family > 0) {
                if (zero > 0 && family != zero) {
                    throw EvaluationFailure.of("D3131");
                }
                zero = family;
                mandatory++;
            } else if (codePoint == '#') {
                optional++;
            } else {
                separators.add(new Separator(mandatory + optional, Character.toString(codePoint)));
            }
        }
        if (mandatory == 0) {
            return of(Primary.SEQUENCE, false, true, ordinal, token);
        }
        var digits = new Digits(zero, mandatory, optional, distance(separators), separators);
        return new IntegerPicture(Primary.DECIMAL, false, true, ordinal, digits, token);
    }

    private static int family(int codePoint) {
        for (var zero : ZEROS) {
            if (codePoint >= zero && codePoint <= zero + 9) {
                return zero;
            }
        }
        return 0;
    }

    /** Returns the distance if all separators are the same and at its multiples, else 0. */
    private static int distance(List<Separator> separators) {
        if (separators.isEmpty()
                || separators.stream().map(Separator::character).distinct().count() > 1) {
            return 0;
        }
        return regular(separators.stream().map(Separator::position).toList());
    }

    /** Returns the greatest common divisor of positions if they are all its multiples, else 0. */
    static int regular(List<Integer> positions) {
        if (positions.isEmpty()) {
            return 0;
        }
        int factor = positions.stream().reduce(IntegerPicture::commonDivisor).get();
        for (var index = 1; index <= positions.size(); index++) {
            if (!positions.contains(index * factor)) {
                return 0;
            }
        }
        return factor;
    }

    private static int commonDivisor(int a, int b) {
        return b == 0 ? a : commonDivisor(b, a % b);
    }

    IntegerPicture withMandatoryDigits(int count) {
        return new IntegerPicture(
                primary, upper, lower, ordinal, digits.withMandatory(count), token);
    }

    /**
     * Writes a whole number.
     *
     * @throws EvaluationFailure D3130 if the picture is of a kind that JSONata does not write
     */
    String format(double number, Evaluation evaluation) {
        evaluation.step();
        var size = Math.abs(number);
        if (primary == Primary.SEQUENCE) {
            throw sequence();
        }
        if (primary != Primary.DECIMAL && !Double.isFinite(size)) {
            throw EvaluationFailure.internal("Only a finite number has words or letters");
        }
        var text =
                switch (primary) {
                    case LETTERS -> NumberWords.letters(size, upper ? 'A' : 'a');
                    case ROMAN -> NumberWords.roman(size, evaluation);
                    case WORDS -> NumberWords.written(size, ordinal);
                    case DECIMAL -> decimal(NumberText.of(size), evaluation);
                    case SEQUENCE -> throw sequence();
                };
        if (primary != Primary.DECIMAL) {
            text =
                    upper
                            ? text.toUpperCase(Locale.ROOT)
                            : lower ? text.toLowerCase(Locale.ROOT) : text;
        }
        return number < 0 ? "-" + text : text;
    }

    private EvaluationFailure sequence() {
        return EvaluationFailure.of("D3130", new Value.Text(token));
    }

    private String decimal(String plain, Evaluation evaluation) {
        evaluation.madeChars(Math.max(plain.length(), digits.mandatory));
        var text = "0".repeat(Math.max(0, digits.mandatory - plain.length())) + plain;
        text = inFamily(text, digits.zero - ASCII_ZERO);
        if (digits.regular > 0) {
            evaluation.steps((long) text.length() * text.length() / (64L * digits.regular));
            var separator = digits.separators.getFirst().character;
            var grouped = new StringBuilder(text);
            for (var at = text.length() - digits.regular; at > 0; at -= digits.regular) {
                grouped.insert(at, separator);
            }
            text = grouped.toString();
        } else {
            for (var separator : digits.separators.reversed()) {
                var at = text.length() - separator.position;
                // JavaScript's substr counts from the end when the number is too short.
                text =
                        text.substring(0, Math.max(0, at))
                                + separator.character
                                + text.substring(at < 0 ? Math.max(0, text.length() + at) : at);
            }
        }
        return ordinal ? text + suffix(text) : text;
    }

    private static String inFamily(String text, int distance) {
        if (distance == 0) {
            return text;
        }
        var out = new StringBuilder();
        text.codePoints().forEach(c -> out.appendCodePoint(c + distance));
        return out.toString();
    }

    private static String suffix(String text) {
        var last = text.charAt(text.length() - 1);
        var isTeen = text.length() > 1 && text.charAt(text.length() - 2) == '1';
        return isTeen
                ? "th"
                : switch (last) {
                    case '1' -> "st";
                    case '2' -> "nd";
                    case '3' -> "rd";
                    default -> "th";
                };
    }

    /**
     * Reads a number; what is none gives no number.
     *
     * @throws EvaluationFailure D3130 if the picture is of a kind that JSONata does not read
     */
    double read(String text) {
        return switch (primary) {
            case LETTERS -> NumberWords.readLetters(text, upper ? 'A' : 'a');
            case ROMAN -> NumberWords.readRoman(upper ? text : text.toUpperCase(Locale.ROOT));
            case WORDS -> NumberWords.read(text.toLowerCase(Locale.ROOT));
            case DECIMAL -> readDecimal(text);
            case SEQUENCE -> throw sequence();
        };
    }

    private double readDecimal(String text) {
        var plain = ordinal ? text.substring(0, Math.max(0, text.length() - 2)) : text;
        if (digits.regular > 0) {
            plain = plain.replace(",", "");
        } else {
            for (var separator : digits.separators) {
                plain = plain.replace(separator.character, "");
            }
        }
        return leadingInteger(inFamily(plain, ASCII_ZERO - digits.zero));
    }

    /** Returns the integer that a text begins with, as JavaScript's parseInt does. */
    static double leadingInteger(String text) {
        var from = 0;
        while (from < text.length() && RegexSet.BLANKS.contains(text.charAt(from))) {
            from++;
        }
        var at = from < text.length() && "+-".indexOf(text.charAt(from)) >= 0 ? from + 1 : from;
        var start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at == start ? Double.NaN : Double.parseDouble(text.substring(from, at));
    }

    /**
     * Returns the regular expression of what the picture writes.
     *
     * @param width how many digits there may be; 0 if any number
     */
    String pattern(int width) {
        return switch (primary) {
            case LETTERS -> upper ? "[A-Z]+" : "[a-z]+";
            case ROMAN -> upper ? "[MDCLXVI]+" : "[mdclxvi]+";
            case WORDS -> "(?:" + String.join("|", NumberWords.words()) + "|and|[\\-, ])+";
            case DECIMAL -> {
                var count =
                        width <= 0
                                ? "+"
                                : digits.optional == 0
                                        ? "{" + width + "}"
                                        : "{" + (width - digits.optional) + "," + width + "}";
                yield "[0-9]" + count + (ordinal ? "(?:th|st|nd|rd)" : "");
            }
            case SEQUENCE -> throw sequence();
        };
    }
}
