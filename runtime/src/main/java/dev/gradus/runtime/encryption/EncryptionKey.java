package dev.gradus.runtime.encryption;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A 256-bit key with the name that its owner gave it. Its text never shows the key.
 *
 * <p>Stored values name their key by a fingerprint of name and key, so that another key under the
 * same name is noticed before anything is read with it.
 */
final class EncryptionKey {
    /** The length of a key. */
    static final int BYTES = 32;

    private final String id;
    private final SecretKey secret;
    private final int fingerprint;

    EncryptionKey(String id, byte[] key) {
        this.id = id;
        this.secret = new SecretKeySpec(key, "HKDF-SHA256");
        this.fingerprint = fingerprint(id, key);
    }

    String id() {
        return id;
    }

    int fingerprint() {
        return fingerprint;
    }

    SecretKey secret() {
        return secret;
    }

    private static int fingerprint(String id, byte[] key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("gradus key fingerprint".getBytes(StandardCharsets.UTF_8));
            digest.update(id.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return ByteBuffer.wrap(digest.digest(key)).getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
