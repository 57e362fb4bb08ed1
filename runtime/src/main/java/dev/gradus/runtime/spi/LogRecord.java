package dev.gradus.runtime.spi;

/**
 * One line of an execution log.
 *
 * @param machine name of the state machine
 * @param stream name of the log stream: one for each machine, day and life of a process
 * @param atMillis time of the event, in milliseconds since the epoch
 * @param json the record in AWS's shape, without line breaks
 */
public record LogRecord(
        LogGroup group, String machine, String stream, long atMillis, String json) {}
