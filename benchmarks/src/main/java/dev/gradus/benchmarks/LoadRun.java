package dev.gradus.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Runs one scenario for a time: every client starts an execution, sees it SUCCEEDED, and starts the
 * next.
 */
final class LoadRun {
    private final int port;
    private final Scenario scenario;

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
        var start = WireClient.request("StartExecution", scenario.startRequest(machine));
        var clients =
                Stream.generate(() -> new Client(start, until)).limit(scenario.clients()).toList();
        Connections.run(port, clients);
        double seconds = (System.nanoTime() - begin) / 1e9;
        var all = clients.stream().flatMapToLong(Client::latencies).sorted().toArray();
        return new Result(
                all.length,
                seconds,
                millis(all, 0.50),
                millis(all, 0.99),
                clients.stream().mapToLong(client -> client.throttled).sum());
    }

    /** Starts an execution, describes it until it has SUCCEEDED, and starts the next. */
    private static final class Client implements Connections.Conversation {
        private final byte[] start;
        private final long until;
        private long[] nanos = new long[1024];
        private int count;
        private long throttled;
        private long sent;
        private byte[] describe = new byte[0];
        private boolean starting;

        Client(byte[] start, long until) {
            this.start = start;
            this.until = until;
        }

        LongStream latencies() {
            return Arrays.stream(nanos, 0, count);
        }

        @Override
        public Optional<byte[]> first() {
            long now = System.nanoTime();
            if (now >= until) {
                return Optional.empty();
            }
            starting = true;
            sent = now;
            return Optional.of(start);
        }

        @Override
        public Optional<byte[]> next(WireClient.Answer answer) {
            if (starting) {
                if (answer.isThrottled()) {
                    throttled++;
                    return first();
                }
                starting = false;
                describe = describeRequest(answer.expectOk().member("executionArn"));
                return Optional.of(describe);
            }
            if (!isSuccess(answer)) {
                return Optional.of(describe);
            }
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = System.nanoTime() - sent;
            return first();
        }
    }

    private static byte[] describeRequest(String arn) {
        return WireClient.request("DescribeExecution", "{\"executionArn\":\"" + arn + "\"}");
    }

    private static boolean isSuccess(WireClient.Answer described) {
        var status = described.expectOk().member("status");
        if (!status.equals("RUNNING") && !status.equals("SUCCEEDED")) {
            throw new IllegalStateException("an execution ended as " + status);
        }
        return status.equals("SUCCEEDED");
    }

    private static void awaitSuccess(WireClient client, String arn) {
        var describe = "{\"executionArn\":\"" + arn + "\"}";
        while (!isSuccess(client.call("DescribeExecution", describe))) {
            Thread.onSpinWait();
        }
    }

    static double millis(long[] sorted, double quantile) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * quantile))]
                        / 1e6;
    }
}
