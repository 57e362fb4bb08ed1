package dev.gradus.runtime;

import java.util.Optional;

/** What one shard counts; written by its loop, read by any thread. */
final class ShardMetrics {
    private long batches;
    private long commitNanos;
    private long commitNanosMax;
    private long bytes;
    private long released;
    private long refused;

    /**
     * One look at a shard.
     *
     * @param queueBytes bytes of messages that wait
     * @param queueLength messages that wait
     * @param batches batches committed
     * @param batchBytes bytes of all of them
     * @param commitNanos from append to durable, all of them together
     * @param commitNanosMax the longest since the last look
     * @param released replies and effects that were parked and have left
     * @param parked replies and effects that wait for a commit now
     * @param refused starts refused because the shard was behind
     */
    record Reading(
            long queueBytes,
            int queueLength,
            long batches,
            long batchBytes,
            long commitNanos,
            long commitNanosMax,
            long released,
            int executionsInMemory,
            int timersInMemory,
            int held,
            long refused) {}

    synchronized void committed(long nanos, int batchBytes, int parked) {
        batches++;
        commitNanos += nanos;
        commitNanosMax = Math.max(commitNanosMax, nanos);
        bytes += batchBytes;
        released += parked;
    }

    synchronized void refused() {
        refused++;
    }

    synchronized Reading read(Mailbox mailbox, Optional<Tenure> tenure) {
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
                tenure.map(Tenure::executionsInMemory).orElse(0),
                tenure.map(Tenure::timersInMemory).orElse(0),
                tenure.map(Tenure::heldCommands).orElse(0),
                refused);
    }
}
