package dev.gradus.runtime.encryption;

import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * How a value is sealed: AES-256 in Galois counter mode, with the row's place as additional data.
 *
 * <pre>
 *   format 1 | key's fingerprint 4 | session 12 | count 4 | ciphertext | tag 16
 * </pre>
 *
 * <p><b>No nonce is used twice.</b> A session is 96 random bits, drawn whenever a shard is claimed;
 * the key that its values are sealed with is derived (HKDF-SHA256) from the owner's key and the
 * session, and the nonce under that key is a count which never repeats within a session. A store
 * that was restored from a copy and goes on a second time draws another session, so that it does
 * not meet the nonces of its first life.
 *
 * <p>Opening is safe for many threads; a {@link Sealer} belongs to the thread of its lease.
 */
final class ValueSeal {
    /** What sealing adds to a value. */
    static final int OVERHEAD_BYTES = 37;

    private static final byte FORMAT = 1;
    private static final int SESSION_BYTES = 12;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEAD_BYTES = OVERHEAD_BYTES - TAG_BYTES;
    private static final int SESSIONS_KEPT = 4_096;
    private static final long COUNT_MAX = 0xffff_ffffL;
    private static final byte[] PURPOSE = "gradus value".getBytes(StandardCharsets.UTF_8);

    private final EncryptionKeys keys;
    private final IntFunction<byte[]> random;
    private final ConcurrentHashMap<Session, SecretKey> sessions = new ConcurrentHashMap<>();

    /** To look the algorithm up costs more than to open a short value; reads have few threads. */
    private final ThreadLocal<Cipher> openers = ThreadLocal.withInitial(ValueSeal::newCipher);

    /**
     * Seals and opens with these keys.
     *
     * @param random gives so many unguessable bytes
     */
    ValueSeal(EncryptionKeys keys, IntFunction<byte[]> random) {
        this.keys = keys;
        this.random = random;
    }

    /** Which derived key a value was sealed with. */
    private record Session(int fingerprint, long high, int low) {
        byte[] bytes() {
            return ByteBuffer.allocate(SESSION_BYTES).putLong(high).putInt(low).array();
        }
    }

    /** Where a value stands, which it is bound to. */
    record Place(int shard, Table table, byte[] key) {
        private byte[] bytes() {
            return ByteBuffer.allocate(4 + key.length)
                    .put(FORMAT)
                    .putShort((short) shard)
                    .put(table.prefix())
                    .put(key)
                    .array();
        }
    }

    /** Seals the values of one lease, under a session of its own. Used by one thread. */
    final class Sealer {
        private final Cipher cipher = newCipher();
        private Session session = newSession();
        private SecretKey key = keyOf(session, keys.current());
        private long count;

        byte[] seal(Place place, byte[] value) {
            if (count > COUNT_MAX) {
                session = newSession();
                key = keyOf(session, keys.current());
                count = 0;
            }
            int number = (int) count++;
            var sealed = new byte[OVERHEAD_BYTES + value.length];
            ByteBuffer.wrap(sealed)
                    .put(FORMAT)
                    .putInt(session.fingerprint)
                    .put(session.bytes())
                    .putInt(number);
            try {
                cipher.init(Cipher.ENCRYPT_MODE, key, nonce(number));
                cipher.updateAAD(place.bytes());
                cipher.doFinal(value, 0, value.length, sealed, HEAD_BYTES);
                return sealed;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES-GCM of this Java runtime does not seal", e);
            }
        }

        private Session newSession() {
            var drawn = ByteBuffer.wrap(random.apply(SESSION_BYTES));
            return new Session(keys.current().fingerprint(), drawn.getLong(), drawn.getInt());
        }
    }

    /**
     * Opens a value.
     *
     * @throws SubstrateException if it was sealed for another place, was changed, or its key is
     *     missing
     */
    byte[] open(Place place, byte[] sealed) {
        if (sealed.length < OVERHEAD_BYTES || sealed[0] != FORMAT) {
            throw refused(place, "is not sealed as this release seals");
        }
        var head = ByteBuffer.wrap(sealed, 1, HEAD_BYTES - 1);
        var session = new Session(head.getInt(), head.getLong(), head.getInt());
        var owner =
                keys.of(session.fingerprint)
                        .orElseThrow(() ->
                                refused(place, "is sealed with a key that the key file lacks"));
        try {
            var cipher = openers.get();
            cipher.init(Cipher.DECRYPT_MODE, keyOf(session, owner), nonce(head.getInt()));
            cipher.updateAAD(place.bytes());
            return cipher.doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES);
        } catch (AEADBadTagException changed) {
            throw refused(place, "was changed, or moved from another row");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM of this Java runtime does not open", e);
        }
    }

    private static SubstrateException refused(Place place, String why) {
        return new SubstrateException(
                "a value of table "
                        + place.table
                        + " in shard "
                        + place.shard
                        + " "
                        + why
                        + ": restore the folder from a copy, and see that the key file is the one"
                        + " that it was written with");
    }

    private SecretKey keyOf(Session session, EncryptionKey owner) {
        var known = sessions.get(session);
        if (known != null) {
            return known;
        }
        try {
            var derivation =
                    HKDFParameterSpec.ofExtract()
                            .addIKM(owner.secret())
                            .addSalt(session.bytes())
                            .thenExpand(PURPOSE, EncryptionKey.BYTES);
            var derived = KDF.getInstance("HKDF-SHA256").deriveKey("AES", derivation);
            if (sessions.size() >= SESSIONS_KEPT) {
                sessions.clear(); // Each is derived again when it is asked for.
            }
            sessions.put(session, derived);
            return derived;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime of ours has HKDF-SHA256", e);
        }
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has AES-GCM", e);
        }
    }

    private static GCMParameterSpec nonce(int count) {
        var nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(0).putInt(count).array();
        return new GCMParameterSpec(Byte.SIZE * TAG_BYTES, nonce);
    }
}
