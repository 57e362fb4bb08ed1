package dev.gradus.runtime.spi;

import java.util.List;

/**
 * Takes what executions log.
 *
 * <ul>
 *   <li>Both methods may block; they run on threads of their own, several at once.
 *   <li>{@link #write} must keep the order of the records of one execution, and return only when
 *       the records are where they are kept. What it cannot deliver now it reports with {@link
 *       DeliveryException}: the same records come again after a while, so that some may arrive
 *       twice. What will never be taken it counts and forgets.
 *   <li>An interrupted thread should give up soon, with a {@link DeliveryException}.
 * </ul>
 */
public interface LogSink extends AutoCloseable {

    /**
     * Tells whether a log group can be logged to.
     *
     * @throws DeliveryException if that cannot be found out now
     */
    boolean exists(LogGroup group);

    /**
     * Writes records, oldest first; returns how many of them were refused for good.
     *
     * @throws DeliveryException if it should be tried again later
     */
    int write(List<LogRecord> records);

    /** Gives up what it holds; nothing is written any more. */
    @Override
    void close();
}
