package dev.gradus.runtime.encryption;

import dev.gradus.runtime.spi.Batch;
import dev.gradus.runtime.spi.CommitListener;
import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;

/** A lease whose batches hold sealed values. Used as the one below it is: by one thread. */
final class EncryptedLease implements Lease {
    private final Lease lease;
    private final int shard;
    private final ValueSeal.Sealer sealer;
    private final View view;
    private final int bytesMax;
    private final byte[] mark;
    private boolean markDue;

    /** Wraps a lease of a shard that has a mark, or to which nothing was written. */
    EncryptedLease(Lease lease, int shard, EncryptionKeys keys, ValueSeal seal, int bytesMax) {
        var before = StoreMark.of(lease.view());
        before.check(keys);
        this.lease = lease;
        this.shard = shard;
        this.sealer = seal.new Sealer();
        this.view = new EncryptedView(lease.view(), shard, seal);
        this.bytesMax = bytesMax;
        this.mark = before.with(keys.current()).encode();
        this.markDue = !before.names(keys.current());
    }

    /** A batch that seals values as they come. */
    private final class SealingBatch implements Batch {
        private final Batch batch = lease.newBatch();
        private boolean needsMark;

        @Override
        public void put(Table table, byte[] key, byte[] value) {
            refuseMark(table, key);
            batch.put(table, key, sealer.seal(new ValueSeal.Place(shard, table, key), value));
        }

        @Override
        public void delete(Table table, byte[] key) {
            refuseMark(table, key);
            batch.delete(table, key);
        }

        @Override
        public void deleteRange(Table table, byte[] from, byte[] toExclusive) {
            batch.deleteRange(table, from, toExclusive);
            // The mark is no row of the caller's: a range that reaches it does not remove it.
            needsMark |= table == Table.META;
        }

        @Override
        public int bytes() {
            return batch.bytes();
        }

        private EncryptedLease owner() {
            return EncryptedLease.this;
        }
    }

    private static void refuseMark(Table table, byte[] key) {
        if (StoreMark.isRow(table, key)) {
            throw new IllegalArgumentException("the row 'encryption' of META is the store's own");
        }
    }

    @Override
    public long epoch() {
        return lease.epoch();
    }

    @Override
    public View view() {
        return view;
    }

    @Override
    public Batch newBatch() {
        return new SealingBatch();
    }

    @Override
    public void append(Batch given, CommitListener listener) {
        if (!(given instanceof SealingBatch sealing) || !sealing.owner().equals(this)) {
            throw new IllegalArgumentException("the batch was not made by this lease");
        }
        int bytes = sealing.bytes();
        if (bytes == 0 || bytes > bytesMax) {
            throw new IllegalArgumentException(
                    "a batch has 1 to " + bytesMax + " bytes, not " + bytes);
        }
        if (markDue || sealing.needsMark) {
            sealing.batch.put(Table.META, StoreMark.ROW, mark);
        }
        lease.append(sealing.batch, listener);
        // When this batch is lost the lease is, and the next one looks for the mark again.
        markDue = false;
    }

    @Override
    public int maxInFlight() {
        return lease.maxInFlight();
    }

    @Override
    public void close() {
        lease.close();
    }
}
