package dev.gradus.server;

import dev.gradus.runtime.spi.Batch;
import dev.gradus.runtime.spi.CommitListener;
import dev.gradus.runtime.spi.Health;
import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.LostListener;
import dev.gradus.runtime.spi.Placement;
import dev.gradus.runtime.spi.Substrate;
import dev.gradus.runtime.spi.View;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A real store in a simulated world: an append waits until the store's own thread has answered, and
 * the listener hears it as a task of the simulation, in the order of the appends.
 */
record SteppedSubstrate(Substrate store, Executor simulation) implements Substrate {

    @Override
    public Lease acquire(int shard, LostListener onLost) {
        var lease = store.acquire(shard, cause -> simulation.execute(() -> onLost.lost(cause)));
        return new SteppedLease(lease, simulation, new ArrayDeque<>());
    }

    private record SteppedLease(Lease lease, Executor simulation, ArrayDeque<Runnable> answers)
            implements Lease {
        @Override
        public void append(Batch batch, CommitListener listener) {
            var answer = new CompletableFuture<Runnable>();
            lease.append(
                    batch,
                    new CommitListener() {
                        @Override
                        public void committed(long seq) {
                            answer.complete(() -> listener.committed(seq));
                        }

                        @Override
                        public void lost(Throwable cause) {
                            answer.complete(() -> listener.lost(cause));
                        }
                    });
            answers.addLast(answer.join());
            simulation.execute(() -> answers.removeFirst().run());
        }

        @Override
        public long epoch() {
            return lease.epoch();
        }

        @Override
        public View view() {
            return lease.view();
        }

        @Override
        public Batch newBatch() {
            return lease.newBatch();
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

    @Override
    public int shardCount() {
        return store.shardCount();
    }

    @Override
    public int maxBatchBytes() {
        return store.maxBatchBytes();
    }

    @Override
    public void checkpoint(Path emptyFolder) {
        store.checkpoint(emptyFolder);
    }

    @Override
    public Health health() {
        return store.health();
    }

    @Override
    public Optional<View> follower(int shard) {
        return store.follower(shard);
    }

    @Override
    public Placement placement() {
        return store.placement();
    }

    @Override
    public void close() {
        store.close();
    }
}
