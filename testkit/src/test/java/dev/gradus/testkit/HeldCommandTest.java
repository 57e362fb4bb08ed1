package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.engine.Failure;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.RuntimeOptions;
import dev.gradus.runtime.TokenKeys;
import dev.gradus.runtime.spi.Table;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A key that cannot sign makes each step fail that needs a task token: a bug of ours, made to
 * order.
 */
final class HeldCommandTest {
    private static final TokenKeys BROKEN =
            new TokenKeys(Map.of(0, new byte[32], 1, new byte[0]), 1);
    private static final TokenKeys WHOLE = TokenKeys.of(new byte[32]);
    private static final String DEFINITION =
            """
            {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
              {"StartAt":"W","States":{
                "W":{"Type":"Wait","Seconds":30,"Next":"T"},
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
                     "Parameters":{"FunctionName":"approve","Payload":{"token.$":"$$.Task.Token"}},"End":true}}},
              {"StartAt":"V","States":{"V":{"Type":"Wait","Seconds":40,"End":true}}},
              {"StartAt":"A","States":{
                "A":{"Type":"Task","Resource":"arn:aws:states:us-east-1:123456789012:activity:work","End":true}}}]}}}\
            """;

    private final Sim sim = new Sim(3);
    private final Arn.Execution execution;
    private final String taken;

    HeldCommandTest() {
        sim.ask(gradus -> gradus.activities().create(Machine.WORK, Map.of()));
        var machine = sim.create("held", DEFINITION);
        sim.start(machine, "one");
        taken = poll().orElseThrow();
        sim.node().crash();
        sim.node().configure(RuntimeOptions.DEFAULT, BROKEN);
        sim.node().restart();
        sim.advance(Duration.ofSeconds(60));
        execution = Sim.execution(machine, "one");
    }

    private void upgrade() {
        sim.node().crash();
        sim.node().configure(RuntimeOptions.DEFAULT, WHOLE);
        sim.node().restart();
        sim.advance(Duration.ofSeconds(5));
    }

    @Test
    void keepsWhatItFailedOnAndWhatCameAfterwards() {
        assertThat(sim.describe(execution).status()).isEqualTo(Status.RUNNING);
        assertThat(sim.events(execution)).doesNotContain("WaitStateExited");
        assertThat(sim.rows(Table.HELD)).isEqualTo(2);
        assertThat(sim.node().gradus().metrics().heldCommands()).isEqualTo(2);
    }

    @Test
    void aStartOfABetterBuildGoesOnAsIfNothingHadBeen() {
        upgrade();

        assertThat(sim.rows(Table.HELD)).isZero();
        assertThat(sim.tokens()).hasSize(1);
        sim.ask(gradus ->
                gradus.tasks()
                        .succeed(Machine.PLACE, sim.tokens().getFirst(), Payload.ofText("1")));
        sim.ask(gradus -> gradus.tasks().succeed(Machine.PLACE, taken, Payload.ofText("2")));
        assertThat(sim.describe(execution).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void anAnswerToAHeldExecutionIsTakenAndCountsLater() {
        sim.ask(gradus -> gradus.tasks().succeed(Machine.PLACE, taken, Payload.ofText("2")));
        assertThat(sim.events(execution)).doesNotContain("ActivitySucceeded");
        upgrade();

        assertThat(sim.events(execution)).contains("ActivitySucceeded");
        sim.ask(gradus ->
                gradus.tasks()
                        .succeed(Machine.PLACE, sim.tokens().getFirst(), Payload.ofText("1")));
        assertThat(sim.describe(execution).status()).isEqualTo(Status.SUCCEEDED);
    }

    private ExecutionRequests.Released release() {
        return sim.ask(gradus -> gradus.executions().release(execution));
    }

    @Test
    void anOperatorWhoTriesAgainHearsWhatIsHeldAndWhatStillFails() {
        assertThat(release()).isEqualTo(new ExecutionRequests.Released(2, 2));
        assertThat(sim.rows(Table.HELD)).isEqualTo(2);

        sim.node().crash();
        sim.node().configure(RuntimeOptions.DEFAULT, WHOLE);
        sim.node().restart();
        // Before the start of the server comes to it by itself.
        var released = sim.send(gradus -> gradus.executions().release(execution));
        sim.advance(Duration.ofSeconds(5));
        assertThat(released).isCompletedWithValue(new ExecutionRequests.Released(2, 0));
        assertThat(sim.rows(Table.HELD)).isZero();
        assertThat(sim.tokens()).hasSize(1);

        assertThat(release()).isEqualTo(new ExecutionRequests.Released(0, 0));
        assertThatThrownBy(() ->
                        sim.ask(gradus ->
                                gradus.executions().release(Machine.CHAIN.execution("never"))))
                .hasMessageContaining("Execution Does Not Exist");
    }

    @Test
    void onlyStopExecutionEndsAHeldExecutionAndItLeavesNothingBehind() {
        sim.ask(gradus ->
                gradus.executions().stop(new ExecutionRequests.Stop(execution, Failure.of("No"))));
        sim.advance(Duration.ofSeconds(1));

        assertThat(sim.describe(execution).status()).isEqualTo(Status.ABORTED);
        assertThat(sim.rows(Table.HELD)).isZero();
        assertThat(sim.node().gradus().metrics().heldCommands()).isZero();
        upgrade();
        assertThat(sim.describe(execution).status()).isEqualTo(Status.ABORTED);
    }

    @Test
    void aNeighbourIsNotDisturbed() {
        sim.create(Machine.CHAIN);
        for (int i = 0; i < 4; i++) {
            sim.start(Machine.CHAIN.arn(), "neighbour-" + i);
            assertThat(sim.describe(Machine.CHAIN.execution("neighbour-" + i)).status())
                    .isEqualTo(Status.SUCCEEDED);
        }
    }

    private Optional<String> poll() {
        return sim.ask(gradus ->
                        gradus.activities().poll(Machine.WORK, Optional.of("w"), () -> true))
                .map(task -> task.taskToken());
    }
}
