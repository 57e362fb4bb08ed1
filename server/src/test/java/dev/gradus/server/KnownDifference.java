package dev.gradus.server;

import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/** Gives the reason of a difference that is meant to be there. */
final class KnownDifference {
    private static final Pattern PREVIOUS =
            Pattern.compile(".*/events\\[[0-9]+]/previousEventId: recorded [0-9]+, ours [0-9]+");
    private static final Pattern HUNG =
            Pattern.compile(".*/events: 1 elements recorded, ours are [0-9]+: .*", Pattern.DOTALL);

    /** The first recordings in which EvaluationFailed points to the Entered event. */
    private static final LocalDate EVALUATION_FAILED_MOVED = LocalDate.of(2024, 12, 27);

    private KnownDifference() {}

    static Optional<String> reason(Recording recording, String difference) {
        if (HUNG.matcher(difference).matches()) {
            return Optional.of(
                    "The real service hung after ExecutionStarted; ours fails with States.Runtime");
        }
        return isOfOldEvaluationFailed(recording, difference)
                ? Optional.of(
                        "Before December 2024 EvaluationFailed pointed to the event before the"
                                + " Entered event; newer recordings, in which it points to the"
                                + " Entered event, are followed")
                : Optional.empty();
    }

    private static boolean isOfOldEvaluationFailed(Recording recording, String difference) {
        return recording.day().isBefore(EVALUATION_FAILED_MOVED)
                && PREVIOUS.matcher(difference).matches()
                && recording.calls().stream()
                        .map(call -> Recording.string(call.request(), "definition"))
                        .anyMatch(definition -> definition.contains("JSONata"));
    }
}
