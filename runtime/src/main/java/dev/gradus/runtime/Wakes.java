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
    private static final Duration LOOK = LogicalClock.AGREEMENT;
    private static final long NEVER = -1;

    private final Platform platform;
    private final Consumer<ShardMessage> post;
    private Optional<Cancellable> timer = Optional.empty();
    private Optional<Cancellable> resend = Optional.empty();
    private long timerMillis = NEVER;
    private boolean sweeping;

    Wakes(Platform platform, Consumer<ShardMessage> post) {
        this.platform = platform;
        this.post = post;
    }

    /**
     * Sees to it that timers are looked at by then, and not needlessly before.
     *
     * <p>The wall clock may be moved while the platform's delays run by the monotonic one: no delay
     * is longer than {@link #LOOK}, and the loop looks again when it comes too early.
     */
    void timersAt(OptionalLong dueMillis, long nowMillis) {
        long due = dueMillis.orElse(Long.MAX_VALUE);
        if (due == timerMillis && due > nowMillis) {
            return;
        }
        timer.ifPresent(Cancellable::cancel);
        timerMillis = due;
        var delay = Duration.ofMillis(Math.max(0, due - nowMillis));
        var wait = delay.compareTo(LOOK) < 0 ? delay : LOOK;
        timer =
                Optional.of(
                        platform.runLater(wait, () -> post.accept(new ShardMessage.TimersDue())));
    }

    /** Sends messages again from time to time while some are not acknowledged. */
    void resendWhile(boolean owed) {
        if (owed && resend.isEmpty()) {
            resend =
                    Optional.of(
                            platform.runLater(
                                    RuntimeLimits.RESEND,
                                    () -> post.accept(new ShardMessage.ResendDue())));
        }
    }

    /** What had been armed has come: the next turn arms it again if it is still needed. */
    void heard(ShardMessage message) {
        if (message instanceof ShardMessage.TimersDue) {
            timerMillis = NEVER;
        } else if (message instanceof ShardMessage.ResendDue) {
            resend = Optional.empty();
        }
    }

    /** Forgets what was armed: its messages may be gone with all others that the shard had. */
    void reset() {
        timer.ifPresent(Cancellable::cancel);
        resend.ifPresent(Cancellable::cancel);
        timer = Optional.empty();
        resend = Optional.empty();
        timerMillis = NEVER;
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
