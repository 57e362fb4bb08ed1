package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.engine.ExecutionQuotas;
import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.FeedSinks;
import dev.gradus.runtime.Quotas;
import dev.gradus.runtime.RuntimeOptions;
import dev.gradus.runtime.RuntimeOptions.OnLostCall;
import dev.gradus.runtime.StateMachineRequests;
import dev.gradus.runtime.spi.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an account and an execution may take up, by AWS's numbers and by an operator's. */
final class QuotasTest {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final String PASS =
            "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"End\":true}}}";
    private static final String LOOP =
            """
            {"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},
              "B":{"Type":"Choice","Choices":[{"Variable":"$.never","IsPresent":true,"Next":"C"}],"Default":"A"},
              "C":{"Type":"Succeed"}}}
            """;
    private static final String WAITS =
            """
            {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":99999999,"End":true}}}
            """;

    private static Quotas quotas(Quotas.Counts counts, ExecutionQuotas executions) {
        return new Quotas(counts, Duration.ofDays(90), executions, List.of());
    }

    private static Sim sim(Quotas quotas) {
        return new Sim(
                11,
                SimFaults.delaysOnly(),
                new RuntimeOptions(OnLostCall.FAIL, quotas, FeedSinks.NONE));
    }

    private static ErrorShape refusal(Runnable call) {
        try {
            call.run();
        } catch (ApiException refused) {
            return refused.shape();
        }
        throw new AssertionError("not refused");
    }

