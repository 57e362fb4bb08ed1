package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.engine.Limits;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.RuntimeOptions;
import dev.gradus.runtime.spi.Table;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FairnessTest {
    private static final String ENDLESS =
            """
            {"StartAt":"C","States":{
              "C":{"Type":"Choice","Choices":[{"Variable":"$.n","IsPresent":true,"Next":"C"}],"Default":"E"},
              "E":{"Type":"Succeed"}}}\
            """;

    /** Nothing takes time but the decisions, so that steps count them. */
    private final Sim sim =
            new Sim(1, new SimFaults(Duration.ZERO, 0, 0, 0), RuntimeOptions.DEFAULT);

    private final Arn.StateMachine machine = sim.create("endless", ENDLESS);

    @Test
    void anEndlessLoopLetsItsNeighboursHaveTheirTurn() {
        sim.create(Machine.CHAIN);
        // As many loops as fill both shards.
        var loops = start(machine, "loop-", 8);
        int rowsBefore = sim.rows(Table.HISTORY);
        var neighbours = start(Machine.CHAIN.arn(), "neighbour-", 8);
        sim.scheduler().runUntil(() -> neighbours.stream().allMatch(Future::isDone), 100_000);

        // Each loop had one turn before them, and few while their batch was handed over.
        assertThat(loops).allMatch(Future::isDone);
        assertThat(sim.rows(Table.HISTORY) - rowsBefore).isBetween(16, 16 + 8 * 8);
        for (int i = 0; i < 8; i++) {
            assertThat(sim.describe(Machine.CHAIN.execution("neighbour-" + i)).status())
                    .isEqualTo(Status.SUCCEEDED);
        }
    }

    private List<CompletableFuture<ExecutionRequests.Started>> start(
            Arn.StateMachine of, String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        sim.send(gradus ->
                                gradus.executions().start(Sim.startRequest(of, name + i))))
                .toList();
    }

    @Test
    void anEndlessLoopEndsAtTheLimitOfItsHistoryInManyDecisions() {
        var started = start(machine, "loop-", 1).getFirst();
        sim.scheduler().runUntil(started::isDone, 100_000);
        var execution = Sim.execution(machine, "loop-0");
        assertThat(sim.describe(execution).status()).isEqualTo(Status.RUNNING);
        sim.advance(Duration.ofMinutes(1));

        assertThat(sim.describe(execution).status()).isEqualTo(Status.FAILED);
        assertThat(sim.rows(Table.HISTORY))
                .isGreaterThanOrEqualTo(Limits.HISTORY_EVENTS / Limits.DECISION_EVENTS);
        assertThat(sim.rows(Table.DISPATCHED)).isZero();
    }
}
