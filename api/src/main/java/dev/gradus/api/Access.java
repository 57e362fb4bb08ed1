package dev.gradus.api;

import dev.gradus.runtime.Arn;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Finds out who calls, or refuses the request. */
public sealed interface Access permits OpenAccess, VerifiedAccess {

    /** Throws {@link dev.gradus.runtime.ApiException} with AWS's error for one it does not take. */
    Caller caller(WireRequest request);

    /**
     * Takes any credentials, and none: for a server that only its own machine reaches.
     *
     * @param defaults partition, region and account of callers that name none
     */
    static Access open(Arn.Place defaults) {
        return new OpenAccess(defaults);
    }

    /**
     * Takes requests that a known key signed.
     *
     * @param keys asked at each request, so that they may change
     * @param clock what a request's date is compared with
     */
    static Access verified(Supplier<AccessKeys> keys, InstantSource clock) {
        return new VerifiedAccess(keys, clock);
    }
}
