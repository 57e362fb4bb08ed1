package dev.gradus.engine;

/**
 * Names something that left the execution and the scope that waits for it.
 *
 * <p>The number only grows within an execution and is never used again, by no retry, loop or
 * redrive; an answer counts only if the scope still waits for exactly this number.
 *
 * @param scope id of the scope; 0 is the root
 * @param number from 1 on; 0 is the execution's own deadline
 */
public record EffectId(int scope, long number) {
    /** The timer of the machine's TimeoutSeconds. */
    public static final EffectId DEADLINE = new EffectId(0, 0);
}
