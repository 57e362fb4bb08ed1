package dev.gradus.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.spi.Health;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.Table;
import dev.gradus.testkit.Answers;
import dev.gradus.testkit.DurableSubstrateContract;
import dev.gradus.testkit.StoreUnderTest;
import dev.gradus.testkit.ViewContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksSubstrateTest {

    @Nested
    class Contract implements DurableSubstrateContract {
        @Override
        public StoreUnderTest.Durable newStore() {
            return new RocksFolder();
        }
    }

    @Test
    void aCheckpointOpensAsAStoreWithTheSameIdentity(@TempDir Path temp) {
        try (var store = new RocksFolder()) {
            var answers = new Answers(store);
            var substrate = (RocksSubstrate) store.open(5);
            var lease = substrate.acquire(4, _ -> {});
            answers.commit(lease, batch -> ViewContract.put(batch, Table.SCOPE, "a=1"));
            substrate.checkpoint(temp.resolve("copy"));
            answers.commit(lease, batch -> ViewContract.put(batch, Table.SCOPE, "a=2"));

            try (var copy = RocksSubstrate.open(temp.resolve("copy"), RocksFolder.options())) {
                assertThat(copy.shardCount()).isEqualTo(5);
                assertThat(copy.storeId()).isEqualTo(substrate.storeId());
                var copied = copy.acquire(4, _ -> {});
                assertThat(copied.epoch()).isGreaterThan(lease.epoch());
                assertThat(ViewContract.rows(copied.view(), Table.SCOPE)).containsExactly("a=1");
            }
            assertThatThrownBy(() -> substrate.checkpoint(temp.resolve("copy")))
                    .isInstanceOf(SubstrateException.class)
                    .hasMessageContaining("not empty");
        }
    }

    @Test
    void closesWhatReadersLeftOpen() {
        try (var store = new RocksFolder()) {
            var answers = new Answers(store);
            var substrate = store.open(3);
            var lease = substrate.acquire(1, _ -> {});
            answers.commit(lease, batch -> ViewContract.put(batch, Table.SCOPE, "a=1", "b=1"));
            var snapshot = lease.view().snapshot();
            var cursor = snapshot.scan(Table.SCOPE, new byte[0], new byte[0], false);
            assertThat(cursor.next()).isTrue();
            substrate.close();

            assertThatThrownBy(cursor::next).isInstanceOf(SubstrateException.class);
            assertThatThrownBy(cursor::key).isInstanceOf(SubstrateException.class);
            cursor.close();
            snapshot.close();
            assertThatThrownBy(() -> substrate.checkpoint(store.path().resolveSibling("copy")))
                    .isInstanceOf(SubstrateException.class);
        }
    }

    @Test
    void aCursorOutlivesTheSnapshotThatItWasOpenedOn() {
        try (var store = new RocksFolder()) {
            var answers = new Answers(store);
            var lease = store.open(3).acquire(1, _ -> {});
            answers.commit(lease, batch -> ViewContract.put(batch, Table.SCOPE, "a=1", "b=1"));
            var snapshot = lease.view().snapshot();
            var cursor = snapshot.scan(Table.SCOPE, new byte[0], new byte[0], false);
            snapshot.close();
            answers.commit(lease, batch -> ViewContract.put(batch, Table.SCOPE, "c=1"));
            int rows = 0;
            while (cursor.next()) {
                rows++;
            }
            cursor.close();
            assertThat(rows).isEqualTo(2);
        }
    }

    @Test
    void servesTwoHundredAndFiftySixShards() {
        try (var store = new RocksFolder()) {
            var answers = new Answers(store);
            var substrate = store.open(256);
            for (int shard : new int[] {0, 127, 128, 254, 255}) {
                var lease = substrate.acquire(shard, _ -> {});
                answers.commit(
                        lease, batch -> ViewContract.put(batch, Table.CATALOG, "a=" + shard));
                assertThat(ViewContract.rows(lease.view(), Table.CATALOG))
                        .containsExactly("a=" + shard);
            }
            var last = substrate.acquire(255, _ -> {});
            answers.commit(
                    last, batch -> batch.deleteRange(Table.CATALOG, new byte[0], new byte[0]));
            assertThat(ViewContract.rows(last.view(), Table.CATALOG)).isEmpty();
            assertThat(ViewContract.rows(substrate.follower(254).orElseThrow(), Table.CATALOG))
                    .hasSize(1);
        }
    }

    @Test
    void saysHowItIs() {
        try (var store = new RocksFolder()) {
            var answers = new Answers(store);
            var substrate = store.open(3);
            var lease = substrate.acquire(1, _ -> {});
            for (int i = 0; i < 10; i++) {
                answers.commit(lease, batch -> ViewContract.put(batch, Table.SCOPE, "a=1"));
            }
            var health = substrate.health();
            assertThat(health.status()).isEqualTo(Health.Status.OK);
            assertThat(health.freeBytes()).isBetween(1L, Long.MAX_VALUE - 1);
            assertThat(health.storedBytes()).isPositive();
            assertThat(health.commits().writes()).isGreaterThanOrEqualTo(10);
            assertThat(health.commits().latency().sumNanos()).isPositive();
            assertThat(health.commits().latency().maxNanos()).isPositive();
            assertThat(substrate.health().commits().latency().maxNanos()).isZero();
        }
    }
}
