package dev.gradus.runtime;

import dev.gradus.runtime.spi.View;
import java.util.List;

/**
 * What one feed makes of its rows, and where it sends that. Safe for many threads.
 *
 * @param <S> what is sent
 */
interface FeedOutlet<S> {

    /** Returns what a row tells; empty when what it tells of is gone. */
    List<S> of(FeedRow row, View view);

    /**
     * Sends some, oldest first; returns how many were refused for good.
     *
     * @throws dev.gradus.runtime.spi.DeliveryException if it should be tried again later
     */
    int send(List<S> items);

    /** Returns about how many bytes one is when it is sent. */
    long bytes(S item);
}