    @Test
    void anExecutionThatHasRunForAYearTimesOutThoughItHasNoTimerForThat() {
        var sim = new Sim(11);
        var machine = sim.create("asks", WAITS);
        sim.start(machine, "e");
        sim.advance(Duration.ofSeconds(5));
        int timers = sim.rows(Table.TIMER);

        sim.scheduler().jumpWallClock(YEAR.minusMinutes(10));
        sim.advance(Duration.ofMinutes(5));
        var execution = Sim.execution(machine, "e");
        assertThat(sim.describe(execution).status()).isEqualTo(Status.RUNNING);
        assertThat(timers).as("the wait's own timer and no other").isEqualTo(1);

        sim.advance(Duration.ofMinutes(10));
        var ended = sim.describe(execution);
        assertThat(ended.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(ended.stopMillis().orElseThrow() - ended.startMillis())
                .isEqualTo(YEAR.toMillis());
        assertThat(sim.events(execution)).endsWith("ExecutionTimedOut");
        assertThat(sim.rows(Table.TIMER)).isZero();
    }

    @Test
    void aLongerTimeoutOfAMachineIsAYearToo() {
        var sim = new Sim(11);
        var machine =
                sim.create(
                        "waits",
                        WAITS.replace("{\"StartAt", "{\"TimeoutSeconds\":99999999,\"StartAt"));
        sim.start(machine, "e");

        sim.scheduler().jumpWallClock(YEAR);
        sim.advance(Duration.ofMinutes(2));

        var ended = sim.describe(Sim.execution(machine, "e"));
        assertThat(ended.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(ended.stopMillis().orElseThrow() - ended.startMillis())
                .isEqualTo(YEAR.toMillis());
    }

    @Test
    void manyExecutionsOfAYearAreEndedInTurns() {
        var sim = new Sim(11);
        var machine = sim.create("waits", WAITS);
        for (int i = 0; i < 250; i++) {
            sim.start(machine, "e" + i);
        }

        sim.scheduler().jumpWallClock(YEAR.plusMinutes(1));
        sim.advance(Duration.ofMinutes(2));

        for (int i = 0; i < 250; i++) {
            assertThat(sim.describe(Sim.execution(machine, "e" + i)).status())
                    .isEqualTo(Status.TIMED_OUT);
        }
    }

    @Test
    void anOperatorLetsSomeMachinesRunLongerAndWriteMore() {
        var longer =
                new Quotas(
                        Quotas.Counts.AWS,
                        Duration.ofDays(90),
                        new ExecutionQuotas(100, Duration.ofDays(1).toSeconds(), false),
                        List.of(
                                new Quotas.OfMachines(
                                        arn -> arn.endsWith(":short"),
                                        new ExecutionQuotas(50, 60, true)),
                                new Quotas.OfMachines(
                                        arn -> arn.endsWith(":long"),
                                        new ExecutionQuotas(50, ExecutionQuotas.UNLIMITED, true))));
        var sim = sim(longer);
        var any = sim.create("any", WAITS);
        var brief = sim.create("short", WAITS);
        var free = sim.create("long", WAITS);
        for (var machine : List.of(any, brief, free)) {
            sim.start(machine, "e");
        }

        sim.advance(Duration.ofSeconds(61));
        assertThat(sim.describe(Sim.execution(brief, "e")).status()).isEqualTo(Status.TIMED_OUT);
        assertThat(sim.describe(Sim.execution(any, "e")).status()).isEqualTo(Status.RUNNING);
        sim.scheduler().jumpWallClock(Duration.ofDays(80));
        sim.advance(Duration.ofMinutes(2));
        assertThat(sim.describe(Sim.execution(any, "e")).status()).isEqualTo(Status.TIMED_OUT);
        assertThat(sim.describe(Sim.execution(free, "e")).status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void theLastEventIsAFailureWhereverTheOperatorPutsIt() {
        var sim = sim(quotas(Quotas.Counts.AWS, new ExecutionQuotas(100, 1_000_000, false)));
        var machine = sim.create("loop", LOOP);
        sim.start(machine, "e");
        sim.advance(Duration.ofSeconds(5));

        var execution = Sim.execution(machine, "e");
        assertThat(sim.events(execution)).hasSize(100).endsWith("ExecutionFailed");
        assertThat(sim.describe(execution).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void oneThatIsAsOldAsAnExecutionMayGetIsNotRedrivable() {
        var sim = sim(quotas(Quotas.Counts.AWS, new ExecutionQuotas(25_000, 60, true)));
        var machine =
                sim.create("fails", "{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\"}}}");
        sim.start(machine, "e");
        var execution = Sim.execution(machine, "e");
        assertThat(sim.describe(execution).redrive().notRedrivable()).isEmpty();

        sim.advance(Duration.ofSeconds(61));
        assertThat(sim.describe(execution).redrive().notRedrivable())
                .contains("Execution has exceeded the max execution time");
    }

    @Test
    void oneThatReachedARaisedLimitOfEventsIsNotRedrivable() {
        var sim = sim(quotas(Quotas.Counts.AWS, new ExecutionQuotas(100, 1_000_000, false)));
        var machine = sim.create("loop", LOOP);
        sim.start(machine, "e");
        sim.advance(Duration.ofSeconds(5));

        assertThat(sim.describe(Sim.execution(machine, "e")).redrive().notRedrivable())
                .contains("Execution history event limit exceeded");
    }

    @Test
    @Proves({"CreateStateMachine", "StateMachineLimitExceeded"})
    void aMachineMoreThanThereMayBeIsRefusedUntilOneIsGone() {
        var sim = sim(quotas(new Quotas.Counts(2, 2, 1, 1, 1, 1), ExecutionQuotas.AWS));
        var first = sim.create("a", PASS);
        sim.create("b", PASS);

        assertThat(refusal(() -> sim.create("c", PASS)))
                .isEqualTo(ErrorShape.StateMachineLimitExceeded);
        sim.create("a", PASS); // the one that is there
        var elsewhere = new Arn.Place("aws", "eu-west-1", "123456789012");
        sim.ask(gradus ->
                gradus.stateMachines()
                        .create(Machine.create(new Arn.StateMachine(elsewhere, "c"), PASS)));
        sim.ask(gradus -> gradus.stateMachines().delete(first));
        sim.advance(Duration.ofSeconds(5));
        sim.create("c", PASS);
        assertThat(refusal(() -> sim.create("d", PASS)))
                .isEqualTo(ErrorShape.StateMachineLimitExceeded);
    }

    @Test
    @Proves({"CreateActivity", "ActivityLimitExceeded"})
    void anActivityMoreThanThereMayBeIsRefusedAlsoAfterARestart() {
        var sim = sim(quotas(new Quotas.Counts(2, 2, 1, 1, 1, 1), ExecutionQuotas.AWS));
        create(sim, "a");
        create(sim, "b");
        assertThat(refusal(() -> create(sim, "c"))).isEqualTo(ErrorShape.ActivityLimitExceeded);

        sim.node().crash();
        sim.node().restart();
        assertThat(refusal(() -> create(sim, "c"))).isEqualTo(ErrorShape.ActivityLimitExceeded);
        create(sim, "a");
        sim.ask(gradus -> gradus.activities().delete(new Arn.Activity(Machine.PLACE, "a")));
        create(sim, "c");
    }

    private static void create(Sim sim, String activity) {
        sim.ask(gradus ->
                gradus.activities().create(new Arn.Activity(Machine.PLACE, activity), Map.of()));
    }

    @Test
    void versionsAliasesAndTagsHaveTheOperatorsLimits() {
        var sim = sim(quotas(new Quotas.Counts(2, 2, 1, 1, 1, 1), ExecutionQuotas.AWS));
        var machine = sim.create("a", PASS);
        sim.ask(gradus ->
                gradus.versions()
                        .publish(
                                new StateMachineRequests.PublishVersion(
                                        machine, Optional.empty(), Optional.empty())));
        sim.ask(gradus ->
                gradus.stateMachines()
                        .update(
                                new StateMachineRequests.Update(
                                        machine,
                                        Optional.of(LOOP),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty())));

        assertThat(
                        refusal(() ->
                                sim.ask(gradus ->
                                        gradus.versions()
                                                .publish(
                                                        new StateMachineRequests.PublishVersion(
                                                                machine,
                                                                Optional.empty(),
                                                                Optional.empty())))))
                .isEqualTo(ErrorShape.ServiceQuotaExceededException);
        assertThatThrownBy(() ->
                        sim.ask(gradus -> gradus.tags().tag(machine, Map.of("k", "v", "l", "w"))))
                .hasMessageContaining("A resource has at most 1 tags");
    }
}
