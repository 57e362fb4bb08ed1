package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.MachineType;
import dev.gradus.engine.Failure;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.AliasView;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.MetricBook.Counts;
import dev.gradus.runtime.MetricBook.Total;
import dev.gradus.runtime.MetricPublisher;
import dev.gradus.runtime.spi.DeliveryException;
import dev.gradus.runtime.spi.MetricDatum;
import dev.gradus.runtime.spi.MetricDatum.Dimension;
import dev.gradus.runtime.spi.MetricSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** AWS's metrics: what is counted of what happens, and what becomes of it. */
final class MetricsTest {
    private static final String PASS =
            """
            {"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}\
            """;
    private static final String FAIL =
            """
            {"StartAt":"F","States":{"F":{"Type":"Fail","Error":"E"}}}\
            """;
    private static final String WAIT =
            """
            {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":10,"End":true}}}\
            """;
    private static final String LIMITED =
            """
            {"TimeoutSeconds":3,"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":10,"End":true}}}\
            """;
    private static final String CALL =
            """
            {"StartAt":"T","States":{"T":{"Type":"Task","TimeoutSeconds":60,
              "Resource":"arn:aws:lambda:us-east-1:123456789012:function:%s","End":true}}}\
            """;
    private static final String INVOKE =
            """
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
              "Parameters":{"FunctionName":"echo"},"End":true}}}\
            """;
    private static final String WORK =
            """
            {"StartAt":"T","States":{"T":{"Type":"Task","TimeoutSeconds":%d,"HeartbeatSeconds":%d,"End":true,
              "Resource":"arn:aws:states:us-east-1:123456789012:activity:work"}}}\
            """;

    /** All values of one metric, the unit as it is. */
    private record Sum(long count, long sum) {}

    /** What was counted for a thing whose ARN ends with that, by the metrics' names. */
    private static Map<String, Sum> counted(Sim sim, String of) {
        return counted(sim, of, Optional.empty());
    }

    private static Map<String, Sum> counted(Sim sim, String of, Optional<Dimension> qualifier) {
        return sim.node().gradus().metricBook().totals().stream()
                .filter(total -> total.subject().name().endsWith(":" + of))
                .filter(total -> total.subject().qualifier().equals(qualifier))
                .collect(
                        Collectors.toMap(
                                total -> total.metric().text(),
                                total -> new Sum(total.count(), total.sum())));
    }

    private static Sum once(long value) {
        return new Sum(1, value);
    }

    @Test
    void everyWayToEndIsCountedWithItsTime() {
        var sim = new Sim(1);
        for (var machine :
                Map.of("passes", PASS, "fails", FAIL, "late", LIMITED, "stopped", WAIT)
                        .entrySet()) {
            sim.start(sim.create(machine.getKey(), machine.getValue()), "e");
        }
        sim.advance(Duration.ofSeconds(5));
        var stopped = new Arn.StateMachine(Machine.PLACE, "stopped");
        sim.ask(gradus ->
                gradus.executions()
                        .stop(
                                new ExecutionRequests.Stop(
                                        Sim.execution(stopped, "e"), Failure.of("S"))));

        var view = sim.describe(Sim.execution(stopped, "e"));
        long took = view.stopMillis().orElseThrow() - view.startMillis();
        assertThat(took).isBetween(4_000L, 8_000L);
        assertThat(counted(sim, "passes"))
                .containsOnlyKeys("ExecutionsStarted", "ExecutionsSucceeded", "ExecutionTime")
                .containsEntry("ExecutionsSucceeded", once(1));
        assertThat(counted(sim, "fails"))
                .containsOnlyKeys("ExecutionsStarted", "ExecutionsFailed", "ExecutionTime");
        assertThat(counted(sim, "late"))
                .containsOnlyKeys("ExecutionsStarted", "ExecutionsTimedOut", "ExecutionTime")
                .containsEntry("ExecutionTime", once(3_000));
        assertThat(counted(sim, "stopped"))
                .containsOnlyKeys("ExecutionsStarted", "ExecutionsAborted", "ExecutionTime")
                .containsEntry("ExecutionTime", once(took));
    }

    @Test
    void aStartByVersionOrAliasIsCountedTwice() {
        var versions = new SimVersions(2);
        var version = versions.publish();
        versions.alias("live", new AliasView.Route(version.arn(), 100));

        versions.sim().start(versions.machine(), "plain");
        versions.sim().start(versions.version(1), "by-version");
        versions.sim().start(versions.alias("live"), "by-alias");

        var sim = versions.sim();
        assertThat(counted(sim, "m")).containsEntry("ExecutionsStarted", new Sum(3, 3));
        for (var qualifier :
                List.of(new Dimension("Version", "1"), new Dimension("Alias", "live"))) {
            assertThat(counted(sim, "m", Optional.of(qualifier)))
                    .containsOnlyKeys("ExecutionsStarted", "ExecutionsSucceeded", "ExecutionTime")
                    .containsEntry("ExecutionsStarted", once(1));
        }
    }

