package dev.gradus.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LogicalClockTest {
    private static final long WALL = 1_800_000_000_000L;

    /** Far below zero, as {@link System#nanoTime} may be. */
    private long nanos = -7_000_000_000_000L;

    private long wall = WALL;
    private final LogicalClock clock = new LogicalClock(() -> wall, () -> nanos);

    private long after(Duration time) {
        nanos += time.toNanos();
        wall += time.toMillis();
        return clock.nowMillis();
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void followsTheWall() {
        assertThat(clock.nowMillis()).isEqualTo(WALL);
        assertThat(after(seconds(10))).isEqualTo(WALL + 10_000);
    }

    @Test
    void standsStillAfterAJumpBackUntilTheWallHasCaughtUp() {
        after(seconds(1));
        wall -= 10_000;

        assertThat(after(seconds(1))).isEqualTo(WALL + 1_000);
        assertThat(after(seconds(8))).isEqualTo(WALL + 1_000);
        assertThat(after(seconds(2))).isEqualTo(wall).isEqualTo(WALL + 2_000);
    }

    @Test
    void goesOnByTheMonotonicClockWhenTheWallStaysBehind() {
        after(seconds(1));
        wall -= 3_600_000;
        after(seconds(1));

        assertThat(after(seconds(59))).isEqualTo(WALL + 1_000);
        assertThat(after(seconds(1))).isEqualTo(WALL + 1_000);
        assertThat(after(seconds(10))).isEqualTo(WALL + 11_000);
    }

    @Test
    void doesNotStandStillForEverWhenItStartsBeforeWhatWasStored() {
        clock.notBefore(WALL + 3_600_000);

        assertThat(after(seconds(1))).isEqualTo(WALL + 3_600_000);
        after(seconds(60));
        assertThat(after(seconds(5))).isEqualTo(WALL + 3_605_000);
    }

    @Test
    void takesAWallThatWasCorrectedForwardWithoutAJump() {
        after(seconds(1));
        wall -= 3_600_000;
        after(seconds(1));
        after(seconds(60));
        wall += 3_600_000;
        after(seconds(1));
        after(seconds(6));

        // 61 seconds stood still; the corrected wall makes them good.
        assertThat(clock.nowMillis()).isEqualTo(wall);
    }

    @Test
    void believesAJumpForwardOnlyWhenItLasts() {
        after(seconds(1));
        wall += 60_000;

        assertThat(after(seconds(1))).isEqualTo(WALL + 2_000);
        assertThat(after(seconds(4))).isEqualTo(WALL + 6_000);
        assertThat(after(seconds(1))).isEqualTo(WALL + 67_000);
    }

    @Test
    void forgetsAJumpForwardThatWasTakenBack() {
        after(seconds(1));
        wall += 60_000;
        after(seconds(3));
        wall -= 60_000;

        assertThat(after(seconds(10))).isEqualTo(WALL + 14_000);
    }

    @Test
    void neverGoesBackAndNeverStopsForLongWhateverTheWallDoes() {
        var random = new Random(1);
        long last = clock.nowMillis();
        long sameSince = nanos;
        for (int i = 0; i < 100_000; i++) {
            if (random.nextInt(50) == 0) {
                wall += (random.nextInt(7_200) - 3_600) * 1_000L;
            }
            long now = after(Duration.ofMillis(random.nextInt(3_000)));
            assertThat(now).isGreaterThanOrEqualTo(last);
            if (now > last) {
                sameSince = nanos;
            }
            assertThat(nanos - sameSince)
                    .isLessThanOrEqualTo(3 * LogicalClock.FROZEN_MAX.toNanos());
            last = now;
        }
    }
}
