package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.engine.Failure;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.Page;
import dev.gradus.runtime.StoreCheck;
import dev.gradus.runtime.spi.Table;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RedriveExecution on a node: what is stored, listed, remembered and refused. */
final class RedriveTest {
    private static final String WAITS =
            """
            {"StartAt":"A","States":{
              "A":{"Type":"Pass","Next":"W"},
              "W":{"Type":"Wait","Seconds":600,"Next":"Z"},
              "Z":{"Type":"Pass","End":true}}}\
            """;

    private final Sim sim = new Sim(11);
    private final Arn.StateMachine machine = sim.create("waits", WAITS);
    private final Arn.Execution execution = Sim.execution(machine, "one");

    @AfterEach
    void theStoreFitsTogether() {
        sim.advance(Duration.ofSeconds(1));
        for (int shard = 0; shard < 3; shard++) {
            assertThat(StoreCheck.of(sim.node().substrate().follower(shard).orElseThrow()))
                    .isEmpty();
        }
    }

    private void startAndStop() {
        sim.start(machine, "one");
        stop();
    }

    private void stop() {
        sim.ask(gradus ->
                gradus.executions()
                        .stop(new ExecutionRequests.Stop(execution, Failure.of("Stopped"))));
    }

    private long redrive() {
        return redrive(Optional.empty());
    }

    private long redrive(Optional<String> token) {
        return sim.ask(gradus ->
                gradus.executions().redrive(new ExecutionRequests.Redrive(execution, token)));
    }

    private List<Arn.Execution> listed(Status status) {
        var page = new Page.Request(10, Optional.empty());
        return sim
                .ask(gradus ->
                        gradus.executions()
                                .list(
                                        new ExecutionRequests.ListOf(
                                                machine, Optional.of(status), page)))
                .items()
                .stream()
                .map(item -> item.arn())
                .toList();
    }

    @Test
    @Proves({"RedriveExecution"})
    void theExecutionRunsAgainUnderItsArnNameAndStartDate() {
        startAndStop();
        var before = sim.describe(execution);
        sim.advance(Duration.ofSeconds(5));

        long date = redrive();

        var after = sim.describe(execution);
        assertThat(after.status()).isEqualTo(Status.RUNNING);
        assertThat(after.startMillis()).isEqualTo(before.startMillis());
        assertThat(after.stopMillis()).isEmpty();
        assertThat(after.failure()).isEqualTo(Failure.NONE);
        assertThat(after.redrive().past().count()).isEqualTo(1);
        assertThat(after.redrive().past().dateMillis()).hasValue(date);
        assertThat(after.redrive().notRedrivable())
                .contains("Execution is RUNNING and cannot be redriven");
        assertThat(listed(Status.RUNNING)).containsExactly(execution);
        assertThat(listed(Status.ABORTED)).isEmpty();
        assertThat(sim.rows(Table.RETENTION)).isZero();
        assertThat(sim.events(execution))
                .endsWith("WaitStateEntered", "ExecutionAborted", "ExecutionRedriven");
    }

