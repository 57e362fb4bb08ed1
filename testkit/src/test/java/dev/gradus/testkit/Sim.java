package dev.gradus.testkit;

import dev.gradus.engine.HistoryEvent;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.ExecutionView;
import dev.gradus.runtime.Gradus;
import dev.gradus.runtime.Page;
import dev.gradus.runtime.RuntimeOptions;
import dev.gradus.runtime.spi.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A node that behaves, for tests of one thing at a time; three shards, as few as there may be. */
final class Sim {
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final long STEPS = 2_000_000;

    private final SimScheduler scheduler;
    private final SimOutside outside;
    private final SimNode node;
    private final List<String> tokens = new ArrayList<>();

    Sim(long seed) {
        this(seed, SimFaults.delaysOnly(), RuntimeOptions.DEFAULT);
    }

    Sim(long seed, SimFaults faults, RuntimeOptions options) {
        this.scheduler = new SimScheduler(seed, START);
        this.outside = new SimOutside(scheduler, SimOutside.OutsideFaults.NONE, tokens::add);
        this.node = new SimNode(scheduler, 3, faults, options, outside::reachedBy);
    }

    SimScheduler scheduler() {
        return scheduler;
    }

    SimOutside outside() {
        return outside;
    }

    SimNode node() {
        return node;
    }

    /** The task tokens that calls brought, oldest first. */
    List<String> tokens() {
        return tokens;
    }

    /** Sends a request and lets time pass until it is answered. */
    <T> T ask(Function<Gradus, CompletionStage<T>> request) {
        scheduler.runUntil(() -> node.gradus().isReady(), STEPS);
        var reply = send(request);
        if (!scheduler.runUntil(reply::isDone, STEPS)) {
            throw new AssertionError("no answer, " + scheduler);
        }
        return answer(reply);
    }

    /** Sends a request, to be answered while time passes. */
    <T> CompletableFuture<T> send(Function<Gradus, CompletionStage<T>> request) {
        return request.apply(node.gradus()).toCompletableFuture();
    }

    static <T> T answer(CompletableFuture<T> reply) {
        try {
            return reply.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ApiException refused) {
                throw refused;
            }
            throw e;
        }
    }

    void create(Machine machine) {
        ask(gradus -> gradus.stateMachines().create(machine.create()));
    }

    /** Creates a machine with that definition. */
    Arn.StateMachine create(String name, String definition) {
        var arn = new Arn.StateMachine(Machine.PLACE, name);
        ask(gradus -> gradus.stateMachines().create(Machine.create(arn, definition)));
        return arn;
    }

    ExecutionRequests.Started start(Arn.Startable machine, String name) {
        return ask(gradus -> gradus.executions().start(startRequest(machine, name)));
    }

    static ExecutionRequests.Start startRequest(Arn.Startable machine, String name) {
        return new ExecutionRequests.Start(
                machine, Optional.of(name), RandomWorld.input(2), Optional.empty());
    }

    static Arn.Execution execution(Arn.StateMachine machine, String name) {
        return new Arn.Execution(machine.place(), machine.name(), name);
    }

    ExecutionView describe(Arn.Execution arn) {
        return ask(gradus -> gradus.executions().describe(arn));
    }

    List<HistoryEvent> history(Arn.Execution arn) {
        return ask(gradus ->
                        gradus.executions()
                                .history(
                                        new ExecutionRequests.HistoryOf(
                                                arn,
                                                false,
                                                new Page.Request(1_000, Optional.empty()))))
                .items();
    }

    /** The types of an execution's events, in AWS's words. */
    List<String> events(Arn.Execution arn) {
        return history(arn).stream().map(event -> event.type().text()).toList();
    }

    void advance(Duration by) {
        scheduler.advance(by);
    }

    /** How many rows a table has in all shards. */
    int rows(Table table) {
        int rows = 0;
        for (int shard = 0; shard < node.substrate().shardCount(); shard++) {
            var view = node.substrate().follower(shard).orElseThrow();
            try (var cursor = view.scan(table, new byte[0], new byte[0], false)) {
                while (cursor.next()) {
                    rows++;
                }
            }
        }
        return rows;
    }
}
