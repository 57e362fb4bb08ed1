package dev.gradus.runtime;

import dev.gradus.runtime.spi.EventSink;
import dev.gradus.runtime.spi.LogFormat;
import dev.gradus.runtime.spi.LogSink;
import dev.gradus.runtime.spi.TraceSink;
import java.util.Optional;

/**
 * Where what happens to executions is told beside their history; whoever makes them closes them,
 * after the node has stopped.
 *
 * @param logs where executions log; absent: no log group exists
 * @param eventBus where status changes go; absent: nowhere
 * @param webhook another place for the same changes
 * @param traces where traces of executions are exported
 */
public record FeedSinks(
        LogFormat format,
        Optional<LogSink> logs,
        Optional<EventSink> eventBus,
        Optional<EventSink> webhook,
        Optional<TraceSink> traces) {
    /** Nothing is told to anybody. */
    public static final FeedSinks NONE =
            new FeedSinks(
                    event -> {
                        throw new IllegalStateException("nothing logs " + event.executionArn());
                    },
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
}
