package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.engine.Failure;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.ActivityView;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.Gradus;
import dev.gradus.runtime.spi.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ActivityTest {
    private static final String TASK =
            """
            {"StartAt":"T","States":{"T":{"Type":"Task","TimeoutSeconds":600,"End":true,
              "Resource":"arn:aws:states:us-east-1:123456789012:activity:work"}}}\
            """;

    private final Sim sim = new Sim(9);
    private final Arn.StateMachine machine = machine();

    private Arn.StateMachine machine() {
        sim.ask(gradus -> gradus.activities().create(Machine.WORK, Map.of()));
        return sim.create("working", TASK);
    }

    private CompletableFuture<Optional<ActivityView.Task>> poll() {
        return sim.send(
                gradus -> gradus.activities().poll(Machine.WORK, Optional.of("w"), () -> true));
    }

    private List<ActivityView.Task> tasksOf(
            List<CompletableFuture<Optional<ActivityView.Task>>> polls) {
        return polls.stream().filter(Future::isDone).flatMap(poll -> poll.join().stream()).toList();
    }

    private void start(int executions) {
        IntStream.range(0, executions).forEach(i -> sim.start(machine, "e" + i));
    }

    @Test
    @Proves("GetActivityTask")
    void aPollWaitsAMinuteAndThenGetsNothing() {
        var poll = poll();
        sim.advance(Duration.ofSeconds(59));
        assertThat(poll).isNotDone();
        sim.advance(Duration.ofSeconds(2));
        assertThat(poll).isCompletedWithValue(Optional.empty());
    }

    @Test
    @Proves("GetActivityTask")
    void eachTaskGoesToOneWaitingPollWhicheverShardItIsIn() {
        var polls = IntStream.range(0, 10).mapToObj(_ -> poll()).toList();
        sim.advance(Duration.ofSeconds(1));
        start(6);
        sim.advance(Duration.ofSeconds(1));

        var tasks = tasksOf(polls);
        assertThat(tasks).hasSize(6);
        assertThat(new HashSet<>(tasks)).hasSize(6);
        assertThat(sim.rows(Table.ACTIVITY_QUEUE)).isZero();
    }

    @Test
    void moreTasksThanMemoryHoldsAreHandedOutOldestFirst() {
        start(2_300);
        sim.node().crash();
        sim.node().restart();
        var tasks = new ArrayList<ActivityView.Task>();
        while (tasks.size() < 2_300) {
            var task =
                    sim.ask(gradus ->
                            gradus.activities().poll(Machine.WORK, Optional.of("w"), () -> true));
            tasks.add(task.orElseThrow());
        }
        assertThat(new HashSet<>(tasks)).hasSize(2_300);
        assertThat(sim.rows(Table.ACTIVITY_QUEUE)).isZero();
        assertThat(poll()).isNotDone();
    }

    @Test
    void aTaskIsNotHandedToAClosedConnection() {
        var gone =
                sim.send(gradus ->
                        gradus.activities().poll(Machine.WORK, Optional.of("w"), () -> false));
        start(1);
        sim.advance(Duration.ofSeconds(1));

        assertThat(gone).isNotDone();
        assertThat(sim.rows(Table.ACTIVITY_QUEUE)).isEqualTo(1);
        assertThat(sim.events(Sim.execution(machine, "e0"))).doesNotContain("ActivityStarted");
    }

    @Test
    void aTaskThatNobodyNeedsAnyMoreIsNotHandedOut() {
        start(2);
        for (var name : List.of("e0", "e1")) {
            sim.ask(gradus ->
                    gradus.executions()
                            .stop(
                                    new ExecutionRequests.Stop(
                                            Sim.execution(machine, name), Failure.NONE)));
        }
        var poll = poll();
        sim.advance(Duration.ofSeconds(1));
        assertThat(poll).isNotDone();
        assertThat(sim.rows(Table.ACTIVITY_QUEUE)).isZero();
    }

    @Test
    @Proves({"SendTaskSuccess", "TaskTimedOut"})
    void aTokenCountsOnceAndSurvivesARestart() {
        start(1);
        var task =
                sim.ask(gradus ->
                                gradus.activities()
                                        .poll(Machine.WORK, Optional.of("w"), () -> true))
                        .orElseThrow();
        sim.node().crash();
        sim.node().restart();
        sim.ask(gradus -> gradus.tasks().heartbeat(Machine.PLACE, task.taskToken()));
        sim.ask(gradus ->
                gradus.tasks().succeed(Machine.PLACE, task.taskToken(), Payload.ofText("1")));

        assertThat(sim.describe(Sim.execution(machine, "e0")).status()).isEqualTo(Status.SUCCEEDED);
        assertThatThrownBy(() ->
                        sim.ask(gradus ->
                                gradus.tasks()
                                        .succeed(
                                                Machine.PLACE,
                                                task.taskToken(),
                                                Payload.ofText("1"))))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.shape()).isEqualTo(ErrorShape.TaskTimedOut));
    }

    @Test
    @Proves({"SendTaskSuccess", "SendTaskFailure", "SendTaskHeartbeat", "InvalidToken"})
    void aTokenIsNoneForAnotherAccountOrRegionOpenOrClosed() {
        start(1);
        var token =
                sim.ask(gradus ->
                                gradus.activities()
                                        .poll(Machine.WORK, Optional.of("w"), () -> true))
                        .orElseThrow()
                        .taskToken();
        var strangers =
                List.of(
                        new Arn.Place("aws", "us-east-1", "000000000042"),
                        new Arn.Place("aws", "eu-west-1", "123456789012"));
        var one = Payload.ofText("1");

        for (int round = 0; round < 2; round++) {
            for (var stranger : strangers) {
                assertInvalid(gradus -> gradus.tasks().heartbeat(stranger, token));
                assertInvalid(gradus -> gradus.tasks().fail(stranger, token, Failure.NONE));
                assertInvalid(gradus -> gradus.tasks().succeed(stranger, token, one));
            }
            if (round == 0) {
                sim.ask(gradus -> gradus.tasks().succeed(Machine.PLACE, token, one));
            }
        }
        assertThat(sim.describe(Sim.execution(machine, "e0")).status()).isEqualTo(Status.SUCCEEDED);
    }

    private void assertInvalid(Function<Gradus, CompletionStage<Void>> request) {
        assertThatThrownBy(() -> sim.ask(request))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.shape()).isEqualTo(ErrorShape.InvalidToken))
                .hasMessageContaining("Invalid Token: 'Invalid token'");
    }

    @Test
    void pollsOfALostShardComeBackEmptySoThatWorkersAskAgain() {
        var poll = poll();
        sim.advance(Duration.ofSeconds(1));
        sim.node().substrate().acquire(1, _ -> {}).close();
        sim.advance(Duration.ofSeconds(1));

        assertThat(poll).isCompletedWithValue(Optional.empty());
    }

    @Test
    @Proves({"GetActivityTask", "ActivityWorkerLimitExceeded"})
    void noMoreThanAThousandPollsOfOneActivityWait() {
        var polls = IntStream.range(0, 1_001).mapToObj(_ -> poll()).toList();
        sim.advance(Duration.ofSeconds(1));

        assertThat(polls.stream().filter(Future::isDone)).hasSize(1);
        sim.advance(Duration.ofSeconds(61));
        assertThat(polls).allMatch(Future::isDone);
        assertThat(poll()).isNotDone();
    }
}
