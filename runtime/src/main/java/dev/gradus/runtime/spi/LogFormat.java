package dev.gradus.runtime.spi;

import dev.gradus.engine.HistoryEvent;

/** Writes history events as log records; pure, and safe for many threads. */
@FunctionalInterface
public interface LogFormat {

    /** Returns the record in AWS's shape, one JSON object without line breaks. */
    String json(LoggedEvent event);

    /**
     * One event to log.
     *
     * @param includeData false leaves input, output and other data out
     * @param redriveCount how often the execution was redriven before the event
     */
    record LoggedEvent(
            String executionArn, boolean includeData, long redriveCount, HistoryEvent event) {}
}
