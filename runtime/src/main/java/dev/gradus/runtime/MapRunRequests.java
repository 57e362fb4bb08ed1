package dev.gradus.runtime;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What callers ask for about Map Runs. */
public final class MapRunRequests {

    /** UpdateMapRun: what is absent stays as it is; something is there. */
    public record Update(
            Arn.MapRun arn,
            OptionalInt maxConcurrency,
            Optional<Float> toleratedFailurePercentage,
            OptionalLong toleratedFailureCount) {}

    /** ListMapRuns of one execution, the newest first. */
    public record ListOf(Arn.Execution execution, Page.Request page) {}

    private MapRunRequests() {}
}
