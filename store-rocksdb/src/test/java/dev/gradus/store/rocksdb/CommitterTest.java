package dev.gradus.store.rocksdb;

import static dev.gradus.testkit.ViewContract.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.runtime.CommitMeter;
import dev.gradus.runtime.spi.Lease;
import dev.gradus.runtime.spi.LostListener;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import dev.gradus.testkit.Answers;
import dev.gradus.testkit.Answers.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The committer over a disk that the test holds in its hand. */
class CommitterTest {
    private final LinkedBlockingQueue<Integer> writes = new LinkedBlockingQueue<>();
    private final Semaphore writable = new Semaphore(1_000);
    private final CompletableFuture<Throwable> fatal = new CompletableFuture<>();
    private final List<ShardState> shards =
            IntStream.range(0, 3).mapToObj(shard -> new ShardState(shard, 0, 0)).toList();
    private final Committer committer =
            new Committer(this::write, shards, new CommitMeter(), fatal::complete);
    private final RocksFolder patience = new RocksFolder();
    private final Answers answers = new Answers(patience);
    private final View noRows = patience.open(3).follower(0).orElseThrow();
    private volatile boolean broken;

    @AfterEach
    void stop() {
        writable.release(1_000);
        committer.stop();
        patience.close();
    }

    private void write(byte[] joined) {
        writable.acquireUninterruptibly();
        writes.add(Byte.toUnsignedInt(joined[8]));
        if (broken) {
            throw new SubstrateException("fdatasync: Input/output error");
        }
    }

    @Test
    void gathersWhatComesDuringAWriteIntoOne() throws Exception {
        committer.start();
        var leases = List.of(acquire(0), acquire(1), acquire(2));
        writable.drainPermits();
        writes.clear();
        append(leases.get(0), "first");
        for (int shard = 1; shard < 3; shard++) {
            append(leases.get(shard), "a" + shard);
            append(leases.get(shard), "b" + shard);
        }
        assertThat(answers.committed()).isEmpty();
        writable.release(10);
        for (var name : List.of("first", "a1", "b1", "a2", "b2")) {
            assertThat(answers.await(name)).isInstanceOf(Answer.Committed.class);
        }
        int records = 0;
        int count = writes.size();
        while (!writes.isEmpty()) {
            records += writes.take();
        }
        assertThat(records).isEqualTo(5);
        assertThat(count).isLessThanOrEqualTo(3);
    }

    @Test
    void losesEverythingAfterAFailedWriteAndNeverWritesAgain() throws Exception {
        committer.start();
        var one = acquire(1);
        var two = acquire(2);
        broken = true;
        writes.clear();
        append(one, "a");
        assertThat(fatal.get()).hasMessageContaining("Input/output error");
        broken = false;
        append(one, "b");
        append(two, "c");

        for (var name : List.of("a", "b", "c", "lease1", "lease2")) {
            var answer = answers.await(name);
            assertThat(answer).isNotInstanceOf(Answer.Committed.class);
        }
        assertThat(writes).hasSize(1);
        assertThat(committer.failure()).isPresent();
        var claim = claim(1, _ -> {});
        assertThat(claim.claimed().handle((_, error) -> error).get())
                .hasMessageContaining("Input/output error");
        assertThat(answers.all()).map(Answer::name).containsSubsequence("a", "lease1", "b");
    }

    @Test
    void losesEverythingAfterABackgroundError() throws Exception {
        committer.start();
        var lease = acquire(1);
        committer.fail(new SubstrateException("compaction failed"));
        assertThat(fatal.get()).hasMessage("compaction failed");
        append(lease, "a");
        assertThat(answers.await("a")).isInstanceOf(Answer.Lost.class);
        assertThat(answers.await("lease1")).isInstanceOf(Answer.LeaseLost.class);
    }

    @Test
    void goesOnAlthoughAListenerThrew() throws Exception {
        committer.start();
        claim(
                        1,
                        _ -> {
                            throw new IllegalStateException("a bug of the listener");
                        })
                .claimed()
                .get();
        var lease = acquire(1);
        append(lease, "a");
        assertThat(answers.await("a")).isInstanceOf(Answer.Committed.class);
    }

    private Lease acquire(int shard) throws Exception {
        return claim(shard, answers.lease("lease" + shard)).claimed().get();
    }

    private CommitEntry.Claim claim(int shard, LostListener onLost) {
        var claim =
                new CommitEntry.Claim(
                        shard,
                        onLost,
                        (epoch, listener) ->
                                new RocksLease(
                                        shards.get(shard),
                                        epoch,
                                        noRows,
                                        listener,
                                        committer::submit),
                        new CompletableFuture<>());
        committer.submit(claim);
        return claim;
    }

    private void append(Lease lease, String name) {
        var batch = lease.newBatch();
        put(batch, Table.META, name + "=v");
        lease.append(batch, answers.batch(name));
    }
}
