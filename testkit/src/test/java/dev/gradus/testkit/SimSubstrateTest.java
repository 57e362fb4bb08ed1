package dev.gradus.testkit;

import static dev.gradus.testkit.ViewContract.put;
import static dev.gradus.testkit.ViewContract.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.Substrate;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.Table;
import dev.gradus.testkit.Answers.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SimSubstrateTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Nested
    class WithDelays implements DurableSubstrateContract {
        private long seed;

        @Override
        public StoreUnderTest.Durable newStore() {
            return new SimStore(new SimScheduler(++seed, START));
        }
    }

    private static final class SimStore implements StoreUnderTest.Durable {
        private final SimScheduler scheduler;
        private Optional<SimSubstrate> opened = Optional.empty();

        SimStore(SimScheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public Substrate open(int shardCount) {
            var process = scheduler.process("store");
            var substrate =
                    opened.map(old -> old.reopen(process))
                            .orElseGet(() ->
                                    SimSubstrate.create(
                                            scheduler,
                                            process,
                                            SimFaults.delaysOnly(),
                                            shardCount));
            opened = Optional.of(substrate);
            return substrate;
        }

        @Override
        public Substrate crash() {
            var after = opened.orElseThrow().crash(scheduler.process("store"));
            opened = Optional.of(after);
            return after;
        }

        @Override
        public void settle() {
            scheduler.runUntil(() -> false, 1_000_000);
        }

        @Override
        public boolean threaded() {
            return false;
        }

        @Override
        public void close() {
            opened.ifPresent(SimSubstrate::close);
        }
    }

    /** What happened to a lease, in a run whose choices all come from the seed. */
    private enum Fate {
        ALL_COMMITTED,
        LOST_AND_GONE,
        LOST_BUT_SURVIVED,
        CLAIM_FAILED
    }

    @Test
    void keepsOnlyLegalPrefixesWithEveryFault() {
        var met = EnumSet.noneOf(Fate.class);
        for (long seed = 1; seed <= 300; seed++) {
            met.addAll(run(seed, new ArrayList<>()));
        }
        assertThat(met).containsExactlyInAnyOrder(Fate.values());
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        for (long seed = 1; seed <= 20; seed++) {
            var first = new ArrayList<String>();
            var second = new ArrayList<String>();
            run(seed, first);
            run(seed, second);
            assertThat(second).isEqualTo(first).isNotEmpty();
        }
    }

    /** Appends numbered batches, re-acquires at each loss and crashes now and then. */
    private static EnumSet<Fate> run(long seed, List<String> trace) {
        var fates = EnumSet.noneOf(Fate.class);
        var scheduler = new SimScheduler(seed, START);
        var faults = new SimFaults(Duration.ofMillis(20), 0.05, 0.05, 0.1);
        var process = scheduler.process("first");
        var substrate = SimSubstrate.create(scheduler, process, faults, 3);
        var store = new SimStore(scheduler);
        int there = 0;
        for (int round = 0; round < 10; round++) {
            Lease lease;
            try {
                lease = substrate.acquire(1, _ -> {});
            } catch (SubstrateException e) {
                fates.add(Fate.CLAIM_FAILED);
                continue;
            }
            assertThat(rows(lease.view(), Table.SCOPE)).as("seed %d", seed).hasSize(there);
            var answers = new Answers(store);
            appendNumbered(lease, answers, there);
            appendNumbered(lease, answers, there + 1);
            scheduler.advance(Duration.ofMillis(scheduler.random().nextInt(40)));
            int acknowledged = answers.committed().size();
            if (scheduler.random().nextBoolean()) {
                substrate = substrate.crash(scheduler.process("next"));
            } else {
                scheduler.advance(Duration.ofSeconds(1));
                acknowledged = answers.committed().size();
                assertThat(answers.all()).as("seed %d", seed).hasSize(2);
            }
            int survived = survivors(substrate, there, seed);
            assertThat(survived - there).as("seed %d", seed).isBetween(acknowledged, 2);
            trace.add(scheduler + " " + answers.all().size() + " " + survived);
            fates.add(fate(acknowledged, survived - there));
            there = survived;
        }
        return fates;
    }

    private static Fate fate(int acknowledged, int survived) {
        if (acknowledged == 2) {
            return Fate.ALL_COMMITTED;
        }
        return survived > acknowledged ? Fate.LOST_BUT_SURVIVED : Fate.LOST_AND_GONE;
    }

    private static int survivors(Substrate substrate, int there, long seed) {
        var rows = rows(substrate.follower(1).orElseThrow(), Table.SCOPE);
        assertThat(rows.size()).as("seed %d", seed).isGreaterThanOrEqualTo(there);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i)).isEqualTo("%05d=v".formatted(i));
        }
        return rows.size();
    }

    private static void appendNumbered(Lease lease, Answers answers, int number) {
        var batch = lease.newBatch();
        put(batch, Table.SCOPE, "%05d=v".formatted(number));
        lease.append(batch, answers.batch("b" + number));
    }

    @Test
    void tellsNothingToACrashedProcess() {
        var scheduler = new SimScheduler(7, START);
        var substrate =
                SimSubstrate.create(scheduler, scheduler.process("old"), SimFaults.delaysOnly(), 3);
        var answers = new Answers(new SimStore(scheduler));
        var lease = substrate.acquire(1, answers.lease("lease"));
        SubstrateContract.append(lease, answers, "a");
        substrate.crash(scheduler.process("new"));
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(answers.all()).isEmpty();
    }

    @Test
    void losesEverythingBehindALostBatch() {
        for (long seed = 1; seed <= 50; seed++) {
            var scheduler = new SimScheduler(seed, START);
            var faults = new SimFaults(Duration.ofMillis(5), 1, 0, 0);
            var substrate = SimSubstrate.create(scheduler, scheduler.process("p"), faults, 3);
            var answers = new Answers(new SimStore(scheduler));
            var lease = substrate.acquire(1, answers.lease("lease"));
            SubstrateContract.append(lease, answers, "a");
            SubstrateContract.append(lease, answers, "b");
            scheduler.advance(Duration.ofSeconds(1));
            SubstrateContract.append(lease, answers, "c");
            scheduler.advance(Duration.ofSeconds(1));
            assertThat(answers.all()).map(Answer::name).containsExactly("a", "b", "lease", "c");
            assertThat(answers.committed()).isEmpty();
        }
    }
}
