package dev.gradus.engine;

/**
 * One record of an execution's public history.
 *
 * @param id from 1, without gaps
 * @param previousEventId the event before it on the same line of control; 0 where AWS writes 0
 * @param atMillis timestamp in milliseconds since the epoch; never decreases with id
 * @param type one of AWS's 62
 * @param details the members that this type carries
 */
public record HistoryEvent(
        long id, long previousEventId, long atMillis, EventType type, EventDetails details) {}
