package dev.gradus.engine;

import dev.gradus.asl.Catcher;
import dev.gradus.asl.ErrorName;
import dev.gradus.asl.Retrier;
import dev.gradus.asl.State;
import dev.gradus.asl.State.ErrorHandling;
import dev.gradus.engine.Scope.Visit;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.Payload;
import dev.gradus.expressions.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Retry and Catch say about a failure. */
final class Retries {
    private static final long MILLIS = 1_000;

    private Retries() {}

    static ErrorHandling handling(State state) {
        return switch (state) {
            case State.TaskState task -> task.onError();
            case State.ParallelState parallel -> parallel.onError();
            case State.MapState map -> map.onError();
            case State.PassState _,
                    State.ChoiceState _,
                    State.WaitState _,
                    State.SucceedState _,
                    State.FailState _ ->
                    ErrorHandling.NONE;
        };
    }

    /**
     * Returns the position of the retrier that acts: the first that matches, unless it is used up.
     */
    static Optional<Integer> retrier(
            List<Retrier> retriers, Visit visit, Failure failure, ErrorName.Origin origin) {
        for (int i = 0; i < retriers.size(); i++) {
            if (ErrorName.anyMatches(retriers.get(i).errorEquals(), failure.error(), origin)) {
                return count(visit, i) < retriers.get(i).maxAttempts()
                        ? Optional.of(i)
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Returns the first catcher that matches. */
    static Optional<Catcher> catcher(
            List<Catcher> catchers, Failure failure, ErrorName.Origin origin) {
        for (var catcher : catchers) {
            if (ErrorName.anyMatches(catcher.errorEquals(), failure.error(), origin)) {
                return Optional.of(catcher);
            }
        }
        return Optional.empty();
    }

    /** Returns the visit after the retrier at that position acted once more. */
    static Visit counted(Visit visit, int retrier) {
        var retries = new ArrayList<>(visit.retries());
        while (retries.size() <= retrier) {
            retries.add(0);
        }
        retries.set(retrier, retries.get(retrier) + 1);
        return new Visit(
                visit.state(),
                visit.enteredEventId(),
                visit.enteredAtMillis(),
                visit.input(),
                retries);
    }

    /**
     * Returns the delay in milliseconds before the next retry of a retrier.
     *
     * @param before how often it acted already in this visit
     */
    static long delayMillis(Retrier retrier, int before, Randomness randomness) {
        double cap = retrier.maxDelaySeconds().orElse(Limits.RETRY_DELAY_SECONDS);
        double seconds =
                Math.min(
                        Math.min(cap, Limits.RETRY_DELAY_SECONDS),
                        retrier.intervalSeconds() * Math.pow(retrier.backoffRate(), before));
        return switch (retrier.jitter()) {
            case NONE -> Math.round(seconds * MILLIS);
            case FULL -> Math.round(seconds * MILLIS * randomness.nextDouble());
        };
    }

    static int count(Visit visit, int retrier) {
        return retrier < visit.retries().size() ? visit.retries().get(retrier) : 0;
    }

    /** Returns what a catcher gets to see: {@code {"Error":...,"Cause":...}}. */
    static Payload errorOutput(Failure failure) {
        return Payload.of(JsonObject.of("Error", text(failure.error()), "Cause", cause(failure)));
    }

    private static Json cause(Failure failure) {
        // AWS: a timeout has no cause, and a catcher sees an empty one (recorded).
        boolean timedOut = failure.cause().isEmpty() && failure.error().equals(TIMEOUT);
        return timedOut ? Json.of("") : text(failure.cause());
    }

    private static final Optional<String> TIMEOUT = Optional.of(ErrorName.TIMEOUT.text());

    private static Json text(Optional<String> text) {
        return text.isPresent() ? Json.of(text.get()) : Json.NULL;
    }
}
