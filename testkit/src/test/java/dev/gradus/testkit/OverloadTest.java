package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.RuntimeOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OverloadTest {
    /** A batch may take half a minute to become durable. */
    private static final SimFaults SLOW_DISK = new SimFaults(Duration.ofSeconds(30), 0, 0, 0);

    private final Sim sim = new Sim(8, SLOW_DISK, RuntimeOptions.DEFAULT);

    private CompletableFuture<ExecutionRequests.Started> start(int number, String input) {
        var request =
                new ExecutionRequests.Start(
                        Machine.CALLBACK.arn(), Optional.of("e" + number), input, Optional.empty());
        return sim.send(gradus -> gradus.executions().start(request));
    }

    private static boolean isThrottled(CompletableFuture<?> reply) {
        return reply.isCompletedExceptionally()
                && reply.exceptionNow() instanceof ApiException refused
                && refused.shape() == ErrorShape.ThrottlingException;
    }

    @Test
    void startsAreRefusedWhileAShardIsBehindAndCompletionsAreNot() {
        sim.create(Machine.CALLBACK);
        sim.start(Machine.CALLBACK.arn(), "early");
        sim.scheduler().runUntil(() -> !sim.tokens().isEmpty(), 1_000_000);

        // Each input fills a good part of what may wait; two batches are on their way to the disk.
        var input = "{\"pad\":\"" + "x".repeat(250_000) + "\"}";
        var replies = IntStream.range(0, 200).mapToObj(i -> start(i, input)).toList();
        var completion =
                sim.send(gradus ->
                        gradus.tasks()
                                .succeed(
                                        Machine.PLACE,
                                        sim.tokens().getFirst(),
                                        Payload.ofText("1")));

        var refused = replies.stream().filter(OverloadTest::isThrottled).count();
        assertThat(refused).isBetween(50L, 190L);
        assertThat(sim.node().gradus().metrics().queueBytes())
                .isLessThanOrEqualTo(2 * (16L << 20) + (2 << 20));
        assertThat(sim.node().gradus().metrics().refusedStarts()).isEqualTo(refused);
        assertThat(sim.scheduler().runUntil(completion::isDone, 1_000_000)).isTrue();
        assertThat(completion).isCompleted();
        sim.scheduler()
                .runUntil(() -> replies.stream().allMatch(CompletableFuture::isDone), 1_000_000);
        for (int i = 0; i < replies.size(); i++) {
            if (!isThrottled(replies.get(i))) {
                // Nothing that was taken is lost.
                assertThat(sim.describe(Machine.CALLBACK.execution("e" + i)).status())
                        .isEqualTo(Status.RUNNING);
            }
        }
    }

    @Test
    void startsAreRefusedWhenTheyWouldWaitTooLong() {
        sim.create(Machine.CALLBACK);
        var input = "{\"pad\":\"" + "x".repeat(250_000) + "\"}";
        // More than two batches take: the rest waits for the disk.
        var waiting = IntStream.range(0, 60).mapToObj(i -> start(i, input)).toList();
        sim.advance(Duration.ofSeconds(1));
        var late = IntStream.range(60, 90).mapToObj(i -> start(i, "{}")).toList();

        assertThat(waiting).noneMatch(OverloadTest::isThrottled);
        assertThat(late).anyMatch(OverloadTest::isThrottled);
    }

    @Test
    void startsWaitForAShardThatIsBeingTakenUpButNotForEver() {
        sim.create(Machine.CALLBACK);
        sim.node().crash();
        sim.node().restart(new SimFaults(Duration.ofMillis(5), 0, 0, 1));
        sim.advance(Duration.ofSeconds(1));
        var waiting = IntStream.range(0, 10).mapToObj(i -> start(i, "{}")).toList();
        sim.advance(Duration.ofSeconds(10));
        var alsoWaiting = IntStream.range(10, 20).mapToObj(i -> start(i, "{}")).toList();
        sim.advance(Duration.ofSeconds(10));
        var late = IntStream.range(20, 30).mapToObj(i -> start(i, "{}")).toList();

        assertThat(waiting).noneMatch(Future::isDone);
        assertThat(alsoWaiting).noneMatch(Future::isDone);
        assertThat(late).allMatch(OverloadTest::isThrottled);
    }

    /** As after a start of the server on a machine that has no time for it. */
    @Test
    void nobodyIsRefusedForTheTimeThatTakingUpAShardTook() {
        int slow = 0;
        for (int seed = 1; seed <= 8; seed++) {
            slow += tenthsUntilHeld(new Sim(seed)) > 8 ? 1 : 0;
        }
        assertThat(slow).as("seeds in which it took longer than a start may wait").isPositive();
    }

    private static int tenthsUntilHeld(Sim sim) {
        sim.create(Machine.CALLBACK);
        IntStream.range(0, 50).forEach(i -> sim.start(Machine.CALLBACK.arn(), "before" + i));
        sim.node().crash();
        // A claim fails mostly, and what the crash left has to be written again by a slow disk.
        sim.node().restart(new SimFaults(Duration.ofMillis(1_500), 0, 0, 0.6));
        var replies = new ArrayList<CompletableFuture<ExecutionRequests.Started>>();
        int heldAfter = 0;
        for (int i = 0; i < 60; i++) {
            int number = i;
            replies.add(
                    sim.send(gradus ->
                            gradus.executions()
                                    .start(
                                            Sim.startRequest(
                                                    Machine.CALLBACK.arn(), "e" + number))));
            heldAfter += sim.node().gradus().isReady() ? 0 : 1;
            sim.advance(Duration.ofMillis(100));
        }
        sim.advance(Duration.ofSeconds(60));

        assertThat(replies).noneMatch(OverloadTest::isThrottled).allMatch(Future::isDone);
        return heldAfter;
    }

    @Test
    void changesOfTheControlPlaneAreRefusedLikeStarts() {
        var definition =
                "{\"Comment\":\""
                        + "x".repeat(900_000)
                        + "\",\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}";
        var replies =
                IntStream.range(0, 40)
                        .mapToObj(i ->
                                sim.send(gradus ->
                                        gradus.stateMachines()
                                                .create(
                                                        Machine.create(
                                                                new dev.gradus.runtime.Arn
                                                                        .StateMachine(
                                                                        Machine.PLACE, "m" + i),
                                                                definition))))
                        .toList();

        assertThat(replies.stream().filter(OverloadTest::isThrottled).count()).isBetween(20L, 35L);
    }
}
