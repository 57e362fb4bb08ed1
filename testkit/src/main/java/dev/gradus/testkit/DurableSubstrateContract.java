package dev.gradus.testkit;

import static dev.gradus.testkit.ViewContract.bytes;
import static dev.gradus.testkit.ViewContract.put;
import static dev.gradus.testkit.ViewContract.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.runtime.spi.Batch;
import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.Substrate;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a substrate must keep beyond its process: the contract's lines across close and crash. */
public interface DurableSubstrateContract extends SubstrateContract {

    @Override
    StoreUnderTest.Durable newStore();

    // Line 4, durable.

    @Test
    default void keepsEverythingAcrossAnOrderlyStop() {
        try (var store = newStore()) {
            var answers = new Answers(store);
            var first = store.open(3);
            var leases = acquireAll(first);
            var seqs = new ArrayList<Long>();
            for (int shard = 0; shard < 3; shard++) {
                var value = "a=" + shard;
                for (var table : Table.values()) {
                    seqs.add(answers.commit(leases.get(shard), b -> put(b, table, value)));
                }
            }
            first.close();

            var second = store.open(3);
            assertThat(second.shardCount()).isEqualTo(3);
            for (int shard = 0; shard < 3; shard++) {
                var lease = second.acquire(shard, _ -> {});
                assertThat(lease.epoch()).isGreaterThan(leases.get(shard).epoch());
                assertThat(lease.view().appliedSeq()).isGreaterThanOrEqualTo(seqs.get(shard));
                for (var table : Table.values()) {
                    assertThat(rows(lease.view(), table)).containsExactly("a=" + shard);
                }
                long next = answers.commit(lease, b -> put(b, Table.META, "b=1"));
                assertThat(next).isGreaterThan(seqs.get(16 * shard + 15));
            }
        }
    }

    // Lines 1, 2 and 4 across a crash.

    /**
     * Each batch of a shard overwrites one row and adds one, so that what is left says which
     * batches survived: rows 0 to n with no gap, and the overwritten row of batch n.
     */
    @Test
    default void aCrashLeavesAPrefixOfWholeBatchesWithAllThatWereAcknowledged() {
        try (var store = newStore()) {
            Substrate substrate = store.open(3);
            Map<Integer, Integer> next = new HashMap<>(Map.of(0, 0, 1, 0, 2, 0));
            for (int round = 1; round <= 12; round++) {
                var answers = new Answers(store);
                var leases = acquireAll(substrate);
                for (int shard = 0; shard < 3; shard++) {
                    int alreadyThere = next.getOrDefault(shard, 0);
                    for (int i = 0; i < round % 4; i++) {
                        commitNumbered(leases.get(shard), answers, shard, alreadyThere + i);
                    }
                    appendNumbered(leases.get(shard), answers, shard, alreadyThere + round % 4);
                    appendNumbered(leases.get(shard), answers, shard, alreadyThere + round % 4 + 1);
                }
                var acknowledged = answers.committed();
                substrate = store.crash();

                for (int shard = 0; shard < 3; shard++) {
                    var view = substrate.acquire(shard, _ -> {}).view();
                    int survived = survivors(view.snapshot(), shard);
                    for (var name : acknowledged) {
                        if (name.startsWith(shard + ":")) {
                            assertThat(Integer.parseInt(name.substring(2))).isLessThan(survived);
                        }
                    }
                    next.put(shard, survived);
                }
            }
        }
    }

    private static void commitNumbered(Lease lease, Answers answers, int shard, int number) {
        appendNumbered(lease, answers, shard, number);
        assertThat(answers.await(shard + ":" + number))
                .isInstanceOf(Answers.Answer.Committed.class);
    }

    private static void appendNumbered(Lease lease, Answers answers, int shard, int number) {
        var batch = lease.newBatch();
        numbered(batch, number);
        lease.append(batch, answers.batch(shard + ":" + number));
    }

    private static void numbered(Batch batch, int number) {
        put(batch, Table.META, "last=" + number);
        put(batch, Table.HISTORY, "%06d=x".formatted(number));
        put(batch, Table.LIST_INDEX, "%06d=x".formatted(number));
        batch.deleteRange(Table.TIMER, new byte[0], new byte[0]);
        put(batch, Table.TIMER, "%06d=x".formatted(number));
    }

    private static int survivors(View view, int shard) {
        try (view) {
            var history = rows(view, Table.HISTORY);
            for (int i = 0; i < history.size(); i++) {
                assertThat(history.get(i)).isEqualTo("%06d=x".formatted(i));
            }
            assertThat(rows(view, Table.LIST_INDEX)).isEqualTo(history);
            if (!history.isEmpty()) {
                int last = history.size() - 1;
                assertThat(rows(view, Table.META)).as("shard %d", shard).contains("last=" + last);
                assertThat(rows(view, Table.TIMER)).containsExactly("%06d=x".formatted(last));
            }
            return history.size();
        }
    }

    // Line 3, fenced, across a crash.

    @Test
    default void epochsGrowOverCrashesEvenIfNothingWasWritten() {
        try (var store = newStore()) {
            var substrate = store.open(3);
            long last = 0;
            for (int i = 0; i < 5; i++) {
                var lease = substrate.acquire(1, _ -> {});
                assertThat(lease.epoch()).isGreaterThan(last);
                last = lease.epoch();
                substrate = store.crash();
            }
        }
    }

    @Test
    default void largeBatchesSurviveWhole() {
        try (var store = newStore()) {
            var answers = new Answers(store);
            var substrate = store.open(3);
            var lease = substrate.acquire(1, _ -> {});
            int rows = 100;
            var value = new byte[substrate.maxBatchBytes() / (rows + 1)];
            Arrays.fill(value, (byte) 7);
            answers.commit(
                    lease,
                    batch -> {
                        for (int i = 0; i < rows; i++) {
                            batch.put(Table.PAYLOAD, bytes("k" + i), value);
                        }
                    });
            var view = store.crash().acquire(1, _ -> {}).view();
            for (int i = 0; i < rows; i++) {
                assertThat(view.get(Table.PAYLOAD, bytes("k" + i))).hasValue(value);
            }
        }
    }

    private static List<Lease> acquireAll(Substrate substrate) {
        var leases = new ArrayList<Lease>();
        for (int shard = 0; shard < substrate.shardCount(); shard++) {
            leases.add(substrate.acquire(shard, _ -> {}));
        }
        return leases;
    }
}
