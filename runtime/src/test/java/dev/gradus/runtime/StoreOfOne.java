package dev.gradus.runtime;

import dev.gradus.runtime.spi.Lease;
import java.util.ArrayList;
import java.util.List;

/** The rows of one shard over a store in memory, committed when the test says so. */
final class StoreOfOne {
    private final InMemorySubstrate substrate = new InMemorySubstrate(2, Runnable::run);
    private Lease lease = substrate.acquire(1, _ -> {});
    private ShardRows rows = new ShardRows(lease.view());

    ShardRows rows() {
        return rows;
    }

    /** Makes everything durable and returns how many effects left. */
    int commit() {
        if (rows.building().isEmpty()) {
            return released(rows.takeParkedWithoutRows());
        }
        var sealed = rows.seal();
        var batch = lease.newBatch();
        sealed.writeTo(batch);
        lease.append(
                batch,
                new dev.gradus.runtime.spi.CommitListener() {
                    @Override
                    public void committed(long seq) {}

                    @Override
                    public void lost(Throwable cause) {
                        throw new AssertionError(cause);
                    }
                });
        return released(rows.applied().parked());
    }

    /** Closes the batch being built without applying it. */
    void seal() {
        rows.seal();
    }

    /** Forgets everything that was not committed, as after a crash. */
    ShardRows restart() {
        lease = substrate.acquire(1, _ -> {});
        rows = new ShardRows(lease.view());
        return rows;
    }

    private static int released(List<ShardRows.Parked> parked) {
        var all = new ArrayList<>(parked);
        all.forEach(one -> one.release().run());
        return all.size();
    }
}
