package dev.gradus.store.rocksdb;

import dev.gradus.runtime.spi.Table;

/** How a row's key is stored: table, shard, key. Prefix 0 is the substrate's own. */
final class RowKeys {
    /** What comes before the shard's key: one byte of table, one of shard. */
    static final int PREFIX_BYTES = 2;

    private static final byte OWN = 0;

    private RowKeys() {}

    static byte[] of(Table table, int shard, byte[] key) {
        var rowKey = new byte[PREFIX_BYTES + key.length];
        rowKey[0] = table.prefix();
        rowKey[1] = (byte) shard;
        System.arraycopy(key, 0, rowKey, PREFIX_BYTES, key.length);
        return rowKey;
    }

    /** The first key that a range does not reach; an empty bound is the end of the table. */
    static byte[] upperBound(Table table, int shard, byte[] to) {
        if (to.length > 0) {
            return of(table, shard, to);
        }
        return shard < 255
                ? new byte[] {table.prefix(), (byte) (shard + 1)}
                : new byte[] {(byte) (table.prefix() + 1)};
    }

    /** The row that keeps the last claimed epoch of a shard. */
    static byte[] epoch(int shard) {
        return new byte[] {OWN, (byte) shard, 'e'};
    }
}
