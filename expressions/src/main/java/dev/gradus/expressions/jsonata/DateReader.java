package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.DatePicture.Component;
import dev.gradus.expressions.jsonata.DatePicture.Literal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Reads a moment by a picture: all its parts must fit together, and what is left out is filled in.
 */
final class DateReader {
    private static final String DATE_BITS = "YXMxWwdD";
    private static final String TIME_BITS = "PHhmsf";
    private static final int YEAR_MONTH_DAY = 0b10100001;
    private static final int YEAR_DAY_OF_YEAR = 0b10000010;
    private static final int WEEK_OF_MONTH = 0b01010100;
    private static final int WEEK_OF_YEAR = 0b01001000;
    private static final int TIME_OF_24_HOURS = 0b010111;
    private static final int TIME_OF_12_HOURS = 0b101111;
    private static final double MILLIS_PER_MINUTE = 60_000;
    private static final double MILLIS_PER_DAY = 86_400_000;

    private final Map<Character, Double> components = new HashMap<>();
    private final Evaluation evaluation;

    private DateReader(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    /**
     * Reads a moment in milliseconds since 1970; empty if the text does not fit the picture.
     *
     * @throws EvaluationFailure D3136 if the picture leaves out what lies between its parts
     */
    static OptionalDouble read(String text, String picture, Evaluation evaluation) {
        var parts = DatePicture.parse(picture, evaluation).parts();
        var pattern = new StringBuilder("^");
        for (var part : parts) {
            pattern.append('(').append(pattern(part)).append(')');
        }
        evaluation.madeChars(16L * pattern.length());
        RegexMatcher matcher;
        try {
            matcher =
                    new RegexMatcher(
                            RegexProgram.ignoringCase(pattern.append('$').toString()),
                            text,
                            evaluation);
        } catch (RegexParser.Malformed malformed) {
            throw EvaluationFailure.internal(String.valueOf(malformed.getMessage()));
        }
        if (!matcher.find(0)) {
            return OptionalDouble.empty();
        }
        var reader = new DateReader(evaluation);
        for (var i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Component component) {
                var written = text.substring(matcher.start(i + 1), matcher.end(i + 1));
                reader.components.put(component.letter(), value(component, written));
            }
        }
        return reader.components.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(reader.millis());
    }

    private static String pattern(DatePicture.Part part) {
        return switch (part) {
            case Literal(var text) -> text.replaceAll("[.*+?^${}()|\\[\\]\\\\]", "\\\\$0");
            case Component component when component.isZone() -> {
                var separator = separator(component);
                yield (component.letter() == 'z' ? "GMT" : "")
                        + "[-+][0-9]+"
                        + (separator.isEmpty() ? "" : separator + "[0-9]+");
            }
            case Component component ->
                    component.integer().isPresent()
                            ? component.integer().get().pattern(component.digitsKept())
                            : named(component);
        };
    }

    private static String separator(Component zone) {
        return zone.integer()
                .filter(picture -> picture.digits().regular() > 0)
                .map(picture -> picture.digits().separators().getFirst().character())
                .orElse("");
    }

    private static String named(Component component) {
        if ("MxFP".indexOf(component.letter()) < 0 || component.names().isEmpty()) {
            throw EvaluationFailure.of("D3133", new Value.Text(String.valueOf(component.letter())));
        }
        return "[a-zA-Z]+";
    }

    private static double value(Component component, String written) {
        if (component.isZone()) {
            return zone(
                    component.letter() == 'z' ? written.substring(3) : written,
                    separator(component));
        }
        if (component.integer().isPresent()) {
            return component.integer().get().read(written);
        }
        return switch (component.letter()) {
            case 'M', 'x' -> position(DateFormatter.MONTHS, component, written);
            case 'F' -> position(DateFormatter.DAYS, component, written);
            default ->
                    switch (written) {
                        case "am", "AM" -> 0;
                        case "pm", "PM" -> 1;
                        default -> Double.NaN;
                    };
        };
    }

