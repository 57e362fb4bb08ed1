package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.ExecutionState.Closed;
import dev.gradus.engine.ExecutionState.Running;
import dev.gradus.engine.ExecutionState.Status;
import org.junit.jupiter.api.Test;

/** Executions that ended without success and go on where they had stopped. */
final class RedriveTest {
    private static final String CALL =
            "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\","
                    + "\"Parameters\":{\"FunctionName\":\"f\"}";
    private static final String TASK = "{" + CALL + ",\"End\":true}";

    private static String machine(String states) {
        return machine("", states);
    }

    private static String machine(String more, String states) {
        return "{" + more + "\"StartAt\":\"A\",\"States\":{\"A\":" + states + "}}";
    }

    private static String branch(String name, String state) {
        return "{\"StartAt\":\"" + name + "\",\"States\":{\"" + name + "\":" + state + "}}";
    }

    @Test
    void aTaskIsScheduledAgainAndWhatCameBeforeItIsNot() {
        var run =
                Scenario.started(
                        machine("{\"Type\":\"Pass\",\"Result\":7,\"Next\":\"T\"},\"T\":" + TASK));
        run.fail("E", "c").skip();

        run.redrive()
                .records("9<-8 ExecutionRedriven", "10<-4 TaskScheduled", "11<-10 TaskStarted");
        run.succeed("1")
                .records(
                        "12<-11 TaskSucceeded",
                        "13<-12 TaskStateExited",
                        "14<-13 ExecutionSucceeded");
        assertThat(run.details(9)).isEqualTo(new EventDetails.ExecutionRedriven(1));
    }

    @Test
    void theCountGrowsWithEachRedrive() {
        var run = Scenario.started(machine(TASK)).fail("E", "c").redrive().fail("E", "c");
        run.redrive();

        assertThat(run.history().getLast().id()).isEqualTo(14);
        assertThat(run.details(12)).isEqualTo(new EventDetails.ExecutionRedriven(2));
    }

