package dev.gradus.runtime;

import dev.gradus.runtime.spi.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * Messages of one shard to the others: rows in the batch of the decision that caused them, sent
 * when it is durable, deleted when the receiver's own batch is.
 *
 * <p>Sequences are dense for each destination; the receiver applies only the next one, so that a
 * message lost, doubled or overtaken does no harm. Used by the shard's loop alone.
 */
final class Outbox {
    private static final int VERSION = 1;

    private final ShardRows rows;
    private final int self;
    private final BiConsumer<Integer, ShardMessage> post;
    private final long[] nextSequence;
    private final List<TreeMap<Long, byte[]>> unacknowledged = new ArrayList<>();
    private final List<Waiter> waiters = new ArrayList<>();

    private record Waiter(long[] untilAcknowledged, Runnable then, CompletableFuture<?> reply) {}

    /**
     * Reads what a former life of the shard left unsent.
     *
     * @param post hands a message to another shard
     */
    Outbox(ShardRows rows, int self, int shards, BiConsumer<Integer, ShardMessage> post) {
        this.rows = rows;
        this.self = self;
        this.post = post;
        this.nextSequence = new long[shards];
        for (int shard = 0; shard < shards; shard++) {
            unacknowledged.add(new TreeMap<>());
            nextSequence[shard] =
                    rows.get(Table.META, sequenceKey(shard))
                            .map(value -> new RowReader(value).number())
                            .orElse(1L);
        }
        try (var cursor = rows.committed().scan(Table.OUTBOX, Keys.NONE, Keys.NONE, false)) {
            while (cursor.next()) {
                var key = new RowReader(cursor.key());
                int destination = (key.u8() << 8) | key.u8();
                unacknowledged.get(destination).put(key.u64(), cursor.value());
            }
        }
    }

    /** Writes a message into the batch being built; it goes out when the batch is durable. */
    void send(int destination, byte[] message) {
        long sequence = nextSequence[destination]++;
        var value = new RowWriter(message.length + 8).u8(VERSION).block(message).done();
        rows.insert(Table.OUTBOX, Keys.outbox(destination, sequence), value);
        rows.put(
                Table.META,
                sequenceKey(destination),
                new RowWriter(10).number(nextSequence[destination]).done());
        unacknowledged.get(destination).put(sequence, value);
        rows.park(() ->
                post.accept(destination, new ShardMessage.MessageArrived(self, sequence, message)));
    }

    void broadcast(byte[] message) {
        for (int shard = 0; shard < nextSequence.length; shard++) {
            if (shard != self) {
                send(shard, message);
            }
        }
    }

    /** The receiver has applied everything up to that sequence, durably. */
    void acknowledged(int destination, long sequence) {
        var applied = unacknowledged.get(destination).headMap(sequence, true);
        applied.keySet().forEach(done -> rows.delete(Table.OUTBOX, Keys.outbox(destination, done)));
        applied.clear();
        var ready = waiters.stream().filter(this::isDone).toList();
        waiters.removeAll(ready);
        ready.forEach(waiter -> waiter.then().run());
    }

    /**
     * Runs something when every shard has applied all that was sent up to now.
     *
     * @param reply who waits for it
     */
    void whenApplied(CompletableFuture<?> reply, Runnable then) {
        var waiter = new Waiter(nextSequence.clone(), then, reply);
        if (isDone(waiter)) {
            then.run();
        } else {
            waiters.add(waiter);
        }
    }

    /**
     * Returns what sends everything again that was sent before now and is not acknowledged when it
     * runs. Only committed messages may go: park it.
     */
    Runnable resending() {
        var until = nextSequence.clone();
        return () -> {
            for (int shard = 0; shard < until.length; shard++) {
                int destination = shard;
                unacknowledged
                        .get(shard)
                        .headMap(until[shard])
                        .forEach((sequence, value) ->
                                post.accept(destination, again(sequence, value)));
            }
        };
    }

    private ShardMessage again(long sequence, byte[] value) {
        var message = new RowReader(value).version(VERSION).block();
        return new ShardMessage.MessageArrived(self, sequence, message);
    }

    /** The shard is lost: those who wait learn that the outcome is unknown. */
    void lost(Throwable cause) {
        waiters.forEach(waiter -> waiter.reply().completeExceptionally(cause));
        waiters.clear();
    }

    boolean isEmpty() {
        for (var open : unacknowledged) { // asked in every turn, so without a stream
            if (!open.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private boolean isDone(Waiter waiter) {
        for (int shard = 0; shard < nextSequence.length; shard++) {
            var open = unacknowledged.get(shard);
            if (!open.isEmpty() && open.firstKey() < waiter.untilAcknowledged()[shard]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] sequenceKey(int destination) {
        return Keys.meta("outbox-" + destination);
    }
}
