package dev.gradus.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * Runs one scenario for a time: every client starts an execution, sees it SUCCEEDED, and starts the
 * next.
 */
final class LoadRun {
    private final int port;
    private final Scenario scenario;
    private final LongAdder throttled = new LongAdder();

    /**
     * What came of it.
     *
     * @param executions that were seen to be SUCCEEDED
     * @param seconds that it took
     * @param p50Millis from sending StartExecution to reading SUCCEEDED, median
     * @param p99Millis the same, 99 of 100
     * @param throttled starts that were refused because the server was behind
     */
    record Result(
            long executions, double seconds, double p50Millis, double p99Millis, long throttled) {
        double perSecond() {
            return executions / seconds;
        }
    }

    LoadRun(int port, Scenario scenario) {
        this.port = port;
        this.scenario = scenario;
    }

    /** Runs one execution to its end. */
    void once() {
        try (var client = new WireClient(port)) {
            var machine =
                    client.call("CreateStateMachine", scenario.createRequest())
                            .expectOk()
                            .member("stateMachineArn");
            var arn =
                    client.call("StartExecution", scenario.startRequest(machine))
                            .expectOk()
                            .member("executionArn");
            awaitSuccess(client, arn);
        }
    }

    Result run(Duration time) {
        String machine;
        try (var client = new WireClient(port)) {
            machine =
                    client.call("CreateStateMachine", scenario.createRequest())
                            .expectOk()
                            .member("stateMachineArn");
        }
        long begin = System.nanoTime();
        long until = begin + time.toNanos();
        var latencies = new ArrayList<long[]>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<long[]>> running = new ArrayList<>();
            for (int i = 0; i < scenario.clients(); i++) {
                running.add(clients.submit(() -> client(machine, until)));
            }
            for (var client : running) {
                latencies.add(client.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        var all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Result(
                all.length,
                seconds,
                millis(all, 0.50),
                millis(all, 0.99),
                throttled.sumThenReset());
    }

    private long[] client(String machine, long until) {
        var nanos = new long[1024];
        int count = 0;
        var start = scenario.startRequest(machine);
        try (var client = new WireClient(port)) {
            while (System.nanoTime() < until) {
                long sent = System.nanoTime();
                var started = client.call("StartExecution", start);
                if (started.isThrottled()) {
                    throttled.increment();
                    continue;
                }
                awaitSuccess(client, started.expectOk().member("executionArn"));
                if (count == nanos.length) {
                    nanos = Arrays.copyOf(nanos, 2 * count);
                }
                nanos[count++] = System.nanoTime() - sent;
            }
        }
        return Arrays.copyOf(nanos, count);
    }

    private static void awaitSuccess(WireClient client, String arn) {
        var describe = "{\"executionArn\":\"" + arn + "\"}";
        while (true) {
            var status = client.call("DescribeExecution", describe).expectOk().member("status");
            if (status.equals("SUCCEEDED")) {
                return;
            }
            if (!status.equals("RUNNING")) {
                throw new IllegalStateException(arn + " ended as " + status);
            }
        }
    }

    static double millis(long[] sorted, double quantile) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * quantile))]
                        / 1e6;
    }
}
