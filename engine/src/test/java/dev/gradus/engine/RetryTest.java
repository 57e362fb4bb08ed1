package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.ErrorName;
import dev.gradus.asl.Retrier;
import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.expressions.Randomness;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Retry and Catch. */
final class RetryTest {

    private static String task(String more) {
        return """
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:eu-west-1:111111111111:function:f",
          %s,"End":true},"S":{"Type":"Succeed"}}}\
        """
                .formatted(more);
    }

    @Test
    void retriesWithBackoffThenFails() {
        var run =
                Scenario.started(
                        task(
                                """
                                "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":2,"MaxAttempts":2,"BackoffRate":3}]\
                                """));

        run.skip().fail("E", "c").records("5<-4 LambdaFunctionFailed");
        run.advanceMillis(1_999).records();
        run.advanceMillis(1).records("6<-5 LambdaFunctionScheduled", "7<-6 LambdaFunctionStarted");
        run.fail("E", "c").records("8<-7 LambdaFunctionFailed");
        run.advance(5).records();
        run.advance(1).records("9<-8 LambdaFunctionScheduled", "10<-9 LambdaFunctionStarted");
        run.fail("E", "d").records("11<-10 LambdaFunctionFailed", "12<-11 ExecutionFailed");

        assertThat(run.closed().failure()).isEqualTo(Failure.of("E", "d"));
    }

    @Test
    void catchesWhenRetriesAreUsedUp() {
        var run =
                Scenario.started(
                        task(
                                """
                                "ResultSelector":{"n.$":"$$.State.RetryCount"},
                                "Retry":[{"ErrorEquals":["States.ALL"],"MaxAttempts":1}],
                                "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.e","Next":"S"}]\
                                """),
                        "{\"k\":0}");

        run.fail("E", "c").advance(1).fail("E", "c");

        run.skip();
        assertThat(run.output()).isEqualTo("{\"k\":0,\"e\":{\"Error\":\"E\",\"Cause\":\"c\"}}");
    }

    @Test
    void countsRetriesInTheContextObject() {
        var run =
                Scenario.started(
                        task(
                                """
                                "ResultSelector":{"n.$":"$$.State.RetryCount"},
                                "Retry":[{"ErrorEquals":["A"]},{"ErrorEquals":["B"],"MaxAttempts":1}]\
                                """));

        run.fail("A", "").advance(1).fail("B", "").advance(1).fail("A", "").advance(2);
        run.succeed("{}");

        assertThat(run.output()).isEqualTo("{\"n\":3}");
    }

