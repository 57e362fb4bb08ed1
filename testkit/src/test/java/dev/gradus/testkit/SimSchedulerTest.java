package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimSchedulerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<String> ran = new ArrayList<>();

    @Test
    void runsReadyTasksInAnOrderDrawnFromTheSeed() {
        Set<List<String>> orders = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            assertThat(orderOfThree(seed)).isEqualTo(orderOfThree(seed));
            orders.add(orderOfThree(seed));
        }
        assertThat(orders).hasSize(6);
    }

    private static List<String> orderOfThree(long seed) {
        var scheduler = new SimScheduler(seed, START);
        var process = scheduler.process("p");
        var order = new ArrayList<String>();
        for (var name : List.of("a", "b", "c")) {
            process.execute(() -> order.add(name));
        }
        scheduler.runUntilIdle();
        return order;
    }

    @Test
    void letsTimePassOnlyWhenAdvanced() {
        var scheduler = new SimScheduler(1, START);
        var process = scheduler.process("p");
        process.schedule(Duration.ofSeconds(10), () -> ran.add("ten " + scheduler.instant()));
        process.schedule(Duration.ofSeconds(5), () -> ran.add("five " + scheduler.instant()));

        scheduler.runUntilIdle();
        assertThat(ran).isEmpty();
        scheduler.advance(Duration.ofSeconds(7));
        assertThat(ran).containsExactly("five 2026-01-01T00:00:05Z");
        assertThat(scheduler.instant()).isEqualTo(START.plusSeconds(7));
        scheduler.advance(Duration.ofSeconds(3));
        assertThat(ran).containsExactly("five 2026-01-01T00:00:05Z", "ten 2026-01-01T00:00:10Z");
    }

    @Test
    void cancelledTasksAndTasksOfACrashedProcessDoNotRun() {
        var scheduler = new SimScheduler(1, START);
        var server = scheduler.process("server");
        var world = scheduler.process("world");
        Runnable cancel = server.schedule(Duration.ofSeconds(1), () -> ran.add("cancelled"));
        cancel.run();
        server.schedule(Duration.ofSeconds(2), () -> ran.add("before the crash"));
        server.schedule(Duration.ofSeconds(4), () -> ran.add("after the crash"));
        world.schedule(Duration.ofSeconds(3), server::crash);
        world.schedule(Duration.ofSeconds(5), () -> ran.add("world"));
        world.schedule(Duration.ofSeconds(6), () -> server.execute(() -> ran.add("zombie")));

        scheduler.advance(Duration.ofSeconds(10));
        assertThat(ran).containsExactly("before the crash", "world");
        assertThat(server.crashed()).isTrue();
    }

    @Test
    void runsUntilAConditionHoldsAndPassesTheTimeInBetween() {
        var scheduler = new SimScheduler(1, START);
        var process = scheduler.process("p");
        for (int day = 1; day <= 5; day++) {
            var name = "day " + day;
            process.schedule(Duration.ofDays(day), () -> ran.add(name));
        }
        assertThat(scheduler.runUntil(() -> ran.contains("day 3"), 100)).isTrue();
        assertThat(scheduler.instant()).isEqualTo(START.plus(Duration.ofDays(3)));
        assertThat(scheduler.runUntil(() -> ran.contains("day 5"), 1)).isFalse();
        assertThat(scheduler.runUntil(() -> ran.contains("day 9"), 100)).isFalse();
        assertThat(ran).hasSize(5);
    }

    @Test
    void theWallClockJumpsWithoutMovingWhatIsScheduled() {
        var scheduler = new SimScheduler(1, START);
        var process = scheduler.process("p");
        process.schedule(Duration.ofSeconds(5), () -> ran.add("five"));
        scheduler.jumpWallClock(Duration.ofHours(-1));
        scheduler.advance(Duration.ofSeconds(4));
        assertThat(scheduler.instant()).isEqualTo(START.minusSeconds(3596));
        assertThat(ran).isEmpty();
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(ran).containsExactly("five");
        assertThat(scheduler.nanoTime()).isEqualTo(5_000_000_000L);
    }

    @Test
    void saysWhichSeedNeverBecomesIdle() {
        var scheduler = new SimScheduler(42, START);
        var process = scheduler.process("p");
        Runnable[] again = new Runnable[1];
        again[0] = () -> process.execute(again[0]);
        process.execute(again[0]);
        assertThatThrownBy(scheduler::runUntilIdle)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 42");
    }
}
