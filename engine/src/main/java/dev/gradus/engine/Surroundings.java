package dev.gradus.engine;

/** What a step may look up: pure, immediate, the same answer within one step. */
public interface Surroundings {

    /**
     * Tells whether an activity is registered; a task for a missing one fails its execution at
     * once.
     */
    boolean activityExists(String activityArn);

    /** Returns what an execution may take up. */
    default ExecutionQuotas quotas() {
        return ExecutionQuotas.AWS;
    }

    /**
     * Returns how many states a step may enter; the rest is left to later ones. What is under way
     * is always finished.
     */
    default long transitions() {
        return Long.MAX_VALUE;
    }

    /** Returns the token that answers this attempt: opaque, at most 2,048 characters. */
    String taskToken(EffectId effect, Scope.Nonce nonce);
}
