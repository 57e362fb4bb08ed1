package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.RegexSet.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pattern as JavaScript does without the u and v flags, where much that looks wrong is
 * taken literally (Annex B of the language's specification).
 */
final class RegexParser {
    private static final int NESTING_MAX = 200; // ours: the parser and the compiler recurse
    private static final int GROUPS_MAX = 10_000; // ours

    /** A pattern that JavaScript refuses too, with its reason. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String reason) {
            super(reason, null, false, false);
        }
    }

    private final String text;
    private final int groupCount;
    private final boolean hasNames;
    private final Map<String, Integer> names = new HashMap<>();
    private int at;
    private int groups;
    private int depth;

    RegexParser(String text) {
        this.text = text;
        var scan = new GroupScan(text);
        this.groupCount = scan.groups;
        this.hasNames = scan.hasNames;
        if (groupCount > GROUPS_MAX) {
            throw new Malformed("Too many groups");
        }
    }

    /** Counts the groups first, because a reference may stand before its group. */
    private static final class GroupScan {
        private int groups;
        private boolean hasNames;

        GroupScan(String text) {
            var inClass = false;
            for (var i = 0; i < text.length(); i++) {
                var c = text.charAt(i);
                if (c == '\\') {
                    i++;
                } else if (c == '[') {
                    inClass = true;
                } else if (c == ']') {
                    inClass = false;
                } else if (c == '(' && !inClass) {
                    var named =
                            text.startsWith("(?<", i)
                                    && !text.startsWith("(?<=", i)
                                    && !text.startsWith("(?<!", i);
                    groups += named || !text.startsWith("(?", i) ? 1 : 0;
                    hasNames |= named;
                }
            }
        }
    }

    RegexNode parse() {
        var node = choice();
        if (at < text.length()) {
            throw new Malformed("Unmatched ')'");
        }
        return node;
    }

    int groupCount() {
        return groupCount;
    }

    /** Returns the number of a group by its name. */
    int group(String name) {
        var group = names.get(name);
        if (group == null) {
            throw new Malformed("Invalid named capture referenced");
        }
        return group;
    }

    private RegexNode choice() {
        depth++;
        if (depth > NESTING_MAX) {
            throw new Malformed("Too many nested groups");
        }
        var options = new ArrayList<RegexNode>();
        options.add(sequence());
        while (looking("|")) {
            at++;
            options.add(sequence());
        }
        depth--;
        return options.size() == 1 ? options.getFirst() : new RegexNode.Choice(options);
    }

    private RegexNode sequence() {
        var parts = new ArrayList<RegexNode>();
        while (at < text.length() && !looking("|") && !looking(")")) {
            var groupsBefore = groups;
            var atom = atom();
            parts.add(quantified(atom, groupsBefore));
        }
        return parts.size() == 1 ? parts.getFirst() : new RegexNode.Sequence(parts);
    }

    private boolean looking(String ahead) {
        return text.startsWith(ahead, at);
    }

    private boolean take(String ahead) {
        if (!looking(ahead)) {
            return false;
        }
        at += ahead.length();
        return true;
    }

    private RegexNode atom() {
        var c = text.charAt(at);
        return switch (c) {
            case '(' -> bracket();
            case '[' -> characterClass();
            case '\\' -> escape();
            case '*', '+', '?' -> throw new Malformed("Nothing to repeat");
            default -> {
                if (c == '{' && bounds(at) != null) {
                    throw new Malformed("Nothing to repeat");
                }
                at++;
                yield switch (c) {
                    case '^' -> new RegexNode.Assertion(RegexNode.Place.LINE_START);
                    case '$' -> new RegexNode.Assertion(RegexNode.Place.LINE_END);
                    case '.' -> new RegexNode.Set(RegexSet.LINE_ENDS, true);
                    default -> new RegexNode.Char(c);
                };
            }
        };
    }

    private RegexNode bracket() {
        RegexNode node;
        if (take("(?:")) {
            node = choice();
        } else if (take("(?=")) {
            node = new RegexNode.Look(choice(), false, false);
        } else if (take("(?!")) {
            node = new RegexNode.Look(choice(), false, true);
        } else if (take("(?<=")) {
            node = new RegexNode.Look(choice(), true, false);
        } else if (take("(?<!")) {
            node = new RegexNode.Look(choice(), true, true);
        } else if (take("(?<")) {
            groups++;
            var name = groupName();
            if (names.put(name, groups) != null) {
                throw new Malformed("Duplicate capture group name");
            }
            node = capture(groups);
        } else if (looking("(?")) {
            throw new Malformed("Invalid group");
        } else {
            at++;
            groups++;
            node = capture(groups);
        }
        if (!take(")")) {
            throw new Malformed("Unterminated group");
        }
        return node;
    }

    private RegexNode capture(int group) {
        return new RegexNode.Capture(group, choice());
    }

    private String groupName() {
        var end = text.indexOf('>', at);
        var name = end < 0 ? "" : text.substring(at, end);
        var valid =
                !name.isEmpty()
                        && (Character.isUnicodeIdentifierStart(name.charAt(0))
                                || name.charAt(0) == '$'
                                || name.charAt(0) == '_')
                        && name.chars()
                                .allMatch(c ->
                                        c == '$'
                                                || (Character.isUnicodeIdentifierPart(c)
                                                        && !Character.isISOControl(c)));
        if (!valid) {
            throw new Malformed("Invalid capture group name");
        }
        at = end + 1;
        return name;
    }

    /** The smallest and largest count that braces write. */
    private record Bounds(int min, int max, int end) {}

    private @Nullable Bounds bounds(int open) {
        var close = text.indexOf('}', open);
        if (close < 0 || close == open + 1) {
            return null;
        }
        var inside = text.substring(open + 1, close);
        var comma = inside.indexOf(',');
        var low = comma < 0 ? inside : inside.substring(0, comma);
        var high = comma < 0 ? low : inside.substring(comma + 1);
        if (!isDigits(low) || !(isDigits(high) || (comma >= 0 && high.isEmpty()))) {
            return null;
        }
        return new Bounds(count(low), high.isEmpty() ? Integer.MAX_VALUE : count(high), close + 1);
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int count(String digits) {
        var stripped = digits.replaceFirst("^0+(?=.)", "");
        return stripped.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(stripped);
    }

    private RegexNode quantified(RegexNode atom, int groupsBefore) {
        if (at >= text.length()) {
            return atom;
        }
        var min = 0;
        var max = Integer.MAX_VALUE;
        switch (text.charAt(at)) {
            case '*' -> at++;
            case '+' -> {
                min = 1;
                at++;
            }
            case '?' -> {
                max = 1;
                at++;
            }
            case '{' -> {
                var bounds = bounds(at);
                if (bounds == null) {
                    return atom;
                }
                min = bounds.min;
                max = bounds.max;
                at = bounds.end;
            }
            default -> {
                return atom;
            }
        }
        if (min > max) {
            throw new Malformed("numbers out of order in {} quantifier");
        }
        if (atom instanceof RegexNode.Assertion
                || (atom instanceof RegexNode.Look look && look.behind())) {
            throw new Malformed("Nothing to repeat");
        }
        return new RegexNode.Repeat(atom, min, max, !take("?"), groupsBefore, groups);
    }

    private RegexNode escape() {
        at++;
        if (at >= text.length()) {
            throw new Malformed("\\ at end of pattern");
        }
        var c = text.charAt(at);
        if (c == 'b' || c == 'B') {
            at++;
            return new RegexNode.Assertion(
                    c == 'b' ? RegexNode.Place.WORD_EDGE : RegexNode.Place.WORD_INSIDE);
        }
        if (c == 'k' && hasNames) {
            at++;
            if (!take("<")) {
                throw new Malformed("Invalid named reference");
            }
            return new RegexNode.NamedReference(groupName());
        }
        if (c >= '1' && c <= '9') {
            var end = at;
            while (end < text.length() && Character.isDigit(text.charAt(end)) && end < at + 5) {
                end++;
            }
            var group = Integer.parseInt(text.substring(at, end));
            if (group <= groupCount) {
                at = end;
                return new RegexNode.BackReference(group);
            }
        }
        var set = namedSet(c);
        if (set != null) {
            at++;
            return new RegexNode.Set(set, false);
        }
        return new RegexNode.Char(escapedChar());
    }

    private static @Nullable RegexSet namedSet(char c) {
        return switch (c) {
            case 'd' -> RegexSet.DIGITS;
            case 'D' -> RegexSet.DIGITS.inverted();
            case 'w' -> RegexSet.WORDS;
            case 'W' -> RegexSet.WORDS.inverted();
            case 's' -> RegexSet.BLANKS;
            case 'S' -> RegexSet.BLANKS.inverted();
            default -> null;
        };
    }

    /** Reads what follows a backslash and stands for one character. */
    private char escapedChar() {
        var c = text.charAt(at);
        at++;
        return switch (c) {
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000B';
            case 'c' -> {
                var letter = at < text.length() ? text.charAt(at) : ' ';
                if ((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')) {
                    at++;
                    yield (char) (letter % 32);
                }
                at--; // the backslash stands for itself
                yield '\\';
            }
            case 'x' -> hex(2, c);
            case 'u' -> hex(4, c);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c);
            default -> c;
        };
    }

    private char hex(int digits, char otherwise) {
        if (at + digits > text.length()) {
            return otherwise;
        }
        var value = 0;
        for (var i = 0; i < digits; i++) {
            var digit = text.charAt(at + i) < 128 ? Character.digit(text.charAt(at + i), 16) : -1;
            if (digit < 0) {
                return otherwise;
            }
            value = value * 16 + digit;
        }
        at += digits;
        return (char) value;
    }

    private char octal(char first) {
        var value = first - '0';
        var max = first <= '3' ? 2 : 1;
        for (var i = 0; i < max && at < text.length(); i++) {
            var digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 7) {
                break;
            }
            value = value * 8 + digit;
            at++;
        }
        return (char) value;
    }

    private RegexNode characterClass() {
        at++;
        var inverted = take("^");
        var ranges = new ArrayList<Range>();
        while (!looking("]")) {
            if (at >= text.length()) {
                throw new Malformed("Unterminated character class");
            }
            classItem(ranges);
        }
        at++;
        return new RegexNode.Set(RegexSet.of(ranges), inverted);
    }

    private void classItem(List<Range> ranges) {
        var low = classAtom();
        if (!looking("-") || at + 1 >= text.length() || text.charAt(at + 1) == ']') {
            ranges.addAll(low.ranges());
            return;
        }
        at++;
        var high = classAtom();
        var from = single(low);
        var to = single(high);
        if (from < 0 || to < 0) {
            ranges.addAll(low.ranges());
            ranges.add(new Range('-', '-'));
            ranges.addAll(high.ranges());
        } else if (from > to) {
            throw new Malformed("Range out of order in character class");
        } else {
            ranges.add(new Range((char) from, (char) to));
        }
    }

    private static int single(RegexSet set) {
        var ranges = set.ranges();
        return ranges.size() == 1 && ranges.getFirst().from() == ranges.getFirst().to()
                ? ranges.getFirst().from()
                : -1;
    }

    private RegexSet classAtom() {
        var c = text.charAt(at);
        at++;
        if (c != '\\') {
            return RegexSet.of(List.of(new Range(c, c)));
        }
        if (at >= text.length()) {
            throw new Malformed("\\ at end of pattern");
        }
        var set = namedSet(text.charAt(at));
        if (set != null) {
            at++;
            return set;
        }
        char meant;
        if (text.charAt(at) == 'b') {
            at++;
            meant = '\b';
        } else if (text.charAt(at) == 'c' && isClassControl(at + 1)) {
            meant = (char) (text.charAt(at + 1) % 32);
            at += 2;
        } else {
            meant = escapedChar();
        }
        return RegexSet.of(List.of(new Range(meant, meant)));
    }

    private boolean isClassControl(int letterAt) {
        return letterAt < text.length() && RegexSet.WORDS.contains(text.charAt(letterAt));
    }
}
