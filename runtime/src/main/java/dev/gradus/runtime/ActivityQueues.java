package dev.gradus.runtime;

import dev.gradus.engine.Effect;
import dev.gradus.engine.EffectId;
import dev.gradus.engine.Scope;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.spi.Table;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Activity tasks of one shard that no worker has taken, and the polls that found none here.
 *
 * <p>The rows are the truth; memory holds the head of each queue. Used by the shard's loop alone.
 */
final class ActivityQueues {
    private static final int VERSION = 1;

    private final ShardRows rows;
    private final Map<String, Queue> queues = new HashMap<>();
    private final LongSupplier sequences;

    /**
     * A task that waits for a worker.
     *
     * @param input as rows hold payloads: the value itself when small, else its digest
     */
    record Queued(long sequence, long xid, EffectId effect, Scope.Nonce nonce, byte[] input) {
        Payload input(PayloadRows.Source payloads) {
            return payloads.read(new RowReader(input));
        }
    }

    /** The head of one activity's queue; {@code more} when rows behind it are not in memory. */
    private static final class Queue {
        private final byte[] hash;
        private final ArrayDeque<Queued> head = new ArrayDeque<>();
        private final ArrayDeque<Poll> polls = new ArrayDeque<>();
        private long readUpTo = -1;
        private boolean more = true;

        Queue(byte[] hash) {
            this.hash = hash;
        }
    }

    /**
     * Makes the queues of a shard.
     *
     * @param sequences gives numbers that only grow, over every restart too
     */
    ActivityQueues(ShardRows rows, LongSupplier sequences) {
        this.rows = rows;
        this.sequences = sequences;
    }

    /** Puts a task on its queue; a waiting poll may take it at once. */
    void schedule(long xid, Effect.ScheduleActivity effect, PayloadRows.Sink payloads) {
        var queue = queue(effect.activityArn());
        var input = new RowWriter();
        payloads.write(input, effect.input());
        var task =
                new Queued(sequences.getAsLong(), xid, effect.id(), effect.nonce(), input.done());
        rows.insert(
                Table.ACTIVITY_QUEUE,
                Keys.activityQueue(queue.hash, task.sequence()),
                encode(task));
        if (!queue.more && queue.head.size() < RuntimeLimits.QUEUED_TASKS_IN_MEMORY) {
            queue.head.addLast(task);
            queue.readUpTo = task.sequence();
        } else {
            queue.more = true;
        }
    }

    /**
     * Removes a task that nobody needs done any more; its entry in memory is skipped when its turn
     * comes.
     */
    void withdraw(String activityArn, long xid, EffectId effect) {
        var queue = queue(activityArn);
        refill(queue);
        for (var task : queue.head) {
            if (task.xid() == xid && task.effect().number() == effect.number()) {
                remove(queue, task);
                queue.head.remove(task);
                return;
            }
        }
        // Beyond the head in memory: the row is skipped when a worker would get it, since the
        // attempt is over by then.
    }

    /** Returns the oldest task of an activity without taking it. */
    Optional<Queued> first(String activityArn) {
        var queue = queue(activityArn);
        refill(queue);
        return Optional.ofNullable(queue.head.peekFirst());
    }

    /** Takes the task that {@link #first} returned off its queue. */
    void take(String activityArn) {
        var queue = queue(activityArn);
        remove(queue, queue.head.removeFirst());
    }

    void await(Poll poll) {
        var polls = queue(poll.activity().text()).polls;
        polls.removeIf(Poll::isOver);
        polls.addLast(poll);
    }

    /** Tells whether a poll may be waiting for a task of this activity. */
    boolean isAwaited(String activityArn) {
        return !queue(activityArn).polls.isEmpty();
    }

    /** Returns a poll that waits for a task of this activity and has claimed its right to one. */
    Optional<Poll> claimPoll(String activityArn) {
        var polls = queue(activityArn).polls;
        while (!polls.isEmpty()) {
            var poll = polls.removeFirst();
            if (poll.claim()) {
                return Optional.of(poll);
            }
        }
        return Optional.empty();
    }

    /** The shard is lost: its polls come to nothing, so that the workers ask again. */
    void lost() {
        queues.values().forEach(queue -> queue.polls.forEach(Poll::expire));
    }

    private Queue queue(String activityArn) {
        return queues.computeIfAbsent(activityArn, arn -> new Queue(Keys.hash128(arn)));
    }

    private void remove(Queue queue, Queued task) {
        rows.delete(Table.ACTIVITY_QUEUE, Keys.activityQueue(queue.hash, task.sequence()));
    }

    private void refill(Queue queue) {
        if (!queue.more || !queue.head.isEmpty()) {
            return;
        }
        var tasks = new TreeMap<Long, Queued>();
        var from = Keys.activityQueue(queue.hash, queue.readUpTo + 1);
        queue.more = false;
        try (var cursor =
                rows.committed().scan(Table.ACTIVITY_QUEUE, from, Keys.behind(queue.hash), false)) {
            while (cursor.next()) {
                if (tasks.size() >= RuntimeLimits.QUEUED_TASKS_IN_MEMORY) {
                    queue.more = true;
                    break;
                }
                var task = decode(sequenceOf(cursor.key()), cursor.value());
                tasks.put(task.sequence(), task);
            }
        }
        long last = queue.more ? tasks.lastKey() : Long.MAX_VALUE;
        rows.forEachPending(
                Table.ACTIVITY_QUEUE,
                (key, value) -> {
                    long sequence = sequenceOf(key);
                    boolean ours = Arrays.mismatch(key, queue.hash) == queue.hash.length;
                    if (ours && sequence > queue.readUpTo && sequence <= last) {
                        value.ifPresentOrElse(
                                row -> tasks.put(sequence, decode(sequence, row)),
                                () -> tasks.remove(sequence));
                    }
                });
        queue.head.addAll(tasks.values());
        if (!tasks.isEmpty()) {
            queue.readUpTo = tasks.lastKey();
        }
    }

    private static long sequenceOf(byte[] key) {
        var row = new RowReader(key);
        row.fixed(16);
        return row.u64();
    }

    private static byte[] encode(Queued task) {
        return new RowWriter(32)
                .u8(VERSION)
                .u64(task.xid())
                .number(task.effect().scope())
                .number(task.effect().number())
                .block(task.nonce().bytes())
                .block(task.input())
                .done();
    }

    private static Queued decode(long sequence, byte[] value) {
        var row = new RowReader(value).version(VERSION);
        long xid = row.u64();
        var effect = new EffectId(row.smallNumber(), row.number());
        return new Queued(sequence, xid, effect, new Scope.Nonce(row.block()), row.block());
    }
}
