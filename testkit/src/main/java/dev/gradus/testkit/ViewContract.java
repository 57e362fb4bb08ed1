package dev.gradus.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.spi.Batch;
import dev.gradus.runtime.spi.Cursor;
import dev.gradus.runtime.spi.Substrate;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What each substrate's views must show: rows, orders, bounds, and one moment at a time. */
public interface ViewContract {

    /** A new store with nothing in it. */
    StoreUnderTest newStore();

    @Test
    default void aNewStoreShowsNoRowInAnyTableOfAnyShard() {
        try (var store = newStore()) {
            var substrate = store.open(3);
            assertThat(substrate.shardCount()).isEqualTo(3);
            for (int shard = 0; shard < 3; shard++) {
                var lease = substrate.acquire(shard, _ -> {});
                for (var table : Table.values()) {
                    assertThat(rows(lease.view(), table)).isEmpty();
                }
            }
        }
    }

    @Test
    default void readsBackWhatWasPutAndNothingThatWasDeleted() {
        try (var store = newStore()) {
            var answers = new Answers(store);
            var lease = store.open(3).acquire(1, _ -> {});
            answers.commit(lease, batch -> put(batch, Table.SCOPE, "a=1", "b=2", "c="));
            answers.commit(lease, batch -> batch.delete(Table.SCOPE, bytes("b")));
            answers.commit(lease, batch -> put(batch, Table.SCOPE, "a=3"));

            assertThat(rows(lease.view(), Table.SCOPE)).containsExactly("a=3", "c=");
            assertThat(lease.view().get(Table.SCOPE, bytes("a"))).hasValue(bytes("3"));
            assertThat(lease.view().get(Table.SCOPE, bytes("b"))).isEmpty();
            assertThat(lease.view().get(Table.SCOPE, bytes("c"))).hasValue(bytes(""));
            assertThat(lease.view().get(Table.SCOPE, bytes("ab"))).isEmpty();
            assertThat(lease.view().get(Table.TIMER, bytes("a"))).isEmpty();
        }
    }

    @Test
    default void keepsShardsAndTablesApart() {
        try (var store = newStore()) {
            var answers = new Answers(store);
            var substrate = store.open(4);
            var leases = List.of(0, 1, 2, 3).stream().map(s -> substrate.acquire(s, _ -> {}));
            for (var lease : leases.toList()) {
                for (var table : Table.values()) {
                    var row = "k=" + lease.hashCode() + table;
                    answers.commit(lease, batch -> put(batch, table, row));
                    assertThat(rows(lease.view(), table)).containsExactly(row);
                }
                answers.commit(
                        lease, batch -> batch.deleteRange(Table.NAME, new byte[0], new byte[0]));
                assertThat(rows(lease.view(), Table.NAME)).isEmpty();
                assertThat(rows(lease.view(), Table.SCOPE)).hasSize(1);
                assertThat(rows(lease.view(), Table.EXECUTION)).hasSize(1);
            }
        }
    }

    @Test
    default void scansBothWaysBetweenBounds() {
        try (var store = newStore()) {
            var answers = new Answers(store);
            var lease = store.open(3).acquire(2, _ -> {});
            answers.commit(
                    lease, b -> put(b, Table.TIMER, "=0", "a=1", "b=2", "bb=3", "c=4", "\u00ff=5"));
            // Neighbours in other tables must not be met.
            answers.commit(lease, batch -> put(batch, Table.PAYLOAD, "\u00ff=x"));
            answers.commit(lease, batch -> put(batch, Table.DISPATCHED, "=x"));

            var view = lease.view();
            assertThat(rows(view, "", "", false))
                    .containsExactly("=0", "a=1", "b=2", "bb=3", "c=4", "\u00ff=5");
            assertThat(rows(view, "", "", true))
                    .containsExactly("\u00ff=5", "c=4", "bb=3", "b=2", "a=1", "=0");
            assertThat(rows(view, "b", "c", false)).containsExactly("b=2", "bb=3");
            assertThat(rows(view, "b", "c", true)).containsExactly("bb=3", "b=2");
            assertThat(rows(view, "b", "", false))
                    .containsExactly("b=2", "bb=3", "c=4", "\u00ff=5");
            assertThat(rows(view, "b", "", true)).containsExactly("\u00ff=5", "c=4", "bb=3", "b=2");
            assertThat(rows(view, "", "b", false)).containsExactly("=0", "a=1");
            assertThat(rows(view, "", "b", true)).containsExactly("a=1", "=0");
            assertThat(rows(view, "ba", "bz", true)).containsExactly("bb=3");
            assertThat(rows(view, "b", "b", false)).isEmpty();
            assertThat(rows(view, "c", "a", false)).isEmpty();
            assertThat(rows(view, "c", "a", true)).isEmpty();
        }
    }

