package dev.gradus.runtime;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Time, threads and randomness, handed in so that the simulator can hold them all.
 *
 * <ul>
 *   <li>Work given to an executor runs once, some time later, never inside the call that gives it.
 *   <li>{@link #shards} runs turns of shards, which are short; {@link #reads} runs reads of the
 *       store, which may block on a disk; {@link #calls} runs calls to integrations, which may
 *       block for minutes.
 * </ul>
 */
public interface Platform {

    /** The wall clock in milliseconds since the epoch; it may jump. */
    long wallMillis();

    /** A clock that never goes back, in nanoseconds since some moment. */
    long monotonicNanos();

    Executor shards();

    Executor reads();

    Executor calls();

    /** Runs something after a time, on a thread of the platform's; it must be short. */
    Cancellable runLater(Duration delay, Runnable work);

    /** Unguessable bits. */
    long randomLong();

    /** Something that need not happen any more. */
    interface Cancellable {
        /** Has no effect on work that began. */
        void cancel();
    }
}
