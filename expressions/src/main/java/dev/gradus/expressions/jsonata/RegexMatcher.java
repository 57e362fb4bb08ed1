package dev.gradus.expressions.jsonata;

import java.util.Arrays;

/**
 * Runs a {@link RegexProgram} on a text by backtracking, on stacks of its own: a choice that may be
 * taken back is three integers, and a register that changed after it is two. Each instruction is
 * counted, so that a pattern that explodes ends as any other endless expression does.
 */
final class RegexMatcher {
    private static final int INSTRUCTIONS_PER_STEP = 2;
    private static final int REGISTERS_PER_STEP = 16;
    private static final int BYTES_PER_INTEGER = 4;
    private static final int UNSET = -1;

    private final RegexProgram program;
    private final String text;
    private final Evaluation evaluation;
    private final int[] registers;
    private int[] choices = new int[48]; // instruction, position, height of the trail
    private int choiceTop;
    private int[] trail = new int[32]; // register, old value
    private int trailTop;
    private int uncounted;

    RegexMatcher(RegexProgram program, String text, Evaluation evaluation) {
        this.program = program;
        this.text = text;
        this.evaluation = evaluation;
        this.registers = new int[program.registers()];
    }

    /** Finds the first match that begins at a position or later. */
    boolean find(int from) {
        var isLiteral = !program.ignoreCase() && program.operation(3) == RegexProgram.CHAR;
        for (var start = from; start <= text.length(); start++) {
            if (isLiteral) {
                var found = text.indexOf(program.a(3), start);
                evaluation.read((found < 0 ? text.length() : found) - start);
                if (found < 0) {
                    break;
                }
                start = found;
            }
            evaluation.steps(registers.length / REGISTERS_PER_STEP);
            Arrays.fill(registers, UNSET);
            choiceTop = 0;
            trailTop = 0;
            count();
            if (run(0, start) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns where a group began; -1 if it took no part. */
    int start(int group) {
        return registers[2 * group];
    }

    /** Returns where a group ended. */
    int end(int group) {
        return registers[2 * group + 1];
    }

    /** Returns where the instructions from one on end, or -1 if no choice leads to an end. */
    private int run(int from, int start) {
        var base = choiceTop;
        var at = from;
        var position = start;
        while (true) {
            count();
            var operation = program.operation(at);
            if (operation == RegexProgram.DONE) {
                choiceTop = base;
                return position;
            }
            var moved =
                    operation <= RegexProgram.NOT_SET ? take(at, position) : other(at, position);
            if (moved == UNSET) {
                if (choiceTop == base) {
                    return UNSET;
                }
                choiceTop -= 3;
                undo(choices[choiceTop + 2]);
                at = choices[choiceTop];
                position = choices[choiceTop + 1];
            } else {
                position = moved;
                at = target;
            }
        }
    }

    private int target; // where the last instruction goes on

    private int take(int at, int position) {
        target = RegexProgram.next(at);
        var direction = program.b(at);
        var index = direction == RegexProgram.FORWARD ? position : position - 1;
        if (index < 0 || index >= text.length()) {
            return UNSET;
        }
        var c = text.charAt(index);
        var operand = program.a(at);
        var fits =
                switch (program.operation(at)) {
                    case RegexProgram.CHAR ->
                            (program.ignoreCase() ? RegexSet.canonical(c) : c) == operand;
                    case RegexProgram.SET -> contains(operand, c);
                    default -> !contains(operand, c);
                };
        return fits ? position + direction : UNSET;
    }

    private boolean contains(int set, char c) {
        return program.ignoreCase()
                ? program.set(set).containsAnyCase(c)
                : program.set(set).contains(c);
    }

    private int other(int at, int position) {
        target = RegexProgram.next(at);
        var a = program.a(at);
        switch (program.operation(at)) {
            case RegexProgram.SPLIT -> {
                choose(program.b(at), position);
                target = a;
            }
            case RegexProgram.JUMP -> target = a;
            case RegexProgram.SAVE -> set(a, position);
            case RegexProgram.CLEAR -> {
                evaluation.steps((program.b(at) - a) / REGISTERS_PER_STEP);
                for (var register = a; register < program.b(at); register++) {
                    set(register, UNSET);
                }
            }
            case RegexProgram.COUNT_ZERO -> set(a, 0);
            case RegexProgram.LOOP -> loop(program.loop(a), at, position);
            case RegexProgram.LOOP_END -> {
                var loop = program.loop(a);
                var rounds = registers[loop.counter()];
                if (rounds >= loop.min() && registers[loop.mark()] == position) {
                    return UNSET;
                }
                set(loop.counter(), rounds + 1);
                target = loop.head();
            }
            case RegexProgram.BACK_REFERENCE -> {
                return reference(a, program.b(at), position);
            }
            case RegexProgram.PLACE -> {
                return isAt(RegexNode.Place.values()[a], position) ? position : UNSET;
            }
            case RegexProgram.LOOK -> {
                return look(at, position);
            }
            default -> throw new AssertionError("No instruction " + program.operation(at));
        }
        return position;
    }

    private void loop(RegexProgram.Loop loop, int at, int position) {
        var rounds = registers[loop.counter()];
        var body = RegexProgram.next(at);
        if (rounds < loop.min()) {
            target = body;
        } else if (rounds >= loop.max()) {
            target = loop.exit();
        } else if (loop.greedy()) {
            choose(loop.exit(), position);
            target = body;
        } else {
            choose(body, position);
            target = loop.exit();
        }
    }

    /** Looks without moving; what a positive look remembered stays, its choices do not. */
    private int look(int at, int position) {
        var trailBefore = trailTop;
        var onward = program.a(at);
        var found = run(RegexProgram.next(at), position) >= 0;
        var negative = program.b(at) == 1;
        if (negative || !found) {
            undo(trailBefore);
        }
        target = onward;
        return found == negative ? UNSET : position;
    }

    private int reference(int group, int direction, int position) {
        var from = registers[2 * group];
        var to = registers[2 * group + 1];
        if (from < 0 || to < 0) {
            return position;
        }
        var chars = to - from;
        evaluation.read(chars);
        var start = direction == RegexProgram.FORWARD ? position : position - chars;
        if (start < 0 || start + chars > text.length()) {
            return UNSET;
        }
        for (var i = 0; i < chars; i++) {
            var wanted = text.charAt(from + i);
            var found = text.charAt(start + i);
            if (wanted != found
                    && !(program.ignoreCase()
                            && RegexSet.canonical(wanted) == RegexSet.canonical(found))) {
                return UNSET;
            }
        }
        return position + direction * chars;
    }

    private boolean isAt(RegexNode.Place place, int position) {
        return switch (place) {
            case LINE_START ->
                    position == 0
                            || (program.multiline()
                                    && RegexSet.LINE_ENDS.contains(text.charAt(position - 1)));
            case LINE_END ->
                    position == text.length()
                            || (program.multiline()
                                    && RegexSet.LINE_ENDS.contains(text.charAt(position)));
            case WORD_EDGE -> isWord(position - 1) != isWord(position);
            case WORD_INSIDE -> isWord(position - 1) == isWord(position);
        };
    }

    private boolean isWord(int index) {
        return index >= 0 && index < text.length() && RegexSet.WORDS.contains(text.charAt(index));
    }

    private void choose(int instruction, int position) {
        if (choiceTop == choices.length) {
            evaluation.made((long) BYTES_PER_INTEGER * choices.length);
            choices = Arrays.copyOf(choices, choices.length * 2);
        }
        choices[choiceTop] = instruction;
        choices[choiceTop + 1] = position;
        choices[choiceTop + 2] = trailTop;
        choiceTop += 3;
    }

    private void set(int register, int value) {
        if (trailTop == trail.length) {
            evaluation.made((long) BYTES_PER_INTEGER * trail.length);
            trail = Arrays.copyOf(trail, trail.length * 2);
        }
        trail[trailTop] = register;
        trail[trailTop + 1] = registers[register];
        trailTop += 2;
        registers[register] = value;
    }

    private void undo(int height) {
        while (trailTop > height) {
            trailTop -= 2;
            registers[trail[trailTop]] = trail[trailTop + 1];
        }
    }

    private void count() {
        uncounted++;
        if (uncounted == INSTRUCTIONS_PER_STEP) {
            uncounted = 0;
            evaluation.step();
        }
    }
}
