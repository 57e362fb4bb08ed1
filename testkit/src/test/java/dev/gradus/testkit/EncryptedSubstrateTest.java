package dev.gradus.testkit;

import static dev.gradus.testkit.ViewContract.bytes;
import static dev.gradus.testkit.ViewContract.put;
import static dev.gradus.testkit.ViewContract.rows;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.InMemorySubstrate;
import dev.gradus.runtime.TokenKeyStore;
import dev.gradus.runtime.encryption.EncryptedSubstrate;
import dev.gradus.runtime.encryption.EncryptionKeys;
import dev.gradus.runtime.spi.Substrate;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.Table;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedSubstrateTest {
    private static final String FIRST = "a " + "1f".repeat(32);
    private static final String SECOND = "b " + "2e".repeat(32);
    private static final IntFunction<byte[]> RANDOM = seeded(28);
    private static final byte[] ALL = new byte[0];

    /** The contract holds as it does without encryption. */
    @Nested
    class WithinAppend implements SubstrateContract {
        @Override
        public StoreUnderTest newStore() {
            return new EncryptedStore();
        }
    }

    private static final class EncryptedStore implements StoreUnderTest {
        private final ArrayDeque<Substrate> opened = new ArrayDeque<>();

        @Override
        public Substrate open(int shardCount) {
            var store = sealed(new InMemorySubstrate(shardCount, Runnable::run), FIRST);
            opened.add(store);
            return store;
        }

        @Override
        public void settle() {}

        @Override
        public boolean threaded() {
            return true;
        }

        @Override
        public void close() {
            opened.forEach(Substrate::close);
        }
    }

    private final Substrate bare = new InMemorySubstrate(3, Runnable::run);
    private final StoreUnderTest nothing = new EncryptedStore();

    @Test
    void keepsNoValueAsItIsAndEveryOneOnce() {
        var lease = sealed(bare, FIRST).acquire(1, _ -> {});
        new Answers(nothing)
                .commit(lease, batch -> put(batch, Table.SCOPE, "a=secret", "b=secret"));
        new Answers(nothing).commit(lease, batch -> put(batch, Table.PAYLOAD, "a=secret"));

        assertThat(rows(lease.view(), Table.SCOPE)).containsExactly("a=secret", "b=secret");
        var a = stored(Table.SCOPE, "a");
        var b = stored(Table.SCOPE, "b");
        assertThat(a).hasSize("secret".length() + 37).isNotEqualTo(b);
        for (var value : new byte[][] {a, b, stored(Table.PAYLOAD, "a")}) {
            assertThat(new String(value, ISO_8859_1)).doesNotContain("secr", "ecret");
        }
    }

    @Test
    void refusesAValueThatStandsElsewhereThanWhereItWasSealed() {
        commit(sealed(bare, FIRST), 1, Table.SCOPE, "a=secret");
        commit(sealed(bare, FIRST), 2, Table.SCOPE, "z=other");
        var sealed = stored(Table.SCOPE, "a");
        plant(1, Table.SCOPE, "b", sealed);
        plant(1, Table.HELD, "a", sealed);
        plant(2, Table.SCOPE, "a", sealed);

        assertThat(read(1, Table.SCOPE, "a")).isEqualTo("secret");
        assertRefused(1, Table.SCOPE, "b", "changed, or moved from another row");
        assertRefused(1, Table.HELD, "a", "changed, or moved from another row");
        assertRefused(2, Table.SCOPE, "a", "changed, or moved from another row");
    }

    @Test
    void refusesEveryChangedBitAndEveryCut() {
        commit(sealed(bare, FIRST), 1, Table.SCOPE, "a=secret");
        var sealed = stored(Table.SCOPE, "a");
        for (int bit = 0; bit < Byte.SIZE * sealed.length; bit++) {
            var changed = sealed.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            plant(1, Table.SCOPE, "a", changed);
            assertRefused(1, Table.SCOPE, "a", "restore the folder from a copy");
        }
        for (int length = 0; length < sealed.length; length++) {
            plant(1, Table.SCOPE, "a", Arrays.copyOf(sealed, length));
            assertRefused(1, Table.SCOPE, "a", "restore the folder from a copy");
        }
        plant(1, Table.SCOPE, "a", bytes("plain"));
        assertRefused(1, Table.SCOPE, "a", "is not sealed");
    }

    @Test
    void readsWithAnOlderKeyAndWritesWithTheFirst() {
        commit(sealed(bare, FIRST), 1, Table.SCOPE, "a=old");
        var both = sealed(bare, SECOND + "\n" + FIRST);
        commit(both, 1, Table.SCOPE, "b=new");

        assertThat(rows(both.acquire(1, _ -> {}).view(), Table.SCOPE))
                .containsExactly("a=old", "b=new");
        assertThatThrownBy(() -> sealed(bare, SECOND).acquire(1, _ -> {}))
                .isInstanceOf(SubstrateException.class)
                .hasMessageContaining("lacks keys")
                .hasMessageEndingWith(": a");
        assertThatThrownBy(() -> sealed(bare, FIRST).acquire(1, _ -> {}))
                .isInstanceOf(SubstrateException.class)
                .hasMessageEndingWith(": b");
    }

    @Test
    void looksAtTheKeysOfEveryShardBeforeAnyIsClaimed() {
        commit(sealed(bare, FIRST), 0, Table.SCOPE, "a=old");
        commit(sealed(bare, SECOND + "\n" + FIRST), 2, Table.SCOPE, "a=new");

        assertThatThrownBy(() -> sealed(bare, FIRST))
                .isInstanceOf(SubstrateException.class)
                .hasMessageEndingWith(": b");
        assertThatThrownBy(() -> TokenKeyStore.load(bare, () -> new byte[32]))
                .isInstanceOf(SubstrateException.class)
                .hasMessageEndingWith("the keys a, b");
    }

    @Test
    void noticesAnotherKeyUnderTheSameName() {
        commit(sealed(bare, FIRST), 1, Table.SCOPE, "a=old");

        assertThatThrownBy(() -> sealed(bare, "a " + "00".repeat(32)).acquire(1, _ -> {}))
                .isInstanceOf(SubstrateException.class)
                .hasMessageContaining("others under their names: a");
    }

    @Test
    void refusesAStoreThatWasMadeWithoutEncryption() {
        new Answers(nothing).commit(bare.acquire(1, _ -> {}), b -> put(b, Table.INBOX, "a=plain"));

        assertThatThrownBy(() -> sealed(bare, FIRST).acquire(1, _ -> {}))
                .isInstanceOf(SubstrateException.class)
                .hasMessageContaining("made without encryption");
    }

    @Test
    void refusesToReadAnEncryptedStoreWithoutItsKeys() {
        var keys = TokenKeyStore.load(sealed(bare, FIRST), () -> new byte[32]);

        assertThatThrownBy(() -> TokenKeyStore.load(bare, () -> new byte[32]))
                .isInstanceOf(SubstrateException.class)
                .hasMessageContaining("start with --encryption-key-file")
                .hasMessageEndingWith("the keys a");
        assertThat(TokenKeyStore.load(sealed(bare, FIRST), () -> bytes("unused")).current())
                .isEqualTo(keys.current());
    }

    @Test
    void aRemovedRangeLeavesTheMark() {
        commit(sealed(bare, FIRST), 1, Table.META, "zzz=1");
        new Answers(nothing)
                .commit(
                        sealed(bare, FIRST).acquire(1, _ -> {}),
                        batch -> batch.deleteRange(Table.META, ALL, ALL));

        assertThat(rows(sealed(bare, FIRST).acquire(1, _ -> {}).view(), Table.META)).isEmpty();
        assertThatThrownBy(() -> sealed(bare, SECOND).acquire(1, _ -> {}))
                .isInstanceOf(SubstrateException.class);
    }

    @Test
    void aRestoredCopyThatGoesOnUsesNoNonceOfItsFirstLife() {
        // The same store twice from one moment on, as a restored copy is, with the same writes.
        var other = new InMemorySubstrate(3, Runnable::run);
        for (var store : new Substrate[] {bare, other}) {
            commit(sealed(store, FIRST), 1, Table.SCOPE, "a=secret");
        }
        var here = stored(Table.SCOPE, "a");
        var there = other.follower(1).orElseThrow().get(Table.SCOPE, bytes("a")).orElseThrow();

        assertThat(Arrays.copyOfRange(here, 5, 21)).isNotEqualTo(Arrays.copyOfRange(there, 5, 21));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "a",
                "a 12",
                "a/b 1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f",
                "a xx1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f"
            })
    void refusesAKeyFileThatSaysSomethingElse(String text) {
        assertThatThrownBy(() -> EncryptionKeys.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("1f1f");
    }

    @Test
    void refusesANameOrAKeyTwiceAndShowsNoKey() {
        for (var twice : new String[] {"a " + "2e".repeat(32), "c " + "1F".repeat(32)}) {
            assertThatThrownBy(() -> EncryptionKeys.parse(FIRST + "\n" + twice))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("line 2 repeats");
        }
        assertThat(EncryptionKeys.parse("# of today\n\n" + FIRST + "\r\n" + SECOND))
                .hasToString("[key a, key b]");
    }

    private static Substrate sealed(Substrate store, String keys) {
        return new EncryptedSubstrate(store, EncryptionKeys.parse(keys), RANDOM);
    }

    private static IntFunction<byte[]> seeded(long seed) {
        var random = new Random(seed);
        return count -> {
            var drawn = new byte[count];
            random.nextBytes(drawn);
            return drawn;
        };
    }

    private void commit(Substrate store, int shard, Table table, String row) {
        new Answers(nothing).commit(store.acquire(shard, _ -> {}), b -> put(b, table, row));
    }

    private byte[] stored(Table table, String key) {
        return bare.follower(1).orElseThrow().get(table, bytes(key)).orElseThrow();
    }

    private void plant(int shard, Table table, String key, byte[] value) {
        new Answers(nothing)
                .commit(bare.acquire(shard, _ -> {}), b -> b.put(table, bytes(key), value));
    }

    private String read(int shard, Table table, String key) {
        var view = sealed(bare, FIRST).follower(shard).orElseThrow();
        return new String(view.get(table, bytes(key)).orElseThrow(), ISO_8859_1);
    }

    private void assertRefused(int shard, Table table, String key, String why) {
        assertThatThrownBy(() -> read(shard, table, key))
                .isInstanceOf(SubstrateException.class)
                .hasMessageContaining(why);
        var view = sealed(bare, FIRST).follower(shard).orElseThrow();
        assertThatThrownBy(() -> rows(view, table)).isInstanceOf(SubstrateException.class);
    }
}
