package dev.gradus.expressions.jsonata;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The matches that a pattern, or a function in its place, finds in a string. */
final class Matches {
    /**
     * One match.
     *
     * @param groups the captures; undefined for one that took no part
     * @param next finds the match that follows
     */
    record Match(
            Value text,
            double start,
            double end,
            ArrayValue groups,
            Supplier<Optional<Match>> next) {}

    private Matches() {}

    /**
     * Finds the first match of a regular expression or of a function that answers like one.
     *
     * @throws EvaluationFailure T1010 if the function answers something else
     */
    static Optional<Match> of(Value matcher, String text, Evaluation evaluation) {
        var target = matcher instanceof FunctionValue.Closure(var inner) ? (Value) inner : matcher;
        if (target instanceof FunctionValue.Pattern(var program)) {
            return find(program, text, 0, evaluation);
        }
        if (!(target instanceof FunctionValue)) {
            throw EvaluationFailure.internal("There is no pattern to look for");
        }
        return ofAnswer(
                Calls.apply(
                        matcher,
                        new Value[] {new Value.Text(text)},
                        Value.Null.NULL,
                        evaluation,
                        null),
                evaluation);
    }

    private static Optional<Match> ofAnswer(Value answer, Evaluation evaluation) {
        if (!(answer instanceof ObjectValue object)) {
            if (!Values.isTrue(answer, evaluation) && !(answer instanceof ArrayValue)) {
                return Optional.empty();
            }
            throw EvaluationFailure.of("T1010");
        }
        var next = object.find("next");
        if (!(object.find("start") instanceof Value.Num)
                && !(object.find("groups") instanceof ArrayValue)
                && !(next instanceof FunctionValue)) {
            throw EvaluationFailure.of("T1010");
        }
        return Optional.of(
                new Match(
                        object.find("match"),
                        number(object.find("start")),
                        number(object.find("end")),
                        object.find("groups") instanceof ArrayValue groups
                                ? groups
                                : ArrayValue.plain(),
                        () ->
                                ofAnswer(
                                        Calls.apply(
                                                next,
                                                new Value[0],
                                                Value.Null.NULL,
                                                evaluation,
                                                null),
                                        evaluation)));
    }

    private static double number(Value value) {
        return value instanceof Value.Num(var number, var _) ? number : 0;
    }

    private static Optional<Match> find(
            RegexProgram program, String text, int from, Evaluation evaluation) {
        evaluation.step();
        var matcher = new RegexMatcher(program, text, evaluation);
        if (from > text.length() || !matcher.find(from)) {
            return Optional.empty();
        }
        var groups = ArrayValue.plain();
        for (var group = 1; group <= program.groups(); group++) {
            groups.add(capture(text, matcher, group, evaluation), evaluation);
        }
        var end = matcher.end(0);
        return Optional.of(
                new Match(
                        evaluation.text(text, matcher.start(0), end),
                        matcher.start(0),
                        end,
                        groups,
                        () -> next(program, text, end, evaluation)));
    }

    private static Value capture(
            String text, RegexMatcher matcher, int group, Evaluation evaluation) {
        return matcher.start(group) < 0 || matcher.end(group) < 0
                ? Value.UNDEFINED
                : evaluation.text(text, matcher.start(group), matcher.end(group));
    }

    /**
     * Finds a match after another one.
     *
     * @throws EvaluationFailure D1004 if it is empty: there would be no end
     */
    static Optional<Match> next(
            RegexProgram program, String text, int from, Evaluation evaluation) {
        if (from >= text.length()) {
            return Optional.empty();
        }
        var match = find(program, text, from, evaluation);
        if (match.isPresent() && match.get().start() == match.get().end()) {
            throw EvaluationFailure.of("D1004");
        }
        return match;
    }

    /** Calls a regular expression like a function, with a string and where to begin. */
    static Value call(RegexProgram program, Value[] arguments, Evaluation evaluation) {
        var text =
                arguments.length > 0 && arguments[0] instanceof Value.Text(var given)
                        ? given
                        : "undefined"; // what JavaScript makes of no argument
        var from = arguments.length > 1 ? (int) number(arguments[1]) : 0;
        return object(
                program, text, find(program, text, Math.max(from, 0), evaluation), evaluation);
    }

    /** Calls the member {@code next} of a match. */
    static Value callNext(FunctionValue.NextMatch next, Evaluation evaluation) {
        return object(
                next.program(),
                next.text(),
                next(next.program(), next.text(), next.from(), evaluation),
                evaluation);
    }

    /** Shows a match of a regular expression as the object that a call of it gives. */
    private static Value object(
            RegexProgram program, String text, Optional<Match> found, Evaluation evaluation) {
        if (found.isEmpty()) {
            return Value.UNDEFINED;
        }
        var match = found.get();
        var object = ObjectValue.empty();
        object.set("match", match.text(), evaluation);
        object.set("start", Value.Num.of(match.start()), evaluation);
        object.set("end", Value.Num.of(match.end()), evaluation);
        object.set("groups", match.groups(), evaluation);
        object.set(
                "next", new FunctionValue.NextMatch(program, text, (int) match.end()), evaluation);
        return object;
    }

    /** Returns the captures as texts, in order; an absent one is empty. */
    static List<Optional<String>> captures(Match match) {
        var captures = new ArrayList<Optional<String>>();
        for (var i = 0; i < match.groups().size(); i++) {
            captures.add(
                    match.groups().get(i) instanceof Value.Text(var text)
                            ? Optional.of(text)
                            : Optional.empty());
        }
        return captures;
    }
}
