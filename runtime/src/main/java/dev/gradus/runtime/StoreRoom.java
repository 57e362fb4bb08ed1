package dev.gradus.runtime;

import dev.gradus.runtime.spi.Health;
import dev.gradus.runtime.spi.Substrate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether the store has room for new work; what runs is never refused for it.
 *
 * <p>Safe for many threads. The store is asked when somebody wants to know and the last answer is
 * old, on a thread for reads: whoever asks takes the last answer and never waits.
 */
final class StoreRoom {
    private final Platform platform;
    private final Substrate substrate;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long lookedNanos;
    private volatile Optional<ApiException> refusal = Optional.empty();

    StoreRoom(Platform platform, Substrate substrate) {
        this.platform = platform;
        this.substrate = substrate;
    }

    /** What new work is refused with; empty when there is room. */
    Optional<ApiException> refusal() {
        var age = Duration.ofNanos(platform.monotonicNanos() - lookedNanos);
        if (age.compareTo(RuntimeLimits.ROOM_LOOK) >= 0 && looking.compareAndSet(false, true)) {
            platform.reads().execute(this::look);
        }
        return refusal;
    }

    /** Asks the store; may block on its disk. */
    void look() {
        try {
            var health = substrate.health();
            refusal =
                    health.status() == Health.Status.LOW_SPACE
                            ? Optional.of(
                                    ErrorShape.ThrottlingException.because(
                                            "Rate exceeded: " + health.detail()))
                            : Optional.empty();
        } finally {
            lookedNanos = platform.monotonicNanos();
            looking.set(false);
        }
    }
}
