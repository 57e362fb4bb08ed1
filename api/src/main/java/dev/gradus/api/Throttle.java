package dev.gradus.api;

import dev.gradus.runtime.Arn;

/** Decides whether an account may make one more call of a kind now. */
@FunctionalInterface
public interface Throttle {
    /** Everybody may always. */
    Throttle NONE = (_, _) -> true;

    /**
     * Takes what one call costs; false if there is nothing left to take.
     *
     * @param kind a name of {@link CallRates}
     */
    boolean take(String kind, Arn.Place place);
}
