package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class IdempotentStartTest {
    private static final int CLIENTS = 64;
    private static final String SLEEPER =
            """
            {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":31536000,"End":true}}}\
            """;
    private static final Arn.StateMachine MACHINE = new Arn.StateMachine(Machine.PLACE, "sleeper");

    @Test
    @Proves("StartExecution")
    void oneNameGivesOneExecutionWhereverTheNodeCrashes() {
        int crashes = 0;
        for (int step = 1; run(step); step++) {
            crashes++;
        }
        // Every place between two steps of all that happens until the last caller has its answer.
        assertThat(crashes).isGreaterThan(CLIENTS);
    }

    /** Returns false when everybody had an answer before that step. */
    private static boolean run(int crashAtStep) {
        var sim = new Sim(crashAtStep);
        sim.create("sleeper", SLEEPER);
        var client = new SimClient(sim.scheduler(), sim.node(), Duration.ofSeconds(2));
        var request = Sim.startRequest(MACHINE, "one");
        var answers = new ArrayList<ExecutionRequests.Started>();
        for (int i = 0; i < CLIENTS; i++) {
            client.call(
                    gradus -> gradus.executions().start(request),
                    answers::add,
                    refused -> {
                        throw refused;
                    });
        }
        int[] left = {crashAtStep};
        sim.scheduler()
                .runUntil(() -> left[0]-- <= 0 || answers.size() == CLIENTS, crashAtStep + 1);
        boolean crashed = answers.size() < CLIENTS;
        sim.node().crash();
        sim.node().restart();

        assertThat(sim.scheduler().runUntil(() -> answers.size() == CLIENTS, 1_000_000)).isTrue();
        assertThat(new HashSet<>(answers)).as("crash at step %d", crashAtStep).hasSize(1);
        var listed =
                sim.ask(gradus ->
                        gradus.executions()
                                .list(
                                        new ExecutionRequests.ListOf(
                                                MACHINE,
                                                Optional.empty(),
                                                new Page.Request(10, Optional.empty()))));
        assertThat(listed.items()).map(item -> item.arn().name()).containsExactly("one");
        assertThat(sim.describe(Sim.execution(MACHINE, "one")).startMillis())
                .isEqualTo(answers.getFirst().startMillis());
        return crashed;
    }
}
