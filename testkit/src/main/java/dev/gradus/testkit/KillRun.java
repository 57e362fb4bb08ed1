package dev.gradus.testkit;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One run over a fresh folder: clients start executions, the server is killed so many times, and
 * when all is quiet its whole answer is read. Used by one thread.
 */
final class KillRun {
    static final int CLIENTS = 16;
    private static final int EXECUTIONS_OF_CLIENT_MAX = 64;
    private static final int UP_MILLIS_MAX = 1_500;
    private static final int THINK_MILLIS_MIN = 100;
    private static final int THINK_MILLIS_MAX = 600;
    private static final Duration FINISH = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration TICK = Duration.ofMillis(2);

    private final KillWorkload workload;
    private final Set<String> requested = new ConcurrentSkipListSet<>();
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, ExecutionTrace> traces = new TreeMap<>();

    KillRun(KillWorkload workload) {
        this.workload = workload;
    }

    /** The names of all executions that were asked for. */
    Set<String> requested() {
        return requested;
    }

    /** What each execution did, by its name. */
    Map<String, ExecutionTrace> traces() {
        return traces;
    }

    /** What must not be. */
    List<String> violations() {
        return violations;
    }

    /** Starts these executions and lets them end, without any harm. */
    void undisturbed(ServerCalls calls, Set<String> names) {
        workload.begin(calls);
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            var started = new ArrayList<Future<?>>();
            for (var name : names) {
                requested.add(name);
                started.add(
                        threads.submit(
                                () -> calls.expect("StartExecution", KillWorkload.start(name))));
            }
            join(started);
        }
        readAll(calls);
    }

    /** Starts executions from all clients while the server is killed at moments of the seed. */
    void disturbed(ServerProcess server, ServerCalls calls, Random random, int kills, Path acks)
            throws IOException {
        workload.begin(calls);
        Files.deleteIfExists(acks);
        var stop = new CountDownLatch(1);
        try (var recorder = new AckRecorder(acks);
                var threads = Executors.newFixedThreadPool(CLIENTS)) {
            var clients = new ArrayList<Future<?>>();
            for (int client = 0; client < CLIENTS; client++) {
                var thinking = new Random(random.nextLong());
                int number = client;
                clients.add(threads.submit(() -> drive(number, calls, recorder, thinking, stop)));
            }
            try {
                for (int kill = 1; kill <= kills; kill++) {
                    killOnce(server, calls, kill, random.nextInt(UP_MILLIS_MAX));
                }
                Pauses.of(Duration.ofMillis(UP_MILLIS_MAX / 2));
            } finally {
                stop.countDown();
            }
            join(clients);
        }
        readAll(calls);
        checkAcknowledged(calls, AckRecorder.read(acks));
    }

    private void killOnce(ServerProcess server, ServerCalls calls, int kill, int afterMillis) {
        // A server that has just started needs a while for its first call: count from there.
        awaitCalls(calls);
        Pauses.of(Duration.ofMillis(afterMillis));
        awaitCalls(calls);
        int functions = workload.callsUnderWay();
        int requests = calls.underWay();
        server.kill();
        var back = server.restart();
        System.out.printf(
                "  kill %d, %d ms after the first call: %d function calls and %d API calls in flight; ready"
                        + " again in %d ms%n",
                kill, afterMillis, functions, requests, back.toMillis());
    }

    private void awaitCalls(ServerCalls calls) {
        var deadline = System.nanoTime() + FINISH.toNanos();
        while (workload.callsUnderWay() == 0 || calls.underWay() == 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no call is in flight");
            }
            Pauses.of(TICK);
        }
    }

    /**
     * One client: the next request only when the last acknowledgement is on the recorder's disk.
     */
    private void drive(
            int client,
            ServerCalls calls,
            AckRecorder recorder,
            Random random,
            CountDownLatch stop) {
        for (int i = 0; i < EXECUTIONS_OF_CLIENT_MAX; i++) {
            int think = random.nextInt(THINK_MILLIS_MIN, THINK_MILLIS_MAX);
            if (awaits(stop, think)) {
                return;
            }
            var kinds = KillWorkload.Kind.values();
            var name = kinds[(client + i) % kinds.length].machine() + "-" + client + "-" + i;
            requested.add(name);
            var first = start(calls, name);
            recorder.record(first);
            if (random.nextInt(4) == 0) {
                var again = start(calls, name);
                if (!again.equals(first)) {
                    violations.add("started again: " + first + " became " + again);
                }
            }
        }
    }

    /** Returns name, ARN and start date, also when a start that got no answer had succeeded. */
    private static String start(ServerCalls calls, String name) {
        var answer = calls.call("StartExecution", KillWorkload.start(name));
        if (answer.error().equals("ExecutionAlreadyExists")) {
            // It has ended meanwhile.
            answer = describe(calls, name);
        }
        if (!answer.ok()) {
            throw new IllegalStateException("StartExecution " + name + ": " + answer.body().text());
        }
        return name + " " + answer.text("executionArn") + " " + answer.json("startDate");
    }

    private static ServerCalls.Answer describe(ServerCalls calls, String name) {
        var arn = KillWorkload.Kind.of(name).executionArn(name);
        return calls.call("DescribeExecution", JsonObject.of("executionArn", Json.of(arn)));
    }

    private void checkAcknowledged(ServerCalls calls, List<String> acknowledged) {
        if (acknowledged.size() != requested.size()) {
            violations.add(
                    requested.size() + " were asked for, " + acknowledged.size() + " acknowledged");
        }
        for (var line : acknowledged) {
            var name = line.substring(0, line.indexOf(' '));
            var now = describe(calls, name);
            var found = name + " " + now.text("executionArn") + " " + now.json("startDate");
            if (!line.equals(found)) {
                violations.add("acknowledged " + line + ", found " + now.body().text());
            }
        }
    }

    private void readAll(ServerCalls calls) {
        var deadline = System.nanoTime() + FINISH.toNanos();
        for (var name : requested) {
            var now = describe(calls, name);
            while (now.text("status").equals("RUNNING") && System.nanoTime() < deadline) {
                Pauses.of(PAUSE);
                now = describe(calls, name);
            }
            if (!now.text("status").equals("SUCCEEDED")) {
                violations.add(name + " did not succeed: " + now.body().text());
            }
            traces.put(name, ExecutionTrace.of(history(calls, name)));
        }
        for (var kind : KillWorkload.Kind.values()) {
            checkList(calls, kind);
        }
    }

    private static List<JsonObject> history(ServerCalls calls, String name) {
        var arn = KillWorkload.Kind.of(name).executionArn(name);
        return calls.expect("GetExecutionHistory", JsonObject.of("executionArn", Json.of(arn)))
                .list("events");
    }

    /** The list has each execution once, and no other. */
    private void checkList(ServerCalls calls, KillWorkload.Kind kind) {
        var counts = new HashMap<String, Integer>();
        var next = "";
        do {
            var request =
                    JsonObject.builder()
                            .put("stateMachineArn", kind.machineArn())
                            .put("maxResults", 100);
            if (!next.isEmpty()) {
                request.put("nextToken", next);
            }
            var page = calls.expect("ListExecutions", request.build());
            page.list("executions")
                    .forEach(
                            one -> counts.merge(ExecutionTrace.text(one, "name"), 1, Integer::sum));
            next = page.text("nextToken");
        } while (!next.isEmpty());
        for (var name : requested) {
            if (KillWorkload.Kind.of(name) == kind && counts.getOrDefault(name, 0) != 1) {
                violations.add(name + " is listed " + counts.getOrDefault(name, 0) + " times");
            }
            counts.remove(name);
        }
        counts.keySet().forEach(name -> violations.add(name + " is listed, nobody asked for it"));
    }

    private static boolean awaits(CountDownLatch stop, int millis) {
        try {
            return stop.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void join(List<Future<?>> clients) {
        for (var client : clients) {
            try {
                client.get();
            } catch (ExecutionException failed) {
                throw new IllegalStateException("a client failed", failed.getCause());
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", stopping);
            }
        }
    }
}
