package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.EventDetails;
import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.RuntimeOptions;
import dev.gradus.runtime.RuntimeOptions.OnLostCall;
import dev.gradus.runtime.TokenKeys;
import dev.gradus.runtime.spi.Table;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LostCallTest {
    private static final String CALL =
            """
            {"StartAt":"T","States":{"T":{"Type":"Task",
              "Resource":"arn:aws:lambda:us-east-1:123456789012:function:%s","End":true}}}\
            """;

    private static final String ASK =
            """
            {"StartAt":"T","States":{"T":{"Type":"Task",
              "Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
              "Parameters":{"FunctionName":"slow","Payload":{"token.$":"$$.Task.Token"}},
              "End":true}}}\
            """;

    private static Sim sim(OnLostCall onLostCall) {
        return new Sim(4, SimFaults.delaysOnly(), new RuntimeOptions(onLostCall));
    }

    private static Arn.Execution crashedDuringACall(Sim sim, String function) {
        var machine = sim.create("call", CALL.formatted(function));
        sim.start(machine, "one");
        sim.scheduler().runUntil(() -> !sim.outside().sendings().isEmpty(), 10_000);
        sim.node().crash();
        sim.advance(Duration.ofSeconds(1));
        sim.node().restart();
        return Sim.execution(machine, "one");
    }

    @Test
    void aCallWhoseAnswerACrashTookFailsWithTheIntegrationsOwnError() {
        var sim = sim(OnLostCall.FAIL);
        var execution = crashedDuringACall(sim, "echo");
        sim.advance(Duration.ofSeconds(5));

        assertThat(sim.describe(execution).status()).isEqualTo(Status.FAILED);
        assertThat(sim.describe(execution).failure().error()).contains(SimOutside.LOST_CALL);
        assertThat(sim.outside().sendings().values()).containsExactly(1);
        assertThat(sim.history(execution).getLast().details())
                .isInstanceOf(EventDetails.Failed.class);
        assertThat(sim.rows(Table.DISPATCHED)).isZero();
    }

    @Test
    void resendMakesTheSameCallAgain() {
        var sim = sim(OnLostCall.RESEND);
        var execution = crashedDuringACall(sim, "echo");
        sim.advance(Duration.ofSeconds(5));

        assertThat(sim.describe(execution).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(sim.outside().sendings().values()).containsExactly(2);
        assertThat(sim.events(execution)).containsOnlyOnce("LambdaFunctionScheduled");
    }

    @Test
    void aCallSurvivesTheLossOfItsShardInALivingProcess() {
        var sim = sim(OnLostCall.FAIL);
        var machine = sim.create("call", CALL.formatted("slow"));
        sim.start(machine, "one");
        sim.advance(Duration.ofSeconds(1));
        // Another claim of each shard: the node loses them all and takes them up again.
        for (int shard = 0; shard < 3; shard++) {
            sim.node().substrate().acquire(shard, _ -> {}).close();
        }
        sim.advance(Duration.ofMinutes(61));

        assertThat(sim.describe(Sim.execution(machine, "one")).status())
                .isEqualTo(Status.SUCCEEDED);
        assertThat(sim.outside().sendings().values()).containsExactly(1);
    }

    @Test
    void aPlannedStopBeforeACallIsNoLostCall() {
        var sim = sim(OnLostCall.FAIL);
        var machine =
                sim.create(
                        "two",
                        """
                        {"StartAt":"S","States":{
                          "S":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:echo","Next":"T"},
                          "T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:echo","End":true}}}\
                        """);
        sim.start(machine, "one");
        var stopped = sim.send(gradus -> gradus.stop(Duration.ofSeconds(30)));
        assertThat(sim.scheduler().runUntil(stopped::isDone, 100_000)).isTrue();
        assertThat(sim.outside().sendings().values()).as("the second call was not made").hasSize(1);
        sim.node().substrate().close();
        sim.node().configure(RuntimeOptions.DEFAULT, TokenKeys.of(new byte[32]));
        sim.node().reopen();
        sim.advance(Duration.ofSeconds(5));

        assertThat(sim.describe(Sim.execution(machine, "one")).status())
                .isEqualTo(Status.SUCCEEDED);
        assertThat(sim.outside().sendings().values()).containsExactly(1, 1);
    }

    @Test
    void anAcknowledgedTokenAnswerOutlivesTheCrashThatTookTheResponseOfItsCall() {
        var sim = sim(OnLostCall.FAIL);
        var machine = sim.create("ask", ASK);
        sim.start(machine, "one");
        assertThat(sim.scheduler().runUntil(() -> !sim.tokens().isEmpty(), 100_000)).isTrue();
        sim.ask(gradus ->
                gradus.tasks()
                        .succeed(
                                Machine.PLACE, sim.tokens().getFirst(), Payload.ofText("\"yes\"")));
        sim.node().crash();
        sim.node().restart();
        sim.advance(Duration.ofSeconds(5));

        var execution = Sim.execution(machine, "one");
        assertThat(sim.describe(execution).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(sim.describe(execution).output()).contains("\"yes\"");
        assertThat(sim.events(execution))
                .containsSubsequence("TaskStarted", "TaskSubmitted", "TaskSucceeded");
        assertThat(sim.outside().sendings().values()).containsExactly(1);
    }

    /**
     * The answer may come at any step of the taking up, also between finding a call and ending it.
     */
    @Test
    void aTokenAnswerIsKeptWhenItIsAcknowledgedWhileTheShardIsTakenUp() {
        int acknowledged = 0;
        for (int seed = 1; seed <= 200; seed++) {
            var sim = new Sim(seed, SimFaults.delaysOnly(), new RuntimeOptions(OnLostCall.FAIL));
            var machine = sim.create("ask", ASK);
            sim.start(machine, "one");
            sim.scheduler().runUntil(() -> !sim.tokens().isEmpty(), 100_000);
            var token = sim.tokens().getFirst();
            sim.node().crash();
            sim.node().restart();
            sim.scheduler().runUntil(() -> false, seed % 40);
            var reply =
                    sim.send(gradus ->
                            gradus.tasks()
                                    .succeed(Machine.PLACE, token, Payload.ofText("\"yes\"")));
            sim.advance(Duration.ofSeconds(20));

            if (!reply.isCompletedExceptionally()) {
                acknowledged++;
                assertThat(sim.describe(Sim.execution(machine, "one")).status())
                        .as("seed %d", seed)
                        .isEqualTo(Status.SUCCEEDED);
            }
        }
        assertThat(acknowledged).isGreaterThan(20);
    }
}
