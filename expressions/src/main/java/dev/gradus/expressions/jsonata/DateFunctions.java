package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.NativeFunction.Arguments;
import java.time.LocalDate;
import java.util.Optional;

/** The functions over dates and times. */
final class DateFunctions {
    private static final String ISO_PICTURE =
            "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]";
    private static final RegexProgram ISO =
            RegexProgram.compile(
                    "^\\d{4}(-[01]\\d)*(-[0-3]\\d)*(T[0-2]\\d:[0-5]\\d:[0-5]\\d)*(\\.\\d+)?"
                            + "([+-][0-2]\\d:?[0-5]\\d|Z)?$/",
                    0);

    /** What JavaScript's own date parser takes of it. */
    private static final RegexProgram PARSED =
            RegexProgram.compile(
                    "^(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d))?)?"
                            + "(?:T(\\d\\d):(\\d\\d):(\\d\\d)(\\.\\d+)?)?"
                            + "(?:([+-]\\d\\d):?(\\d\\d)|Z)?$/",
                    0);

    private DateFunctions() {}

    static Value now(Arguments arguments) {
        return formatted(arguments, (double) arguments.evaluation().epochMillis(), 0);
    }

    static Value millis(Arguments arguments) {
        return Value.Num.of((double) arguments.evaluation().epochMillis());
    }

    static Value fromMillis(Arguments arguments) {
        return arguments.isMissing(0)
                ? Value.UNDEFINED
                : formatted(arguments, arguments.number(0), 1);
    }

    private static Value formatted(Arguments arguments, double millis, int pictureAt) {
        var evaluation = arguments.evaluation();
        var picture = arguments.isMissing(pictureAt) ? ISO_PICTURE : arguments.text(pictureAt);
        var zone =
                arguments.isMissing(pictureAt + 1)
                        ? Optional.<String>empty()
                        : Optional.of(arguments.text(pictureAt + 1));
        var formatter = new DateFormatter(millis, zone, evaluation);
        return arguments.made(formatter.format(DatePicture.parse(picture, evaluation)));
    }

    static Value toMillis(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var evaluation = arguments.evaluation();
        var text = arguments.text(0);
        if (!arguments.isMissing(1)) {
            var read = DateReader.read(text, arguments.text(1), evaluation);
            return read.isPresent() ? Value.Num.of(read.getAsDouble()) : Value.UNDEFINED;
        }
        if (!new RegexMatcher(ISO, text, evaluation).find(0)) {
            throw EvaluationFailure.of("D3110", arguments.get(0));
        }
        return Value.Num.of(parsed(text, evaluation));
    }

    /** Returns {@code Date.parse}, with UTC as the local time. */
    private static double parsed(String text, Evaluation evaluation) {
        var matcher = new RegexMatcher(PARSED, text, evaluation);
        if (!matcher.find(0)) {
            return Double.NaN;
        }
        var month = field(matcher, text, 2, 1);
        var day = field(matcher, text, 3, 1);
        var hour = field(matcher, text, 4, 0);
        var fraction =
                matcher.start(7) < 0
                        ? 0
                        : Double.parseDouble(
                                "0" + text.substring(matcher.start(7), matcher.end(7)));
        var minute = field(matcher, text, 5, 0);
        var second = field(matcher, text, 6, 0);
        if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24) {
            return Double.NaN;
        }
        var milli = Math.floor(fraction * 1000 + 1e-9);
        if (hour == 24 && (minute > 0 || second > 0 || milli > 0)) {
            return Double.NaN;
        }
        // Years below 100 are themselves here: the picture of four digits says so.
        var date = dayOf(field(matcher, text, 1, 0), month, day);
        var millis = CalendarDate.utc(date, hour, minute, second, milli);
        if (matcher.start(8) < 0) {
            return millis;
        }
        var offset = Math.abs(field(matcher, text, 8, 0)) * 60 + field(matcher, text, 9, 0);
        return text.charAt(matcher.start(8)) == '-'
                ? millis + offset * 60_000
                : millis - offset * 60_000;
    }

    private static double dayOf(double year, double month, double day) {
        var days = LocalDate.of((int) year, (int) month, 1).toEpochDay() + day - 1;
        return days * 86_400_000.0;
    }

    private static double field(RegexMatcher matcher, String text, int group, double otherwise) {
        return matcher.start(group) < 0
                ? otherwise
                : Double.parseDouble(text.substring(matcher.start(group), matcher.end(group)));
    }
}
