package dev.gradus.engine;

import java.util.Optional;

/**
 * A workflow's own failure: a value that Retry and Catch see, never an exception.
 *
 * @param error name, absent when a callback or Fail state gave none
 * @param cause text, absent likewise
 */
public record Failure(Optional<String> error, Optional<String> cause) {
    public static final Failure NONE = new Failure(Optional.empty(), Optional.empty());

    public static Failure of(String error, String cause) {
        return new Failure(Optional.of(error), Optional.of(cause));
    }

    public static Failure of(String error) {
        return new Failure(Optional.of(error), Optional.empty());
    }
}
