package dev.gradus.api;

import dev.gradus.runtime.Arn;

/**
 * What an operator decides about callers.
 *
 * @param defaults partition, region and account of callers that name none
 * @param access who may call
 */
public record WirePolicy(Arn.Place defaults, Access access) {

    /** Anyone may call, as whoever they say they are. */
    public static WirePolicy open(Arn.Place defaults) {
        return new WirePolicy(defaults, Access.open(defaults));
    }
}
