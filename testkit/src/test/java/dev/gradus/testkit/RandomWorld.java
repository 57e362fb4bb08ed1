package dev.gradus.testkit;

import dev.gradus.engine.Failure;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.RuntimeOptions;
import dev.gradus.runtime.StoreCheck;
import dev.gradus.runtime.spi.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One random run of a node: clients, workers and services around it, and whatever the seed does to
 * it.
 */
final class RandomWorld {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(30);

    private final long seed;
    private final boolean disturbed;
    private final Random random;
    private final SimScheduler scheduler;
    private final SimOutside outside;
    private final SimNode node;
    private final SimClient client;
    private final List<String> violations = new ArrayList<>();
    private final Map<Arn.Execution, Wanted> wanted = new HashMap<>();
    private final Set<Machine> created = new HashSet<>();
    private int pending;
    private int redriven;

    /** What callers know of one execution that they asked for. */
    static final class Wanted {
        final Machine machine;
        final int n;
        Optional<Long> startMillis = Optional.empty();
        boolean stopped;

        Wanted(Machine machine, int n) {
            this.machine = machine;
            this.n = n;
        }
    }

    RandomWorld(long seed, boolean disturbed, RuntimeOptions options) {
        this.seed = seed;
        this.disturbed = disturbed;
        this.random = new Random(seed * 31 + 7);
        this.scheduler = new SimScheduler(seed, START);
        this.outside =
                new SimOutside(
                        scheduler,
                        disturbed ? SimOutside.OutsideFaults.NASTY : SimOutside.OutsideFaults.NONE,
                        this::answerToken);
        this.node =
                new SimNode(
                        scheduler,
                        3 + random.nextInt(3),
                        disturbed && random.nextInt(4) > 0
                                ? SimFaults.nasty()
                                : SimFaults.delaysOnly(),
                        options,
                        outside::reachedBy);
        this.client = new SimClient(scheduler, node, Duration.ofSeconds(8));
    }

    SimScheduler scheduler() {
        return scheduler;
    }

    SimNode node() {
        return node;
    }

    SimOutside outside() {
        return outside;
    }

    SimClient client() {
        return client;
    }

    Map<Arn.Execution, Wanted> wanted() {
        return wanted;
    }

    Set<Machine> created() {
        return created;
    }

    List<String> violations() {
        return violations;
    }

    boolean isDisturbed() {
        return disturbed;
    }

    void violation(String what) {
        violations.add(what);
    }

    // What callers do

    /** Creates machines and activities, and starts some executions of each when it exists. */
    void begin(List<Machine> machines, int executionsOfEach) {
        var workers = new SimWorkers(this);
        expect(pendingCalls ->
                client.call(
                        gradus -> gradus.activities().create(Machine.WORK, Map.of()),
                        _ -> {
                            pendingCalls.run();
                            workers.hire(2);
                        },
                        refused -> unexpected("CreateActivity", refused)));
        expect(done ->
                client.call(
                        gradus -> gradus.activities().create(Machine.NOBODY, Map.of()),
                        _ -> done.run(),
                        refused -> unexpected("CreateActivity", refused)));
        if (disturbed) {
            new SimOwner(this).begin();
        }
        for (var machine : machines) {
            expect(done ->
                    client.call(
                            gradus -> gradus.stateMachines().create(machine.create()),
                            _ -> {
                                created.add(machine);
                                done.run();
                                for (int i = 0; i < executionsOfEach; i++) {
                                    startSome(machine, machine.name() + "-" + i);
                                }
                            },
                            refused -> unexpected("CreateStateMachine", refused)));
        }
    }

    private void startSome(Machine machine, String name) {
        int n = 1 + random.nextInt(3);
        wanted.put(machine.execution(name), new Wanted(machine, n));
        int callers = disturbed ? 1 + random.nextInt(3) : 1;
        for (int caller = 0; caller < callers; caller++) {
            var delay = Duration.ofMillis(disturbed ? random.nextInt(8_000) : 0);
            expect(done -> client.later(delay, () -> start(machine.execution(name), n, done)));
        }
    }

