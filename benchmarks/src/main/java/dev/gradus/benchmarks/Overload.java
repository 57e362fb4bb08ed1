package dev.gradus.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * What a neighbour feels: completions of running work while far too many clients start executions,
 * and starts while one execution loops without end. Arguments: the launcher, clients, seconds.
 */
public final class Overload {
    private static final long POLL_NANOS = 20_000_000;
    private static final String LOOP =
            """
            {"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[
              {"Variable":"$.go","BooleanEquals":true,"Next":"B"}],"Default":"Z"},
              "B":{"Type":"Pass","Next":"A"},"Z":{"Type":"Succeed"}}}\
            """;

    /** Prints one line for each of the two. */
    public static void main(String[] args)
            throws IOException, ExecutionException, InterruptedException {
        var launcher = Path.of(args.length > 0 ? args[0] : "./gradus");
        int clients = args.length > 1 ? Integer.parseInt(args[1]) : 640;
        var time = Duration.ofSeconds(args.length > 2 ? Long.parseLong(args[2]) : 60);
        var data = Files.createTempDirectory("gradus-overload");
        try (var server = new ServerProcess(launcher, data)) {
            besideLoop(server, time.dividedBy(4));
            flooded(server, clients, time);
        }
    }

    private static void besideLoop(ServerProcess server, Duration time)
            throws ExecutionException, InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        try (var looper = Executors.newSingleThreadExecutor()) {
            var loops = looper.submit(() -> loop(server.port(), until));
            var result = new LoadRun(server.port(), Scenario.onePass().withClients(8)).run(time);
            System.out.printf(
                    Locale.ROOT,
                    "beside %d endless loops, one at a time: %.0f starts/s, p50 %.2f ms, p99 %.2f ms%n",
                    loops.get(),
                    result.perSecond(),
                    result.p50Millis(),
                    result.p99Millis());
        }
    }

    /** Starts a loop that only the limit of 25,000 events ends, and the next when it has ended. */
    private static int loop(int port, long until) {
        int ended = 0;
        try (var client = new WireClient(port)) {
            var machine = create(client, "endless", LOOP);
            while (System.nanoTime() < until) {
                var arn =
                        client.call(
                                        "StartExecution",
                                        "{\"stateMachineArn\":\""
                                                + machine
                                                + "\",\"input\":\"{\\\"go\\\":true}\"}")
                                .expectOk()
                                .member("executionArn");
                while (client.call("DescribeExecution", "{\"executionArn\":\"" + arn + "\"}")
                        .expectOk()
                        .member("status")
                        .equals("RUNNING")) {
                    LockSupport.parkNanos(POLL_NANOS); // The loop is the load, not its caller.
                }
                ended++;
            }
        }
        return ended;
    }

    private static void flooded(ServerProcess server, int clients, Duration time)
            throws ExecutionException, InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        try (var worker = Executors.newSingleThreadExecutor()) {
            var ready = new CompletableFuture<String>();
            var completions = worker.submit(() -> work(server.port(), until, ready));
            ready.get();
            var result =
                    new LoadRun(server.port(), Scenario.onePass().withClients(clients)).run(time);
            var nanos = completions.get().stream().mapToLong(Long::longValue).sorted().toArray();
            System.out.printf(
                    Locale.ROOT,
                    "%d clients: %.0f executions/s, %d starts refused, p99 %.0f ms; completions of running work:"
                            + " %d, p50 %.1f ms, p99 %.1f ms; RSS %d MiB%n",
                    clients,
                    result.perSecond(),
                    result.throttled(),
                    result.p99Millis(),
                    nanos.length,
                    LoadRun.millis(nanos, 0.5),
                    LoadRun.millis(nanos, 0.99),
                    server.rssMebibytes());
        }
    }

    /** Takes activity tasks and completes them; returns what each completion took. */
    private static List<Long> work(int port, long until, CompletableFuture<String> ready) {
        var nanos = new ArrayList<Long>();
        try (var client = new WireClient(port)) {
            var activity =
                    client.call("CreateActivity", "{\"name\":\"work\"}")
                            .expectOk()
                            .member("activityArn");
            var machine =
                    create(
                            client,
                            "task",
                            "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\"%s\",\"End\":true}}}"
                                    .formatted(activity));
            ready.complete(machine);
            while (System.nanoTime() < until) {
                var started =
                        client.call("StartExecution", "{\"stateMachineArn\":\"" + machine + "\"}");
                if (started.isThrottled()) {
                    continue;
                }
                started.expectOk();
                var token =
                        client.call("GetActivityTask", "{\"activityArn\":\"" + activity + "\"}")
                                .expectOk()
                                .member("taskToken");
                long sent = System.nanoTime();
                client.call(
                                "SendTaskSuccess",
                                "{\"taskToken\":\"" + token + "\",\"output\":\"{}\"}")
                        .expectOk();
                nanos.add(System.nanoTime() - sent);
            }
        }
        return nanos;
    }

    private static String create(WireClient client, String name, String definition) {
        return client.call(
                        "CreateStateMachine",
                        "{\"name\":\""
                                + name
                                + "\",\"roleArn\":\"arn:aws:iam::123456789012:role/bench\","
                                + "\"definition\":"
                                + Scenario.quoted(definition)
                                + "}")
                .expectOk()
                .member("stateMachineArn");
    }

    private Overload() {}
}
