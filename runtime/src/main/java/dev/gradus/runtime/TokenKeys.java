package dev.gradus.runtime;

import java.util.Map;

/**
 * The keys that sign task tokens. They are made with the store and travel with it; a token signed
 * under any of them is valid, new ones are signed under the current one.
 *
 * @param keys 32 bytes each, by an id from 0 to 127
 * @param current id of the key that signs
 */
public record TokenKeys(Map<Integer, byte[]> keys, int current) {
    public TokenKeys {
        keys = Map.copyOf(keys);
        if (!keys.containsKey(current)) {
            throw new IllegalArgumentException("no key " + current);
        }
    }

    /** A store with one key. */
    public static TokenKeys of(byte[] key) {
        return new TokenKeys(Map.of(0, key), 0);
    }
}
