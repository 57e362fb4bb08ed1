package dev.gradus.expressions.jsonata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A picture of a date and a time such as {@code [Y0001]-[M01]-[D01]}: literals and components. */
record DatePicture(List<Part> parts) {
    private static final Map<Character, String> DEFAULTS =
            Map.ofEntries(
                    Map.entry('Y', "1"),
                    Map.entry('M', "1"),
                    Map.entry('D', "1"),
                    Map.entry('d', "1"),
                    Map.entry('F', "n"),
                    Map.entry('W', "1"),
                    Map.entry('w', "1"),
                    Map.entry('X', "1"),
                    Map.entry('x', "1"),
                    Map.entry('H', "1"),
                    Map.entry('h', "1"),
                    Map.entry('P', "n"),
                    Map.entry('m', "01"),
                    Map.entry('s', "01"),
                    Map.entry('f', "1"),
                    Map.entry('Z', "01:01"),
                    Map.entry('z', "01:01"),
                    Map.entry('C', "n"),
                    Map.entry('E', "n"));
    private static final String NUMBERED = "YMDdFWwXxHhmsf";
    private static final int WIDTH_MAX = 1_000_000_000; // ours; JavaScript's strings end sooner

    /** A piece of a picture. */
    sealed interface Part {}

    /** Text that stands as it is. */
    record Literal(String text) implements Part {}

    /** How names are written. */
    enum Names {
        LOWER,
        UPPER,
        TITLE
    }

    /**
     * A component.
     *
     * @param letter what it is: Y for the year and so on
     * @param isTraditional whether a zone of no offset is written Z
     * @param names how its name is written, if it is one
     * @param integer how its number is written, if it is one
     * @param widthMax how many characters of a name are written
     * @param digitsKept how many digits of a year are written; 0 if none, -1 if all
     */
    record Component(
            char letter,
            boolean isTraditional,
            Optional<Names> names,
            Optional<IntegerPicture> integer,
            OptionalInt widthMax,
            int digitsKept)
            implements Part {
        boolean isZone() {
            return letter == 'Z' || letter == 'z';
        }
    }

    /**
     * Reads a picture.
     *
     * @throws EvaluationFailure D3132 for an unknown component, D3135 for a missing bracket
     */
    static DatePicture parse(String picture, Evaluation evaluation) {
        evaluation.steps(picture.length());
        var parts = new ArrayList<Part>();
        var from = 0;
        for (var at = 0; at < picture.length(); ) {
            if (picture.charAt(at) != '[') {
                at++;
                continue;
            }
            addLiteral(picture.substring(from, at), parts);
            if (picture.startsWith("[[", at)) {
                parts.add(new Literal("["));
                at += 2;
            } else {
                var close = picture.indexOf(']', at);
                if (close < 0) {
                    throw EvaluationFailure.of("D3135");
                }
                parts.add(component(picture.substring(at + 1, close), evaluation));
                at = close + 1;
            }
            from = at;
        }
        addLiteral(picture.substring(from), parts);
        return new DatePicture(List.copyOf(parts));
    }

    private static void addLiteral(String text, List<Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new Literal(text.replace("]]", "]")));
        }
    }

    private static Component component(String written, Evaluation evaluation) {
        var marker = new StringBuilder();
        for (var i = 0; i < written.length(); i++) {
            if (!RegexSet.BLANKS.contains(written.charAt(i))) {
                marker.append(written.charAt(i));
            }
        }
        if (marker.isEmpty()) {
            throw EvaluationFailure.of("D3132", new Value.Text(""));
        }
        var letter = marker.charAt(0);
        var comma = marker.lastIndexOf(",");
        var widths = comma < 0 ? "" : marker.substring(comma + 1);
        var shown = marker.substring(1, comma < 0 ? marker.length() : Math.max(1, comma));
        var modifier = ' ';
        if (shown.length() > 1 && "atco".indexOf(shown.charAt(shown.length() - 1)) >= 0) {
            modifier = shown.charAt(shown.length() - 1);
            shown = shown.substring(0, shown.length() - 1);
        }
        if (shown.isEmpty()) {
            shown = DEFAULTS.getOrDefault(letter, "");
        }
        if (shown.isEmpty()) {
            throw EvaluationFailure.of("D3132", new Value.Text(String.valueOf(letter)));
        }
        var dash = widths.indexOf('-');
        var min = width(dash < 0 ? widths : widths.substring(0, dash));
        var max = dash < 0 ? OptionalInt.empty() : width(widths.substring(dash + 1));
        var names = names(shown);
        var isNumbered = names.isEmpty() && NUMBERED.indexOf(letter) >= 0;
        var integer = Optional.<IntegerPicture>empty();
        var kept = -1;
        if (isNumbered) {
            var picture = modifier == ' ' ? shown : shown + ";" + modifier;
            var known = widened(IntegerPicture.parse(picture, evaluation), min);
            kept = "YMD".indexOf(letter) >= 0 ? kept(known, max) : 0;
            integer =
                    Optional.of(
                            "YMD".indexOf(letter) >= 0 && max.isPresent()
                                    ? known.withMandatoryDigits(max.getAsInt())
                                    : known);
        } else if (letter == 'Z' || letter == 'z') {
            integer = Optional.of(IntegerPicture.parse(shown, evaluation));
        }
        return new Component(letter, modifier == 't', names, integer, max, kept);
    }

    private static Optional<Names> names(String shown) {
        if (shown.startsWith("n")) {
            return Optional.of(Names.LOWER);
        }
        if (!shown.startsWith("N")) {
            return Optional.empty();
        }
        return Optional.of(shown.startsWith("Nn") ? Names.TITLE : Names.UPPER);
    }

    private static IntegerPicture widened(IntegerPicture picture, OptionalInt min) {
        return picture.primary() == IntegerPicture.Primary.DECIMAL
                        && min.isPresent()
                        && picture.digits().mandatory() < min.getAsInt()
                ? picture.withMandatoryDigits(min.getAsInt())
                : picture;
    }

    private static int kept(IntegerPicture picture, OptionalInt max) {
        if (max.isPresent()) {
            return max.getAsInt();
        }
        var width = picture.digits().mandatory() + picture.digits().optional();
        return width >= 2 ? width : -1;
    }

    private static OptionalInt width(String text) {
        var width = IntegerPicture.leadingInteger(text);
        return Double.isNaN(width)
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.clamp((long) width, 0L, WIDTH_MAX));
    }
}
