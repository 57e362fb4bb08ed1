package dev.gradus.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * What waits for one shard's loop, oldest first, bounded in bytes and in time for new work.
 *
 * <p>Completions of running work are always admitted: refusing them would lose what was done. Time
 * in which the shard is being taken up says nothing about the load, so another limit holds for it:
 * callers who come right after a start of the server wait. Offered to by any thread, taken from by
 * the loop.
 */
final class Mailbox {
    private static final int NOT_TAKEN_UP = -1;

    private final Platform platform;
    private final ArrayDeque<Waiting> messages = new ArrayDeque<>();
    private long bytes;

    /** How many messages are left of those that were there when the shard was taken up. */
    private int ofRecovery = NOT_TAKEN_UP;

    private long recoveredNanos;

    private record Waiting(ShardMessage message, long sinceNanos) {}

    Mailbox(Platform platform) {
        this.platform = platform;
    }

    /** Returns false, and takes nothing, when new work comes while the shard is behind. */
    boolean offer(ShardMessage message) {
        long now = platform.monotonicNanos();
        synchronized (this) {
            if (message.isNewWork() && isBehind(now)) {
                return false;
            }
            messages.addLast(new Waiting(message, now));
            bytes += message.bytes();
            return true;
        }
    }

    synchronized Optional<ShardMessage> take() {
        var next = messages.pollFirst();
        if (next == null) {
            return Optional.empty();
        }
        bytes -= next.message().bytes();
        if (ofRecovery > 0) {
            recoveryHas(ofRecovery - 1);
        }
        return Optional.of(next.message());
    }

    synchronized boolean isEmpty() {
        return messages.isEmpty();
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized int size() {
        return messages.size();
    }

    /**
     * The shard has been taken up; what waits now, callers and what a former life left, is worked
     * off before it counts as recovered.
     */
    synchronized void takenUp() {
        recoveryHas(messages.size());
    }

    /** The shard is lost: it has to be taken up again. */
    synchronized void lost() {
        ofRecovery = NOT_TAKEN_UP;
    }

    private void recoveryHas(int left) {
        ofRecovery = left;
        if (left == 0) {
            recoveredNanos = platform.monotonicNanos();
        }
    }

    private boolean isBehind(long nowNanos) {
        var oldest = messages.peekFirst();
        if (bytes > RuntimeLimits.QUEUE_BYTES || oldest == null) {
            return bytes > RuntimeLimits.QUEUE_BYTES;
        }
        var waited = Duration.ofNanos(nowNanos - oldest.sinceNanos());
        if (ofRecovery != 0) {
            return waited.compareTo(RuntimeLimits.RECOVERY_WAIT) > 0;
        }
        var recovered = Duration.ofNanos(nowNanos - recoveredNanos);
        return waited.compareTo(RuntimeLimits.QUEUE_WAIT) > 0
                && recovered.compareTo(RuntimeLimits.QUEUE_WAIT) > 0;
    }
}