    private void start(Arn.Execution arn, int n, Runnable done) {
        var request =
                new ExecutionRequests.Start(
                        arn.stateMachine(), Optional.of(arn.name()), input(n), Optional.empty());
        client.call(
                gradus -> gradus.executions().start(request),
                started -> {
                    acknowledged(arn, started);
                    done.run();
                },
                refused -> {
                    // It ran, and ended, before this caller's second try.
                    if (refused.shape() != ErrorShape.ExecutionAlreadyExists || !disturbed) {
                        unexpected("StartExecution", refused);
                    }
                    done.run();
                });
    }

    static String input(int n) {
        return "{\"n\":%d,\"items\":[{\"i\":1},{\"i\":2},{\"i\":3}]}".formatted(n);
    }

    private void acknowledged(Arn.Execution arn, ExecutionRequests.Started started) {
        var known = Objects.requireNonNull(wanted.get(arn));
        if (!started.arn().equals(arn)) {
            violation("a start of " + arn.text() + " was answered with " + started.arn().text());
        }
        known.startMillis.ifPresent(before -> {
            if (before != started.startMillis()) {
                violation(
                        arn.text() + " started at " + before + " and at " + started.startMillis());
            }
        });
        known.startMillis = Optional.of(started.startMillis());
        expect(done ->
                client.call(
                        gradus -> gradus.executions().describe(arn),
                        view -> {
                            if (view.startMillis() != started.startMillis()) {
                                violation(arn.text() + " is described with another start date");
                            }
                            done.run();
                        },
                        refused -> {
                            violation(arn.text() + " was acknowledged, then " + refused.text());
                            done.run();
                        }));
        boolean stop = known.machine == Machine.SLEEPER || (disturbed && random.nextInt(12) == 0);
        if (stop) {
            known.stopped = true;
            expect(done ->
                    client.later(Duration.ofMillis(random.nextInt(10_000)), () -> stop(arn, done)));
        }
    }

    private void stop(Arn.Execution arn, Runnable done) {
        client.call(
                gradus ->
                        gradus.executions()
                                .stop(new ExecutionRequests.Stop(arn, Failure.of("Stopped"))),
                _ -> {
                    if (disturbed && random.nextInt(2) == 0) {
                        redriveLater(arn);
                    }
                    done.run();
                },
                refused -> {
                    unexpected("StopExecution", refused);
                    done.run();
                });
    }

    /** Has a stopped execution go on; one that would never end is stopped once more. */
    private void redriveLater(Arn.Execution arn) {
        var token = Optional.of("token-" + random.nextInt());
        var request = new ExecutionRequests.Redrive(arn, token);
        var delay = Duration.ofMillis(random.nextInt(10_000));
        expect(done ->
                client.later(
                        delay,
                        () ->
                                client.call(
                                        gradus -> gradus.executions().redrive(request),
                                        _ -> {
                                            redriven++;
                                            if (arn.machine().equals(Machine.SLEEPER.name())) {
                                                expect(stopped ->
                                                        client.later(
                                                                Duration.ofSeconds(1),
                                                                () -> stop(arn, stopped)));
                                            }
                                            done.run();
                                        },
                                        refused -> {
                                            // It had ended before it was stopped, or was redriven
                                            // longer ago than its token is remembered.
                                            if (refused.shape()
                                                    != ErrorShape.ExecutionNotRedrivable) {
                                                unexpected("RedriveExecution", refused);
                                            }
                                            done.run();
                                        })));
    }

    /** How many redrives were acknowledged. */
    int redriven() {
        return redriven;
    }

