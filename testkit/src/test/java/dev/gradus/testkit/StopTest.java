package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.runtime.ErrorShape;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

    @Test
    void answersEverybodyWhoWaits() {
        sim.ask(gradus -> gradus.activities().create(Machine.WORK, Map.of()));
        sim.create(Machine.CHAIN);
        var poll =
                sim.send(gradus ->
                        gradus.activities().poll(Machine.WORK, Optional.of("w"), () -> true));
        sim.advance(Duration.ofSeconds(1));
        var before =
                sim.send(gradus ->
                        gradus.executions().start(Sim.startRequest(Machine.CHAIN.arn(), "before")));
        assertThat(stopsWithin(Duration.ofSeconds(30), Duration.ofSeconds(1))).isTrue();
        var after =
                sim.send(gradus ->
                        gradus.executions().start(Sim.startRequest(Machine.CHAIN.arn(), "after")));
        sim.advance(Duration.ofSeconds(1));

        assertThat(poll).isCompletedWithValue(Optional.empty());
        assertThat(before).isCompleted();
        assertThat(after).isCompletedExceptionally();
        assertThat(after.exceptionNow())
                .hasFieldOrPropertyWithValue("shape", ErrorShape.ServiceUnavailable);
        assertThat(sim.node().gradus().isReady()).isFalse();
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
