package dev.gradus.engine;

import dev.gradus.asl.ErrorName;
import dev.gradus.expressions.ExpressionFailure;
import dev.gradus.expressions.Payload;
import java.util.Optional;

/** The rule on payloads that are too large. */
final class Oversize {
    private Oversize() {}

    /** Returns the failure of a task whose result is too large; it may be retried and caught. */
    static Optional<Failure> ofTaskResult(Payload result, String task) {
        return result.fits(Limits.PAYLOAD_BYTES)
                ? Optional.empty()
                : Optional.of(Failure.of(ErrorName.DATA_LIMIT_EXCEEDED.text(), cause(task)));
    }

    /**
     * Tells whether a stage made another payload of the one it was given, which was checked before.
     */
    @SuppressWarnings("ReferenceEquality") // Comparing bytes costs more than checking them again.
    static boolean isNew(Payload made, Payload given) {
        return made != given;
    }

    /**
     * Returns the payload if it may enter or leave a state.
     *
     * @throws ExpressionFailure if it is too large: that ends the execution at once, uncaught
     */
    static Payload refuse(Payload payload, String state) {
        if (!payload.fits(Limits.PAYLOAD_BYTES)) {
            throw new ExpressionFailure(ErrorName.DATA_LIMIT_EXCEEDED.text(), cause(state));
        }
        return payload;
    }

    /**
     * Returns what an Assign sets if it may be set.
     *
     * @throws ExpressionFailure if it is too large, which ends the execution at once, uncaught; the
     *     text is ours, AWS's is not known
     */
    static Payload refuseAssigned(Payload assigned, String state) {
        if (!assigned.fits(Limits.ASSIGN_BYTES)) {
            throw new ExpressionFailure(
                    ErrorName.DATA_LIMIT_EXCEEDED.text(),
                    "The state/task '"
                            + state
                            + "' assigned variables with a size exceeding the maximum number of"
                            + " bytes service limit.");
        }
        return assigned;
    }

    /**
     * Checks the size of all variables of an execution.
     *
     * @throws ExpressionFailure if it is too large, which ends the execution at once, uncaught; the
     *     text is ours, AWS's is not known
     */
    static void refuseVariables(long bytes, String state) {
        if (bytes > Limits.VARIABLE_BYTES) {
            throw new ExpressionFailure(
                    ErrorName.DATA_LIMIT_EXCEEDED.text(),
                    "The state/task '"
                            + state
                            + "' assigned variables that make the total size of all variables"
                            + " exceed the maximum number of bytes service limit.");
        }
    }

    private static String cause(String name) {
        return "The state/task '"
                + name
                + "' returned a result with a size exceeding the maximum number of bytes service"
                + " limit.";
    }
}
