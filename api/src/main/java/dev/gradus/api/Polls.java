package dev.gradus.api;

import dev.gradus.runtime.ActivityView.Task;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The long polls in progress, so that a server that stops can send their workers away at once.
 *
 * <p>May be used by any thread. Ending comes in two steps: from then on no connection counts as
 * open, so nothing more is handed out; a hand-out that was already being made durable gets a second
 * to arrive, because its task would be lost on a worker that was told there is none.
 */
final class Polls {
    private static final long GRACE_MILLIS = 1_000;

    private final Map<Object, CompletableFuture<Optional<Task>>> waiting =
            new ConcurrentHashMap<>();
    private volatile boolean ending;

    /**
     * Polls until there is a task, time is up, or the server stops.
     *
     * @param poll given whether a task may still be handed out
     * @param open whether the caller's connection stands
     */
    CompletionStage<Optional<Task>> await(
            Function<BooleanSupplier, CompletionStage<Optional<Task>>> poll, BooleanSupplier open) {
        var found = poll.apply(() -> !ending && open.getAsBoolean()).toCompletableFuture();
        var answer = found.copy();
        if (!answer.isDone()) {
            var entry = new Object();
            waiting.put(entry, answer);
            var _ = answer.whenComplete((_, _) -> waiting.remove(entry));
            if (ending) {
                sendAway(answer);
            }
        }
        return answer;
    }

    /** Sends all workers away, also those that come later. */
    void end() {
        ending = true;
        waiting.values().forEach(Polls::sendAway);
    }

    private static void sendAway(CompletableFuture<Optional<Task>> answer) {
        var _ = answer.completeOnTimeout(Optional.empty(), GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
