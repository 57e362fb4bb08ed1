package dev.gradus.engine;

import dev.gradus.expressions.Payload;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How the test of one state ended.
 *
 * @param output what leaves the state, when it was left
 * @param failure what it failed with, {@link Failure#NONE} when it succeeded
 * @param nextState where control goes, absent at an end or when the state was not left
 */
public record StateTestResult(
        Status status,
        Optional<Payload> output,
        Failure failure,
        Optional<String> nextState,
        Inspected inspected) {

    /** The statuses of the AWS API. */
    public enum Status {
        SUCCEEDED,
        FAILED,
        /** A retrier would try again. */
        RETRIABLE,
        /** A catcher took the failure. */
        CAUGHT_ERROR
    }

    /**
     * What was seen of the state on its way.
     *
     * @param stages the stages of its data flow that were reached
     * @param variables the variables after it, an object; absent when there are none
     * @param map what a Map found out of its own fields
     * @param remedy which retrier or catcher acted, absent when none matched
     */
    public record Inspected(
            Map<Stage, Payload> stages,
            Optional<Payload> variables,
            MapFigures map,
            Optional<Remedy> remedy) {
        public Inspected {
            var copy = new EnumMap<Stage, Payload>(Stage.class);
            copy.putAll(stages);
            stages = Collections.unmodifiableMap(copy);
        }
    }

    /**
     * Figures of a Map; absent what was not evaluated or not configured.
     *
     * @param maxConcurrency 0 for no limit
     * @param toleratedFailurePercentage 0 to 100
     */
    public record MapFigures(
            OptionalLong maxConcurrency,
            OptionalLong toleratedFailureCount,
            OptionalDouble toleratedFailurePercentage) {
        static final MapFigures NONE =
                new MapFigures(OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty());
    }

    /**
     * The retrier or catcher that a failure met, by its position in Retry or Catch from 0.
     *
     * @param backoffSeconds delay before the retry, rounded down; absent when the retrier is used
     *     up
     */
    public record Remedy(
            OptionalInt catchIndex, OptionalInt retryIndex, OptionalLong backoffSeconds) {}
}
