package dev.gradus.store.rocksdb;

import java.util.function.Consumer;

/**
 * How to open a store.
 *
 * @param shardCount the number of shards of a store that is made now, 1 to 256; one that exists
 *     keeps its own
 * @param clock the clock of a store that is made now; one that exists must have been made with it
 * @param memory how much memory RocksDB may take
 * @param onFatal called once, on a thread of its own, when nothing can be written any more: the
 *     process must end and be started again. All leases have been told by then
 */
public record RocksOptions(
        int shardCount, StoreClock clock, Memory memory, Consumer<Throwable> onFatal) {

    /** The number of shards of an embedded store, unless asked otherwise. */
    public static final int SHARDS_DEFAULT = 8;

    /**
     * How much memory RocksDB may take.
     *
     * @param writeBuffersBytes of all four families together: rows are sorted there before they go
     *     to a file. It is taken as it fills; one family alone takes half of it at most
     * @param blockCacheBytes blocks, indexes and filters of files that were read
     * @param walBytesMax total of the write-ahead logs, which bounds the time to open after a crash
     */
    public record Memory(long writeBuffersBytes, long blockCacheBytes, long walBytesMax) {

        /** For a server: 96 MiB of write buffers, 64 MiB of cache, 512 MiB of logs. */
        public static final Memory SERVER = new Memory(96L << 20, 64L << 20, 512L << 20);

        /** For a developer's machine: 16 MiB of write buffers, 8 MiB of cache, 64 MiB of logs. */
        public static final Memory SMALL = new Memory(16L << 20, 8L << 20, 64L << 20);
    }

    public RocksOptions {
        if (shardCount < 1 || shardCount > 256) {
            throw new IllegalArgumentException(
                    "shardCount must be from 1 to 256, not " + shardCount);
        }
    }

    /** Eight shards, the real clock, a server's memory. */
    public static RocksOptions defaults(Consumer<Throwable> onFatal) {
        return new RocksOptions(SHARDS_DEFAULT, StoreClock.REAL, Memory.SERVER, onFatal);
    }

    /** The same with another number of shards. */
    public RocksOptions withShardCount(int count) {
        return new RocksOptions(count, clock, memory, onFatal);
    }

    /** The same with another clock. */
    public RocksOptions withClock(StoreClock other) {
        return new RocksOptions(shardCount, other, memory, onFatal);
    }

    /** The same with other limits of memory. */
    public RocksOptions withMemory(Memory other) {
        return new RocksOptions(shardCount, clock, other, onFatal);
    }
}
