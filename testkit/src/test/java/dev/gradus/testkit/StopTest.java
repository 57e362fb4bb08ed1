package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.ExecutionRequests;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StopTest {
    private static final String CALL =
            """
            {"StartAt":"T","States":{"T":{"Type":"Task",
              "Resource":"arn:aws:lambda:us-east-1:123456789012:function:%s","End":true}}}\
            """;

    private final Sim sim = new Sim(7);

    private boolean stopsWithin(Duration drain, Duration patience) {
        var stopped = sim.send(gradus -> gradus.stop(drain));
        sim.advance(patience);
        return stopped.isDone();
    }

    @Test
    void waitsForCallsAndMakesTheirAnswersDurable() {
        var machine = sim.create("call", CALL.formatted("echo"));
        sim.start(machine, "one");
        assertThat(stopsWithin(Duration.ofSeconds(30), Duration.ofSeconds(1))).isTrue();
        sim.node().substrate().close();
        sim.node().reopen();

        assertThat(sim.describe(Sim.execution(machine, "one")).status())
                .isEqualTo(Status.SUCCEEDED);
        assertThat(sim.outside().sendings().values()).containsExactly(1);
    }

    @Test
    void treatsACallThatTakesTooLongAsLost() {
        var machine = sim.create("call", CALL.formatted("slow"));
        sim.start(machine, "one");
        assertThat(stopsWithin(Duration.ofSeconds(30), Duration.ofSeconds(29))).isFalse();
        sim.advance(Duration.ofSeconds(2));
        sim.node().substrate().close();
        sim.node().reopen();
        sim.advance(Duration.ofSeconds(1));

        assertThat(sim.describe(Sim.execution(machine, "one")).failure().error())
                .contains(SimOutside.LOST_CALL);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void answersEverybodyWhoWaits(long seed) {
        var world = new Sim(seed);
        world.ask(gradus -> gradus.activities().create(Machine.WORK, Map.of()));
        world.create(Machine.CHAIN);
        var poll =
                world.send(gradus ->
                        gradus.activities().poll(Machine.WORK, Optional.of("w"), () -> true));
        world.advance(Duration.ofSeconds(1));
        var before = start(world, "before");
        var stopped = world.send(gradus -> gradus.stop(Duration.ofSeconds(30)));
        world.advance(Duration.ofSeconds(1));
        var after = start(world, "after");
        world.advance(Duration.ofSeconds(1));

        assertThat(stopped).isDone();
        assertThat(poll).isCompletedWithValue(Optional.empty());
        assertThat(before).isCompleted();
        assertThat(after).isCompletedExceptionally();
        assertThat(after.exceptionNow())
                .hasFieldOrPropertyWithValue("shape", ErrorShape.ServiceUnavailable);
        assertThat(world.node().gradus().isReady()).isFalse();
    }

    private static CompletableFuture<ExecutionRequests.Started> start(Sim world, String name) {
        return world.send(
                gradus -> gradus.executions().start(Sim.startRequest(Machine.CHAIN.arn(), name)));
    }

    @Test
    void canStopBeforeItHoldsAnyShard() {
        sim.create(Machine.CHAIN);
        sim.node().crash();
        sim.node().restart();
        assertThat(stopsWithin(Duration.ofSeconds(30), Duration.ofSeconds(1))).isTrue();
        sim.node().substrate().close();
        sim.node().reopen();
        sim.start(Machine.CHAIN.arn(), "one");
    }
}