    @Test
    default void appliesTheOperationsOfABatchInOrder() {
        try (var store = newStore()) {
            var answers = new Answers(store);
            var lease = store.open(3).acquire(0, _ -> {});
            answers.commit(lease, batch -> put(batch, Table.TIMER, "a=0", "b=0", "c=0", "d=0"));
            answers.commit(
                    lease,
                    batch -> {
                        put(batch, Table.TIMER, "b=1", "b=2");
                        batch.deleteRange(Table.TIMER, bytes("a"), bytes("d"));
                        put(batch, Table.TIMER, "c=3", "e=4");
                        batch.delete(Table.TIMER, bytes("e"));
                    });
            assertThat(rows(lease.view(), Table.TIMER)).containsExactly("c=3", "d=0");

            answers.commit(lease, batch -> batch.deleteRange(Table.TIMER, bytes("d"), bytes("")));
            assertThat(rows(lease.view(), Table.TIMER)).containsExactly("c=3");
            answers.commit(lease, batch -> batch.deleteRange(Table.TIMER, bytes("x"), bytes("a")));
            assertThat(rows(lease.view(), Table.TIMER)).containsExactly("c=3");
        }
    }

    @Test
    default void aSnapshotAndAnOpenScanStayAsTheyWere() {
        try (var store = newStore()) {
            var answers = new Answers(store);
            var lease = store.open(3).acquire(1, _ -> {});
            long first = answers.commit(lease, batch -> put(batch, Table.SCOPE, "a=1", "b=1"));
            try (var snapshot = lease.view().snapshot();
                    var again = snapshot.snapshot();
                    var cursor = lease.view().scan(Table.SCOPE, new byte[0], new byte[0], false)) {
                long second =
                        answers.commit(
                                lease,
                                batch -> {
                                    put(batch, Table.SCOPE, "a=2", "c=2");
                                    batch.delete(Table.SCOPE, bytes("b"));
                                });

                assertThat(rows(snapshot, Table.SCOPE)).containsExactly("a=1", "b=1");
                assertThat(rows(again, Table.SCOPE)).containsExactly("a=1", "b=1");
                assertThat(snapshot.get(Table.SCOPE, bytes("c"))).isEmpty();
                assertThat(snapshot.appliedSeq()).isBetween(first, second - 1);
                assertThat(rest(cursor)).containsExactly("a=1", "b=1");
                assertThat(rows(lease.view(), Table.SCOPE)).containsExactly("a=2", "c=2");
            }
        }
    }

    @Test
    default void aClosedSnapshotOrStoreRefusesReads() {
        try (var store = newStore()) {
            var substrate = store.open(3);
            var lease = substrate.acquire(1, _ -> {});
            var snapshot = lease.view().snapshot();
            snapshot.close();
            snapshot.close();
            assertThatThrownBy(() -> snapshot.get(Table.META, bytes("a")))
                    .isInstanceOf(SubstrateException.class);
            lease.view().close();
            assertThat(lease.view().get(Table.META, bytes("a"))).isEmpty();

            var open = lease.view().snapshot();
            substrate.close();
            assertThatThrownBy(() -> lease.view().get(Table.META, bytes("a")))
                    .isInstanceOf(SubstrateException.class);
            assertThatThrownBy(() -> open.get(Table.META, bytes("a")))
                    .isInstanceOf(SubstrateException.class);
            open.close();
        }
    }

