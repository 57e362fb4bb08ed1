package dev.gradus.runtime;

import dev.gradus.engine.EffectId;
import dev.gradus.engine.Scope;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and reads task tokens: version, key id, shard, xid, scope, effect, nonce, and an HMAC over
 * them.
 *
 * <p>Keys are made with the store; a token made under any of them is valid. Safe for many threads.
 */
final class TaskTokens {
    static final int KEY_BYTES = 32;
    private static final int VERSION = 1;
    private static final int MAC_BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";

    private final Map<Integer, byte[]> keys;
    private final int currentKey;

    TaskTokens(Map<Integer, byte[]> keys, int currentKey) {
        this.keys = Map.copyOf(keys);
        this.currentKey = currentKey;
    }

    String issue(TaskToken token) {
        var said =
                new RowWriter(48)
                        .u8(VERSION)
                        .u8(currentKey)
                        .number(token.shard())
                        .u64(token.xid())
                        .number(token.effect().scope())
                        .number(token.effect().number())
                        .fixed(token.nonce().bytes())
                        .done();
        var mac = mac(currentKey, said);
        var bytes = Arrays.copyOf(said, said.length + MAC_BYTES);
        System.arraycopy(mac, 0, bytes, said.length, MAC_BYTES);
        // The plain alphabet: AWS's tokens are Base64 too, and users put them into JSON and URLs
        // with due escaping.
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Empty for anything that this store did not sign. */
    Optional<TaskToken> read(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        int length = bytes.length - MAC_BYTES;
        if (length < 2 || bytes[0] != VERSION || !keys.containsKey((int) bytes[1])) {
            return Optional.empty();
        }
        var said = Arrays.copyOf(bytes, length);
        var mac = Arrays.copyOf(mac(bytes[1], said), MAC_BYTES);
        if (!MessageDigest.isEqual(mac, Arrays.copyOfRange(bytes, length, bytes.length))) {
            return Optional.empty();
        }
        var row = new RowReader(said);
        row.u8();
        row.u8();
        int shard = row.smallNumber();
        long xid = row.u64();
        var effect = new EffectId(row.smallNumber(), row.number());
        return Optional.of(
                new TaskToken(shard, xid, effect, new Scope.Nonce(row.fixed(Scope.Nonce.BYTES))));
    }

    private byte[] mac(int key, byte[] said) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(keys.getOrDefault(key, new byte[1]), ALGORITHM));
            return mac.doFinal(said);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }
}
