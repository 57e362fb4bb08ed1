package dev.gradus.expressions;

/**
 * Keeps every value within {@link ExpressionLimits#NESTING_LEVELS_MAX}: no value that is deeper can
 * be made, so every walk over a value may recurse and every stored text can be read again.
 */
final class Nesting {
    private Nesting() {}

    static int within(int levels) {
        if (levels > ExpressionLimits.NESTING_LEVELS_MAX) {
            throw ExpressionFailure.runtime(
                    "The value is nested deeper than the maximum of "
                            + ExpressionLimits.NESTING_LEVELS_MAX
                            + " levels.");
        }
        return levels;
    }
}
