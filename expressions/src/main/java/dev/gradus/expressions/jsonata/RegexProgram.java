package dev.gradus.expressions.jsonata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A regular expression with JavaScript's meaning, compiled to instructions for {@link
 * RegexMatcher}: java.util.regex differs from JavaScript in a dozen places, recurses, and cannot be
 * stopped; this matcher does none of that.
 *
 * <p>An instruction is three integers: an operation and its two operands. Registers hold where each
 * group began and ended, then the counters and marks of loops.
 */
final class RegexProgram {
    static final int CHAR = 0; // a: character, b: direction
    static final int SET = 1; // a: index of set, b: direction
    static final int NOT_SET = 2;
    static final int SPLIT = 3; // a: first way, b: second way
    static final int JUMP = 4; // a: target
    static final int SAVE = 5; // a: register
    static final int CLEAR = 6; // a: first register, b: past the last
    static final int BACK_REFERENCE = 7; // a: group, b: direction
    static final int PLACE = 8; // a: ordinal of the place
    static final int LOOK = 9; // a: where to go on, b: 1 if it must not match
    static final int DONE = 10;
    static final int COUNT_ZERO = 11; // a: register
    static final int LOOP = 12; // a: index of loop
    static final int LOOP_END = 13; // a: index of loop

    static final int FORWARD = 1;
    static final int BACKWARD = -1;

    private static final int WIDTH = 3;

    /**
     * A counted repetition.
     *
     * @param head the instruction that decides on one more round
     * @param counter the register of the rounds done
     * @param mark the register of where the round began
     */
    record Loop(int min, int max, boolean greedy, int head, int exit, int counter, int mark) {}

    private final String source;
    private final boolean ignoreCase;
    private final boolean multiline;
    private final int groups;
    private int registers;
    private int[] code = new int[16 * WIDTH];
    private int length;
    private final List<RegexSet> sets = new ArrayList<>();
    private final List<Loop> loops = new ArrayList<>();
    private final RegexParser names;

    private RegexProgram(String source, boolean ignoreCase, boolean multiline) {
        this.source = source;
        this.ignoreCase = ignoreCase;
        this.multiline = multiline;
        this.names = new RegexParser(source);
        var node = names.parse();
        this.groups = names.groupCount();
        this.registers = 2 * (groups + 1);
        emit(SAVE, 0, 0);
        compile(node, FORWARD);
        emit(SAVE, 1, 0);
        emit(DONE, 0, 0);
        code = Arrays.copyOf(code, length);
    }

    /**
     * Compiles what stands between two slashes, then a slash and flags among i and m.
     *
     * @throws JsonataSyntaxException S0303 if JavaScript would refuse it
     */
    static RegexProgram compile(String patternAndFlags, int position) {
        var slash = patternAndFlags.lastIndexOf('/');
        var flags = patternAndFlags.substring(slash + 1);
        var pattern = patternAndFlags.substring(0, slash);
        try {
            if (flags.chars().distinct().count() < flags.length()) {
                throw new RegexParser.Malformed("Invalid flags");
            }
            return new RegexProgram(pattern, flags.indexOf('i') >= 0, flags.indexOf('m') >= 0);
        } catch (RegexParser.Malformed malformed) {
            throw Tokenizer.failure(
                    "S0303",
                    position,
                    _ -> "/" + pattern + "/: " + String.valueOf(malformed.getMessage()));
        }
    }

    /** Compiles a pattern of our own that ignores case. */
    static RegexProgram ignoringCase(String pattern) {
        return new RegexProgram(pattern, true, false);
    }

    String source() {
        return source;
    }

    boolean ignoreCase() {
        return ignoreCase;
    }

    boolean multiline() {
        return multiline;
    }

    int groups() {
        return groups;
    }

    int registers() {
        return registers;
    }

    int operation(int at) {
        return code[at];
    }

    int a(int at) {
        return code[at + 1];
    }

    int b(int at) {
        return code[at + 2];
    }

    RegexSet set(int index) {
        return sets.get(index);
    }

    Loop loop(int index) {
        return loops.get(index);
    }

    static int next(int at) {
        return at + WIDTH;
    }

