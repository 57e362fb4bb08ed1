package dev.gradus.runtime.spi;

import java.util.List;

/**
 * Takes traces of executions that have ended; the rules are those of {@link LogSink}: a trace may
 * come twice, with the same ids.
 */
public interface TraceSink extends AutoCloseable {

    /**
     * Exports traces, oldest first; returns how many of them were refused for good.
     *
     * @throws DeliveryException if it should be tried again later
     */
    int export(List<Trace> traces);

    /** Gives up what it holds; nothing is exported any more. */
    @Override
    void close();
}
