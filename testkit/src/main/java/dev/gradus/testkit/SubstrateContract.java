package dev.gradus.testkit;

import static dev.gradus.testkit.ViewContract.bytes;
import static dev.gradus.testkit.ViewContract.put;
import static dev.gradus.testkit.ViewContract.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.spi.CommitListener;
import dev.gradus.runtime.spi.Health;
import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.Table;
import dev.gradus.testkit.Answers.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link dev.gradus.runtime.spi.Substrate} as tests, one or more for each line of
 * it, that every substrate passes: a test class implements this interface, or {@link
 * DurableSubstrateContract} if the store outlives its process.
 */
public interface SubstrateContract extends ViewContract {

    // Line 1, atomic, and line 6, read.

    @Test
    default void aReaderSeesEachBatchWholeAndNoneTooLate() throws Exception {
        try (var store = newStore()) {
            Assumptions.assumeTrue(store.threaded(), "readers need threads of their own");
            var answers = new Answers(store);
            var lease = store.open(3).acquire(1, _ -> {});
            answers.commit(lease, batch -> put(batch, Table.SCOPE, "a=0", "z=0"));
            var stop = new AtomicBoolean();
            var snapshots = new AtomicInteger();
            try (var readers = Executors.newFixedThreadPool(2)) {
                var reading =
                        readers.submit(() -> {
                            while (!stop.get() || snapshots.get() == 0) {
                                readPair(lease);
                                snapshots.incrementAndGet();
                            }
                        });
                for (int i = 1; i <= 200; i++) {
                    var value = Integer.toString(i);
                    answers.commit(
                            lease,
                            batch -> {
                                put(batch, Table.SCOPE, "a=" + value);
                                put(batch, Table.HISTORY, "h=" + value);
                                put(batch, Table.SCOPE, "z=" + value);
                            });
                    assertThat(lease.view().get(Table.HISTORY, bytes("h"))).hasValue(bytes(value));
                }
                stop.set(true);
                reading.get();
            }
        }
    }

    private static void readPair(Lease lease) {
        try (var snapshot = lease.view().snapshot()) {
            assertThat(snapshot.get(Table.SCOPE, bytes("a")).orElseThrow())
                    .isEqualTo(snapshot.get(Table.SCOPE, bytes("z")).orElseThrow());
        }
        var pair = rows(lease.view(), Table.SCOPE);
        assertThat(pair.getFirst().substring(2)).isEqualTo(pair.getLast().substring(2));
    }

    @Test
    default void theViewHoldsABatchWhenItsListenerHearsCommitted() throws Exception {
        try (var store = newStore()) {
            var answers = new Answers(store);
            var lease = store.open(3).acquire(2, _ -> {});
            long before = 0;
            for (int i = 0; i < 50; i++) {
                var value = "v=" + i;
                var heard = new CompletableFuture<Heard>();
                var batch = lease.newBatch();
                put(batch, Table.META, value);
                lease.append(batch, lookAt(lease, heard));
                answers.commit(lease, next -> put(next, Table.NAME, "n=" + value));

                assertThat(heard.get().seq()).isGreaterThan(before);
                assertThat(heard.get().appliedSeq()).isGreaterThanOrEqualTo(heard.get().seq());
                assertThat(heard.get().rows()).containsExactly(value);
                before = heard.get().seq();
            }
        }
    }

    /** What a listener saw when it heard of its commit. */
    record Heard(long seq, long appliedSeq, List<String> rows) {}

    private static CommitListener lookAt(Lease lease, CompletableFuture<Heard> heard) {
        return new CommitListener() {
            @Override
            public void committed(long seq) {
                long appliedSeq = lease.view().appliedSeq();
                heard.complete(new Heard(seq, appliedSeq, rows(lease.view(), Table.META)));
            }

            @Override
            public void lost(Throwable cause) {
                heard.completeExceptionally(cause);
            }
        };
    }

    // Line 2, prefix, as far as it shows without a crash; and the order of answers.