    private int emit(int operation, int a, int b) {
        if (length == code.length) {
            code = Arrays.copyOf(code, length * 2);
        }
        code[length] = operation;
        code[length + 1] = a;
        code[length + 2] = b;
        length += WIDTH;
        return length - WIDTH;
    }

    private void compile(RegexNode node, int direction) {
        switch (node) {
            case RegexNode.Char(var c) ->
                    emit(CHAR, ignoreCase ? RegexSet.canonical(c) : c, direction);
            case RegexNode.Set(var set, var inverted) -> {
                sets.add(set);
                emit(inverted ? NOT_SET : SET, sets.size() - 1, direction);
            }
            case RegexNode.Sequence(var parts) ->
                    (direction == FORWARD ? parts : parts.reversed())
                            .forEach(part -> compile(part, direction));
            case RegexNode.Choice(var options) -> choice(options, direction);
            case RegexNode.Capture(var group, var body) -> {
                emit(SAVE, direction == FORWARD ? 2 * group : 2 * group + 1, 0);
                compile(body, direction);
                emit(SAVE, direction == FORWARD ? 2 * group + 1 : 2 * group, 0);
            }
            case RegexNode.Repeat repeat -> repeat(repeat, direction);
            case RegexNode.BackReference(var group) -> emit(BACK_REFERENCE, group, direction);
            case RegexNode.NamedReference(var name) ->
                    emit(BACK_REFERENCE, names.group(name), direction);
            case RegexNode.Assertion(var place) -> emit(PLACE, place.ordinal(), 0);
            case RegexNode.Look(var body, var behind, var negative) -> {
                var look = emit(LOOK, 0, negative ? 1 : 0);
                compile(body, behind ? BACKWARD : FORWARD);
                emit(DONE, 0, 0);
                code[look + 1] = length;
            }
        }
    }

    private void choice(List<RegexNode> options, int direction) {
        var ends = new ArrayList<Integer>();
        for (var i = 0; i < options.size() - 1; i++) {
            var split = emit(SPLIT, 0, 0);
            code[split + 1] = length;
            compile(options.get(i), direction);
            ends.add(emit(JUMP, 0, 0));
            code[split + 2] = length;
        }
        compile(options.getLast(), direction);
        ends.forEach(end -> code[end + 1] = length);
    }

    private void repeat(RegexNode.Repeat repeat, int direction) {
        if (repeat.max() == 0) {
            return;
        }
        var isSimple =
                repeat.firstGroup() == repeat.lastGroup() && !RegexNode.canBeEmpty(repeat.body());
        if (isSimple && repeat.min() == 0 && repeat.max() == 1) {
            var split = emit(SPLIT, 0, 0);
            compile(repeat.body(), direction);
            aim(split, repeat.greedy());
        } else if (isSimple && repeat.min() == 0 && repeat.max() == Integer.MAX_VALUE) {
            var split = emit(SPLIT, 0, 0);
            compile(repeat.body(), direction);
            emit(JUMP, split, 0);
            aim(split, repeat.greedy());
        } else {
            counted(repeat, direction);
        }
    }

    /** Lets a split choose between what follows it and what follows the code so far. */
    private void aim(int split, boolean greedy) {
        code[split + 1] = greedy ? next(split) : length;
        code[split + 2] = greedy ? length : next(split);
    }

    private void counted(RegexNode.Repeat repeat, int direction) {
        var counter = registers++;
        var mark = registers++;
        emit(COUNT_ZERO, counter, 0);
        var index = loops.size();
        loops.add(new Loop(0, 0, true, 0, 0, counter, mark)); // its place; filled in below
        var head = emit(LOOP, index, 0);
        emit(SAVE, mark, 0);
        if (repeat.firstGroup() < repeat.lastGroup()) {
            emit(CLEAR, 2 * (repeat.firstGroup() + 1), 2 * (repeat.lastGroup() + 1));
        }
        compile(repeat.body(), direction);
        emit(LOOP_END, index, 0);
        loops.set(
                index,
                new Loop(repeat.min(), repeat.max(), repeat.greedy(), head, length, counter, mark));
    }
}