    @Test
    void countsEachRetrierByItself() {
        var run =
                Scenario.started(
                        task(
                                """
                                "Retry":[{"ErrorEquals":["A"],"MaxAttempts":1},{"ErrorEquals":["B"],"MaxAttempts":1}]\
                                """));

        run.fail("A", "").advance(1).fail("B", "").advance(1);
        assertThat(run.calls()).hasSize(1);
        run.fail("A", "");

        assertThat(run.closed().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void doesNotLookForAnotherRetrierWhenTheFirstIsUsedUp() {
        var run =
                Scenario.started(
                        task(
                                """
                                "Retry":[{"ErrorEquals":["A"],"MaxAttempts":0},{"ErrorEquals":["States.ALL"]}]\
                                """));

        run.fail("A", "");

        assertThat(run.closed().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void retriesThroughATimerEvenWithoutDelay() {
        var run =
                Scenario.started(
                        task(
                                """
                                "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":0,"MaxAttempts":1}]\
                                """));

        run.fail("E", "");
        assertThat(run.timers()).hasSize(1);
        run.advanceMillis(0);

        assertThat(run.calls()).hasSize(1);
    }

    @Test
    void capsTheDelay() {
        var retrier = retrier(3, 10.0, 40, Retrier.Jitter.NONE);

        assertThat(delays(retrier)).containsExactly(3_000L, 30_000L, 40_000L, 40_000L);
    }

    @Test
    void drawsJitterBetweenNothingAndTheDelay() {
        var retrier = retrier(10, 1.0, 100, Retrier.Jitter.FULL);
        var random = new Randomness(3);
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 1_000; i++) {
            long delay = Retries.delayMillis(retrier, 0, random);
            least = Math.min(least, delay);
            most = Math.max(most, delay);
        }

        assertThat(least).isBetween(0L, 200L);
        assertThat(most).isBetween(9_800L, 10_000L);
    }

    @Test
    void survivesADelayBeyondAllNumbers() {
        var retrier = retrier(99_999_999, 1e300, 31_622_399, Retrier.Jitter.NONE);

        assertThat(Retries.delayMillis(retrier, 50_000, new Randomness(1)))
                .isEqualTo(31_622_399_000L);
    }

    private static Retrier retrier(
            long interval, double rate, long maxDelay, Retrier.Jitter jitter) {
        return new Retrier(
                List.of(ErrorName.ALL), interval, 99, rate, OptionalLong.of(maxDelay), jitter);
    }

    private static List<Long> delays(Retrier retrier) {
        var random = new Randomness(1);
        return List.of(0, 1, 2, 3).stream()
                .map(before -> Retries.delayMillis(retrier, before, random))
                .toList();
    }

    @Test
    void restartsAParallelWithAllItsBranches() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,
                          "Retry":[{"ErrorEquals":["E"],"MaxAttempts":1,"IntervalSeconds":1}],
                          "Branches":[{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"E"}}}]}}}\
                        """);

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 ParallelStateEntered P",
                "3<-2 ParallelStateStarted",
                "4<-3 FailStateEntered F");
        run.advance(1);
        run.records(
                "5<-4 ParallelStateStarted",
                "6<-5 FailStateEntered F",
                "7<-6 ParallelStateFailed",
                "8<-7 ExecutionFailed");
    }

    @Test
    void notesTheAbortedTaskBeforeAParallelStartsAgain() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,
                          "Retry":[{"ErrorEquals":["E"]}],
                          "Branches":[{"StartAt":"T","States":{"T":{"Type":"Task","End":true,
                             "Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"}}}}]}}}\
                        """);

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 ParallelStateEntered P",
                "3<-2 ParallelStateStarted",
                "4<-3 TaskStateEntered T",
                "5<-4 TaskScheduled",
                "6<-5 TaskStarted");
        run.fail("E", "").records("7<-6 TaskFailed", "8<-7 TaskStateAborted");
        run.advance(1);
        run.records(
                "9<-7 ParallelStateStarted",
                "10<-9 TaskStateEntered T",
                "11<-10 TaskScheduled",
                "12<-11 TaskStarted");
    }

    @Test
    void restartsAMapWithAllItsIterations() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":1,"End":true,
                          "Retry":[{"ErrorEquals":["E"],"MaxAttempts":1}],
                          "ItemProcessor":{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"E","Cause":"c"}}}}}}\
                        """,
                        "[1]");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 MapStateEntered M",
                "3<-2 MapStateStarted 1",
                "4<-3 MapIterationStarted 0",
                "5<-4 FailStateEntered F",
                "6<-5 MapIterationFailed 0");
        run.advance(1);
        run.records(
                "7<-5 MapStateStarted 1",
                "8<-7 MapIterationStarted 0",
                "9<-8 FailStateEntered F",
                "10<-9 MapIterationFailed 0",
                "11<-9 MapStateFailed",
                "12<-11 ExecutionFailed");
    }

    @Test
    void doesNotLetACatcherCatchItsOwnMisfit() {
        var run =
                Scenario.started(
                        task(
                                """
                                "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.a.b","Next":"S"}]\
                                """),
                        "{\"a\":1}");

        run.skip().fail("E", "c");

        run.records("5<-4 LambdaFunctionFailed", "6<-5 ExecutionFailed");
        assertThat(run.closed().failure().error()).contains("States.ResultPathMatchFailure");
    }

    @Test
    void catchesAnIntrinsicThatDoesNotFitItsArguments() {
        var run =
                Scenario.started(
                        task(
                                """
                                "Parameters":{"a.$":"States.MathAdd($.s, 1)"},
                                "Catch":[{"ErrorEquals":["States.IntrinsicFailure"],"Next":"S"}]\
                                """),
                        "{\"s\":\"x\"}");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 TaskStateEntered T",
                "3<-2 TaskStateExited",
                "4<-3 SucceedStateEntered S",
                "5<-4 SucceedStateExited",
                "6<-5 ExecutionSucceeded");
    }

    @Test
    void endsTheExecutionWhenAnIntrinsicDoesNotFitInAStateThatCannotCatch() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,
                          "Catch":[{"ErrorEquals":["States.ALL"],"Next":"S"}],
                          "Branches":[{"StartAt":"B","States":{"B":{"Type":"Pass","End":true,
                            "Parameters":{"a.$":"States.MathAdd($.s, 1)"}}}}]},"S":{"Type":"Succeed"}}}\
                        """,
                        "{\"s\":\"x\"}");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 ParallelStateEntered P",
                "3<-2 ParallelStateStarted",
                "4<-3 PassStateEntered B",
                "5<-4 ExecutionFailed");
        assertThat(run.closed().failure().error()).contains("States.Runtime");
        assertThat(run.closed().failure().cause())
                .contains(
                        "An error occurred while executing the state 'B' (entered at the event id"
                                + " #4). There was an error while evaluating the intrinsic function:"
                                + " States.MathAdd($.s, 1). Invalid arguments in States.MathAdd");
    }

    @Test
    void cutsIterationsOffWhenTheInputOfTheNextCannotBeMade() {
        var run =
                Scenario.started(
                        """
                        {"StartAt":"M","States":{"M":{"Type":"Map","End":true,
                          "ItemSelector":{"a.$":"States.MathAdd($$.Map.Item.Value, 1)"},
                          "Catch":[{"ErrorEquals":["States.IntrinsicFailure"],"Next":"S"}],
                          "ItemProcessor":{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":9,"End":true}}}},
                          "S":{"Type":"Succeed"}}}\
                        """,
                        "[1,\"x\"]");

        run.records(
                "1<-0 ExecutionStarted",
                "2<-0 MapStateEntered M",
                "3<-2 MapStateStarted 2",
                "4<-3 MapIterationStarted 0",
                "5<-3 MapIterationAborted 0",
                "6<-3 MapStateFailed",
                "7<-6 MapStateExited",
                "8<-7 SucceedStateEntered S",
                "9<-8 SucceedStateExited",
                "10<-9 ExecutionSucceeded");
    }

    @Test
    void retriesAMissedHeartbeatByEitherName() {
        for (var name : List.of("States.HeartbeatTimeout", "States.Timeout", "States.ALL")) {
            var run =
                    Scenario.started(
                            task(
                                    """
                                    "TimeoutSeconds":50,"HeartbeatSeconds":5,"Retry":[{"ErrorEquals":["States.TaskFailed"],"IntervalSeconds":99},{"ErrorEquals":["%s"],"MaxAttempts":1}]\
                                    """
                                            .formatted(name)));
            run.skip().advance(5).records("5<-4 LambdaFunctionTimedOut");
            run.advance(1).records("6<-5 LambdaFunctionScheduled", "7<-6 LambdaFunctionStarted");
            run.advance(5).records("8<-7 LambdaFunctionTimedOut", "9<-8 ExecutionFailed");
        }
    }

    @Test
    void takesATaskThatFailedForAnyReasonAsFailed() {
        var definition =
                task(
                        """
                        "Catch":[{"ErrorEquals":["States.TaskFailed"],"Next":"S"}]\
                        """);

        assertThat(Scenario.started(definition).fail("E", "").closed().status())
                .isEqualTo(Status.SUCCEEDED);
        assertThat(
                        Scenario.started(definition)
                                .fail("States.DataLimitExceeded", "")
                                .closed()
                                .status())
                .isEqualTo(Status.SUCCEEDED);
        assertThat(Scenario.started(definition).fail("States.Timeout", "").closed().status())
                .isEqualTo(Status.FAILED);
        assertThat(Scenario.started(definition).fail("States.Runtime", "").closed().status())
                .isEqualTo(Status.FAILED);
    }
}
