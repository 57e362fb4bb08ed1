package dev.gradus.testkit;

import dev.gradus.runtime.spi.Substrate;

/** A store that the contract suite opens, and closes after the test. */
public interface StoreUnderTest extends AutoCloseable {

    /** Opens the store with so many shards: empty the first time, then with what was kept. */
    Substrate open(int shardCount);

    /** Lets work go on that needs a push, such as a simulated clock; else does nothing. */
    void settle();

    /** Whether listeners are called on other threads, so that tests may use several. */
    boolean threaded();

    /** Closes the store and removes what it left behind. */
    @Override
    void close();

    /** A store whose committed batches outlive its process. */
    interface Durable extends StoreUnderTest {

        /**
         * Ends the open store as a crash would, at once and with appends in flight, and opens what
         * it left. The old one is not touched again but by {@link #close()}.
         */
        Substrate crash();
    }
}
