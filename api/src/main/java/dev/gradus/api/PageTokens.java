package dev.gradus.api;

import dev.gradus.runtime.ErrorShape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Page tokens: where the next page starts, signed together with the operation, its other arguments
 * and the time when the token ends.
 *
 * <p>No token is kept anywhere, so they survive a restart as long as the key does. What {@link
 * #open} returns is what {@link #issue} was given: the runtime never sees a start that a caller
 * made up.
 */
public final class PageTokens {
    /** How long AWS's tokens are good for. */
    static final Duration LIFETIME = Duration.ofHours(24);

    private static final byte VERSION = 1;
    private static final int HEAD_BYTES = 1 + Long.BYTES;
    private static final int MAC_BYTES = 16;

    private final SecretKeySpec key;
    private final InstantSource clock;

    /**
     * What a token belongs to.
     *
     * @param arguments all of the request's but maxResults, which may change between pages
     */
    record Binding(String operation, List<String> arguments) {
        Binding {
            arguments = List.copyOf(arguments);
        }
    }

    /** Takes a secret of at least 16 bytes, which has to outlive the process. */
    public PageTokens(byte[] secret, InstantSource clock) {
        if (secret.length < MAC_BYTES) {
            throw new IllegalArgumentException(
                    "a page token key needs 16 bytes or more, got " + secret.length);
        }
        this.key = new SecretKeySpec(secret, "HmacSHA256");
        this.clock = clock;
    }

    String issue(Binding binding, String next) {
        var start = next.getBytes(StandardCharsets.UTF_8);
        var token = ByteBuffer.allocate(HEAD_BYTES + MAC_BYTES + start.length);
        token.put(VERSION).putLong(clock.instant().plus(LIFETIME).getEpochSecond());
        token.put(mac(Arrays.copyOf(token.array(), HEAD_BYTES), binding, start)).put(start);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    String open(Binding binding, String token) {
        var bytes = decoded(token);
        if (bytes.length < HEAD_BYTES + MAC_BYTES || bytes[0] != VERSION) {
            throw invalid();
        }
        var head = Arrays.copyOf(bytes, HEAD_BYTES);
        var mac = Arrays.copyOfRange(bytes, HEAD_BYTES, HEAD_BYTES + MAC_BYTES);
        var start = Arrays.copyOfRange(bytes, HEAD_BYTES + MAC_BYTES, bytes.length);
        var expires = ByteBuffer.wrap(bytes, 1, Long.BYTES).getLong();
        if (!MessageDigest.isEqual(mac, mac(head, binding, start))
                || clock.instant().getEpochSecond() >= expires) {
            throw invalid();
        }
        return new String(start, StandardCharsets.UTF_8);
    }

    private static byte[] decoded(String token) {
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            throw invalid();
        }
    }

    private byte[] mac(byte[] head, Binding binding, byte[] start) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(head);
            part(mac, binding.operation());
            binding.arguments().forEach(argument -> part(mac, argument));
            return Arrays.copyOf(mac.doFinal(start), MAC_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java platform has HmacSHA256", impossible);
        }
    }

    private static void part(Mac mac, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        mac.update(bytes);
    }

    private static RuntimeException invalid() {
        return ErrorShape.InvalidToken.because("Invalid Token: 'Invalid token'");
    }
}
