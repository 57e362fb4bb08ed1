package dev.gradus.runtime.encryption;

import dev.gradus.runtime.spi.Health;
import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.LostListener;
import dev.gradus.runtime.spi.Placement;
import dev.gradus.runtime.spi.Substrate;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.View;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * A store that keeps every value sealed in another store. Fulfils the contract of {@link Substrate}
 * if the other does.
 *
 * <p>A shard is encrypted from its first batch on or not at all: claiming a shard that has plain
 * rows, or rows of a key that is not given, is refused with what to do.
 */
public final class EncryptedSubstrate implements Substrate {
    private final Substrate store;
    private final EncryptionKeys keys;
    private final ValueSeal seal;

    /**
     * Seals what goes into a store, which is closed with this one. Looks at every shard that can be
     * read without a claim; the others are looked at when they are claimed.
     *
     * @param random gives so many unguessable bytes
     * @throws SubstrateException if a shard has rows that are not sealed, or of a key that is not
     *     given; the store stays open
     */
    public EncryptedSubstrate(Substrate store, EncryptionKeys keys, IntFunction<byte[]> random) {
        this.store = store;
        this.keys = keys;
        this.seal = new ValueSeal(keys, random);
        for (int shard = 0; shard < store.shardCount(); shard++) {
            store.follower(shard).ifPresent(view -> StoreMark.of(view).check(keys));
        }
    }

    /**
     * Refuses a store that is read without its keys.
     *
     * @param store as the runtime is to see it
     * @throws SubstrateException if its values are sealed
     */
    public static void refuseSealed(Substrate store) {
        var names = new TreeSet<String>();
        for (int shard = 0; shard < store.shardCount(); shard++) {
            store.follower(shard)
                    .flatMap(StoreMark::find)
                    .ifPresent(mark -> names.addAll(mark.keys().values()));
        }
        if (!names.isEmpty()) {
            throw new SubstrateException(
                    "the data folder is encrypted: start with --encryption-key-file, and in the"
                            + " file the keys "
                            + String.join(", ", names));
        }
    }

    @Override
    public int shardCount() {
        return store.shardCount();
    }

    @Override
    public int maxBatchBytes() {
        return store.maxBatchBytes() - StoreMark.BYTES_MAX;
    }

    @Override
    public void checkpoint(Path emptyFolder) {
        store.checkpoint(emptyFolder);
    }

    @Override
    public Health health() {
        return store.health();
    }

    @Override
    public Lease acquire(int shard, LostListener onLost) {
        var lease = store.acquire(shard, onLost);
        try {
            return new EncryptedLease(lease, shard, keys, seal, maxBatchBytes());
        } catch (RuntimeException refused) {
            lease.close();
            throw refused;
        }
    }

    @Override
    public Optional<View> follower(int shard) {
        return store.follower(shard).map(view -> new EncryptedView(view, shard, seal));
    }

    @Override
    public Placement placement() {
        return store.placement();
    }

    @Override
    public void close() {
        store.close();
    }
}
