package dev.gradus.runtime;

import dev.gradus.runtime.encryption.EncryptedSubstrate;
import dev.gradus.runtime.spi.CommitListener;
import dev.gradus.runtime.spi.Substrate;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.Table;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * The keys of a store's task tokens: made once, durable before the first token is given out, kept
 * with the store.
 */
public final class TokenKeyStore {
    private static final byte[] ROW = Keys.meta("token-keys");
    private static final int VERSION = 1;

    /**
     * Reads the keys, or makes them. Blocks; to be called before the node starts, since it claims
     * shard 0 for a moment.
     *
     * @param newKey gives {@link TaskTokens#KEY_BYTES} unguessable bytes
     * @throws SubstrateException if the store cannot be read or written, or is encrypted and its
     *     keys are not given
     */
    public static TokenKeys load(Substrate substrate, Supplier<byte[]> newKey) {
        EncryptedSubstrate.refuseSealed(substrate);
        try (var lease = substrate.acquire(0, _ -> {})) {
            var stored = lease.view().get(Table.META, ROW);
            if (stored.isPresent()) {
                return decode(stored.get());
            }
            var keys = TokenKeys.of(newKey.get());
            var batch = lease.newBatch();
            batch.put(Table.META, ROW, encode(keys));
            var durable = new CompletableFuture<Long>();
            lease.append(
                    batch,
                    new CommitListener() {
                        @Override
                        public void committed(long seq) {
                            durable.complete(seq);
                        }

                        @Override
                        public void lost(Throwable cause) {
                            durable.completeExceptionally(cause);
                        }
                    });
            await(durable);
            return keys;
        }
    }

    private static void await(CompletableFuture<Long> durable) {
        try {
            durable.get();
        } catch (ExecutionException e) {
            throw new SubstrateException("the keys of task tokens could not be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SubstrateException(
                    "interrupted while the keys of task tokens were written", e);
        }
    }

    private static byte[] encode(TokenKeys keys) {
        var row = new RowWriter().u8(VERSION).number(keys.current()).number(keys.keys().size());
        keys.keys().forEach((id, key) -> row.number(id).block(key));
        return row.done();
    }

    private static TokenKeys decode(byte[] bytes) {
        var row = new RowReader(bytes).version(VERSION);
        int current = row.smallNumber();
        int count = row.smallNumber();
        var keys = new HashMap<Integer, byte[]>();
        for (int i = 0; i < count; i++) {
            keys.put(row.smallNumber(), row.block());
        }
        return new TokenKeys(keys, current);
    }

    private TokenKeyStore() {}
}