    @Test
    void aRedriveIsCountedAndHowItEnded() {
        var sim = new Sim(3);
        var machine = sim.create("m", FAIL);
        sim.start(machine, "e");

        sim.ask(gradus ->
                gradus.executions()
                        .redrive(
                                new ExecutionRequests.Redrive(
                                        Sim.execution(machine, "e"), Optional.empty())));

        assertThat(counted(sim, "m"))
                .containsEntry("ExecutionsStarted", once(1))
                .containsEntry("ExecutionsRedriven", once(1))
                .containsEntry("ExecutionsFailed", new Sum(2, 2))
                .containsEntry("RedrivenExecutionsFailed", once(1));
    }

    @Test
    void functionsAreCountedByTheirArnsWithTheirTimes() {
        var sim = new Sim(4);
        for (var function : List.of("echo", "broken", "slow")) {
            sim.start(sim.create(function, CALL.formatted(function)), "e");
        }
        sim.advance(Duration.ofMinutes(2));

        assertThat(counted(sim, "function:echo"))
                .containsOnlyKeys(
                        "LambdaFunctionsScheduled",
                        "LambdaFunctionsStarted",
                        "LambdaFunctionsSucceeded",
                        "LambdaFunctionTime",
                        "LambdaFunctionRunTime",
                        "LambdaFunctionScheduleTime")
                .allSatisfy((_, sum) -> assertThat(sum.count()).isEqualTo(1));
        assertThat(counted(sim, "function:broken"))
                .containsEntry("LambdaFunctionsFailed", once(1))
                .doesNotContainKey("LambdaFunctionsSucceeded");
        assertThat(counted(sim, "function:slow"))
                .containsEntry("LambdaFunctionsTimedOut", once(1))
                .containsEntry("LambdaFunctionRunTime", once(60_000));
    }

    @Test
    void anIntegrationIsCountedByItsResource() {
        var sim = new Sim(5);
        sim.start(sim.create("m", INVOKE), "e");
        sim.advance(Duration.ofSeconds(1));

        assertThat(counted(sim, "lambda:invoke"))
                .containsEntry("ServiceIntegrationsScheduled", once(1))
                .containsEntry("ServiceIntegrationsStarted", once(1))
                .containsEntry("ServiceIntegrationsSucceeded", once(1))
                .containsKeys(
                        "ServiceIntegrationTime",
                        "ServiceIntegrationRunTime",
                        "ServiceIntegrationScheduleTime");
    }

    @Test
    void activitiesAreCountedAndAMissedHeartbeatIsToldFromATimeout() {
        var sim = new Sim(6);
        sim.ask(gradus -> gradus.activities().create(Machine.WORK, Map.of()));
        sim.start(sim.create("beats", WORK.formatted(60, 20)), "e");
        sim.start(sim.create("ends", WORK.formatted(30, 25)), "done");
        sim.advance(Duration.ofSeconds(2));
        for (int i = 0; i < 2; i++) {
            var task =
                    sim.ask(gradus ->
                                    gradus.activities()
                                            .poll(Machine.WORK, Optional.of("w"), () -> true))
                            .orElseThrow();
            if (i == 1) {
                sim.ask(gradus ->
                        gradus.tasks()
                                .succeed(Machine.PLACE, task.taskToken(), Payload.ofText("1")));
            }
        }
        sim.advance(Duration.ofMinutes(2));

        assertThat(counted(sim, "activity:work"))
                .containsEntry("ActivitiesScheduled", new Sum(2, 2))
                .containsEntry("ActivitiesStarted", new Sum(2, 2))
                .containsEntry("ActivitiesSucceeded", once(1))
                .containsEntry("ActivitiesHeartbeatTimedOut", once(1))
                .doesNotContainKey("ActivitiesTimedOut")
                .hasEntrySatisfying(
                        "ActivityScheduleTime",
                        sum -> assertThat(sum.sum()).isBetween(4_000L, 6_000L));
    }

    @Test
    void whatEndsAfterACrashIsMeasuredFromBeforeIt() {
        var sim = new Sim(7);
        sim.start(sim.create("m", CALL.formatted("slow")), "e");
        sim.advance(Duration.ofSeconds(10));

        sim.node().crash();
        sim.advance(Duration.ofSeconds(20));
        sim.node().restart();
        sim.advance(Duration.ofMinutes(2));

        assertThat(counted(sim, "function:slow"))
                .containsOnlyKeys(
                        "LambdaFunctionsFailed", "LambdaFunctionTime", "LambdaFunctionRunTime")
                .hasEntrySatisfying(
                        "LambdaFunctionTime",
                        sum -> assertThat(sum.sum()).isBetween(29_000L, 32_000L));
    }

