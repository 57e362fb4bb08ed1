package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.asl.MachineType;
import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.Page;
import dev.gradus.runtime.SyncExecutionView;
import dev.gradus.runtime.spi.Table;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class ExpressTest {
    private static final String PASS =
            """
            {"StartAt":"P","States":{"P":{"Type":"Pass","Parameters":{"execution.$":"$$.Execution"},"End":true}}}\
            """;
    private static final String CALL =
            """
            {"StartAt":"T","States":{"T":{"Type":"Task",
              "Resource":"arn:aws:lambda:us-east-1:123456789012:function:%s","End":true%s}}}\
            """;
    private static final String WAIT =
            """
            {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":%d,"End":true}}}\
            """;
    private static final String ENDLESS =
            """
            {"StartAt":"A","States":{
              "A":{"Type":"Wait","Seconds":1,"Next":"B"},
              "B":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericEquals":2,"Next":"C"}],"Default":"A"},
              "C":{"Type":"Succeed"}}}\
            """;

    private final Sim sim = new Sim(11);

    private Arn.StateMachine express(String name, String definition) {
        var arn = new Arn.StateMachine(Machine.PLACE, name);
        sim.ask(gradus ->
                gradus.stateMachines()
                        .create(Machine.create(arn, definition, MachineType.EXPRESS)));
        return arn;
    }

    private static ExecutionRequests.Start request(Arn.StateMachine machine, String name) {
        return new ExecutionRequests.Start(
                machine, Optional.of(name), "{ \"n\": 1 }", Optional.of("Root=1-2-3"));
    }

    private SyncExecutionView run(Arn.StateMachine machine) {
        return sim.ask(gradus -> gradus.executions().startSync(request(machine, "run")));
    }

    private static void refused(ThrowingCallable call, ErrorShape shape) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.shape()).isEqualTo(shape));
    }

    @Test
    void aSynchronousExecutionAnswersWithItsOutput() {
        var machine = express("pass", PASS);

        var ended = run(machine);

        assertThat(ended.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(ended.input()).isEqualTo("{ \"n\": 1 }");
        assertThat(ended.traceHeader()).contains("Root=1-2-3");
        assertThat(ended.billedMillis()).isEqualTo(100);
        assertThat(ended.billedMegabytes()).isEqualTo(64);
        assertThat(ended.arn().text())
                .startsWith("arn:aws:states:us-east-1:123456789012:express:pass:run:");
    }

    @Test
    void theContextObjectOfASynchronousExecutionHasNoRedriveCount() {
        var ended = run(express("pass", PASS));

        assertThat(ended.output().orElseThrow())
                .startsWith(
                        "{\"execution\":{\"Id\":\"" + ended.arn().text() + "\",\"Input\":{\"n\":1}")
                .containsSubsequence("Input", "Name", "RoleArn", "StartTime")
                .doesNotContain("RedriveCount");
    }

    @Test
    @Proves("StartSyncExecution")
    void aSynchronousExecutionLeavesNothingInTheStore() {
        run(express("pass", PASS));

        for (var table : new Table[] {Table.EXECUTION, Table.EXPRESS, Table.HISTORY, Table.NAME}) {
            assertThat(sim.rows(table)).as(table.name()).isZero();
        }
    }

    @Test
    void aSynchronousExecutionFailsWithTheErrorOfItsTask() {
        var ended = run(express("broken", CALL.formatted("broken", "")));

        assertThat(ended.status()).isEqualTo(Status.FAILED);
        assertThat(ended.failure().error()).contains("Broken");
        assertThat(ended.output()).isEmpty();
    }

    @Test
    void retriesAndTimersWorkInMemory() {
        var retry =
                ",\"Retry\":[{\"ErrorEquals\":[\"Broken\"],\"IntervalSeconds\":2,\"MaxAttempts\":2,\"BackoffRate\":1}]";
        var ended = run(express("retried", CALL.formatted("broken", retry)));

        assertThat(ended.stopMillis() - ended.startMillis()).isBetween(4_000L, 5_000L);
        assertThat(sim.outside().sendings()).hasSize(3);
    }

    @Test
    @Proves("StartSyncExecution")
    void anExpressExecutionEndsAfterFiveMinutes() {
        var waits = run(express("long", WAIT.formatted(1_000)));
        var loops = run(express("endless", ENDLESS));

        assertThat(waits.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(waits.stopMillis() - waits.startMillis()).isEqualTo(300_000);
        assertThat(loops.status()).isEqualTo(Status.TIMED_OUT);
    }

    @Test
    void anAsynchronousExecutionIsDurableUntilItHasEnded() {
        var machine = express("wait", WAIT.formatted(60));

        var started = sim.ask(gradus -> gradus.executions().start(request(machine, "one")));
        var again = sim.ask(gradus -> gradus.executions().start(request(machine, "one")));

        assertThat(started.arn()).isInstanceOf(Arn.ExpressExecution.class);
        assertThat(started.arn()).isNotEqualTo(again.arn());
        assertThat(sim.rows(Table.EXPRESS)).isEqualTo(2);
        sim.advance(Duration.ofSeconds(61));
        assertThat(sim.rows(Table.EXPRESS)).isZero();
        assertThat(sim.rows(Table.EXECUTION)).isZero();
    }

    @Test
    @Proves("StartExecution")
    void anAsynchronousExecutionIsRunAgainAfterACrash() {
        var machine = express("call", CALL.formatted("slow", ""));
        for (int i = 0; i < 6; i++) {
            var request = request(machine, "run-" + i);
            sim.ask(gradus -> gradus.executions().start(request));
        }
        sim.advance(Duration.ofMillis(500));
        int sent = sim.outside().sendings().values().stream().mapToInt(Integer::intValue).sum();
        sim.node().crash();
        sim.node().restart();
        sim.advance(Duration.ofMinutes(6));

        assertThat(sent).isEqualTo(6);
        assertThat(sim.outside().sendings().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(12);
        assertThat(sim.rows(Table.EXPRESS)).isZero();
    }

    @Test
    void aPlannedStopAnswersWhoeverWaitsAndKeepsWhatWasStarted() {
        var machine = express("wait", WAIT.formatted(60));
        var waiting = sim.send(gradus -> gradus.executions().startSync(request(machine, "sync")));
        sim.ask(gradus -> gradus.executions().start(request(machine, "async")));
        var stopped = sim.send(gradus -> gradus.stop(Duration.ofSeconds(5)));
        sim.advance(Duration.ofSeconds(6));

        assertThat(stopped).isDone();
        assertThat(waiting).isCompletedExceptionally();
        assertThat(waiting.exceptionNow())
                .hasFieldOrPropertyWithValue("shape", ErrorShape.ServiceUnavailable);
        assertThat(sim.rows(Table.EXPRESS)).isEqualTo(1);
        sim.node().substrate().close();
        sim.node().reopen();
        sim.advance(Duration.ofSeconds(62));
        assertThat(sim.rows(Table.EXPRESS)).isZero();
    }

    @Test
    void noMoreRunAtOnceThanTheLimitSays() {
        var machine = express("wait", WAIT.formatted(200));
        var replies =
                IntStream.range(0, 10_500)
                        .mapToObj(i ->
                                sim.send(gradus ->
                                        gradus.executions()
                                                .startSync(request(machine, "run-" + i))))
                        .toList();
        sim.advance(Duration.ofSeconds(100));

        var throttled = replies.stream().filter(reply -> reply.isCompletedExceptionally()).toList();
        assertThat(throttled)
                .isNotEmpty()
                .allSatisfy(reply ->
                        assertThat(reply.exceptionNow())
                                .hasFieldOrPropertyWithValue(
                                        "shape", ErrorShape.ThrottlingException));
        sim.advance(Duration.ofMinutes(2));
        assertThat(replies).allMatch(reply -> reply.isDone());
    }

    @Test
    @Proves({"StartSyncExecution", "ListExecutions", "StateMachineTypeNotSupported"})
    void eachTypeOfMachineRefusesWhatTheOtherIsFor() {
        var standard = sim.create("standard", PASS);
        var express = express("express", PASS);

        refused(() -> run(standard), ErrorShape.StateMachineTypeNotSupported);
        refused(
                () ->
                        sim.ask(gradus ->
                                gradus.executions()
                                        .list(
                                                new ExecutionRequests.ListOf(
                                                        express,
                                                        Optional.empty(),
                                                        new Page.Request(10, Optional.empty())))),
                ErrorShape.StateMachineTypeNotSupported);
        sim.ask(gradus -> gradus.stateMachines().delete(express));
        sim.advance(Duration.ofSeconds(1));
        refused(() -> run(express), ErrorShape.StateMachineDoesNotExist);
    }
}
