package dev.gradus.runtime.encryption;

import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The one row of a shard that is not sealed: that the shard is encrypted, and which keys have
 * written to it, by fingerprint and name. It is there from the shard's first batch on, and in no
 * view that the runtime sees.
 *
 * @param keys names of keys by their fingerprints
 */
record StoreMark(Map<Integer, String> keys) {
    static final byte[] ROW = "encryption".getBytes(StandardCharsets.UTF_8);

    /** More than the row takes with as many keys as there may be. */
    static final int BYTES_MAX = 4_096;

    private static final byte FORMAT = 1;

    StoreMark {
        keys = Map.copyOf(keys);
    }

    static boolean isRow(Table table, byte[] key) {
        return table == Table.META && Arrays.equals(key, ROW);
    }

    /**
     * Reads a shard's mark; empty for a shard that was never written to.
     *
     * @throws SubstrateException if the shard has rows but no mark: they are not sealed
     */
    static StoreMark of(View view) {
        var row = view.get(Table.META, ROW);
        if (row.isPresent()) {
            return decode(row.get());
        }
        for (var table : Table.values()) {
            try (var rows = view.scan(table, new byte[0], new byte[0], false)) {
                if (rows.next()) {
                    throw new SubstrateException(
                            "the data folder was made without encryption, so what is in it is not"
                                    + " sealed: start without --encryption-key-file, or with a"
                                    + " folder of its own");
                }
            }
        }
        return new StoreMark(Map.of());
    }

    /** Finds the mark in a view of the bare store. */
    static Optional<StoreMark> find(View bare) {
        return bare.get(Table.META, ROW).map(StoreMark::decode);
    }

    /** Refuses keys of which one that has written to the shard is missing. */
    void check(EncryptionKeys given) {
        var missing =
                keys.entrySet().stream()
                        .filter(key -> given.of(key.getKey()).isEmpty())
                        .map(Map.Entry::getValue)
                        .sorted()
                        .toList();
        if (!missing.isEmpty()) {
            throw new SubstrateException(
                    "the key file lacks keys that the data folder was written with, or has others"
                            + " under their names: "
                            + String.join(", ", missing));
        }
    }

    boolean names(EncryptionKey key) {
        return keys.containsKey(key.fingerprint());
    }

    StoreMark with(EncryptionKey key) {
        var more = new LinkedHashMap<>(keys);
        more.put(key.fingerprint(), key.id());
        return new StoreMark(more);
    }

    byte[] encode() {
        var row = ByteBuffer.allocate(BYTES_MAX).put(FORMAT).put((byte) keys.size());
        keys.forEach((fingerprint, id) -> {
            var name = id.getBytes(StandardCharsets.UTF_8);
            row.putInt(fingerprint).put((byte) name.length).put(name);
        });
        return Arrays.copyOf(row.array(), row.position());
    }

    private static StoreMark decode(byte[] bytes) {
        var row = ByteBuffer.wrap(bytes);
        if (bytes.length < 2 || row.get() != FORMAT) {
            throw new SubstrateException(
                    "the data folder is encrypted in a way that this release does not know: start"
                            + " the release that wrote it, or a later one");
        }
        int count = row.get();
        var keys = new LinkedHashMap<Integer, String>();
        for (int i = 0; i < count; i++) {
            int fingerprint = row.getInt();
            var name = new byte[row.get()];
            row.get(name);
            keys.put(fingerprint, new String(name, StandardCharsets.UTF_8));
        }
        return new StoreMark(keys);
    }
}
