package dev.gradus.expressions.jsonata;

/**
 * How much work one evaluation may do. Work is counted, not timed: a loaded and an idle machine
 * decide alike.
 *
 * @param steps steps: one for each evaluated node and for each item or few characters that a
 *     function handles; beyond, the evaluation fails as AWS's does after one second
 * @param bytes bytes of arrays, objects and strings made, whether or not they are still in use;
 *     beyond, it fails as AWS's does when memory is short
 * @param depth evaluations inside each other
 */
public record JsonataLimits(long steps, long bytes, int depth) {
    /**
     * Steps of one evaluation: about one second of work, the time that AWS allows, on the machine
     * that the benchmarks of this project name.
     */
    public static final long STEPS_MAX = 25_000_000;

    /**
     * Bytes that one evaluation may make, garbage included. A range of 200,000 numbers fits and one
     * of 500,000 does not, as observed on AWS in 2026.
     */
    public static final long BYTES_MAX = 64L * 1024 * 1024;

    /**
     * Evaluations inside each other. AWS stops at about 100: a sum of 200 terms is too deep there
     * (observed in 2026).
     */
    public static final int DEPTH_MAX = 100;

    /** Characters of one expression. Ours: a definition has at most 1 MiB. */
    public static final int EXPRESSION_CHARS_MAX = 1_048_576;

    /** Brackets inside each other in one text. Ours: the parser recurses. */
    public static final int BRACKETS_MAX = 500;

    /** Brackets and operators on the way to any part of one text. Ours: the compiler recurses. */
    public static final int SYNTAX_DEPTH_MAX = 1_000;

    /** The limits that AWS's behaviour suggests. */
    public static final JsonataLimits DEFAULT = new JsonataLimits(STEPS_MAX, BYTES_MAX, DEPTH_MAX);

    /** Checks that each limit allows something. */
    public JsonataLimits {
        if (steps <= 0 || bytes <= 0 || depth <= 0) {
            throw new IllegalArgumentException(
                    "Limits must be positive but are " + steps + ", " + bytes + ", " + depth);
        }
    }
}
