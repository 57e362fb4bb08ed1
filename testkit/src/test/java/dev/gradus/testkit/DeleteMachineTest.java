package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.StateMachineView;
import dev.gradus.runtime.spi.Table;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class DeleteMachineTest {
    private static final String SLEEPER =
            """
            {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":600,"Next":"P"},"P":{"Type":"Pass","End":true}}}\
            """;

    private final Sim sim = new Sim(5);
    private final Arn.StateMachine machine = sim.create("doomed", SLEEPER);

    private void delete() {
        sim.ask(gradus -> gradus.stateMachines().delete(machine));
    }

    private static void refused(ThrowingCallable call, ErrorShape shape) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.shape()).isEqualTo(shape));
    }

    @Test
    void aMachineWithoutExecutionsIsGoneSoon() {
        delete();
        sim.advance(Duration.ofSeconds(1));

        refused(
                () -> sim.ask(gradus -> gradus.stateMachines().describe(machine)),
                ErrorShape.StateMachineDoesNotExist);
        refused(() -> sim.start(machine, "late"), ErrorShape.StateMachineDoesNotExist);
    }

    @Test
    @Proves({"DeleteStateMachine", "StateMachineDeleting"})
    void aMachineStaysUntilItsLastExecutionHasEndedAndTakesNoOtherMeanwhile() {
        for (int i = 0; i < 6; i++) {
            sim.start(machine, "open-" + i);
        }
        delete();
        sim.node().crash();
        sim.node().restart();
        sim.advance(Duration.ofSeconds(10));

        assertThat(sim.ask(gradus -> gradus.stateMachines().describe(machine)).status())
                .isEqualTo(StateMachineView.Status.DELETING);
        refused(() -> sim.start(machine, "late"), ErrorShape.StateMachineDeleting);
        refused(() -> sim.create("doomed", SLEEPER), ErrorShape.StateMachineDeleting);

        sim.advance(Duration.ofMinutes(10));
        for (int i = 0; i < 6; i++) {
            // AWS ends them at their next transition.
            assertThat(sim.describe(Sim.execution(machine, "open-" + i)).status())
                    .isEqualTo(Status.ABORTED);
        }
        refused(
                () -> sim.ask(gradus -> gradus.stateMachines().describe(machine)),
                ErrorShape.StateMachineDoesNotExist);
        assertThat(sim.rows(Table.OUTBOX)).isZero();
    }

    @Test
    @Proves({"DeleteStateMachine", "CreateStateMachine"})
    void aNameCanBeUsedAgainAndAgain() {
        for (int round = 0; round < 5; round++) {
            delete();
            sim.advance(Duration.ofSeconds(1));
            sim.create("doomed", SLEEPER);
            sim.start(machine, "round-" + round);
            delete();
            sim.advance(Duration.ofSeconds(5));
            assertThat(sim.ask(gradus -> gradus.stateMachines().describe(machine)).status())
                    .isEqualTo(StateMachineView.Status.DELETING);
            sim.advance(Duration.ofSeconds(700));
            sim.create("doomed", SLEEPER);
        }
    }

    @Test
    void aTaskOfADeletedMachineIsNotHandedOut() {
        sim.ask(gradus -> gradus.activities().create(Machine.WORK, Map.of()));
        var working =
                sim.create(
                        "working",
                        """
                        {"StartAt":"T","States":{"T":{"Type":"Task","End":true,
                          "Resource":"arn:aws:states:us-east-1:123456789012:activity:work"}}}\
                        """);
        sim.start(working, "one");
        sim.ask(gradus -> gradus.stateMachines().delete(working));
        var task =
                sim.ask(gradus ->
                        gradus.activities()
                                .poll(Machine.WORK, java.util.Optional.of("w"), () -> true));

        assertThat(task).isEmpty();
        assertThat(sim.describe(Sim.execution(working, "one")).status()).isEqualTo(Status.ABORTED);
    }
}
