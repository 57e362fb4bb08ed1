package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.ExecutionState.Status;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Parallel and Map that fail, one in another: what is noted, in which order, pointing to what. */
final class ForkFailureTest {
    private static final String CALL =
            "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Parameters\":{\"FunctionName\":\"f\"}";
    private static final String TASK = "{" + CALL + ",\"End\":true}";
    private static final String SUCCEED = ",\"S\":{\"Type\":\"Succeed\"}";

    private static String wait(int seconds) {
        return "{\"Type\":\"Wait\",\"Seconds\":" + seconds + ",\"End\":true}";
    }

    /** A branch of one state, named as said. */
    private static String branch(String name, String state) {
        return "{\"StartAt\":\"" + name + "\",\"States\":{\"" + name + "\":" + state + "}}";
    }

    /** A branch that fails with E after so many seconds. */
    private static String failing(int seconds) {
        return "{\"StartAt\":\"L\",\"States\":{\"L\":{\"Type\":\"Wait\",\"Seconds\":"
                + seconds
                + ",\"Next\":\"F\"},\"F\":{\"Type\":\"Fail\",\"Error\":\"E\",\"Cause\":\"c\"}}}";
    }

    private static String parallel(String more, String... branches) {
        return "{\"Type\":\"Parallel\","
                + more
                + "\"End\":true,\"Branches\":["
                + String.join(",", branches)
                + "]}";
    }

    private static String map(String more, String name, String state) {
        return "{\"Type\":\"Map\","
                + more
                + "\"End\":true,\"ItemProcessor\":"
                + branch(name, state)
                + "}";
    }

    private static String machine(String state) {
        return "{\"StartAt\":\"P\",\"States\":{\"P\":" + state + SUCCEED + "}}";
    }

    private static String caught(String errors) {
        return "\"Catch\":[{\"ErrorEquals\":[\"" + errors + "\"],\"Next\":\"S\"}],";
    }

    @Test
    void notesEverythingThatWasOpenInOtherBranches() {
        var run =
                Scenario.started(
                        machine(
                                parallel(
                                        "",
                                        branch("T", TASK),
                                        branch(
                                                "Q",
                                                parallel(
                                                        "",
                                                        branch("W", wait(9)),
                                                        branch("U", TASK))),
                                        branch("M", map("", "V", wait(9))),
                                        failing(1))),
                        "[1,2]");
        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 ParallelStateEntered P",
                "3<-2 ParallelStateStarted",
                "4<-3 TaskStateEntered T",
                "5<-4 TaskScheduled",
                "6<-3 ParallelStateEntered Q",
                "7<-6 ParallelStateStarted",
                "8<-3 MapStateEntered M",
                "9<-8 MapStateStarted 2",
                "10<-9 MapIterationStarted 0",
                "11<-9 MapIterationStarted 1",
                "12<-3 WaitStateEntered L",
                "13<-5 TaskStarted",
                "14<-7 WaitStateEntered W",
                "15<-7 TaskStateEntered U",
                "16<-15 TaskScheduled",
                "17<-10 WaitStateEntered V",
                "18<-11 WaitStateEntered V",
                "19<-16 TaskStarted");
        run.advance(1);

