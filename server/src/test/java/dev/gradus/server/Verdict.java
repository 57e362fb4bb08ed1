package dev.gradus.server;

import java.util.Optional;

/**
 * What became of a recorded case.
 *
 * @param later what it asks for that this release does not have
 * @param difference the first one between the recorded and our answer
 */
record Verdict(Recording recording, Optional<String> later, Optional<String> difference) {
    boolean eligible() {
        return later.isEmpty();
    }

    boolean failed() {
        return eligible() && difference.isPresent();
    }

    boolean passed() {
        return eligible() && difference.isEmpty();
    }

    /** Says why the difference is meant to be there, if it is. */
    Optional<String> reason() {
        return difference.flatMap(text -> KnownDifference.reason(recording, text));
    }

    boolean unexplained() {
        return failed() && reason().isEmpty();
    }
}
