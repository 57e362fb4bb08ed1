package dev.gradus.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * What the API bears: calls a second, workers that wait, and lists of a store that is full.
 * Arguments: the launcher, what to measure (calls, polls or lists), and for lists the machines,
 * versions and executions to make.
 */
public final class Scale {
    private static final int CLIENTS = 64;
    private static final Duration ALWAYS = Duration.ofDays(1);

    private final ServerProcess server;

    private Scale(ServerProcess server) {
        this.server = server;
    }

    /** Prints one line for each figure. */
    public static void main(String[] args) throws IOException {
        var launcher = Path.of(args.length > 0 ? args[0] : "./gradus");
        var what = args.length > 1 ? args[1] : "calls";
        var data = Files.createTempDirectory("gradus-scale");
        try (var server = new ServerProcess(launcher, data)) {
            var scale = new Scale(server);
            switch (what) {
                case "calls" -> {
                    scale.describe();
                    scale.startSync();
                }
                case "polls" -> scale.polls(argument(args, 2, 10_000));
                case "lists" ->
                        scale.lists(
                                argument(args, 2, 99_999), // and the one that is started
                                argument(args, 3, 1_000),
                                argument(args, 4, 1_000_000));
                default -> throw new IllegalArgumentException("calls, polls or lists: " + what);
            }
        } finally {
            Load.remove(data);
        }
    }

    private static int argument(String[] args, int position, int otherwise) {
        return args.length > position ? Integer.parseInt(args[position]) : otherwise;
    }

    private static void say(String line, Object... values) {
        System.out.printf(Locale.ROOT, line + "%n", values);
    }

    /** Gives each request once. */
    private static Supplier<Optional<byte[]>> each(int count, IntFunction<byte[]> request) {
        int[] next = {0};
        return () -> next[0] < count ? Optional.of(request.apply(next[0]++)) : Optional.empty();
    }

    private void rate(String name, Supplier<Optional<byte[]>> requests) {
        var load = new Repeated(server.port(), CLIENTS);
        load.run(Duration.ofSeconds(15), requests);
        double cpu = server.cpuSeconds();
        var result = load.run(Duration.ofSeconds(15), requests);
        say(
                "%s: %.0f a second, p50 %.2f ms, p99 %.2f ms, %.1f us of CPU each",
                name,
                result.perSecond(),
                result.p50Millis(),
                result.p99Millis(),
                (server.cpuSeconds() - cpu) * 1e6 / result.calls());
    }

    private void describe() {
        var started = new ArrayList<byte[]>();
        try (var client = new WireClient(server.port())) {
            var machine = create(client, Scenario.onePass());
            for (int i = 0; i < 1_000; i++) {
                var arn =
                        client.call("StartExecution", Scenario.onePass().startRequest(machine))
                                .expectOk()
                                .member("executionArn");
                started.add(
                        WireClient.request(
                                "DescribeExecution", "{\"executionArn\":\"" + arn + "\"}"));
            }
        }
        int[] next = {0};
        rate("DescribeExecution", () -> Optional.of(started.get(next[0]++ % started.size())));
    }

    private void startSync() {
        var pass = Scenario.onePass();
        try (var client = new WireClient(server.port())) {
            var arn =
                    client.call(
                                    "CreateStateMachine",
                                    pass.createRequest()
                                            .replaceFirst(
                                                    "\"name\":\"pass\"",
                                                    "\"name\":\"sync\",\"type\":\"EXPRESS\""))
                            .expectOk()
                            .member("stateMachineArn");
            var request = WireClient.request("StartSyncExecution", pass.startRequest(arn));
            rate("StartSyncExecution of one Pass", () -> Optional.of(request));
        }
    }

    private static String create(WireClient client, Scenario scenario) {
        return client.call("CreateStateMachine", scenario.createRequest())
                .expectOk()
                .member("stateMachineArn");
    }

