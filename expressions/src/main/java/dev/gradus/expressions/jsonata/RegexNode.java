package dev.gradus.expressions.jsonata;

import java.util.List;

/** A regular expression as it was written, in JavaScript's grammar without the u and v flags. */
sealed interface RegexNode {
    /** One UTF-16 character. */
    record Char(char value) implements RegexNode {}

    /** Any character of a set, or any other; case is looked at before the inversion. */
    record Set(RegexSet set, boolean inverted) implements RegexNode {}

    /** One after the other. */
    record Sequence(List<RegexNode> parts) implements RegexNode {}

    /** The first that leads to a match. */
    record Choice(List<RegexNode> options) implements RegexNode {}

    /** What a pair of brackets remembers, by its number from 1. */
    record Capture(int group, RegexNode body) implements RegexNode {}

    /**
     * Several times.
     *
     * @param max {@link Integer#MAX_VALUE} for any number
     * @param firstGroup the captures inside are those from here, exclusive
     * @param lastGroup to here, inclusive: each round forgets them
     */
    record Repeat(RegexNode body, int min, int max, boolean greedy, int firstGroup, int lastGroup)
            implements RegexNode {}

    /** The text that a group remembered; nothing if it has not matched. */
    record BackReference(int group) implements RegexNode {}

    /** The text that a group of a name remembered, whose number is known at the end. */
    record NamedReference(String name) implements RegexNode {}

    /** A place between characters. */
    record Assertion(Place place) implements RegexNode {}

    /** A pattern that must, or must not, match here without taking anything. */
    record Look(RegexNode body, boolean behind, boolean negative) implements RegexNode {}

    /** The places that an assertion can name. */
    enum Place {
        LINE_START,
        LINE_END,
        WORD_EDGE,
        WORD_INSIDE
    }

    /** Tells whether a pattern can match without taking a character. */
    static boolean canBeEmpty(RegexNode node) {
        return switch (node) {
            case Char _, Set _ -> false;
            case Sequence(var parts) -> parts.stream().allMatch(RegexNode::canBeEmpty);
            case Choice(var options) -> options.stream().anyMatch(RegexNode::canBeEmpty);
            case Capture(var _, var body) -> canBeEmpty(body);
            case Repeat repeat -> repeat.min() == 0 || canBeEmpty(repeat.body());
            case BackReference _, NamedReference _, Assertion _, Look _ -> true;
        };
    }
}
