package dev.gradus.expressions;

/** The intrinsic functions over numbers. */
final class MathFunctions {
    private MathFunctions() {}

    static Json add(Arguments arguments) {
        var sum = (long) arguments.rounded(0) + arguments.rounded(1);
        if (sum != (int) sum) {
            throw arguments.invalid();
        }
        return Json.of(sum);
    }

    /**
     * Draws a number. AWS cuts fractions off and draws a seeded number as Java's classic generator
     * does (recorded by others in 2026), whatever its guide says of rounding.
     */
    static Json random(Arguments arguments) {
        var start = arguments.truncated(0);
        var end = arguments.truncated(1);
        if (start >= end) {
            throw arguments.invalid();
        }
        if (arguments.size() == 2) {
            return Json.of(arguments.randomness().nextLong(start, end));
        }
        var sequence = Randomness.javaRandom(arguments.truncated(2));
        var width = (long) end - start;
        if (width <= Integer.MAX_VALUE) {
            return Json.of((long) start + sequence.nextInt((int) width));
        }
        var drawn = sequence.nextInt(); // wider than half of all integers: soon inside
        while (drawn < start || drawn >= end) {
            drawn = sequence.nextInt();
        }
        return Json.of((long) drawn);
    }
}