    @Test
    void whatWasRedrivenSurvivesACrashAndEnds() {
        startAndStop();
        redrive();
        sim.node().crash();
        sim.node().restart();
        assertThat(sim.describe(execution).redrive().past().count()).isEqualTo(1);

        sim.advance(Duration.ofMinutes(11));

        var ended = sim.describe(execution);
        assertThat(ended.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(ended.redrive().past().count()).isEqualTo(1);
        assertThat(sim.rows(Table.SCOPE)).isZero();
        assertThat(sim.rows(Table.RETENTION)).isEqualTo(1);
    }

    @Test
    void aCrashAfterTheStopLosesNothingThatARedriveNeeds() {
        startAndStop();
        sim.node().crash();
        sim.node().restart();

        redrive();
        sim.advance(Duration.ofMinutes(11));

        assertThat(sim.describe(execution).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    @Proves({"RedriveExecution"})
    void whoeverRepeatsAClientTokenGetsTheSameDateForFifteenMinutes() {
        startAndStop();
        long first = redrive(Optional.of("t"));
        sim.advance(Duration.ofMinutes(1));
        assertThat(redrive(Optional.of("t"))).isEqualTo(first);
        stop();
        assertThat(redrive(Optional.of("t"))).isEqualTo(first);
        assertThat(sim.describe(execution).status()).isEqualTo(Status.ABORTED);

        sim.advance(Duration.ofMinutes(14));
        assertThat(redrive(Optional.of("t"))).isGreaterThan(first);
    }

    @Test
    void tenClientTokensAreRemembered() {
        startAndStop();
        long first = redrive(Optional.of("t0"));
        for (int i = 1; i <= 10; i++) {
            stop();
            redrive(Optional.of("t" + i));
        }
        stop();
        long later = redrive(Optional.of("t1"));
        assertThat(sim.describe(execution).status()).isEqualTo(Status.ABORTED);

        assertThat(redrive(Optional.of("t0"))).isGreaterThan(first).isGreaterThan(later);
        assertThat(sim.describe(execution).redrive().past().count()).isEqualTo(12);
    }

    private void refuses(String reason) {
        assertThatThrownBy(this::redrive)
                .isInstanceOf(ApiException.class)
                .hasFieldOrPropertyWithValue("shape", ErrorShape.ExecutionNotRedrivable)
                .hasMessage(reason);
        assertThat(sim.describe(execution).redrive().notRedrivable()).contains(reason);
    }

    @Test
    @Proves({"RedriveExecution", "ExecutionNotRedrivable"})
    void oneThatRunsIsRefused() {
        sim.start(machine, "one");
        refuses("Execution is RUNNING and cannot be redriven");
    }

    @Test
    @Proves({"RedriveExecution", "ExecutionNotRedrivable"})
    void oneThatSucceededIsRefused() {
        sim.start(machine, "one");
        sim.advance(Duration.ofMinutes(11));
        refuses("Execution is SUCCEEDED and cannot be redriven");
    }

    @Test
    @Proves({"RedriveExecution", "ExecutionNotRedrivable"})
    void oneThatClosedFourteenDaysAgoIsRefused() {
        startAndStop();
        sim.scheduler().jumpWallClock(Duration.ofDays(14).minusMinutes(5));
        sim.advance(Duration.ofMinutes(2));
        assertThat(sim.describe(execution).redrive().notRedrivable()).isEmpty();

        sim.advance(Duration.ofMinutes(5));
        refuses("Execution redrivable period exceeded");
    }

    @Test
    @Proves({"RedriveExecution", "ExecutionNotRedrivable"})
    void oneWhoseMachineIsDeletedIsRefused() {
        startAndStop();
        sim.ask(gradus -> gradus.stateMachines().delete(machine));
        sim.advance(Duration.ofSeconds(1));
        refuses("State machine is in DELETING status");
    }

    @Test
    @Proves({"RedriveExecution", "ExecutionDoesNotExist"})
    void oneThatDoesNotExistIsRefused() {
        assertThatThrownBy(this::redrive)
                .hasFieldOrPropertyWithValue("shape", ErrorShape.ExecutionDoesNotExist)
                .hasMessage("Execution Does Not Exist: '" + execution.text() + "'");
    }

    @Test
    void aRedriveThatFailsAtOnceIsOverWhenItIsAnswered() {
        var failing =
                sim.create("fails", "{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\"}}}");
        var arn = Sim.execution(failing, "one");
        sim.start(failing, "one");

        for (int count = 1; count <= 3; count++) {
            sim.ask(gradus ->
                    gradus.executions()
                            .redrive(new ExecutionRequests.Redrive(arn, Optional.empty())));
            var view = sim.describe(arn);
            assertThat(view.status()).isEqualTo(Status.FAILED);
            assertThat(view.redrive().past().count()).isEqualTo(count);
        }
    }

    @Test
    void oneThatIsRedrivenIsKeptAsLongAsItRunsAndThenFromItsNewEndOn() {
        startAndStop();
        sim.scheduler().jumpWallClock(Duration.ofDays(10));
        sim.advance(Duration.ofMinutes(1));
        redrive();
        sim.advance(Duration.ofMinutes(11));
        sim.scheduler().jumpWallClock(Duration.ofDays(85));
        sim.advance(Duration.ofMinutes(2));
        assertThat(sim.describe(execution).status()).isEqualTo(Status.SUCCEEDED);
    }
}