    @Test
    void retriesAreUnspentAgain() {
        var run =
                Scenario.started(
                        machine(
                                "{"
                                        + CALL
                                        + ",\"End\":true,\"Retry\":[{\"ErrorEquals\":[\"E\"],"
                                        + "\"IntervalSeconds\":1,\"MaxAttempts\":1}]}"));
        run.fail("E", "c").advance(1).fail("E", "c");
        assertThat(run.closed().status()).isEqualTo(Status.FAILED);

        run.redrive().fail("E", "c");

        assertThat(run.state()).isInstanceOf(Running.class);
        run.advance(1).succeed("1");
        assertThat(run.closed().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void onlyBranchesThatHadNotFinishedGoOn() {
        var run =
                Scenario.started(
                        machine(
                                "{\"Type\":\"Parallel\",\"End\":true,\"Branches\":["
                                        + branch(
                                                "P",
                                                "{\"Type\":\"Pass\",\"Result\":1,\"End\":true}")
                                        + ","
                                        + branch("T", TASK)
                                        + ","
                                        + branch("U", TASK)
                                        + "]}"));
        run.fail("E", "c").skip();
        assertThat(run.closed().unfinished().size()).isEqualTo(4);

        run.redrive()
                .records(
                        "17<-16 ExecutionRedriven",
                        "18<-6 TaskScheduled",
                        "19<-8 TaskScheduled",
                        "20<-18 TaskStarted",
                        "21<-19 TaskStarted");
        run.succeed("2").succeed("3");
        assertThat(run.output()).isEqualTo("[1,2,3]");
    }

    @Test
    void onlyIterationsThatHadNotFinishedGoOnAndTheRestFollowsAsThereIsRoom() {
        var run =
                Scenario.started(
                        machine(
                                "{\"Type\":\"Map\",\"MaxConcurrency\":1,\"End\":true,"
                                        + "\"ItemProcessor\":"
                                        + branch("T", TASK)
                                        + "}"),
                        "[1,2,3]");
        run.succeed("10").fail("E", "c").skip();

        run.redrive();
        assertThat(run.calls()).hasSize(1);
        run.succeed("20").succeed("30");

        assertThat(run.output()).isEqualTo("[10,20,30]");
        assertThat(run.history().stream().filter(RedriveTest::isIterationStarted)).hasSize(3);
    }

    private static boolean isIterationStarted(HistoryEvent event) {
        return event.type() == EventType.MAP_ITERATION_STARTED;
    }

    @Test
    void aFailStateFailsAgain() {
        var run = Scenario.started(machine("{\"Type\":\"Fail\",\"Error\":\"E\"}")).skip();

        run.redrive().records("4<-3 ExecutionRedriven", "5<-2 ExecutionFailed");
        assertThat(run.closed().failure().error()).contains("E");
    }

    @Test
    void aWaitKeepsItsInstant() {
        var run = Scenario.started(machine("{\"Type\":\"Wait\",\"Seconds\":10,\"End\":true}"));
        run.advance(4).stop(Failure.NONE);
        assertThat(run.timers()).isEmpty();

        run.redrive();
        run.advance(5);
        assertThat(run.state()).isInstanceOf(Running.class);
        run.advance(1);
        assertThat(run.closed().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aWaitWhoseInstantHasPassedIsLeftAtOnce() {
        var run = Scenario.started(machine("{\"Type\":\"Wait\",\"Seconds\":10,\"End\":true}"));
        run.advance(4).stop(Failure.NONE).sleep(60).skip();

        run.redrive()
                .records(
                        "4<-3 ExecutionRedriven",
                        "5<-2 WaitStateExited",
                        "6<-5 ExecutionSucceeded");
    }

    @Test
    void theLimitOfTheMachineCountsFromTheRedriveOn() {
        var run =
                Scenario.started(
                        machine(
                                "\"TimeoutSeconds\":10,",
                                "{\"Type\":\"Wait\",\"Seconds\":100,\"End\":true}"));
        run.advance(10);
        assertThat(run.closed().status()).isEqualTo(Status.TIMED_OUT);

        run.advance(50).redrive().advance(9);
        assertThat(run.state()).isInstanceOf(Running.class);
        run.advance(1);
        assertThat(run.closed().stoppedAtMillis()).isEqualTo(Scenario.START + 70_000);
    }

    @Test
    void theContextObjectTellsOfTheRedrive() {
        var run =
                Scenario.started(
                        machine(
                                "{"
                                        + CALL.replace(
                                                "\"FunctionName\":\"f\"",
                                                "\"FunctionName\":\"f\",\"Payload.$\":\"$$.Execution\"")
                                        + ",\"End\":true}"));
        assertThat(run.invocation().payload().text())
                .contains("\"RedriveCount\":0")
                .doesNotContain("RedriveTime");

        run.fail("E", "c").sleep(5).redrive();

        assertThat(run.invocation().payload().text())
                .contains("\"RedriveCount\":1,\"RedriveTime\":\"2026-01-01T00:00:05Z\"");
    }

    @Test
    void aParallelWhoseJoinedOutputWasTooLargeRunsAllOfItsBranchesAgain() {
        var big = "\"" + "x".repeat(200_000) + "\"";
        var run =
                Scenario.started(
                        machine(
                                "{\"Type\":\"Parallel\",\"End\":true,\"Branches\":["
                                        + branch("T", TASK)
                                        + ","
                                        + branch("U", TASK)
                                        + "]}"));
        run.succeed(big).succeed(big);
        assertThat(run.closed().failure().error()).contains("States.DataLimitExceeded");

        run.redrive();
        assertThat(run.calls()).hasSize(2);
        run.succeed("1").succeed("2");
        assertThat(run.output()).isEqualTo("[1,2]");
    }

    @Test
    void aFailureThatAnOuterCatchTookIsNotRedriven() {
        var run =
                Scenario.started(
                        machine(
                                "{\"Type\":\"Parallel\",\"Next\":\"Z\",\"Branches\":["
                                        + branch("T", TASK)
                                        + "],\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],"
                                        + "\"Next\":\"Z\"}]},\"Z\":"
                                        + TASK));
        run.fail("E", "c").fail("F", "c").skip();

        run.redrive();

        assertThat(run.calls()).hasSize(1);
        assertThat(run.openScopes()).isEqualTo(1);
    }

    @Test
    void anAnswerToAnAttemptBeforeTheRedriveMeansNothing() {
        var run = Scenario.started(machine(TASK));
        var old = run.call();
        run.stop(Failure.NONE).redrive();
        assertThat(run.call()).isNotEqualTo(old);

        run.skip().succeed(old, "1").records();
    }

    @Test
    void whatSucceededHasNothingToRedrive() {
        var run = Scenario.started(machine("{\"Type\":\"Succeed\"}")).skip();
        var closed = (Closed) run.state();

        run.redrive().records();
        assertThat(run.state()).isSameAs(closed);
    }

    @Test
    void manyIterationsThatGoOnAtOnceYieldToOthers() {
        var items = "[" + "1,".repeat(1_999) + "1]";
        var run =
                Scenario.started(
                        machine(
                                "{\"Type\":\"Map\",\"MaxConcurrency\":2000,\"End\":true,"
                                        + "\"ItemProcessor\":"
                                        + branch("T", TASK)
                                        + "}"),
                        items);
        run.drain().stop(Failure.NONE);

        run.redrive();
        assertThat(run.owedTurns()).isEqualTo(1);
        run.drain();
        assertThat(run.calls()).hasSize(2_000);
    }
}