    @Test
    default void answersComeOnceAndInTheOrderOfTheAppends() {
        try (var store = newStore()) {
            var answers = new Answers(store);
            var lease = store.open(3).acquire(1, answers.lease("lease"));
            assertThat(lease.maxInFlight()).isEqualTo(2);
            var expected = new ArrayList<String>();
            for (int i = 0; i < 40; i += 2) {
                append(lease, answers, "b" + i);
                append(lease, answers, "b" + (i + 1));
                expected.add("b" + i);
                expected.add("b" + (i + 1));
                answers.await("b" + (i + 1));
            }
            assertThat(answers.all()).hasSize(40);
            assertThat(answers.committed()).isEqualTo(expected);
            var seqs =
                    answers.all().stream()
                            .map(Answer.Committed.class::cast)
                            .map(Answer.Committed::seq)
                            .toList();
            assertThat(seqs).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    default void aListenerMayAppendTheNextBatch() throws Exception {
        try (var store = newStore()) {
            var lease = store.open(3).acquire(1, _ -> {});
            var done = new CompletableFuture<Integer>();
            appendFromListeners(lease, 10, done);
            store.settle();
            assertThat(done.get()).isZero();
            assertThat(rows(lease.view(), Table.META)).hasSize(10);
        }
    }

    private static void appendFromListeners(
            Lease lease, int left, CompletableFuture<Integer> done) {
        if (left == 0) {
            done.complete(0);
            return;
        }
        var batch = lease.newBatch();
        put(batch, Table.META, "k" + left + "=v");
        lease.append(
                batch,
                new CommitListener() {
                    @Override
                    public void committed(long seq) {
                        appendFromListeners(lease, left - 1, done);
                    }

                    @Override
                    public void lost(Throwable cause) {
                        done.completeExceptionally(cause);
                    }
                });
    }

    // Line 3, fenced.

    @Test
    default void aNewClaimFencesTheOldLeaseAndTellsIt() {
        try (var store = newStore()) {
            var answers = new Answers(store);
            var substrate = store.open(3);
            var old = substrate.acquire(1, answers.lease("old"));
            answers.commit(old, batch -> put(batch, Table.META, "a=1"));
            var other = substrate.acquire(2, answers.lease("other"));
            var young = substrate.acquire(1, answers.lease("young"));

            assertThat(young.epoch()).isGreaterThan(old.epoch());
            assertThat(answers.await("old")).isInstanceOf(Answer.LeaseLost.class);
            append(old, answers, "stale");
            assertThat(answers.await("stale")).isInstanceOf(Answer.Lost.class);
            assertThat(rows(young.view(), Table.META)).containsExactly("a=1");
            answers.commit(young, batch -> put(batch, Table.META, "a=2"));
            answers.commit(other, batch -> put(batch, Table.META, "a=3"));
            assertThat(rows(old.view(), Table.META)).containsExactly("a=2");
            assertThat(answers.all()).filteredOn(Answer.LeaseLost.class::isInstance).hasSize(1);
        }
    }

    @Test
    default void noBatchOfAnOldEpochReportsCommittedAfterTheClaim() {
        try (var store = newStore()) {
            var substrate = store.open(3);
            var old = substrate.acquire(0, _ -> {});
            for (int turn = 0; turn < 20; turn++) {
                var answers = new Answers(store);
                append(old, answers, "first");
                append(old, answers, "second");
                var young = substrate.acquire(0, answers.lease("young"));
                var heardAtClaim = answers.committed();
                var survived = rows(young.view(), Table.META);
                var last = answers.await("second");

                assertThat(answers.committed()).isEqualTo(heardAtClaim);
                assertThat(answers.await("first")).isNotNull();
                if (last instanceof Answer.Committed) {
                    assertThat(heardAtClaim).containsExactly("first", "second");
                }
                assertThat(survived).containsAll(heardAtClaim.stream().map(n -> n + "=v").toList());
                if (survived.contains("second=v")) {
                    assertThat(survived).contains("first=v");
                }
                answers.commit(
                        young, batch -> batch.deleteRange(Table.META, new byte[0], new byte[0]));
                old = young;
            }
        }
    }

    // Line 4, durable, within one process.

    @Test
    default void aCommittedBatchIsInTheViewOfEveryLaterLease() {
        try (var store = newStore()) {
            var answers = new Answers(store);
            var substrate = store.open(3);
            for (int i = 0; i < 10; i++) {
                var row = "k" + i + "=v";
                var lease = substrate.acquire(2, _ -> {});
                assertThat(rows(lease.view(), Table.SCOPE)).hasSize(i);
                answers.commit(lease, batch -> put(batch, Table.SCOPE, row));
                lease.close();
            }
            assertThat(substrate.follower(2)).isPresent();
        }
    }

    // Line 5, crash-only.

    @Test
    default void anAppendToALeaseThatWasClosedIsLost() {
        try (var store = newStore()) {
            var answers = new Answers(store);
            var substrate = store.open(3);
            var lease = substrate.acquire(1, answers.lease("closed"));
            lease.close();
            lease.close();
            append(lease, answers, "late");
            assertThat(answers.await("late")).isInstanceOf(Answer.Lost.class);
            var next = substrate.acquire(1, _ -> {});
            answers.commit(next, batch -> put(batch, Table.META, "a=1"));
            assertThat(rows(next.view(), Table.META)).containsExactly("a=1");
            assertThat(answers.all()).noneMatch(answer -> answer.name().equals("closed"));
        }
    }

    @Test
    default void closingTheStoreAnswersEveryAppendAndTellsEveryLease() {
        try (var store = newStore()) {
            var answers = new Answers(store);
            var substrate = store.open(3);
            for (int shard = 0; shard < 3; shard++) {
                var lease = substrate.acquire(shard, answers.lease("lease" + shard));
                append(lease, answers, "a" + shard);
                append(lease, answers, "b" + shard);
            }
            substrate.close();
            substrate.close();

            assertThat(answers.all()).hasSize(9);
            for (int shard = 0; shard < 3; shard++) {
                var suffix = Integer.toString(shard);
                assertThat(answers.all())
                        .map(Answer::name)
                        .filteredOn(name -> name.endsWith(suffix))
                        .containsExactly("a" + suffix, "b" + suffix, "lease" + suffix);
            }
            assertThat(substrate.health().status()).isEqualTo(Health.Status.CLOSED);
            assertThat(substrate.shardCount()).isEqualTo(3);
            assertThatThrownBy(() -> substrate.acquire(0, _ -> {}))
                    .isInstanceOf(SubstrateException.class);
        }
    }

    @Test
    default void anAppendAfterTheStoreWasClosedIsLost() {
        try (var store = newStore()) {
            var answers = new Answers(store);
            var substrate = store.open(3);
            var lease = substrate.acquire(1, _ -> {});
            var batch = lease.newBatch();
            put(batch, Table.META, "a=1");
            substrate.close();
            lease.append(batch, answers.batch("late"));
            assertThat(answers.await("late")).isInstanceOf(Answer.Lost.class);
        }
    }

    // Limits and misuse: our own bugs are told apart from a store's failure.

    @Test
    default void refusesBatchesThatAreEmptyTooLargeForeignOrUsedAgain() {
        try (var store = newStore()) {
            var answers = new Answers(store);
            var substrate = store.open(3);
            var lease = substrate.acquire(1, _ -> {});
            var other = substrate.acquire(2, _ -> {});

            var empty = lease.newBatch();
            assertThat(empty.bytes()).isZero();
            assertThatThrownBy(() -> lease.append(empty, answers.batch("x")))
                    .isInstanceOf(IllegalArgumentException.class);
            var large = lease.newBatch();
            large.put(Table.PAYLOAD, bytes("k"), new byte[substrate.maxBatchBytes()]);
            assertThatThrownBy(() -> lease.append(large, answers.batch("x")))
                    .isInstanceOf(IllegalArgumentException.class);
            var foreign = other.newBatch();
            put(foreign, Table.META, "a=1");
            assertThatThrownBy(() -> lease.append(foreign, answers.batch("x")))
                    .isInstanceOf(IllegalArgumentException.class);
            var used = lease.newBatch();
            put(used, Table.META, "a=1");
            assertThat(used.bytes()).isGreaterThanOrEqualTo(2);
            lease.append(used, answers.batch("used"));
            assertThatThrownBy(() -> put(used, Table.META, "b=1"))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(answers.await("used")).isInstanceOf(Answer.Committed.class);
            assertThatThrownBy(() -> lease.append(used, answers.batch("x")))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(answers.all()).hasSize(1);
        }
    }

    @Test
    default void keepsTheArraysOfABatchApartFromTheCallers() {
        try (var store = newStore()) {
            var answers = new Answers(store);
            var lease = store.open(3).acquire(1, _ -> {});
            var key = bytes("key");
            var value = bytes("value");
            answers.commit(
                    lease,
                    batch -> {
                        batch.put(Table.META, key, value);
                        key[0] = 'x';
                        value[0] = 'x';
                    });
            assertThat(rows(lease.view(), Table.META)).containsExactly("key=value");
        }
    }

    @Test
    default void refusesShardsThatAreNotThere() {
        try (var store = newStore()) {
            var substrate = store.open(3);
            for (int shard : new int[] {-1, 3, 256}) {
                assertThatThrownBy(() -> substrate.acquire(shard, _ -> {}))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> substrate.follower(shard))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    default void countsItsCommitsAndPlacesItsShards() {
        try (var store = newStore()) {
            var answers = new Answers(store);
            var substrate = store.open(3);
            var lease = substrate.acquire(1, _ -> {});
            long before = substrate.health().commits().batches();
            for (int i = 0; i < 5; i++) {
                answers.commit(lease, batch -> put(batch, Table.META, "a=1"));
            }
            var health = substrate.health();
            assertThat(health.status()).isEqualTo(Health.Status.OK);
            assertThat(health.detail()).isEmpty();
            assertThat(health.freeBytes()).isPositive();
            assertThat(health.commits().batches() - before).isEqualTo(5);
            assertThat(health.commits().queuedBatches()).isZero();
            assertThat(health.commits().bytes()).isPositive();
            assertThat(health.commits().latency().buckets().stream().mapToLong(n -> n).sum())
                    .isEqualTo(health.commits().batches());
            assertThat(substrate.placement().wanted()).isSubsetOf(0, 1, 2);
        }
    }

    // All of it at once.

    @Test
    default void shardsCommitSideBySideFromSeveralThreads() throws Exception {
        try (var store = newStore()) {
            Assumptions.assumeTrue(store.threaded(), "writers need threads of their own");
            var substrate = store.open(4);
            int rounds = 150;
            try (var writers = Executors.newFixedThreadPool(4)) {
                var writing = new ArrayList<Future<?>>();
                for (int shard = 0; shard < 4; shard++) {
                    var lease = substrate.acquire(shard, _ -> {});
                    writing.add(writers.submit(() -> writeRounds(store, lease, rounds)));
                }
                for (var writer : writing) {
                    writer.get();
                }
            }
            for (int shard = 0; shard < 4; shard++) {
                assertThat(rows(substrate.follower(shard).orElseThrow(), Table.SCOPE))
                        .hasSize(rounds);
            }
        }
    }

    private static void writeRounds(StoreUnderTest store, Lease lease, int rounds) {
        var answers = new Answers(store);
        for (int i = 0; i < rounds; i++) {
            if (i >= 2) {
                answers.await("k" + (i - 2));
            }
            append(lease, answers, Table.SCOPE, "k" + i);
        }
        answers.await("k" + (rounds - 1));
        assertThat(answers.committed()).hasSize(rounds);
    }

    /** Appends a batch that puts {@code name=v}; the answer goes by the name. */
    static void append(Lease lease, Answers answers, String name) {
        append(lease, answers, Table.META, name);
    }

    private static void append(Lease lease, Answers answers, Table table, String name) {
        var batch = lease.newBatch();
        put(batch, table, name + "=v");
        lease.append(batch, answers.batch(name));
    }
}
