package dev.gradus.runtime;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * One GetActivityTask that waits. It is offered to every shard; the first that claims it hands a
 * task out. Safe for many threads: the claim is the only thing that shards share.
 */
final class Poll {
    private final Arn.Activity activity;
    private final Optional<String> workerName;
    private final BooleanSupplier connectionOpen;
    private final CompletableFuture<Optional<ActivityView.Task>> reply = new CompletableFuture<>();
    private final AtomicBoolean taken = new AtomicBoolean();

    Poll(Arn.Activity activity, Optional<String> workerName, BooleanSupplier connectionOpen) {
        this.activity = activity;
        this.workerName = workerName;
        this.connectionOpen = connectionOpen;
    }

    Arn.Activity activity() {
        return activity;
    }

    Optional<String> workerName() {
        return workerName;
    }

    CompletableFuture<Optional<ActivityView.Task>> reply() {
        return reply;
    }

    /**
     * Takes the right to answer it; at most one caller ever gets true, and only while somebody
     * still listens.
     */
    boolean claim() {
        return connectionOpen.getAsBoolean() && taken.compareAndSet(false, true);
    }

    /** Answers that nothing came in time, unless a shard has claimed it. */
    void expire() {
        if (taken.compareAndSet(false, true)) {
            reply.complete(Optional.empty());
        }
    }

    boolean isOver() {
        return taken.get() || !connectionOpen.getAsBoolean();
    }
}
