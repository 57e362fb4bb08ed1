package dev.gradus.language;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something on a page that can be run, with what the page says of its end.
 *
 * @param place page and line
 * @param definition text of the state machine
 * @param input JSON text of the execution's input
 * @param functions JSON text: what the outside answers, by the names of functions
 */
record Example(
        String place, String definition, String input, String functions, Expectation expected) {

    /** How an execution ends, or that there is none. */
    enum Kind {
        /** The output of an execution that succeeds. */
        OUTPUT("output"),
        /** Error, cause and, if it is not FAILED, status of one that does not. */
        FAILURE("failure"),
        /** The words in which CreateStateMachine refuses the definition. */
        REFUSED("refused"),
        /** What ValidateStateMachineDefinition warns of in a definition without errors. */
        WARNED("warned");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Returns the word that pages use. */
        String word() {
            return word;
        }
    }

    /**
     * How it ended.
     *
     * @param text JSON text of an output or failure, or the refusal or warnings
     * @param seconds from start to stop, rounded
     */
    record Outcome(Kind kind, String text, long seconds) {}

    /**
     * How a page says that it ends; {@code <name>} in the text stands for what cannot be known.
     *
     * @param seconds from start to stop, absent when the page does not say
     */
    record Expectation(Kind kind, String text, OptionalLong seconds) {
        private static final Pattern UNKNOWN =
                Pattern.compile("\"<number>\"|<(uuid|time|token|number)>");

        /** Tells what is different; empty when nothing is. */
        Optional<String> difference(Outcome outcome) {
            boolean same =
                    kind == outcome.kind
                            && pattern().matcher(outcome.text).matches()
                            && (seconds.isEmpty() || seconds.getAsLong() == outcome.seconds);
            return same
                    ? Optional.empty()
                    : Optional.of(
                            "the page says\n  "
                                    + described(kind, text, seconds)
                                    + "\nbut it is\n  "
                                    + described(
                                            outcome.kind,
                                            outcome.text,
                                            OptionalLong.of(outcome.seconds)));
        }

        private Pattern pattern() {
            var pattern = new StringBuilder();
            int from = 0;
            for (Matcher unknown = UNKNOWN.matcher(text); unknown.find(); from = unknown.end()) {
                pattern.append(Pattern.quote(text.substring(from, unknown.start())))
                        .append(anyOf(unknown.group()));
            }
            return Pattern.compile(pattern + Pattern.quote(text.substring(from)), Pattern.DOTALL);
        }

        private static String anyOf(String unknown) {
            return switch (unknown) {
                case "<uuid>" -> "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
                case "<time>" -> "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";
                case "<token>" -> "[A-Za-z0-9+/=_.-]{20,}";
                default -> "-?\\d+(\\.\\d+)?([eE]-?\\d+)?";
            };
        }

        private static String described(Kind kind, String text, OptionalLong seconds) {
            return kind.word
                    + (seconds.isPresent() ? " after " + seconds.getAsLong() + " s: " : ": ")
                    + text;
        }
    }

    @Override
    public String toString() {
        return place;
    }
}
