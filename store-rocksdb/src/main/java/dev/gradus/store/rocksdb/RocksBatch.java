package dev.gradus.store.rocksdb;

import dev.gradus.runtime.spi.Batch;
import dev.gradus.runtime.spi.Table;
import java.util.Arrays;

/**
 * A batch that writes itself down in the form of RocksDB's {@code WriteBatch}, so that a group of
 * batches is joined by copying bytes and crosses to native code in one call.
 *
 * <p>A record of that form is: a tag; for another family than the default one its number; the key;
 * and for a put the value, for a range its end. Numbers are varints, texts have their length before
 * them. See {@code write_batch.cc} and {@code dbformat.h} of RocksDB, whose tags are part of its
 * stored format and so do not change.
 */
final class RocksBatch implements Batch {
    /** Sequence number (8 bytes, filled in by RocksDB) and count of records (4, little-endian). */
    static final int HEADER_BYTES = 12;

    private static final int DELETION = 0x0;
    private static final int VALUE = 0x1;
    private static final int FAMILY_DELETION = 0x4;
    private static final int FAMILY_VALUE = 0x5;
    private static final int FAMILY_RANGE_DELETION = 0xE;
    private static final int RANGE_DELETION = 0xF;
    private static final int FIRST_CAPACITY_BYTES = 512;

    private final Object owner;
    private final int shard;
    private byte[] records = new byte[FIRST_CAPACITY_BYTES];
    private int length;
    private int count;
    private boolean sealed;

    RocksBatch(Object owner, int shard) {
        this.owner = owner;
        this.shard = shard;
    }

    @Override
    public void put(Table table, byte[] key, byte[] value) {
        begin(table, VALUE, FAMILY_VALUE, key.length + value.length);
        text(RowKeys.of(table, shard, key));
        text(value);
    }

    @Override
    public void delete(Table table, byte[] key) {
        begin(table, DELETION, FAMILY_DELETION, key.length);
        text(RowKeys.of(table, shard, key));
    }

    @Override
    public void deleteRange(Table table, byte[] from, byte[] toExclusive) {
        var lower = RowKeys.of(table, shard, from);
        var upper = RowKeys.upperBound(table, shard, toExclusive);
        if (Arrays.compareUnsigned(lower, upper) >= 0) {
            // RocksDB answers a range that ends before its start with an error.
            upper = lower;
        }
        begin(table, RANGE_DELETION, FAMILY_RANGE_DELETION, lower.length + upper.length);
        text(lower);
        text(upper);
    }

    @Override
    public int bytes() {
        return length;
    }

    /** How many operations it holds. */
    int count() {
        return count;
    }

    /** Takes it for appending, after which it refuses every change. */
    static RocksBatch seal(Batch batch, Object owner, int bytesMax) {
        if (!(batch instanceof RocksBatch rocks) || !rocks.owner.equals(owner)) {
            throw new IllegalArgumentException("the batch was not made by this lease");
        }
        rocks.refuseSealed();
        if (rocks.count == 0 || rocks.length > bytesMax) {
            throw new IllegalArgumentException(
                    "a batch has 1 to " + bytesMax + " bytes, not " + rocks.length);
        }
        rocks.sealed = true;
        return rocks;
    }

    /** A row of the substrate itself, in no table and no view. */
    static RocksBatch ofOwnRow(byte[] key, byte[] value) {
        var batch = new RocksBatch(key, 0);
        batch.reserve(key.length + value.length);
        batch.records[batch.length++] = VALUE;
        batch.count++;
        batch.text(key);
        batch.text(value);
        return batch;
    }

    /** Copies the records to a place in the joined form; returns where they end. */
    int copyTo(byte[] joined, int offset) {
        System.arraycopy(records, 0, joined, offset, length);
        return offset + length;
    }

    private void begin(Table table, int tag, int familyTag, int textBytes) {
        refuseSealed();
        reserve(textBytes);
        int family = Families.number(table.family());
        if (family == 0) {
            records[length++] = (byte) tag;
        } else {
            records[length++] = (byte) familyTag;
            number(family);
        }
        count++;
    }

    private void text(byte[] text) {
        number(text.length);
        System.arraycopy(text, 0, records, length, text.length);
        length += text.length;
    }

    private void number(int number) {
        int rest = number;
        while (rest >= 0x80) {
            records[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        records[length++] = (byte) rest;
    }

    private void reserve(int textBytes) {
        // Tag, family, two lengths of up to 5 bytes, two prefixes of 2.
        int needed = Math.addExact(length, Math.addExact(textBytes, 20));
        if (needed > records.length) {
            records = Arrays.copyOf(records, Math.max(needed, records.length * 2));
        }
    }

    private void refuseSealed() {
        if (sealed) {
            throw new IllegalStateException("the batch was appended already; make a new one");
        }
    }
}
