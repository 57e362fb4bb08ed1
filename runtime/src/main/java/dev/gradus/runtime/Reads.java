package dev.gradus.runtime;

import dev.gradus.runtime.spi.View;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Reads of committed rows, on threads that may block on a disk. A caller reads what it wrote: its
 * write was acknowledged only after the batch was applied. Safe for many threads.
 */
final class Reads {
    private final Platform platform;
    private final List<Shard> shards;

    Reads(Platform platform, List<Shard> shards) {
        this.platform = platform;
        this.shards = shards;
    }

    /**
     * Runs a read; an {@link ApiException} of it is the caller's, anything else our bug, and both
     * reach the caller.
     */
    <T> CompletionStage<T> read(Supplier<T> read) {
        var reply = new CompletableFuture<T>();
        platform.reads()
                .execute(() -> {
                    try {
                        reply.complete(read.get());
                    } catch (RuntimeException e) {
                        reply.completeExceptionally(e);
                    }
                });
        return reply;
    }

    View view(int shard) {
        return shards.get(shard).view();
    }

    /** The shard of an execution. */
    int shardOf(byte[] executionHash) {
        return Keys.shardOf(executionHash, shards.size());
    }

    int shardCount() {
        return shards.size();
    }
}
