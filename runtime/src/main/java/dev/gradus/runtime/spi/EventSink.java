package dev.gradus.runtime.spi;

import java.util.List;

/**
 * Takes status changes of executions; the rules are those of {@link LogSink}: events of one
 * execution stay in order, an event may come twice, with the same id.
 */
public interface EventSink extends AutoCloseable {

    /**
     * Sends events, oldest first; returns how many of them were refused for good.
     *
     * @throws DeliveryException if it should be tried again later
     */
    int send(List<StatusEvent> events);

    /** Gives up what it holds; nothing is sent any more. */
    @Override
    void close();
}
