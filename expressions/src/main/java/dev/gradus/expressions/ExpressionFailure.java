package dev.gradus.expressions;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A workflow's own failure: an expression met data that it does not fit. Not a fault of the
 * program, so it has no stack trace; the engine turns it into a value at one place.
 */
public final class ExpressionFailure extends RuntimeException {
    /** The error name of path misses and of values that have no place in a payload. */
    public static final String RUNTIME = "States.Runtime";

    /** The error name of intrinsic arguments of the wrong type or value. */
    public static final String INTRINSIC = "States.IntrinsicFailure";

    /** The error name of a ResultPath that cannot be applied to the state's input. */
    public static final String RESULT_PATH = "States.ResultPathMatchFailure";

    /** The error name of JSONata expressions that fail, or give what their field does not take. */
    public static final String QUERY_EVALUATION = "States.QueryEvaluationError";

    private static final long serialVersionUID = 1L;

    private final String error;
    private final String cause;
    private final @Nullable String location;

    /** Makes a failure from an error name such as {@code States.Runtime} and AWS's cause text. */
    public ExpressionFailure(String error, String cause) {
        this(error, cause, null);
    }

    private ExpressionFailure(String error, String cause, @Nullable String location) {
        super(error + ": " + cause, null, false, false);
        this.error = error;
        this.cause = cause;
        this.location = location;
    }

    /** Makes the failure of a JSONata expression in a field. */
    public static ExpressionFailure ofQuery(String cause, String location) {
        return new ExpressionFailure(QUERY_EVALUATION, cause, location);
    }

    /** Returns which field of the state was at fault, as AWS writes it: {@code Output/a[0]}. */
    public Optional<String> location() {
        return Optional.ofNullable(location);
    }

    /** Returns the error name that Retry and Catch compare. */
    public String error() {
        return error;
    }

    /** Returns the cause without "An error occurred while executing the state". */
    public String cause() {
        return cause;
    }

    static ExpressionFailure runtime(String cause) {
        return new ExpressionFailure(RUNTIME, cause);
    }
}
