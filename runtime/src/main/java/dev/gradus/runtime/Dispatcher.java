package dev.gradus.runtime;

import dev.gradus.engine.EffectId;
import dev.gradus.runtime.spi.Integration;
import dev.gradus.runtime.spi.TaskCall;
import dev.gradus.runtime.spi.TaskOutcome;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the calls that committed decisions asked for, and turns each answer into a message to the
 * shard that waits.
 *
 * <p>Shared by all shards and safe for many threads: the map of calls under way is guarded by this
 * object, everything else is handed over. At most {@link RuntimeLimits#CALLS_UNDER_WAY} calls are
 * made at once; the others wait here, and durably in their rows.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Platform platform;
    private final List<Integration> integrations;
    private final Map<Key, UnderWay> underWay = new HashMap<>();
    private final ArrayDeque<UnderWay> waiting = new ArrayDeque<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private boolean draining;
    private int running;

    /** Names a call among all shards. */
    record Key(int shard, long xid, EffectId effect) {}

    Dispatcher(Platform platform, List<Integration> integrations) {
        this.platform = platform;
        this.integrations = List.copyOf(integrations);
    }

    /** Makes a call; the answer comes exactly once, unless the call is cancelled first. */
    void dispatch(Key key, TaskCall call, Consumer<TaskOutcome> answer) {
        var entry = new UnderWay(key, call, answer);
        synchronized (this) {
            if (draining) {
                return; // Its row stays: the next start treats it as lost, or sends it.
            }
            underWay.put(key, entry);
            if (running >= RuntimeLimits.CALLS_UNDER_WAY) {
                waiting.addLast(entry);
                return;
            }
            running++;
        }
        platform.calls().execute(() -> run(entry));
    }

    /** Nobody waits for that call any more. */
    void cancel(Key key) {
        UnderWay entry;
        synchronized (this) {
            entry = underWay.remove(key);
            if (entry != null) {
                waiting.remove(entry);
            }
        }
        if (entry != null) {
            entry.abandon();
        }
    }

    /** What an attempt fails with when a crash took its answer. */
    TaskOutcome lost(TaskCall call) {
        return integrationFor(call).lostCall(call);
    }

    /** Takes no new calls, and answers when those under way have ended. */
    CompletionStage<Void> drain() {
        synchronized (this) {
            draining = true;
            if (running == 0) {
                drained.complete(null);
            }
        }
        return drained;
    }

    synchronized int callsUnderWay() {
        return running;
    }

    private void run(UnderWay entry) {
        if (!entry.begin()) {
            ended();
            return;
        }
        try {
            integrationFor(entry.call).call(entry.call, outcome -> answered(entry, outcome));
        } catch (RuntimeException bug) {
            LOG.error(
                    "integration failed of its own resource={} execution={}",
                    entry.call.resource().arn(),
                    entry.call.executionArn(),
                    bug);
            answered(entry, integrationFor(entry.call).lostCall(entry.call));
        }
    }

    private void answered(UnderWay entry, TaskOutcome outcome) {
        if (!entry.end()) {
            return;
        }
        boolean wanted;
        synchronized (this) {
            wanted = underWay.remove(entry.key, entry);
        }
        if (wanted) {
            entry.answer.accept(outcome);
        }
        ended();
    }

    private void ended() {
        Optional<UnderWay> next;
        synchronized (this) {
            next = draining ? Optional.empty() : Optional.ofNullable(waiting.pollFirst());
            if (next.isEmpty()) {
                running--;
                if (draining && running == 0) {
                    drained.complete(null);
                }
            }
        }
        next.ifPresent(entry -> platform.calls().execute(() -> run(entry)));
    }

    private Integration integrationFor(TaskCall call) {
        for (var integration : integrations) {
            if (integration.performs(call.resource())) {
                return integration;
            }
        }
        throw new IllegalStateException("no integration performs " + call.resource().arn());
    }

    /** One call; its thread is known while it runs, so that it can be told to give up. */
    private static final class UnderWay {
        private final Key key;
        private final TaskCall call;
        private final Consumer<TaskOutcome> answer;
        private final AtomicBoolean ended = new AtomicBoolean();
        private Optional<Thread> thread = Optional.empty();
        private boolean abandoned;

        UnderWay(Key key, TaskCall call, Consumer<TaskOutcome> answer) {
            this.key = key;
            this.call = call;
            this.answer = answer;
        }

        synchronized boolean begin() {
            thread = Optional.of(Thread.currentThread());
            return !abandoned;
        }

        boolean end() {
            synchronized (this) {
                thread = Optional.empty();
            }
            return ended.compareAndSet(false, true);
        }

        synchronized void abandon() {
            abandoned = true;
            thread.ifPresent(Thread::interrupt);
        }
    }
}
