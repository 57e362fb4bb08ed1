package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.DatePicture.Component;
import dev.gradus.expressions.jsonata.DatePicture.Literal;
import dev.gradus.expressions.jsonata.DatePicture.Names;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a moment by a picture, in a zone of fixed offset. */
final class DateFormatter {
    static final List<String> DAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    static final List<String> MONTHS =
            List.of(
                    "January",
                    "February",
                    "March",
                    "April",
                    "May",
                    "June",
                    "July",
                    "August",
                    "September",
                    "October",
                    "November",
                    "December");

    private static final String FORMATTED = "YMDdFWwXxHhms";
    private static final double MILLIS_PER_MINUTE = 60_000;

    private final CalendarDate date;
    private final double offsetHours;
    private final double offsetMinutes;
    private final Evaluation evaluation;

    /**
     * @param zone an offset such as {@code -0500}
     */
    DateFormatter(double millis, Optional<String> zone, Evaluation evaluation) {
        var offset = zone.map(IntegerPicture::leadingInteger).orElse(0.0);
        this.offsetHours = Math.floor(offset / 100);
        this.offsetMinutes = offset % 100;
        this.date =
                CalendarDate.of(millis + (60 * offsetHours + offsetMinutes) * MILLIS_PER_MINUTE);
        this.evaluation = evaluation;
    }

    /**
     * Writes the moment.
     *
     * @throws EvaluationFailure D3130, D3133 or D3134 if the picture asks for what there is not
     */
    String format(DatePicture picture) {
        var out = new StringBuilder();
        for (var part : picture.parts()) {
            var text =
                    switch (part) {
                        case Literal(var literal) -> literal;
                        case Component component -> component(component);
                    };
            evaluation.madeChars(text.length());
            out.append(text);
        }
        return out.toString();
    }

    private String component(Component component) {
        var letter = component.letter();
        if (FORMATTED.indexOf(letter) >= 0) {
            return numbered(component);
        }
        return switch (letter) {
            case 'f' -> integer(component).format(date.component('f'), evaluation);
            case 'Z', 'z' -> zone(component);
            case 'P' -> {
                var half = date.isAfternoon() ? "pm" : "am";
                yield component.names().equals(Optional.of(Names.UPPER))
                        ? half.toUpperCase(Locale.ROOT)
                        : half;
            }
            case 'C', 'E' -> "ISO";
            default -> "undefined"; // what JavaScript appends for a letter that means nothing
        };
    }

    private static IntegerPicture integer(Component component) {
        return component
                .integer()
                .orElseThrow(
                        () -> EvaluationFailure.internal("A fraction of a second has no name"));
    }

    private String numbered(Component component) {
        var letter = component.letter();
        var value = date.component(letter);
        if (letter == 'Y' && component.digitsKept() >= 0) {
            value = value % Math.pow(10, component.digitsKept());
        }
        if (component.names().isEmpty()) {
            return integer(component).format(value, evaluation);
        }
        var names =
                switch (letter) {
                    case 'M', 'x' -> MONTHS;
                    case 'F' -> DAYS;
                    default ->
                            throw EvaluationFailure.of(
                                    "D3133", new Value.Text(String.valueOf(letter)));
                };
        if (Double.isNaN(value)) {
            throw EvaluationFailure.internal("The date is out of range");
        }
        var name = names.get((int) value - 1);
        var cased =
                switch (component.names().get()) {
                    case UPPER -> name.toUpperCase(Locale.ROOT);
                    case LOWER -> name.toLowerCase(Locale.ROOT);
                    case TITLE -> name;
                };
        var max = component.widthMax().orElse(Integer.MAX_VALUE);
        return cased.length() > max ? cased.substring(0, max) : cased;
    }

    private String zone(Component component) {
        var picture = integer(component);
        var offset = offsetHours * 100 + offsetMinutes;
        if (offset == 0 && component.isTraditional()) {
            return "Z";
        }
        String text;
        var digits = picture.digits().mandatory();
        if (picture.digits().regular() > 0 || digits == 3 || digits == 4) {
            text = picture.format(offset, evaluation);
        } else if (digits == 1 || digits == 2) {
            text = picture.format(offsetHours, evaluation);
            if (offsetMinutes != 0) {
                text +=
                        ":"
                                + IntegerPicture.parse("00", evaluation)
                                        .format(Math.floor(offsetMinutes), evaluation);
            }
        } else {
            throw EvaluationFailure.of("D3134");
        }
        return (component.letter() == 'z' ? "GMT" : "") + (offset >= 0 ? "+" : "") + text;
    }
}
