package dev.gradus.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * What waits for one shard's loop, oldest first, bounded in bytes and in time for new work.
 *
 * <p>Completions of running work are always admitted: refusing them would lose what was done.
 * Offered to by any thread, taken from by the loop.
 */
final class Mailbox {
    private final Platform platform;
    private final ArrayDeque<Waiting> messages = new ArrayDeque<>();
    private long bytes;

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

    private boolean isBehind(long nowNanos) {
        var oldest = messages.peekFirst();
        return bytes > RuntimeLimits.QUEUE_BYTES
                || (oldest != null
                        && Duration.ofNanos(nowNanos - oldest.sinceNanos())
                                        .compareTo(RuntimeLimits.QUEUE_WAIT)
                                > 0);
    }
}
