package dev.gradus.expressions;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** The digests that both query languages know under the same names. */
public final class Digests {
    /** The algorithms, for messages. */
    public static final String NAMES = "MD5, SHA-1, SHA-256, SHA-384 or SHA-512";

    private static final Set<String> ALGORITHMS =
            Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    private Digests() {}

    /** Returns the digest of a text's UTF-8 in hex; empty if there is no such algorithm. */
    public static Optional<String> hex(String algorithm, String text) {
        if (!ALGORITHMS.contains(algorithm)) {
            return Optional.empty();
        }
        try {
            var digest = MessageDigest.getInstance(algorithm);
            return Optional.of(
                    HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("The Java platform has " + algorithm, impossible);
        }
    }
}