    private void answerToken(String token) {
        var delay = Duration.ofMillis(random.nextInt(5_000));
        expect(done ->
                client.later(
                        delay,
                        () ->
                                client.call(
                                        gradus ->
                                                gradus.tasks()
                                                        .succeed(
                                                                Machine.PLACE,
                                                                token,
                                                                dev.gradus.expressions.Payload
                                                                        .ofText(
                                                                                "{\"approved\":true}")),
                                        _ -> done.run(),
                                        refused -> {
                                            if (refused.shape() != ErrorShape.TaskTimedOut
                                                    && refused.shape()
                                                            != ErrorShape.TaskDoesNotExist) {
                                                unexpected("SendTaskSuccess", refused);
                                            }
                                            done.run();
                                        })));
    }

    void unexpected(String call, dev.gradus.runtime.ApiException refused) {
        violation(call + " was refused: " + refused.shape() + " " + refused.text());
    }

    interface Asking {
        void ask(Runnable done);
    }

    void expect(Asking asking) {
        pending++;
        asking.ask(() -> pending--);
    }

    // What the seed does to the node

    /** Crashes, restarts and clock jumps; at the end the node is up on a store that only delays. */
    void disturb() {
        int crashes = random.nextInt(6);
        for (int crash = 0; crash < crashes; crash++) {
            runSteps(1 + random.nextInt(600));
            if (random.nextInt(4) == 0) {
                int seconds = random.nextInt(240) - 120;
                scheduler.jumpWallClock(Duration.ofSeconds(seconds));
            }
            if (random.nextBoolean()) {
                node.crash();
                scheduler.advance(Duration.ofMillis(random.nextInt(3_000)));
                node.restart();
                checkStore();
            }
        }
        runSteps(random.nextInt(400));
        node.crash();
        node.restart(SimFaults.delaysOnly());
        checkStore();
    }

    private void runSteps(int steps) {
        int[] left = {steps};
        scheduler.runUntil(() -> left[0]-- <= 0, steps + 1L);
    }

    // How it ends

    /** Runs until nothing is open any more. */
    void settle() {
        var until = scheduler.instant().plus(SETTLED_WITHIN);
        while (!isSettled() && scheduler.instant().isBefore(until)) {
            scheduler.advance(Duration.ofSeconds(5));
        }
        if (!isSettled()) {
            violation(
                    "not settled: " + pending + " calls have no answer, rows left: " + leftovers());
        }
        client.surprises().forEach(surprise -> violation("a caller saw " + surprise));
        checkStore();
    }

    private boolean isSettled() {
        return pending == 0 && leftovers().isEmpty();
    }

    /** Rows that may only exist while something is open. */
    private List<String> leftovers() {
        var found = new ArrayList<String>();
        for (int shard = 0; shard < node.substrate().shardCount(); shard++) {
            int running = StoreCheck.running(node.substrate().follower(shard).orElseThrow());
            if (running > 0) {
                found.add(running + " executions that run in shard " + shard);
            }
        }
        for (var table :
                List.of(
                        Table.TIMER,
                        Table.DISPATCHED,
                        Table.ACTIVITY_QUEUE,
                        Table.HELD,
                        Table.OUTBOX)) {
            int rows = 0;
            for (int shard = 0; shard < node.substrate().shardCount(); shard++) {
                try (var cursor =
                        node.substrate()
                                .follower(shard)
                                .orElseThrow()
                                .scan(table, new byte[0], new byte[0], false)) {
                    while (cursor.next()) {
                        rows++;
                    }
                }
            }
            if (rows > 0) {
                found.add(rows + " of " + table);
            }
        }
        return found;
    }

    /** What holds after every batch. */
    void checkStore() {
        for (int shard = 0; shard < node.substrate().shardCount(); shard++) {
            StoreCheck.of(node.substrate().follower(shard).orElseThrow())
                    .forEach(finding -> violation(finding + ", " + scheduler));
        }
    }

    @Override
    public String toString() {
        return "seed " + seed + " at " + scheduler;
    }
}
