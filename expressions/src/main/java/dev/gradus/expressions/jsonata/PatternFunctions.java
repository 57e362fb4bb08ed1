package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.Matches.Match;
import dev.gradus.expressions.jsonata.NativeFunction.Arguments;
import java.util.Optional;

/** The functions that look for a string or a pattern in a string. */
final class PatternFunctions {
    private PatternFunctions() {}

    /** Finds a string, counting the characters looked at. */
    static int indexOf(String text, String wanted, int from, Evaluation evaluation) {
        var at = text.indexOf(wanted, from);
        var looked = (at < 0 ? text.length() : at) - from + 1L;
        // The search compares the wanted text again wherever its first character is.
        evaluation.read(looked * Math.min(wanted.length(), 8));
        return at;
    }

    static Value contains(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var text = arguments.text(0);
        var found =
                arguments.get(1) instanceof Value.Text(var wanted)
                        ? indexOf(text, wanted, 0, arguments.evaluation()) >= 0
                        : Matches.of(arguments.get(1), text, arguments.evaluation()).isPresent();
        return Value.Bool.of(found);
    }

    static Value match(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var limit = limit(arguments, 2, "D3040");
        var evaluation = arguments.evaluation();
        var found = ArrayValue.sequence();
        if (limit <= 0) {
            return found;
        }
        var match = Matches.of(arguments.get(1), arguments.text(0), evaluation);
        for (var count = 0; match.isPresent() && count < limit; count++) {
            var object = ObjectValue.empty();
            setIfKnown(object, "match", match.get().text(), evaluation);
            object.set("index", Value.Num.of(match.get().start()), evaluation);
            object.set("groups", match.get().groups(), evaluation);
            found.add(object, evaluation);
            match = match.get().next().get();
        }
        return found;
    }

    private static void setIfKnown(
            ObjectValue object, String name, Value value, Evaluation evaluation) {
        if (value != Value.UNDEFINED) {
            object.set(name, value, evaluation);
        }
    }

    /** Returns the limit that an argument gives, infinite without one. */
    private static double limit(Arguments arguments, int at, String code) {
        if (arguments.isMissing(at)) {
            return Double.POSITIVE_INFINITY;
        }
        var limit = arguments.number(at);
        if (limit < 0) {
            throw EvaluationFailure.of(code, arguments.get(at));
        }
        return limit;
    }

    static Value split(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var limit = limit(arguments, 2, "D3020");
        var evaluation = arguments.evaluation();
        var text = arguments.text(0);
        var pieces = ArrayValue.plain();
        if (limit <= 0) {
            return pieces;
        }
        if (arguments.get(1) instanceof Value.Text(var separator)) {
            splitAt(text, separator, Math.floor(limit), pieces, evaluation);
            return pieces;
        }
        var match = Matches.of(arguments.get(1), text, evaluation);
        var start = 0;
        var count = 0;
        for (; match.isPresent() && count < limit; count++) {
            var at = within(text, match.get().start());
            pieces.add(evaluation.text(text, Math.min(start, at), Math.max(start, at)), evaluation);
            start = within(text, match.get().end());
            match = match.get().next().get();
        }
        if (count < limit) {
            pieces.add(evaluation.text(text, start, text.length()), evaluation);
        }
        return pieces;
    }

    private static int within(String text, double index) {
        return (int) Math.clamp((long) index, 0L, text.length());
    }

    private static void splitAt(
            String text, String separator, double limit, ArrayValue pieces, Evaluation evaluation) {
        if (separator.isEmpty()) {
            for (var i = 0; i < text.length() && i < limit; i++) {
                evaluation.step();
                pieces.add(evaluation.text(text, i, i + 1), evaluation);
            }
            return;
        }
        var from = 0;
        while (pieces.size() < limit) {
            evaluation.step();
            var at = indexOf(text, separator, from, evaluation);
            pieces.add(evaluation.text(text, from, at < 0 ? text.length() : at), evaluation);
            if (at < 0) {
                return;
            }
            from = at + separator.length();
        }
    }

    static Value replace(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        if (arguments.get(1) instanceof Value.Text(var pattern) && pattern.isEmpty()) {
            throw EvaluationFailure.of("D3010", arguments.get(1));
        }
        var limit = limit(arguments, 3, "D3011");
        if (limit <= 0) {
            return arguments.get(0);
        }
        return arguments.get(1) instanceof Value.Text(var wanted)
                ? replaceText(arguments, wanted, limit)
                : replaceMatches(arguments, limit);
    }