    private static double position(List<String> names, Component component, String written) {
        var max = component.widthMax().orElse(0);
        for (var i = names.size() - 1; i >= 0; i--) {
            var name = names.get(i);
            if (written.equals(max == 0 || name.length() <= max ? name : name.substring(0, max))) {
                return i + 1.0;
            }
        }
        return Double.NaN;
    }

    /** Returns the minutes of an offset. */
    private static double zone(String written, String separator) {
        var at = separator.isEmpty() ? -1 : written.indexOf(separator);
        if (at >= 0) {
            return IntegerPicture.leadingInteger(written.substring(0, at)) * 60
                    + IntegerPicture.leadingInteger(written.substring(at + 1));
        }
        if (written.length() - 1 <= 2) {
            return IntegerPicture.leadingInteger(written) * 60;
        }
        return IntegerPicture.leadingInteger(written.substring(0, 3)) * 60
                + IntegerPicture.leadingInteger(written.substring(3));
    }

    private int mask(String letters) {
        var mask = 0;
        for (var i = 0; i < letters.length(); i++) {
            var value = get(letters.charAt(i));
            mask = (mask << 1) | (value != 0 && !Double.isNaN(value) ? 1 : 0);
        }
        return mask;
    }

    private double get(char letter) {
        return components.getOrDefault(letter, Double.NaN);
    }

    private static boolean isKind(int kind, int mask) {
        return (~kind & mask) == 0 && (kind & mask) != 0;
    }

    private double millis() {
        var dates = mask(DATE_BITS);
        var isByDayOfYear = !isKind(YEAR_MONTH_DAY, dates) && isKind(YEAR_DAY_OF_YEAR, dates);
        var isByWeekOfMonth = isKind(WEEK_OF_MONTH, dates);
        var isByWeekOfYear = !isByWeekOfMonth && isKind(WEEK_OF_YEAR, dates);
        var times = mask(TIME_BITS);
        var isBy12Hours = !isKind(TIME_OF_24_HOURS, times) && isKind(TIME_OF_12_HOURS, times);
        var dateLetters =
                isByDayOfYear ? "YD" : isByWeekOfMonth ? "XxwF" : isByWeekOfYear ? "XWF" : "YMD";
        fillIn(dateLetters + (isBy12Hours ? "Phmsf" : "Hmsf"));
        if (isByWeekOfMonth || isByWeekOfYear) {
            throw EvaluationFailure.of("D3136");
        }
        var day =
                isByDayOfYear
                        ? CalendarDate.utc(get('Y'), 0, 1) + (get('d') - 1) * MILLIS_PER_DAY
                        : CalendarDate.utc(get('Y'), get('M') > 0 ? get('M') - 1 : 0, get('D'));
        var hour = get('H');
        if (isBy12Hours) {
            hour = (get('h') == 12 ? 0 : get('h')) + (get('P') == 1 ? 12 : 0);
        }
        var millis = CalendarDate.utc(day, hour, get('m'), get('s'), get('f'));
        var zone = isTruthy(get('Z')) ? get('Z') : get('z');
        return isTruthy(zone) ? millis - zone * MILLIS_PER_MINUTE : millis;
    }

    private static boolean isTruthy(double number) {
        return number != 0 && !Double.isNaN(number);
    }

    /**
     * Fills in what the picture leaves out: before its first part from the current time, after it
     * the first day or zero; nothing may be left out in between.
     */
    private void fillIn(String letters) {
        var isStarted = false;
        var isEnded = false;
        var now = CalendarDate.of((double) evaluation.epochMillis());
        for (var i = 0; i < letters.length(); i++) {
            var letter = letters.charAt(i);
            if (components.containsKey(letter)) {
                isStarted = true;
                if (isEnded) {
                    throw EvaluationFailure.of("D3136");
                }
            } else if (isStarted) {
                components.put(letter, "MDd".indexOf(letter) >= 0 ? 1.0 : 0.0);
                isEnded = true;
            } else {
                components.put(letter, now.component(letter));
            }
        }
    }
}
