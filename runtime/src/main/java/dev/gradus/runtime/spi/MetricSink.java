package dev.gradus.runtime.spi;

import java.util.List;

/**
 * Takes what was counted in a minute. Called on a thread that may wait, by one caller at a time or
 * by two when an earlier minute is being tried again.
 */
public interface MetricSink extends AutoCloseable {

    /**
     * Sends data of any number and any region; returns how many of them were refused for good.
     *
     * @throws DeliveryException if it should be tried again later
     */
    int send(List<MetricDatum> data);

    /** Gives up what it holds; nothing is sent any more. */
    @Override
    void close();
}
