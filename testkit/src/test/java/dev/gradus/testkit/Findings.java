package dev.gradus.testkit;

import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.Gradus;
import dev.gradus.runtime.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What a settled world must look like, read through the API. */
final class Findings {
    private final RandomWorld world;
    private final BiFunction<Machine, Integer, List<String>> undisturbed;

    Findings(RandomWorld world, BiFunction<Machine, Integer, List<String>> undisturbed) {
        this.world = world;
        this.undisturbed = undisturbed;
    }

    void check() {
        world.wanted().forEach(this::checkExecution);
        world.created().forEach(this::checkList);
    }

    void checkEachAttemptWasSentOnce() {
        world.outside()
                .sendings()
                .forEach((attempt, sendings) -> {
                    if (sendings > 1) {
                        world.violation("an attempt was sent " + sendings + " times");
                    }
                });
    }

    private void checkExecution(Arn.Execution arn, RandomWorld.Wanted wanted) {
        var view = ask(gradus -> gradus.executions().describe(arn));
        wanted.startMillis.ifPresent(start -> {
            if (view.startMillis() != start) {
                world.violation(arn.text() + " has another start date than was acknowledged");
            }
        });
        if (view.status() == Status.RUNNING) {
            world.violation(arn.text() + " never ended");
            return;
        }
        var history = history(arn, false);
        var reversed = new ArrayList<>(history(arn, true));
        java.util.Collections.reverse(reversed);
        if (!history.equals(reversed)) {
            world.violation(arn.text() + " has another history when read backwards");
        }
        var expected = wanted.machine == Machine.DEADLINE ? Status.TIMED_OUT : Status.SUCCEEDED;
        if (wanted.stopped) {
            return;
        }
        if (view.status() != expected) {
            world.violation(arn.text() + " ended as " + view.status() + " " + view.failure());
        }
        var shape = HistoryShape.of(history, SimulationTest::isLost).lines();
        var same = undisturbed.apply(wanted.machine, wanted.n);
        if (!shape.equals(same)) {
            world.violation(
                    arn.text()
                            + " differs from an undisturbed run: it has "
                            + without(shape, same)
                            + " and lacks "
                            + without(same, shape));
        }
    }

    private static List<String> without(List<String> some, List<String> others) {
        var rest = new ArrayList<>(some);
        others.forEach(rest::remove);
        return rest;
    }

    private void checkList(Machine machine) {
        var listed = new ArrayList<Arn.Execution>();
        Optional<String> next = Optional.empty();
        long before = Long.MAX_VALUE;
        do {
            var page = new Page.Request(1 + world.scheduler().random().nextInt(3), next);
            var answer =
                    ask(gradus ->
                            gradus.executions()
                                    .list(
                                            new ExecutionRequests.ListOf(
                                                    machine.arn(), Optional.empty(), page)));
            for (var item : answer.items()) {
                listed.add(item.arn());
                if (item.startMillis() > before) {
                    world.violation("a list is not newest first");
                }
                before = item.startMillis();
            }
            next = answer.next();
        } while (next.isPresent());
        var expected = new HashSet<>(world.wanted().keySet());
        expected.removeIf(arn -> !arn.machine().equals(machine.name()));
        if (listed.size() != expected.size() || !expected.equals(new HashSet<>(listed))) {
            world.violation("the list of " + machine + " shows " + listed + ", not " + expected);
        }
    }

    int nOf(Machine machine) {
        return Objects.requireNonNull(world.wanted().get(machine.execution(machine.name() + "-0")))
                .n;
    }

    List<HistoryEvent> history(Machine machine) {
        return history(machine.execution(machine.name() + "-0"), false);
    }

    private List<HistoryEvent> history(Arn.Execution arn, boolean reverse) {
        var events = new ArrayList<HistoryEvent>();
        Optional<String> next = Optional.empty();
        do {
            var page = new Page.Request(1 + world.scheduler().random().nextInt(1_000), next);
            var answer =
                    ask(gradus ->
                            gradus.executions()
                                    .history(new ExecutionRequests.HistoryOf(arn, reverse, page)));
            events.addAll(answer.items());
            next = answer.next();
        } while (next.isPresent());
        return events;
    }

    private <T> T ask(Function<Gradus, CompletionStage<T>> request) {
        var answer = new ArrayList<T>();
        world.client()
                .call(
                        request,
                        answer::add,
                        refused -> {
                            throw new AssertionError(refused.shape() + " " + refused.text());
                        });
        world.scheduler().runUntil(() -> !answer.isEmpty(), 100_000);
        return answer.getFirst();
    }
}
