package dev.gradus.runtime;

/**
 * What callers see of an activity.
 *
 * @param creationMillis in milliseconds since the epoch
 */
public record ActivityView(Arn.Activity arn, long creationMillis) {

    /** A task that a poll got. */
    public record Task(String taskToken, String input) {}
}
