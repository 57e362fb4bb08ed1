package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.runtime.AliasRequests;
import dev.gradus.runtime.AliasView;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.Page;
import dev.gradus.runtime.StateMachineRequests;
import dev.gradus.runtime.VersionView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One machine in a simulated world, with what tests do to its versions and aliases. */
final class SimVersions {
    static final Page.Request ALL = new Page.Request(1_000, Optional.empty());

    private final Sim sim;
    private final Arn.StateMachine machine;

    SimVersions(long seed) {
        this.sim = new Sim(seed);
        this.machine = sim.create("m", giving(0));
    }

    Sim sim() {
        return sim;
    }

    Arn.StateMachine machine() {
        return machine;
    }

    static String giving(int result) {
        return "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Result\":%d,\"End\":true}}}"
                .formatted(result);
    }

    StateMachineRequests.Updated update(int result, boolean publish) {
        return sim.ask(gradus ->
                gradus.stateMachines()
                        .update(
                                new StateMachineRequests.Update(
                                        machine,
                                        Optional.of(giving(result)),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        publish
                                                ? Optional.of(
                                                        new StateMachineRequests.Publish(
                                                                Optional.empty()))
                                                : Optional.empty())));
    }

    VersionView publish() {
        return publish(Optional.empty());
    }

    VersionView publish(Optional<String> revision) {
        return sim.ask(gradus ->
                gradus.versions()
                        .publish(
                                new StateMachineRequests.PublishVersion(
                                        machine, revision, Optional.empty())));
    }

    AliasView alias(String name, AliasView.Route... routes) {
        return sim.ask(gradus ->
                gradus.aliases()
                        .create(
                                new AliasRequests.Create(
                                        alias(name), Optional.empty(), List.of(routes))));
    }

    Arn.StateMachineVersion version(long number) {
        return new Arn.StateMachineVersion(machine.place(), machine.name(), number);
    }

    Arn.StateMachineAlias alias(String name) {
        return new Arn.StateMachineAlias(machine.place(), machine.name(), name);
    }

    AliasView.Route route(long number, int weight) {
        return new AliasView.Route(version(number), weight);
    }

    List<Long> numbers() {
        return sim.ask(gradus -> gradus.versions().list(machine, ALL)).items().stream()
                .map(version -> version.arn().number())
                .toList();
    }

    List<String> listed(Arn.Startable of) {
        var names = new ArrayList<String>();
        Optional<String> next = Optional.empty();
        do {
            var request =
                    new ExecutionRequests.ListOf(of, Optional.empty(), new Page.Request(3, next));
            var page = sim.ask(gradus -> gradus.executions().list(request));
            page.items().forEach(item -> names.add(item.arn().name()));
            next = page.next();
        } while (next.isPresent());
        return names;
    }

    /**
     * Publishes, starts what was published, and crashes at that step; tells whether it crashed
     * before the end.
     */
    boolean publishesAndStarts(int crashAtStep, Set<Long> numbers) {
        var client = new SimClient(sim.scheduler(), sim.node(), Duration.ofSeconds(2));
        var started = new ArrayList<ExecutionRequests.Started>();
        var request =
                new StateMachineRequests.PublishVersion(
                        machine, Optional.empty(), Optional.empty());
        client.call(
                gradus -> gradus.versions().publish(request),
                version -> {
                    numbers.add(version.arn().number());
                    client.call(
                            gradus ->
                                    gradus.executions()
                                            .start(
                                                    new ExecutionRequests.Start(
                                                            version.arn(),
                                                            Optional.empty(),
                                                            "{}",
                                                            Optional.empty())),
                            started::add,
                            refused -> {
                                throw refused;
                            });
                },
                refused -> {
                    throw refused;
                });
        int[] left = {crashAtStep};
        sim.scheduler().runUntil(() -> left[0]-- <= 0 || !started.isEmpty(), crashAtStep + 1L);
        boolean crashed = started.isEmpty();
        sim.node().crash();
        sim.node().restart();

        assertThat(sim.scheduler().runUntil(() -> !started.isEmpty(), 1_000_000)).isTrue();
        assertThat(sim.describe((Arn.Execution) started.getFirst().arn()).output()).contains("0");
        assertThat(numbers()).containsExactly(1L);
        return crashed;
    }
}
