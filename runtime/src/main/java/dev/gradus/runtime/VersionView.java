package dev.gradus.runtime;

/**
 * What callers see of a published version in lists, and when they publish it.
 *
 * @param creationMillis when it was published, in milliseconds since the epoch
 */
public record VersionView(Arn.StateMachineVersion arn, long creationMillis) {}