    @Test
    void expressExecutionsAreCountedWithWhatTheyAreBilled() {
        var sim = new Sim(8);
        var machine = new Arn.StateMachine(Machine.PLACE, "m");
        sim.ask(gradus ->
                gradus.stateMachines()
                        .create(
                                Machine.create(
                                        machine, CALL.formatted("echo"), MachineType.EXPRESS)));
        var request =
                new ExecutionRequests.Start(machine, Optional.of("run"), "{}", Optional.empty());

        var ended = sim.ask(gradus -> gradus.executions().startSync(request));
        sim.ask(gradus -> gradus.executions().start(request));
        sim.advance(Duration.ofSeconds(5));

        assertThat(counted(sim, "m"))
                .containsEntry("ExecutionsStarted", new Sum(2, 2))
                .containsEntry("ExecutionsSucceeded", new Sum(2, 2))
                .containsEntry("ExpressExecutionBilledMemory", new Sum(2, 2 * 64))
                .hasEntrySatisfying(
                        "ExpressExecutionBilledDuration",
                        sum -> assertThat(sum.sum()).isEqualTo(2 * ended.billedMillis()))
                .hasEntrySatisfying(
                        "ExpressExecutionMemory",
                        sum -> assertThat(sum.sum()).isGreaterThanOrEqualTo(2 * (50L << 20)));
        assertThat(counted(sim, "function:echo"))
                .containsEntry("LambdaFunctionsSucceeded", new Sum(2, 2));
    }

    /** Takes what it is given, unless it is dead. */
    private static final class Sink implements MetricSink {
        private final List<MetricDatum> taken = new ArrayList<>();
        private int attempts;
        private boolean dead;

        @Override
        public int send(List<MetricDatum> data) {
            attempts++;
            if (dead) {
                taken.addAll(data.subList(0, 1));
                throw new DeliveryException("the simulated sink is dead").after(1);
            }
            taken.addAll(data);
            return 0;
        }

        @Override
        public void close() {}
    }

    private static MetricPublisher publisher(Sim sim, Sink sink) {
        var platform = new SimPlatform(sim.scheduler(), sim.scheduler().process("publisher"));
        var publisher = new MetricPublisher(platform, sim.node().gradus().metricBook(), sink);
        publisher.start();
        return publisher;
    }

    @Test
    void eachMinuteIsPublishedOnce() {
        var sim = new Sim(9);
        var sink = new Sink();
        publisher(sim, sink);
        var machine = sim.create("m", PASS);
        sim.start(machine, "one");
        sim.start(machine, "two");
        sim.advance(Duration.ofSeconds(61));
        sim.start(machine, "three");
        sim.advance(Duration.ofMinutes(5));

        assertThat(sink.attempts).isEqualTo(2);
        assertThat(sink.taken)
                .filteredOn(datum -> datum.name().equals("ExecutionsStarted"))
                .extracting(datum -> datum.atMillis() + " " + datum.statistics().sum())
                .containsExactly(
                        Sim.START.toEpochMilli() + " 2",
                        Sim.START.plusSeconds(60).toEpochMilli() + " 1");
        assertThat(sim.node().gradus().metricBook().counts()).isEqualTo(new Counts(1, 0, 6, 0));
    }

    @Test
    void whatASinkDoesNotTakeInThreeAttemptsIsDroppedAndCounted() {
        var sim = new Sim(10);
        var sink = new Sink();
        publisher(sim, sink);
        for (int i = 0; i < 3; i++) {
            sim.start(sim.create("m" + i, PASS), "e");
        }
        sink.dead = true;
        sim.advance(Duration.ofMinutes(5));

        assertThat(sink.attempts).isEqualTo(3);
        assertThat(sink.taken).hasSize(3).doesNotHaveDuplicates();
        assertThat(sim.node().gradus().metricBook().counts()).isEqualTo(new Counts(3, 0, 3, 6));
        assertThat(sim.node().gradus().metricBook().totals())
                .filteredOn(total -> total.metric().text().equals("ExecutionsStarted"))
                .extracting(Total::sum)
                .containsExactly(1L, 1L, 1L);
    }

    @Test
    void aStopPublishesTheLast() {
        var sim = new Sim(11);
        var sink = new Sink();
        var publisher = publisher(sim, sink);
        sim.start(sim.create("m", PASS), "e");

        var stopped = publisher.stop().toCompletableFuture();
        sim.advance(Duration.ofSeconds(1));

        assertThat(stopped).isCompleted();
        assertThat(sink.taken).hasSize(3);
        sim.advance(Duration.ofMinutes(5));
        assertThat(sink.attempts).isEqualTo(1);
    }
}
