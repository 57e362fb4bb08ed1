package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.NativeFunction.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * {@code $formatNumber}: how a number is written by a picture such as {@code #,##0.00}, as XPath
 * defines it, with the reference implementation's own readings where they differ.
 */
final class NumberPicture {
    private static final int DECIMALS_MAX = 100;
    private static final int PARTS_MAX = 2;

    private final Symbols symbols;
    private final String picture;
    private final String prefix;
    private final String suffix;
    private final String active;
    private final String mantissa;
    private final boolean hasExponent;
    private final String exponent;
    private final String integer;
    private final String fraction;

    /** The characters that mean something in a picture. */
    private record Symbols(
            String decimal,
            String grouping,
            String exponent,
            String minus,
            String percent,
            String perMille,
            char zero,
            String zeroText,
            String digit,
            String separator) {
        static Symbols of(Value options) {
            var zero = option(options, "zero-digit", "0");
            if (zero.isEmpty()) {
                throw EvaluationFailure.internal("The zero digit is missing");
            }
            return new Symbols(
                    option(options, "decimal-separator", "."),
                    option(options, "grouping-separator", ","),
                    option(options, "exponent-separator", "e"),
                    option(options, "minus-sign", "-"),
                    option(options, "percent", "%"),
                    option(options, "per-mille", "\u2030"),
                    zero.charAt(0),
                    zero,
                    option(options, "digit", "#"),
                    option(options, "pattern-separator", ";"));
        }

        private static String option(Value options, String name, String otherwise) {
            return options instanceof ObjectValue object
                            && object.find(name) instanceof Value.Text(var text)
                    ? text
                    : otherwise;
        }

        boolean isFamily(int c) {
            return c >= zero && c < zero + 10;
        }

        boolean isDigit(int c) {
            return isFamily(c) || is(digit, c);
        }

        static boolean is(String symbol, int c) {
            return symbol.length() == 1 && symbol.charAt(0) == c;
        }

        boolean isActive(int c) {
            return isDigit(c)
                    || is(decimal, c)
                    || is(exponent, c)
                    || is(grouping, c)
                    || is(separator, c);
        }
    }

    private NumberPicture(String picture, Symbols symbols) {
        this.symbols = symbols;
        this.picture = picture;
        IntPredicate isEdge = c -> symbols.isActive(c) && !Symbols.is(symbols.exponent, c);
        var first = 0;
        while (first < picture.length() && !isEdge.test(picture.charAt(first))) {
            first++;
        }
        if (first == picture.length()) {
            throw EvaluationFailure.internal("The picture has no digit: " + picture);
        }
        var last = picture.length();
        while (!isEdge.test(picture.charAt(last - 1))) {
            last--;
        }
        prefix = picture.substring(0, first);
        suffix = picture.substring(last);
        active = picture.substring(first, last);
        var mark = picture.indexOf(symbols.exponent, first);
        hasExponent = mark >= 0 && mark <= picture.length() - suffix.length();
        mantissa = hasExponent ? active.substring(0, Math.min(mark, active.length())) : active;
        exponent = hasExponent ? active.substring(Math.min(mark + 1, active.length())) : "";
        var point = mantissa.indexOf(symbols.decimal);
        integer = point < 0 ? mantissa : mantissa.substring(0, point);
        fraction = point < 0 ? suffix : mantissa.substring(point + 1);
    }

    static Value formatNumber(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        if (arguments.isMissing(1)) {
            throw EvaluationFailure.internal("The picture of the number is missing");
        }
        var evaluation = arguments.evaluation();
        var text = arguments.text(1);
        evaluation.steps(text.length() + (long) text.length() * text.length() / 64);
        evaluation.made(16L * text.length());
        var symbols = Symbols.of(arguments.get(2));
        var parts =
                symbols.separator.isEmpty()
                        ? List.of(text.split(""))
                        : split(text, symbols.separator);
        if (parts.size() > PARTS_MAX) {
            throw EvaluationFailure.of("D3080");
        }
        var pictures = parts.stream().map(part -> new NumberPicture(part, symbols)).toList();
        pictures.forEach(NumberPicture::validate);
        var number = arguments.number(0);
        var isOther = !(number >= 0);
        var picture = pictures.get(isOther && pictures.size() > 1 ? 1 : 0);
        var sign = isOther && pictures.size() == 1 ? symbols.minus : "";
        return arguments.made(sign + picture.format(number, evaluation));
    }

    private static List<String> split(String text, String separator) {
        var parts = new ArrayList<String>();
        var from = 0;
        for (var at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** The last rule that is broken is the one that is told. */
    private void validate() {
        var error = "";
        error = isRepeated(symbols.decimal) ? "D3081" : error;
        error = isRepeated(symbols.percent) ? "D3082" : error;
        error = isRepeated(symbols.perMille) ? "D3083" : error;
        error = has(symbols.percent) && has(symbols.perMille) ? "D3084" : error;
        error = mantissa.chars().noneMatch(symbols::isDigit) ? "D3085" : error;
        error = active.chars().allMatch(symbols::isActive) ? error : "D3086";
        var point = picture.indexOf(symbols.decimal);
        if (point >= 0) {
            var isGrouped =
                    picture.startsWith(symbols.grouping, point + 1)
                            || (point > 0 && picture.startsWith(symbols.grouping, point - 1));
            error = isGrouped ? "D3087" : error;
        } else {
            error = integer.endsWith(symbols.grouping) ? "D3088" : error;
        }
        error = has(symbols.grouping + symbols.grouping) ? "D3089" : error;
        var optional = integer.indexOf(symbols.digit);
        error = optional >= 0 && hasFamily(integer.substring(0, optional)) ? "D3090" : error;
        optional = fraction.lastIndexOf(symbols.digit);
        error = optional >= 0 && hasFamily(fraction.substring(optional)) ? "D3091" : error;
        if (hasExponent) {
            var scaled = has(symbols.percent) || has(symbols.perMille);
            error = !exponent.isEmpty() && scaled ? "D3092" : error;
            var isPlain = !exponent.isEmpty() && exponent.chars().allMatch(symbols::isFamily);
            error = isPlain ? error : "D3093";
        }
        if (!error.isEmpty()) {
            throw EvaluationFailure.of(error);
        }
    }

    private boolean has(String symbol) {
        return picture.contains(symbol);
    }

    private boolean isRepeated(String symbol) {
        return picture.indexOf(symbol) != picture.lastIndexOf(symbol);
    }

    private boolean hasFamily(String text) {
        return text.chars().anyMatch(symbols::isFamily);
    }

    private static int count(String text, IntPredicate kind) {
        return (int) text.chars().filter(kind).count();
    }

    /** How many digits there are at least and at most. */
    private record Sizes(int integerMin, int fractionMin, int fractionMax, int exponentMin) {}

    private Sizes sizes() {
        var integerMin = count(integer, symbols::isFamily);
        var fractionMin = count(fraction, symbols::isFamily);
        var fractionMax = count(fraction, symbols::isDigit);
        if (integerMin == 0 && fractionMax == 0) {
            if (hasExponent) {
                fractionMin = 1;
                fractionMax = 1;
            } else {
                integerMin = 1;
            }
        }
        if (hasExponent && integerMin == 0 && integer.contains(symbols.digit)) {
            integerMin = 1;
        }
        if (integerMin == 0 && fractionMin == 0) {
            fractionMin = 1;
        }
        return new Sizes(integerMin, fractionMin, fractionMax, count(exponent, symbols::isFamily));
    }

    private String format(double number, Evaluation evaluation) {
        var sizes = sizes();
        var scaled =
                has(symbols.percent)
                        ? number * 100
                        : has(symbols.perMille) ? number * 1000 : number;
        var power = 0;
        if (sizes.exponentMin > 0) {
            var scale = count(integer, symbols::isFamily);
            var max = Math.pow(10, scale);
            var min = Math.pow(10, scale - 1.0);
            if (!(scaled >= Double.MIN_VALUE && scaled <= Double.MAX_VALUE)) {
                throw EvaluationFailure.time(); // the reference looks for the exponent for ever
            }
            for (; scaled < min; power--) {
                scaled *= 10;
            }
            for (; scaled > max; power++) {
                scaled /= 10;
            }
        }
        if (sizes.fractionMax > DECIMALS_MAX) {
            throw EvaluationFailure.internal("A number has at most 100 decimals");
        }
        var rounded = NumberFunctions.rounded(scaled, sizes.fractionMax);
        var text = digits(Math.abs(rounded), sizes.fractionMax);
        text = padded(text, sizes);
        text = grouped(text, evaluation);
        var point = text.indexOf(symbols.decimal);
        if (!has(symbols.decimal) || point == text.length() - 1) {
            text = text.substring(0, text.length() - 1);
        }
        if (sizes.exponentMin > 0) {
            var digits = digits(Math.abs(power), 0);
            text +=
                    symbols.exponent
                            + (power < 0 ? symbols.minus : "")
                            + zeros(sizes.exponentMin - digits.length())
                            + digits;
        }
        return prefix + text + suffix;
    }

    private String digits(double number, int decimals) {
        var plain = NumberText.fixed(number, decimals);
        var out = new StringBuilder();
        for (var i = 0; i < plain.length(); i++) {
            var c = plain.charAt(i);
            out.append(c >= '0' && c <= '9' ? (char) (c - '0' + symbols.zero) : c);
        }
        return out.toString();
    }

    private String zeros(int count) {
        return count > 0 ? symbols.zeroText.repeat(count) : "";
    }

    private String padded(String digits, Sizes sizes) {
        var text = digits;
        var dot = text.indexOf('.');
        text =
                dot < 0
                        ? text + symbols.decimal
                        : text.substring(0, dot) + symbols.decimal + text.substring(dot + 1);
        var from = 0;
        while (from < text.length() && text.charAt(from) == symbols.zero) {
            from++;
        }
        var to = text.length();
        while (to > from && text.charAt(to - 1) == symbols.zero) {
            to--;
        }
        text = text.substring(from, to);
        var point = text.indexOf(symbols.decimal);
        var left = zeros(sizes.integerMin - point);
        var right = zeros(sizes.fractionMin - (text.length() - point - 1));
        return left + text + right;
    }

    private String grouped(String number, Evaluation evaluation) {
        evaluation.steps((long) number.length() * picture.length() / 64);
        var text = number;
        var point = text.indexOf(symbols.decimal);
        var positions = groupingPositions(integer, false);
        var regular = IntegerPicture.regular(positions);
        if (regular > 0) {
            for (var at = point - regular; at > 0; at -= regular) {
                text = inserted(text, at);
            }
        } else {
            for (var position : positions) {
                text = inserted(text, point - position);
                point++;
            }
        }
        point = text.indexOf(symbols.decimal);
        for (var position : groupingPositions(fraction, true)) {
            text = inserted(text, point + 1 + position);
        }
        return text;
    }

    /** Inserts a separator; an index before the start counts from the end, as in JavaScript. */
    private String inserted(String text, int index) {
        var at = Math.clamp(index < 0 ? text.length() + index : index, 0, text.length());
        return text.substring(0, at) + symbols.grouping + text.substring(at);
    }

    private List<Integer> groupingPositions(String part, boolean toLeft) {
        var positions = new ArrayList<Integer>();
        if (symbols.grouping.isEmpty()) {
            return positions;
        }
        for (var at = part.indexOf(symbols.grouping); at >= 0; ) {
            var side =
                    toLeft
                            ? part.substring(0, Math.min(at, part.length()))
                            : part.substring(Math.min(at, part.length()));
            positions.add(count(side, symbols::isDigit));
            // The reference looks on in the integer part, whichever part it began with.
            at = integer.indexOf(symbols.grouping, at + 1);
        }
        return positions;
    }
}
