package dev.gradus.runtime;

import java.util.Arrays;
import java.util.HexFormat;

/** Names an immutable machine revision by the hash of its contents. */
record RevisionKey(byte[] hash) {
    static final int BYTES = 32;

    RevisionKey {
        if (hash.length != BYTES) {
            throw new IllegalArgumentException(
                    "a revision key has " + BYTES + " bytes, not " + hash.length);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RevisionKey key && Arrays.equals(hash, key.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(hash, 0, 8);
    }
}
