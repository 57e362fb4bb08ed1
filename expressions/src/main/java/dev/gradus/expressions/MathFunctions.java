package dev.gradus.expressions;

/** The intrinsic functions over numbers. */
final class MathFunctions {
    private MathFunctions() {}

    static Json add(Arguments arguments) {
        var sum = (long) arguments.rounded(0) + arguments.rounded(1);
        if (sum != (int) sum) {
            throw arguments.failure("The sum " + sum + " does not fit a 32-bit integer");
        }
        return Json.of(sum);
    }

    static Json random(Arguments arguments) {
        var start = arguments.rounded(0);
        var end = arguments.rounded(1);
        if (start >= end) {
            throw arguments.failure(
                    "The start number must be less than the end number but "
                            + start
                            + " is not less than "
                            + end);
        }
        if (arguments.size() == 2) {
            return Json.of(arguments.randomness().nextLong(start, end));
        }
        var sequence = Randomness.javaRandom(arguments.rounded(2));
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