    /** Holds polls of ten activities for twenty seconds. */
    private void polls(int count) {
        var polls = new ArrayList<byte[]>();
        try (var client = new WireClient(server.port())) {
            for (int i = 0; i < 10; i++) {
                var arn =
                        client.call("CreateActivity", "{\"name\":\"a" + i + "\"}")
                                .expectOk()
                                .member("activityArn");
                polls.add(
                        WireClient.request("GetActivityTask", "{\"activityArn\":\"" + arn + "\"}"));
            }
        }
        say("RSS before: %d MiB", server.rssMebibytes());
        long begin = System.nanoTime();
        var memory = new ArrayList<Long>();
        var watcher =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            while (System.nanoTime() - begin < Duration.ofSeconds(50).toNanos()) {
                                memory.add(server.rssMebibytes());
                                LockSupport.parkNanos(1_000_000_000);
                            }
                        });
        var result =
                new Repeated(server.port(), count)
                        .run(ALWAYS, each(count, i -> polls.get(i % polls.size())));
        watcher.interrupt();
        say(
                "%d polls held, answered empty after %.1f to %.1f s; RSS %d MiB at most",
                result.calls(),
                result.p50Millis() / 1e3,
                result.p99Millis() / 1e3,
                memory.stream().mapToLong(Long::longValue).max().orElse(0));
    }

    private void lists(int machines, int versions, int executions) {
        var load = new Repeated(server.port(), CLIENTS);
        var made =
                load.run(
                        ALWAYS,
                        each(
                                machines,
                                i ->
                                        WireClient.request(
                                                "CreateStateMachine",
                                                Scenario.onePass()
                                                        .createRequest()
                                                        .replaceFirst("pass", "m" + i))));
        say("%d machines: %.0f a second, RSS %d MiB", machines, made.perSecond(), rss());
        String machine;
        try (var client = new WireClient(server.port())) {
            machine = create(client, Scenario.onePass());
            versions(client, machine, versions);
            stored(client, machine, executions);
            pages(client, machine);
            say("the same again, when the store has caught up with itself a little");
            pages(client, machine);
        }
    }

    private long rss() {
        return server.rssMebibytes();
    }

    private static void versions(WireClient client, String machine, int count) {
        for (int i = 0; i < count; i++) {
            client.call(
                            "UpdateStateMachine",
                            "{\"stateMachineArn\":\""
                                    + machine
                                    + "\",\"publish\":true,\"definition\":"
                                    + Scenario.quoted(
                                            Scenario.onePass()
                                                    .definition()
                                                    .replaceFirst(
                                                            "\\{", "{\"Comment\":\"" + i + "\","))
                                    + "}")
                    .expectOk();
        }
    }

    /** Starts the executions, a third of them before each of three that stay open. */
    private void stored(WireClient client, String machine, int count) {
        var start = WireClient.request("StartExecution", Scenario.onePass().startRequest(machine));
        for (int third = 0; third < 3; third++) {
            waiting(client, machine);
            var result =
                    new Repeated(server.port(), CLIENTS).run(ALWAYS, each(count / 3, _ -> start));
            say(
                    "%d executions: %.0f a second, RSS %d MiB",
                    (third + 1) * (count / 3), result.perSecond(), rss());
        }
    }

    /** Makes the machine wait, starts one execution, and makes it what it was. */
    private static void waiting(WireClient client, String machine) {
        update(
                client,
                machine,
                "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":86400,\"End\":true}}}");
        client.call("StartExecution", "{\"stateMachineArn\":\"" + machine + "\"}").expectOk();
        update(client, machine, Scenario.onePass().definition());
    }

    private static void update(WireClient client, String machine, String definition) {
        client.call(
                        "UpdateStateMachine",
                        "{\"stateMachineArn\":\""
                                + machine
                                + "\",\"definition\":"
                                + Scenario.quoted(definition)
                                + "}")
                .expectOk();
    }

    private void pages(WireClient client, String machine) {
        var of = "\"stateMachineArn\":\"" + machine + "\"";
        walk(client, "ListStateMachines", "\"maxResults\":100", 1_000);
        walk(client, "ListStateMachineVersions", of + ",\"maxResults\":100", 100);
        walk(client, "ListExecutions", of + ",\"maxResults\":100", 1_000);
        walk(client, "ListExecutions", of + ",\"statusFilter\":\"RUNNING\"", 1);
        walk(client, "ListExecutions", of + ",\"statusFilter\":\"FAILED\"", 1);
        say("RSS %d MiB", rss());
    }

    /** Walks through up to so many pages, or asks for the only one a hundred times. */
    private static void walk(WireClient client, String operation, String members, int pages) {
        var nanos = new ArrayList<Long>();
        int items = 0;
        var next = "";
        for (int page = 0; page < Math.max(100, pages); page++) {
            long begin = System.nanoTime();
            var answer = client.call(operation, "{" + members + next + "}").expectOk().body();
            nanos.add(System.nanoTime() - begin);
            items += answer.split("\"creationDate\"|\"startDate\"", -1).length - 1;
            int token = answer.indexOf("\"nextToken\":");
            next = token < 0 ? "" : "," + answer.substring(token, answer.length() - 1);
            if (token < 0 && pages > 1) {
                break;
            }
        }
        var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        say(
                "%s {%s}: %d pages, %d items, p50 %.2f ms, p99 %.2f ms, longest %.2f ms",
                operation,
                members.replaceAll("\"stateMachineArn\":\"[^\"]*\",?", ""),
                nanos.size(),
                items,
                LoadRun.millis(sorted, 0.5),
                LoadRun.millis(sorted, 0.99),
                sorted[sorted.length - 1] / 1e6);
    }
}
