package dev.gradus.runtime;

/** What one shard counts; written by its loop, read by any thread. */
final class ShardMetrics {
    private long batches;
    private long commitNanos;
    private long commitNanosMax;
    private long bytes;
    private long released;
    private long refused;
    private Loop loop = new Loop(0, 0, 0, 0, 0);

    /** What the loop last said of itself. */
    record Loop(
            int parked, int executionsInMemory, int timersInMemory, int held, int feedWaiting) {}

    /** One look at a shard; the members are explained at {@link NodeMetrics}. */
    record Reading(
            long queueBytes,
            int queueLength,
            long batches,
            long batchBytes,
            long commitNanos,
            long commitNanosMax,
            long released,
            int parked,
            int executionsInMemory,
            int timersInMemory,
            int held,
            int feedWaiting,
            long refused) {}

    synchronized void committed(long nanos, int batchBytes, int left) {
        batches++;
        commitNanos += nanos;
        commitNanosMax = Math.max(commitNanosMax, nanos);
        bytes += batchBytes;
        released += left;
    }

    synchronized void turned(Loop now) {
        loop = now;
    }

    synchronized void refused() {
        refused++;
    }

    synchronized Reading read(Mailbox mailbox) {
        long longest = commitNanosMax;
        commitNanosMax = 0;
        return new Reading(
                mailbox.bytes(),
                mailbox.size(),
                batches,
                bytes,
                commitNanos,
                longest,
                released,
                loop.parked(),
                loop.executionsInMemory(),
                loop.timersInMemory(),
                loop.held(),
                loop.feedWaiting(),
                refused);
    }
}
