package dev.gradus.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.runtime.ActivityView.Task;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class PollsTest {
    private final Polls polls = new Polls();
    private final CompletableFuture<Optional<Task>> runtime = new CompletableFuture<>();
    private BooleanSupplier open = () -> false;

    @Test
    void handsOnWhatTheRuntimeFinds() {
        var answer = poll();
        var task = Optional.of(new Task("t", "{}"));

        runtime.complete(task);

        assertThat(answer.join()).isEqualTo(task);
    }

    @Test
    void handsOnWhatTheRuntimeRefuses() {
        var answer = poll();

        runtime.completeExceptionally(new IllegalArgumentException("no"));

        assertThat(answer.handle((_, thrown) -> thrown).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sendsWorkersAwayAtTheEndAndCountsNoConnectionAsOpen() throws Exception {
        var answer = poll();
        assertThat(open.getAsBoolean()).isTrue();

        polls.end();

        assertThat(open.getAsBoolean()).isFalse();
        assertThat(answer.get(20, TimeUnit.SECONDS)).isEmpty();
        assertThat(poll().get(20, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void letsAHandOutArriveThatWasOnItsWayAtTheEnd() {
        var answer = poll();
        var task = Optional.of(new Task("t", "{}"));

        polls.end();
        runtime.complete(task);

        assertThat(answer.join()).isEqualTo(task);
    }

    private CompletableFuture<Optional<Task>> poll() {
        return polls.await(
                        stands -> {
                            open = stands;
                            return runtime;
                        },
                        () -> true)
                .toCompletableFuture();
    }
}
