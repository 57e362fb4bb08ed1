package dev.gradus.runtime;

import java.util.Map;

/**
 * A caller's mistake, or a refusal, in the words of the AWS API; never our own bug and never a
 * workflow's failure.
 */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorShape shape;
    private final transient Map<String, String> members;

    public ApiException(ErrorShape shape, String message) {
        this(shape, message, Map.of());
    }

    /** Makes one with what its shape carries beside the message, for example {@code reason}. */
    public ApiException(ErrorShape shape, String message, Map<String, String> members) {
        super(
                message, null, false,
                false); // No stack: these are answers, thousands a second under overload.
        if (!shape.members().containsAll(members.keySet())) {
            throw new IllegalArgumentException(
                    shape + " has the members " + shape.members() + ", not " + members.keySet());
        }
        this.shape = shape;
        this.members = Map.copyOf(members);
    }

    /** Which of AWS's error shapes the caller sees. */
    public ErrorShape shape() {
        return shape;
    }

    /** Returns the text that the caller sees. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** Returns the members of the error beside its message, by name. */
    public Map<String, String> members() {
        return members;
    }
}