        run.records(
                "20<-12 WaitStateExited",
                "21<-20 FailStateEntered F",
                "22<-21 TaskStateAborted",
                "23<-21 WaitStateAborted",
                "24<-21 TaskStateAborted",
                "25<-21 ParallelStateAborted",
                "26<-21 MapIterationAborted 0",
                "27<-21 WaitStateAborted",
                "28<-21 MapIterationAborted 1",
                "29<-21 WaitStateAborted",
                "30<-21 MapStateAborted",
                "31<-21 ParallelStateFailed",
                "32<-31 ExecutionFailed");
        assertThat(run.cancelled()).hasSize(2);
        assertThat(run.timers()).isEmpty();
        assertThat(run.closed().failure()).isEqualTo(Failure.of("E", "c"));
    }

    @Test
    void notesATaskInBackOffWhenItsParallelIsRetried() {
        var run =
                Scenario.started(
                        machine(
                                parallel(
                                        "\"Retry\":[{\"ErrorEquals\":[\"E\"]}],",
                                        branch(
                                                "T",
                                                "{"
                                                        + CALL
                                                        + ",\"Retry\":[{\"ErrorEquals\":[\"X\"],\"IntervalSeconds\":60}],\"End\":true}"),
                                        failing(2))));
        run.skip().fail("X", "").records("8<-7 TaskFailed");
        run.advance(2);

        run.records("9<-6 WaitStateExited", "10<-9 FailStateEntered F", "11<-10 TaskStateAborted");
        assertThat(run.timers()).extracting(Timer::kind).containsExactly(Timer.Kind.RETRY);
        run.advance(1);
        run.records(
                "12<-10 ParallelStateStarted",
                "13<-12 TaskStateEntered T",
                "14<-13 TaskScheduled",
                "15<-12 WaitStateEntered L",
                "16<-14 TaskStarted");
    }

    @Test
    void notesAnInnerParallelInBackOffAsAborted() {
        var run =
                Scenario.started(
                        machine(
                                parallel(
                                        "",
                                        branch(
                                                "Q",
                                                parallel(
                                                        "\"Retry\":[{\"ErrorEquals\":[\"X\"],\"IntervalSeconds\":60}],",
                                                        branch(
                                                                "G",
                                                                "{\"Type\":\"Fail\",\"Error\":\"X\"}"))),
                                        failing(2))));
        run.skip().advance(2);

        run.records(
                "8<-6 WaitStateExited",
                "9<-8 FailStateEntered F",
                "10<-9 ParallelStateAborted",
                "11<-9 ParallelStateFailed",
                "12<-11 ExecutionFailed");
        assertThat(run.timers()).isEmpty();
    }

    @Test
    void recordsBothTimeoutsBeforeTheParallelFails() {
        var timed = "{" + CALL + ",\"TimeoutSeconds\":5,\"End\":true}";
        var run = Scenario.started(machine(parallel("", branch("A", timed), branch("B", timed))));
        run.skip().advance(5);

        run.records(
                "10<-8 TaskTimedOut",
                "11<-9 TaskTimedOut",
                "12<-10 TaskStateAborted",
                "13<-10 TaskStateAborted",
                "14<-10 ParallelStateFailed",
                "15<-14 ExecutionFailed");
        assertThat(run.closed().failure()).isEqualTo(Failure.of("States.Timeout"));
    }

    @Test
    void letsABranchCatchItsTimeoutThoughAnotherFailsAtTheSameInstant() {
        var timed = CALL + ",\"TimeoutSeconds\":5,";
        var run =
                Scenario.started(
                        machine(
                                parallel(
                                        "",
                                        "{\"StartAt\":\"A\",\"States\":{\"A\":{"
                                                + timed
                                                + "\"Catch\":[{\"ErrorEquals\":[\"States.Timeout\"],\"Next\":\"C\"}],\"End\":true},"
                                                + "\"C\":{\"Type\":\"Succeed\"}}}",
                                        branch("B", "{" + timed + "\"End\":true}"))));
        run.skip().advance(5);

        run.records(
                "10<-8 TaskTimedOut",
                "11<-9 TaskTimedOut",
                "12<-10 TaskStateExited",
                "13<-12 SucceedStateEntered C",
                "14<-13 SucceedStateExited",
                "15<-11 TaskStateAborted",
                "16<-11 ParallelStateFailed",
                "17<-16 ExecutionFailed");
    }

    @Test
    void saysNothingOfIterationsThatWereNotStarted() {
        var run =
                Scenario.started(
                        machine(map(caught("E") + "\"MaxConcurrency\":2,", "I", TASK)),
                        "[0,1,2,3]");
        run.skip().succeed(run.call(1), "{}");
        run.records(
                "12<-11 TaskSucceeded",
                "13<-12 TaskStateExited",
                "14<-13 MapIterationSucceeded 1",
                "15<-13 MapIterationStarted 2",
                "16<-15 TaskStateEntered I",
                "17<-16 TaskScheduled",
                "18<-17 TaskStarted");
        run.fail(run.call(1), "E", "c");

        run.records(
                "19<-18 TaskFailed",
                "20<-19 MapIterationAborted 0",
                "21<-19 TaskStateAborted",
                "22<-19 MapIterationFailed 2",
                "23<-19 TaskStateAborted",
                "24<-19 MapStateFailed",
                "25<-24 MapStateExited",
                "26<-25 SucceedStateEntered S",
                "27<-26 SucceedStateExited",
                "28<-27 ExecutionSucceeded");
        assertThat(run.output()).isEqualTo("{\"Error\":\"E\",\"Cause\":\"c\"}");
    }

    @Test
    void failsOutwardsThroughMapParallelAndMap() {
        var inner = map("", "G", "{\"Type\":\"Fail\",\"Error\":\"X\"}");
        var middle = parallel("", branch("N", inner), branch("W", wait(9)));
        var run = Scenario.started(machine(map(caught("X"), "Q", middle)), "[[1]]");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 MapStateEntered P",
                "3<-2 MapStateStarted 1",
                "4<-3 MapIterationStarted 0",
                "5<-4 ParallelStateEntered Q",
                "6<-5 ParallelStateStarted",
                "7<-6 MapStateEntered N",
                "8<-7 MapStateStarted 1",
                "9<-8 MapIterationStarted 0",
                "10<-6 WaitStateEntered W",
                "11<-9 FailStateEntered G",
                "12<-11 MapIterationFailed 0",
                "13<-11 MapStateFailed",
                "14<-13 WaitStateAborted",
                "15<-13 ParallelStateFailed",
                "16<-15 MapIterationFailed 0",
                "17<-15 MapStateFailed",
                "18<-17 MapStateExited",
                "19<-18 SucceedStateEntered S",
                "20<-19 SucceedStateExited",
                "21<-20 ExecutionSucceeded");
        assertThat(run.output()).isEqualTo("{\"Error\":\"X\",\"Cause\":null}");
    }

    @Test
    void endsWithoutANoteWhenAnIterationMeetsARuntimeError() {
        var run =
                Scenario.started(
                        machine(
                                map(
                                        caught("States.ALL"),
                                        "T",
                                        "{"
                                                + "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\","
                                                + "\"Parameters\":{\"FunctionName\":\"f\",\"Payload.$\":\"$.a\"},\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"]}],\"End\":true}")),
                        "[{\"a\":1},{}]");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 MapStateEntered P",
                "3<-2 MapStateStarted 2",
                "4<-3 MapIterationStarted 0",
                "5<-3 MapIterationStarted 1",
                "6<-4 TaskStateEntered T",
                "7<-6 TaskScheduled",
                "8<-5 TaskStateEntered T",
                "9<-8 ExecutionFailed");
        assertThat(run.closed().failure().error()).contains("States.Runtime");
    }

    @Test
    void timesOutAndStopsWithoutNotesOfTheOpenLines() {
        var state =
                parallel("", branch("T", TASK), branch("M", map("", "V", wait(90))), failing(60));
        var limited = machine(state).replaceFirst("\\{", "{\"TimeoutSeconds\":30,");
        var timed = Scenario.started(limited, "[1,2]").skip().advance(30);
        var stopped = Scenario.started(limited, "[1,2]").skip().stop(Failure.of("X", "y"));

        timed.records("14<-0 ExecutionTimedOut");
        stopped.records("14<-0 ExecutionAborted");
        assertThat(timed.timers()).isEmpty();
        assertThat(stopped.timers()).isEmpty();
        assertThat(timed.cancelled()).hasSize(1);
        assertThat(stopped.cancelled()).hasSize(1);
        assertThat(stopped.closed().failure()).isEqualTo(Failure.of("X", "y"));
    }

    @Test
    void matchesTheErrorOfABranchByItsKind() {
        var failed =
                Scenario.started(machine(parallel(caught("States.TaskFailed"), branch("T", TASK))));
        var thrown =
                Scenario.started(
                        machine(
                                parallel(
                                        caught("States.TaskFailed"),
                                        branch("G", "{\"Type\":\"Fail\",\"Error\":\"X\"}"))));
        var timed =
                Scenario.started(
                        machine(
                                parallel(
                                        caught("States.TaskFailed"),
                                        branch(
                                                "T",
                                                "{"
                                                        + CALL
                                                        + ",\"TimeoutSeconds\":5,\"End\":true}"))));

        assertThat(failed.fail("E", "").closed().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(thrown.closed().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(timed.advance(5).closed().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void matchesAMissedHeartbeatOfAnIteration() {
        var silent = "{" + CALL + ",\"TimeoutSeconds\":50,\"HeartbeatSeconds\":5,\"End\":true}";
        var heartbeat = machine(map(caught("States.HeartbeatTimeout"), "T", silent));
        var timeout = machine(map(caught("States.Timeout"), "T", silent));

        assertThat(Scenario.started(heartbeat, "[1]").advance(5).output())
                .isEqualTo("{\"Error\":\"States.Timeout\",\"Cause\":\"\"}");
        assertThat(Scenario.started(timeout, "[1]").advance(5).closed().status())
                .isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void pointsEachIterationToTheOneBeforeThoughTheDecisionEndsBetweenThem() {
        var items = "[" + "0,".repeat(599) + "0]";
        var run =
                Scenario.started(
                        machine(
                                map(
                                        "\"MaxConcurrency\":1,",
                                        "I",
                                        "{\"Type\":\"Pass\",\"End\":true}")),
                        items);
        assertThat(run.owedTurns()).isEqualTo(1);
        run.drain();

        long exited = 3;
        for (var event : run.history()) {
            if (event.type() == EventType.MAP_ITERATION_STARTED) {
                assertThat(event.previousEventId()).as("of %s", event).isEqualTo(exited);
            } else if (event.type() == EventType.PASS_STATE_EXITED) {
                exited = event.id();
            }
        }
        assertThat(run.closed().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(run.closed().output().map(Object::toString)).isEqualTo(Optional.of(items));
    }
}