    /** Any bytes are a key: a model in memory and the store agree after each of many batches. */
    @Test
    default void agreesWithAModelOverRandomBatches() {
        for (long seed = 1; seed <= 3; seed++) {
            try (var store = newStore()) {
                agreesWithAModel(store, store.open(3), seed);
            }
        }
    }

    private static void agreesWithAModel(StoreUnderTest store, Substrate substrate, long seed) {
        var answers = new Answers(store);
        var random = new Random(seed);
        var lease = substrate.acquire(2, _ -> {});
        NavigableMap<String, String> model = new TreeMap<>();
        for (int turn = 0; turn < 40; turn++) {
            answers.commit(
                    lease,
                    batch -> {
                        for (int i = random.nextInt(1, 20); i > 0; i--) {
                            change(random, batch, model);
                        }
                    });
            var from = randomKey(random);
            var to = randomKey(random);
            var expected =
                    model.entrySet().stream()
                            .filter(row -> row.getKey().compareTo(from) >= 0)
                            .filter(row -> to.isEmpty() || row.getKey().compareTo(to) < 0)
                            .map(row -> row.getKey() + "=" + row.getValue())
                            .toList();
            var as = "seed %d, turn %d".formatted(seed, turn);
            assertThat(rows(lease.view(), from, to, false)).as(as).isEqualTo(expected);
            assertThat(rows(lease.view(), from, to, true)).as(as).isEqualTo(expected.reversed());
        }
    }

    private static void change(Random random, Batch batch, NavigableMap<String, String> model) {
        var key = randomKey(random);
        switch (random.nextInt(8)) {
            case 0 -> {
                var to = randomKey(random);
                batch.deleteRange(Table.TIMER, bytes(key), bytes(to));
                model.keySet()
                        .removeIf(row ->
                                row.compareTo(key) >= 0 && (to.isEmpty() || row.compareTo(to) < 0));
            }
            case 1, 2 -> {
                batch.delete(Table.TIMER, bytes(key));
                model.remove(key);
            }
            default -> {
                var value = "v" + random.nextInt(1000);
                batch.put(Table.TIMER, bytes(key), bytes(value));
                model.put(key, value);
            }
        }
    }

    private static String randomKey(Random random) {
        var key = new byte[random.nextInt(4)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) new int[] {0, 1, 127, 128, 255, '='}[random.nextInt(6)];
        }
        return new String(key, ISO_8859_1);
    }

    /** The bytes of a text of characters up to U+00FF. */
    static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** Puts rows written as {@code key=value}. */
    static void put(Batch batch, Table table, String... rows) {
        for (var row : rows) {
            int equals = row.lastIndexOf('=');
            batch.put(table, bytes(row.substring(0, equals)), bytes(row.substring(equals + 1)));
        }
    }

    /** All rows of a table, written as {@code key=value}. */
    static List<String> rows(View view, Table table) {
        try (var cursor = view.scan(table, new byte[0], new byte[0], false)) {
            return rest(cursor);
        }
    }

    private static List<String> rows(View view, String from, String to, boolean reverse) {
        try (var cursor = view.scan(Table.TIMER, bytes(from), bytes(to), reverse)) {
            return rest(cursor);
        }
    }

    private static List<String> rest(Cursor cursor) {
        var rows = new ArrayList<String>();
        while (cursor.next()) {
            rows.add(
                    new String(cursor.key(), ISO_8859_1)
                            + "="
                            + new String(cursor.value(), ISO_8859_1));
        }
        return rows;
    }
}