    private static Value replaceText(Arguments arguments, String wanted, double limit) {
        var evaluation = arguments.evaluation();
        var text = arguments.text(0);
        var replacement =
                arguments.isMissing(2) ? "undefined" : Values.text(arguments.get(2), evaluation);
        var out = new StringBuilder();
        var from = 0;
        var at = indexOf(text, wanted, 0, evaluation);
        for (var count = 0; at >= 0 && count < limit; count++) {
            evaluation.step();
            append(out, text, from, at, evaluation);
            append(out, replacement, 0, replacement.length(), evaluation);
            from = at + wanted.length();
            at = indexOf(text, wanted, from, evaluation);
        }
        append(out, text, from, text.length(), evaluation);
        return new Value.Text(out.toString());
    }

    private static void append(
            StringBuilder out, String text, int from, int to, Evaluation evaluation) {
        evaluation.madeChars(to - from);
        out.append(text, from, to);
    }

    private static Value replaceMatches(Arguments arguments, double limit) {
        var evaluation = arguments.evaluation();
        var text = arguments.text(0);
        var match = Matches.of(arguments.get(1), text, evaluation);
        if (match.isEmpty()) {
            return arguments.get(0);
        }
        var out = new StringBuilder();
        var from = 0;
        for (var count = 0; match.isPresent() && count < limit; count++) {
            var found = match.get();
            var start = within(text, found.start());
            append(out, text, Math.min(from, start), Math.max(from, start), evaluation);
            var substitute = substitute(arguments.get(2), found, evaluation);
            append(out, substitute, 0, substitute.length(), evaluation);
            from = Math.min(text.length(), start + textOf(found).length());
            match = found.next().get();
        }
        append(out, text, from, text.length(), evaluation);
        return new Value.Text(out.toString());
    }

    private static String textOf(Match match) {
        return match.text() instanceof Value.Text(var text) ? text : "";
    }

    private static String substitute(Value replacement, Match match, Evaluation evaluation) {
        if (replacement instanceof Value.Text(var template)) {
            return filled(template, match, evaluation);
        }
        var object = ObjectValue.empty();
        object.set("match", match.text(), evaluation);
        object.set("start", Value.Num.of(match.start()), evaluation);
        object.set("end", Value.Num.of(match.end()), evaluation);
        object.set("groups", match.groups(), evaluation);
        var result =
                Calls.apply(replacement, new Value[] {object}, Value.Null.NULL, evaluation, null);
        if (result instanceof Value.Text(var text)) {
            return text;
        }
        throw EvaluationFailure.of("D3012", result);
    }

    /** Fills in {@code $0} for the match, {@code $1} and so on for its groups, {@code $$} for $. */
    private static String filled(String template, Match match, Evaluation evaluation) {
        var groups = Matches.captures(match);
        var out = new StringBuilder();
        var from = 0;
        for (var at = template.indexOf('$'); at >= 0; at = template.indexOf('$', from)) {
            evaluation.step();
            out.append(template, from, at);
            from = at + 1;
            var next = from < template.length() ? template.charAt(from) : ' ';
            if (next == '$') {
                out.append('$');
                from++;
            } else if (next == '0') {
                evaluation.madeChars(textOf(match).length());
                out.append(textOf(match));
                from++;
            } else {
                var group = groupNumber(template, from, groups.size());
                if (group.isEmpty()) {
                    out.append('$');
                } else {
                    var number = group.get();
                    if (number >= 1 && number <= groups.size()) {
                        var text = groups.get(number - 1).orElse("");
                        evaluation.madeChars(text.length());
                        out.append(text);
                    }
                    from += Integer.toString(number).length();
                }
            }
        }
        evaluation.madeChars(template.length() - (long) from);
        return out.append(template, from, template.length()).toString();
    }

    /** Reads as many digits as the number of groups has, or one less if that is too large. */
    private static Optional<Integer> groupNumber(String template, int from, int groups) {
        var digitsMax = groups == 0 ? 1 : Integer.toString(groups).length();
        var number = leadingInteger(template, from, digitsMax);
        return digitsMax > 1 && number.isPresent() && number.get() > groups
                ? leadingInteger(template, from, digitsMax - 1)
                : number;
    }

    private static Optional<Integer> leadingInteger(String text, int from, int digitsMax) {
        var to = from;
        while (to < text.length()
                && to < from + digitsMax
                && text.charAt(to) >= '0'
                && text.charAt(to) <= '9') {
            to++;
        }
        return to == from ? Optional.empty() : Optional.of(Integer.parseInt(text, from, to, 10));
    }
}
