package dev.gradus.runtime;

import dev.gradus.asl.TaskResource;
import dev.gradus.engine.EffectId;
import dev.gradus.runtime.spi.HttpExchange;
import dev.gradus.runtime.spi.Integration;
import dev.gradus.runtime.spi.ResultShape;
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

    /** Who asked for a call; exactly one of its methods is called, once, unless it is cancelled. */
    interface Caller {
        void answered(TaskOutcome outcome);

        /** The node stops: the call was not made, and never will be by this process. */
        void notSent();

        /** Returns who wants to see what goes over HTTP. */
        default Optional<HttpExchange.Watcher> watcher() {
            return Optional.empty();
        }
    }

    /** Makes a call; returns false, and will not make it, when the node stops. */
    boolean dispatch(Key key, TaskCall call, Caller caller) {
        var entry = new UnderWay(key, call, caller);
        synchronized (this) {
            if (draining) {
                return false;
            }
            underWay.put(key, entry);
            if (running >= RuntimeLimits.CALLS_UNDER_WAY) {
                waiting.addLast(entry);
                return true;
            }
            running++;
        }
        platform.calls().execute(() -> run(entry));
        return true;
    }

    /** Tells whether this process made that call, or is about to, and has no answer yet. */
    synchronized boolean isUnderWay(Key key) {
        return underWay.containsKey(key);
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
        return integrationFor(call.resource()).lostCall(call);
    }

    /** Returns the form of what a resource answers with, if it is known. */
    Optional<ResultShape> resultShape(TaskResource resource) {
        return integrationFor(resource).resultShape(resource);
    }

    /** Takes no new calls, and answers when those under way have ended. */
    CompletionStage<Void> drain() {
        List<UnderWay> unsent;
        boolean idle;
        synchronized (this) {
            draining = true;
            unsent = List.copyOf(waiting);
            waiting.clear();
            unsent.forEach(entry -> underWay.remove(entry.key, entry));
            idle = running == 0;
        }
        unsent.forEach(entry -> entry.caller.notSent());
        if (idle) {
            drained.complete(null);
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
            call(entry, outcome -> answered(entry, outcome));
        } catch (RuntimeException | Error bug) {
            LOG.error(
                    "integration failed of its own resource={} execution={}",
                    entry.call.resource().arn(),
                    entry.call.executionArn(),
                    bug);
            answered(entry, lost(entry.call));
        } finally {
            entry.leaveThread();
        }
    }

    private void call(UnderWay entry, Consumer<TaskOutcome> answer) {
        var integration = integrationFor(entry.call.resource());
        entry.caller
                .watcher()
                .ifPresentOrElse(
                        watcher -> integration.call(entry.call, watcher, answer),
                        () -> integration.call(entry.call, answer));
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
            entry.caller.answered(outcome);
        }
        ended();
    }

    private void ended() {
        Optional<UnderWay> next;
        boolean last = false;
        synchronized (this) {
            next = Optional.ofNullable(waiting.pollFirst());
            if (next.isEmpty()) {
                running--;
                last = draining && running == 0;
            }
        }
        next.ifPresent(entry -> platform.calls().execute(() -> run(entry)));
        if (last) {
            drained.complete(null);
        }
    }

    private Integration integrationFor(TaskResource resource) {
        for (var integration : integrations) {
            if (integration.performs(resource)) {
                return integration;
            }
        }
        throw new IllegalStateException("no integration performs " + resource.arn());
    }

    /** One call; its thread is known while it runs, so that it can be told to give up. */
    private static final class UnderWay {
        private final Key key;
        private final TaskCall call;
        private final Caller caller;
        private final AtomicBoolean ended = new AtomicBoolean();
        private Optional<Thread> thread = Optional.empty();
        private boolean abandoned;

        UnderWay(Key key, TaskCall call, Caller caller) {
            this.key = key;
            this.call = call;
            this.caller = caller;
        }

        synchronized boolean begin() {
            thread = Optional.of(Thread.currentThread());
            return !abandoned;
        }

        boolean end() {
            return ended.compareAndSet(false, true);
        }

        /** The thread is not this call's any more: it must not be interrupted for it. */
        synchronized void leaveThread() {
            thread = Optional.empty();
        }

        synchronized void abandon() {
            abandoned = true;
            thread.ifPresent(Thread::interrupt);
        }
    }
}
