package dev.gradus.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.EffectId;
import dev.gradus.engine.Timer;
import dev.gradus.runtime.spi.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class TimerQueueTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long MINUTE = 60_000;

    private final StoreOfOne store = new StoreOfOne();
    private TimerQueue timers = new TimerQueue(store.rows());

    private static Timer timer(long due, long effect) {
        return new Timer(new EffectId(3, effect), Timer.Kind.WAIT, due);
    }

    private TimerQueue restart() {
        timers = new TimerQueue(store.restart());
        return timers;
    }

    private List<Long> fire(long now) {
        var fired = new ArrayList<Long>();
        for (var due = timers.takeDue(now); !due.isEmpty(); due = timers.takeDue(now)) {
            for (var entry : due) {
                assertThat(entry.timer().dueMillis()).isLessThanOrEqualTo(now);
                assertThat(entry.timer().effect().scope()).isEqualTo(3);
                timers.fired(entry.xid(), entry.timer());
                fired.add(entry.timer().effect().number());
            }
            store.commit();
        }
        return fired;
    }

    @Test
    void firesInOrderAndNeverEarly() {
        timers.refill(NOW);
        timers.start(1, timer(NOW + 20, 2));
        timers.start(1, timer(NOW + 10, 1));
        timers.start(2, timer(NOW + 10, 3));

        assertThat(fire(NOW + 9)).isEmpty();
        assertThat(fire(NOW + 20)).containsExactly(1L, 3L, 2L);
        assertThat(fire(NOW + MINUTE)).isEmpty();
    }

    @Test
    void aCancelledTimerDoesNotFireWhereverItsRowIs() {
        timers.start(1, timer(NOW, 1));
        store.commit();
        timers.start(1, timer(NOW, 2));
        store.seal();
        timers.start(1, timer(NOW, 3));
        for (int effect = 1; effect <= 3; effect++) {
            timers.cancel(1, timer(NOW, effect));
        }
        assertThat(timers.takeDue(NOW)).isEmpty();
    }

    @Test
    void farTimersCostDiskAndNotMemory() {
        timers.refill(NOW);
        for (int i = 0; i < 5_000; i++) {
            timers.start(i, timer(NOW + 365L * 24 * 60 * MINUTE + i, 1));
        }
        store.commit();
        assertThat(timers.inMemory()).isZero();
        restart().refill(NOW);
        assertThat(timers.inMemory()).isZero();
        assertThat(timers.nextWakeMillis().getAsLong()).isBetween(NOW, NOW + 10 * MINUTE);
        assertThat(fire(NOW + 366L * 24 * 60 * MINUTE)).hasSize(5_000);
    }

    @Test
    void moreTimersThanMemoryHoldsAllFireAlsoWhenTheyAreDueAtOnce() {
        int count = RuntimeLimits.TIMERS_IN_MEMORY + 30_000;
        for (int i = 0; i < count; i++) {
            timers.start(i, timer(NOW + (i < 20_000 ? i : 20_000), i));
            if (i % 5_000 == 0) {
                store.commit();
            }
        }
        store.commit();
        restart().refill(NOW);
        assertThat(timers.inMemory()).isLessThanOrEqualTo(RuntimeLimits.TIMERS_IN_MEMORY);
        var fired = fire(NOW + MINUTE);
        assertThat(fired).hasSize(count).doesNotHaveDuplicates();
    }

    @Test
    void aTimerThatWasPutBackFiresNext() {
        timers.refill(NOW);
        timers.start(1, timer(NOW, 1));
        timers.takeDue(NOW).forEach(timers::putBack);
        assertThat(timers.nextWakeMillis().getAsLong()).isEqualTo(NOW);
        assertThat(fire(NOW)).containsExactly(1L);
    }

    @Test
    void whateverHappensEachTimerThatWasNotCancelledFiresOnce() {
        for (long seed = 0; seed < 50; seed++) {
            runs(new Random(seed), seed);
        }
    }

    private void runs(Random random, long seed) {
        restart();
        var open = new TreeSet<Long>();
        var fired = new ArrayList<Long>();
        long now = NOW;
        long next = seed * 1_000_000;
        var dues = new java.util.HashMap<Long, Long>();
        for (int step = 0; step < 300; step++) {
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> {
                    long due = now + random.nextInt(40) * MINUTE / 2;
                    timers.start(next, timer(due, next));
                    dues.put(next, due);
                    open.add(next++);
                }
                case 3 -> {
                    if (!open.isEmpty()) {
                        long gone = open.first();
                        open.remove(gone);
                        timers.cancel(gone, timer(dues.getOrDefault(gone, -1L), gone));
                    }
                }
                case 4 -> store.commit();
                default -> {
                    now += random.nextInt(6) * MINUTE;
                    var round = fire(now);
                    fired.addAll(round);
                    assertThat(open).containsAll(round);
                    open.removeAll(round);
                    long limit = now;
                    assertThat(open)
                            .as("seed %d", seed)
                            .allMatch(one -> dues.getOrDefault(one, -1L) > limit);
                }
            }
            if (random.nextInt(40) == 0) {
                store.commit();
                restart().refill(now);
            }
        }
        assertThat(fired).doesNotHaveDuplicates();
        fire(now + 100 * MINUTE);
        try (var rows = store.rows().committed().scan(Table.TIMER, Keys.NONE, Keys.NONE, false)) {
            assertThat(rows.next()).isFalse();
        }
    }
}
