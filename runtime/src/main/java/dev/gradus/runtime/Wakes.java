package dev.gradus.runtime;

import dev.gradus.runtime.Platform.Cancellable;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What wakes a shard without a message from outside: timers, resends, the sweep. Used by the
 * shard's loop alone.
 */
final class Wakes {
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final Platform platform;
    private final Consumer<ShardMessage> post;
    private Optional<Cancellable> timer = Optional.empty();
    private long timerMillis = Long.MAX_VALUE;
    private boolean resending;
    private boolean sweeping;

    Wakes(Platform platform, Consumer<ShardMessage> post) {
        this.platform = platform;
        this.post = post;
    }

    /** Sees to it that timers are looked at by then, and not needlessly before. */
    void timersAt(OptionalLong dueMillis, long nowMillis) {
        long due = dueMillis.orElse(Long.MAX_VALUE);
        if (due == timerMillis && due > nowMillis) {
            return;
        }
        timer.ifPresent(Cancellable::cancel);
        timerMillis = due;
        var delay = Duration.ofMillis(Math.max(0, due - nowMillis));
        timer =
                Optional.of(
                        platform.runLater(delay, () -> post.accept(new ShardMessage.TimersDue())));
    }

    /** Sends messages again from time to time while some are not acknowledged. */
    void resendWhile(boolean owed) {
        if (owed && !resending) {
            resending = true;
            platform.runLater(
                    RuntimeLimits.RESEND, () -> post.accept(new ShardMessage.ResendDue()));
        } else if (!owed) {
            resending = false;
        }
    }

    /** A resend has been done; the next turn arms another if messages are still owed. */
    void resent() {
        resending = false;
    }

    void startSweeping() {
        if (!sweeping) {
            sweeping = true;
            sweepLater();
        }
    }

    private void sweepLater() {
        platform.runLater(
                SWEEP,
                () -> {
                    post.accept(new ShardMessage.SweepDue());
                    sweepLater();
                });
    }
}
