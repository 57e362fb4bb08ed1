package dev.gradus.api;

import dev.gradus.runtime.spi.LogFormat;
import java.nio.charset.StandardCharsets;

/**
 * Writes history events as AWS writes them to CloudWatch Logs: all numbers of the envelope are
 * strings, and the members of the details stand without the name that the API gives them.
 */
public final class LogRecords implements LogFormat {

    @Override
    public String json(LoggedEvent logged) {
        var event = logged.event();
        var details = new HistoryOutput(logged.includeData(), HistoryOutput.Reader.LOG);
        var out = new WireWriter();
        out.object(() ->
                out.string("id", Long.toString(event.id()))
                        .string("type", event.type().text())
                        .object("details", () -> details.details(event.details(), out))
                        .string("previous_event_id", Long.toString(event.previousEventId()))
                        .string("event_timestamp", Long.toString(event.atMillis()))
                        .string("execution_arn", logged.executionArn())
                        .string("redrive_count", Long.toString(logged.redriveCount())));
        return new String(out.toBytes(), StandardCharsets.UTF_8);
    }
}
