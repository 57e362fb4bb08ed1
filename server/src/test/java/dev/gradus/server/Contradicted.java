package dev.gradus.server;

import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says of a difference that newer answers of the real service contradict the recording: where two
 * disagree, we follow the newer one.
 */
final class Contradicted {
    private static final Pattern PREVIOUS =
            Pattern.compile(".*/events\\[[0-9]+]/previousEventId: recorded [0-9]+, ours [0-9]+");

    /** The first recordings in which EvaluationFailed points to the Entered event. */
    private static final LocalDate EVALUATION_FAILED_MOVED = LocalDate.of(2024, 12, 27);

    private Contradicted() {}

    static Optional<String> reason(Recording recording, String difference) {
        boolean ofExpressions =
                recording.calls().stream()
                        .map(call -> Recording.string(call.request(), "definition"))
                        .anyMatch(definition -> definition.contains("JSONata"));
        return ofExpressions
                        && recording.day().isBefore(EVALUATION_FAILED_MOVED)
                        && PREVIOUS.matcher(difference).matches()
                ? Optional.of(
                        "EvaluationFailed points to the Entered event since December 2024; before,"
                                + " to the one before that")
                : Optional.empty();
    }
}
