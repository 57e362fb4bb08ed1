package dev.gradus.store.rocksdb;

import dev.gradus.runtime.CommitMeter;
import dev.gradus.runtime.spi.SubstrateException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The batches of one synced write and what is to be told when it is done. Entries are added in the
 * order of their submission: a claim fences what comes after it, also within the group. Belongs to
 * the committer's thread.
 */
final class CommitGroup {
    private final List<ShardState> shards;
    private final CommitMeter meter;
    private final List<RocksBatch> batches = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();

    CommitGroup(List<ShardState> shards, CommitMeter meter) {
        this.shards = shards;
        this.meter = meter;
    }

    void add(CommitEntry entry) {
        switch (entry) {
            case CommitEntry.Append append -> addAppend(append);
            case CommitEntry.Late late ->
                    answers.add(() ->
                            late.refuse(new SubstrateException("the lease is closed"), meter));
            case CommitEntry.Claim claim -> addClaim(claim);
        }
    }

    boolean hasRows() {
        return !batches.isEmpty();
    }

    /** What to tell, in order, once the rows are durable. */
    List<Runnable> answers() {
        return answers;
    }

    /** All batches as one in RocksDB's form. */
    byte[] joined() {
        int length = RocksBatch.HEADER_BYTES;
        int count = 0;
        for (var batch : batches) {
            length = Math.addExact(length, batch.bytes());
            count += batch.count();
        }
        var joined = new byte[length];
        ByteBuffer.wrap(joined).order(ByteOrder.LITTLE_ENDIAN).putLong(0).putInt(count);
        int offset = RocksBatch.HEADER_BYTES;
        for (var batch : batches) {
            offset = batch.copyTo(joined, offset);
        }
        return joined;
    }

    private void addAppend(CommitEntry.Append append) {
        var lostBy = append.lease().lostBy();
        if (lostBy.isPresent()) {
            answers.add(() -> append.refuse(lostBy.get(), meter));
            return;
        }
        batches.add(append.batch());
        answers.add(() -> {
            long seq = append.lease().shard().applied();
            append.lease().answered(meter);
            meter.committed(append.batch().bytes(), System.nanoTime() - append.atNanos());
            append.listener().committed(seq);
        });
    }

    private void addClaim(CommitEntry.Claim claim) {
        var shard = shards.get(claim.shard());
        var cause = new SubstrateException("another claim took shard " + claim.shard());
        shard.fence(cause).ifPresent(lease -> answers.add(() -> lease.tellLost(cause)));
        long epoch = shard.nextEpoch();
        var lease = claim.makeLease().apply(epoch, claim.onLost());
        shard.hold(lease);
        batches.add(RocksBatch.ofOwnRow(RowKeys.epoch(claim.shard()), ShardState.epochRow(epoch)));
        answers.add(() -> {
            shard.applied();
            claim.claimed().complete(lease);
        });
    }
}
