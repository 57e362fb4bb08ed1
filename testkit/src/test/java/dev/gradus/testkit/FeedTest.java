package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.asl.MachineType;
import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.FeedSinks;
import dev.gradus.runtime.Quotas;
import dev.gradus.runtime.RuntimeOptions;
import dev.gradus.runtime.RuntimeOptions.OnLostCall;
import dev.gradus.runtime.StateMachineRequests;
import dev.gradus.runtime.StateMachineView.Logging;
import dev.gradus.runtime.StoreCheck;
import dev.gradus.runtime.TokenKeys;
import dev.gradus.runtime.spi.LogRecord;
import dev.gradus.runtime.spi.StatusEvent;
import dev.gradus.runtime.spi.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Logs and status-change events: what arrives, when sinks are dead and when the node crashes. */
final class FeedTest {
    private static final String WAIT =
            """
            {"StartAt":"W","States":{
              "W":{"Type":"Wait","Seconds":2,"Next":"P"},
              "P":{"Type":"Pass","Next":"X"},
              "X":{"Type":"Wait","Seconds":2,"Next":"F"},
              "F":{"Type":"Fail","Error":"E","Cause":"c"}}}\
            """;
    private static final String PASS =
            """
            {"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}\
            """;

    private final SimSinks sinks = new SimSinks();

    private static Sim sim(long seed, FeedSinks feeds) {
        return new Sim(
                seed,
                SimFaults.delaysOnly(),
                new RuntimeOptions(OnLostCall.FAIL, Quotas.AWS, feeds));
    }

    private static Arn.StateMachine create(
            Sim sim, String name, String definition, MachineType type, String level) {
        return create(sim, name, definition, type, level, SimSinks.arn(SimSinks.GROUP));
    }

    private static Arn.StateMachine create(
            Sim sim, String name, String definition, MachineType type, String level, String group) {
        var arn = new Arn.StateMachine(Machine.PLACE, name);
        var request =
                new StateMachineRequests.Create(
                        arn,
                        definition,
                        "arn:aws:iam::123456789012:role/r",
                        type,
                        new Logging(level, true, Optional.of(List.of(group))),
                        false,
                        Optional.empty(),
                        Map.of());
        sim.ask(gradus -> gradus.stateMachines().create(request));
        return arn;
    }

    private static List<String> history(Sim sim, Arn.Execution arn) {
        return sim.history(arn).stream()
                .map(event -> event.id() + " " + event.type().text() + " data")
                .toList();
    }

    private static List<String> statuses(List<StatusEvent> events, Arn.Execution arn) {
        return events.stream()
                .filter(event -> event.executionArn().equals(arn.text()))
                .map(event -> detail(event).get("status").orElseThrow().text())
                .distinct()
                .toList();
    }

    private static JsonObject detail(StatusEvent event) {
        return (JsonObject) Json.parse(event.detail());
    }

    @Test
    void everyEventIsLoggedAndEveryStatusPublishedWhateverCrashes() {
        for (long seed = 1; seed <= 40; seed++) {
            var world = new SimSinks();
            var random = new Random(seed);
            var sim = sim(seed, world.all());
            var machine = create(sim, "m", WAIT, MachineType.STANDARD, "ALL");
            for (int i = 0; i < 4; i++) {
                sim.start(machine, "e" + i);
            }
            for (int crash = 0; crash < 4; crash++) {
                int[] left = {random.nextInt(120)};
                sim.scheduler().runUntil(() -> left[0]-- <= 0, 1_000);
                sim.node().crash();
                sim.advance(Duration.ofMillis(random.nextInt(800)));
                sim.node().restart(seed % 2 == 0 ? SimFaults.nasty() : SimFaults.delaysOnly());
                check(sim);
            }
            sim.advance(Duration.ofMillis(random.nextInt(5_000)));
            sim.node().crash();
            sim.node().restart(SimFaults.delaysOnly());
            sim.advance(Duration.ofMinutes(2));

            for (int i = 0; i < 4; i++) {
                var execution = Sim.execution(machine, "e" + i);
                assertThat(world.lines(execution.text()))
                        .as("seed %s", seed)
                        .containsExactlyElementsOf(history(sim, execution));
                for (var events : List.of(world.published(), world.posted())) {
                    assertThat(statuses(events, execution))
                            .as("seed %s", seed)
                            .containsExactly("\"RUNNING\"", "\"FAILED\"");
                }
            }
            assertThat(sim.rows(Table.FEED)).as("seed %s", seed).isZero();
        }
    }

    private static void check(Sim sim) {
        for (int shard = 0; shard < 3; shard++) {
            assertThat(StoreCheck.of(sim.node().substrate().follower(shard).orElseThrow()))
                    .isEmpty();
        }
    }

    @Test
    void aDeadSinkHoldsNothingUpAndGetsAllWhenItIsBack() {
        var sim = sim(3, sinks.all());
        var machine = create(sim, "m", WAIT, MachineType.STANDARD, "ALL");
        sinks.kill("logs");
        sinks.kill("bus");

        for (int i = 0; i < 5; i++) {
            sim.start(machine, "e" + i);
        }
        sim.advance(Duration.ofMinutes(1));

        for (int i = 0; i < 5; i++) {
            assertThat(sim.describe(Sim.execution(machine, "e" + i)).status())
                    .isEqualTo(Status.FAILED);
        }
        assertThat(sim.node().gradus().metrics().feedWaiting()).isEqualTo(5 * 3 + 5 * 2);
        assertThat(sim.node().gradus().metrics().feedFailures()).isPositive();
        assertThat(sinks.posted()).as("another sink is alive").hasSize(10);
        sinks.revive("logs");
        sinks.revive("bus");
        sim.advance(Duration.ofMinutes(1));
        assertThat(sim.rows(Table.FEED)).isZero();
        assertThat(sinks.records()).hasSize(5 * 9);
        assertThat(sinks.published()).hasSize(10);
        assertThat(sim.node().gradus().metrics().feedDelivered()).isEqualTo(5 * 9 + 10 + 10);
        assertThat(sim.node().gradus().metrics().feedDropped()).isZero();
    }

    @Test
    void whatASinkTookBeforeItRefusedIsNotSentAgain() {
        var sim = sim(4, sinks.all());
        var machine = create(sim, "m", PASS, MachineType.STANDARD, "OFF");
        sinks.kill("webhook");
        sinks.takeBeforeRefusing(1);

        for (int i = 0; i < 4; i++) {
            sim.start(machine, "e" + i);
        }
        sim.advance(Duration.ofMinutes(10));

        assertThat(sinks.posted()).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    void eachLevelLogsItsTypes() {
        var sim = sim(5, sinks.logsOnly());
        for (var level : List.of("ALL", "ERROR", "FATAL", "OFF")) {
            var machine = create(sim, level, WAIT, MachineType.STANDARD, level);
            sim.start(machine, "e");
        }
        sim.advance(Duration.ofMinutes(1));

        assertThat(logged("ALL")).hasSize(9);
        assertThat(logged("ERROR"))
                .containsExactly("8 FailStateEntered data", "9 ExecutionFailed data");
        assertThat(logged("FATAL")).containsExactly("9 ExecutionFailed data");
        assertThat(logged("OFF")).isEmpty();
    }

    private List<String> logged(String machine) {
        var arn = new Arn.StateMachine(Machine.PLACE, machine);
        return sinks.lines(Sim.execution(arn, "e").text());
    }

    @Test
    void withoutLogsAndSinksNothingIsQueued() {
        var sim = sim(6, sinks.logsOnly());
        sinks.kill("logs");
        var machine = create(sim, "m", WAIT, MachineType.STANDARD, "OFF");

        sim.start(machine, "e");
        sim.advance(Duration.ofMinutes(1));

        assertThat(sim.rows(Table.FEED)).isZero();
    }

    @Test
    void expressExecutionsLogFromMemoryAndPublishNothing() {
        var sim = sim(7, sinks.all());
        var machine = create(sim, "m", WAIT, MachineType.EXPRESS, "ALL");
        var request =
                new ExecutionRequests.Start(
                        machine, Optional.of("run"), RandomWorld.input(2), Optional.empty());

        var ended = sim.ask(gradus -> gradus.executions().startSync(request));
        var started = sim.ask(gradus -> gradus.executions().start(request));
        sim.advance(Duration.ofMinutes(1));

        for (var arn : List.of(ended.arn().text(), started.arn().text())) {
            assertThat(sinks.lines(arn))
                    .containsExactly(
                            "1 ExecutionStarted data",
                            "2 WaitStateEntered data",
                            "3 WaitStateExited data",
                            "4 PassStateEntered data",
                            "5 PassStateExited data",
                            "6 WaitStateEntered data",
                            "7 WaitStateExited data",
                            "8 FailStateEntered data",
                            "9 ExecutionFailed data");
        }
        assertThat(sinks.published()).isEmpty();
        assertThat(sim.rows(Table.FEED)).isZero();
    }

    @Test
    void aRecordSaysWhereItBelongs() {
        var sim = sim(8, sinks.logsOnly());
        var machine = create(sim, "orders", PASS, MachineType.STANDARD, "ALL");

        sim.start(machine, "e");
        sim.advance(Duration.ofMinutes(1));

        assertThat(sinks.records())
                .hasSize(4)
                .allSatisfy(record -> {
                    assertThat(record.group().name()).isEqualTo(SimSinks.GROUP);
                    assertThat(record.machine()).isEqualTo("orders");
                    assertThat(record.stream()).matches("states/orders/2026-11-01/[0-9a-f-]{36}");
                });
        assertThat(sinks.records().stream().map(LogRecord::atMillis)).isSorted();
    }

    @Test
    void aLogGroupThatIsNotThereIsRefusedOnCreateAndUpdate() {
        var sim = sim(9, sinks.logsOnly());
        var machine = create(sim, "m", PASS, MachineType.STANDARD, "ALL");
        var noGroup = "arn:aws:logs:us-east-1:123456789012:log-group:" + SimSinks.GROUP;

        for (var group : List.of(SimSinks.arn("/absent"), noGroup, "g", "")) {
            assertThatThrownBy(() -> create(sim, "n", PASS, MachineType.STANDARD, "ERROR", group))
                    .as(group)
                    .hasMessage("Invalid Logging Configuration: Log Destination not found.");
        }
        var update =
                new StateMachineRequests.Update(
                        machine,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(
                                new Logging(
                                        "FATAL", false, Optional.of(List.of(SimSinks.arn("/n"))))),
                        Optional.empty(),
                        Optional.empty());
        assertThatThrownBy(() -> sim.ask(gradus -> gradus.stateMachines().update(update)))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused ->
                                assertThat(refused.shape())
                                        .isEqualTo(ErrorShape.InvalidLoggingConfiguration));
        sinks.kill("logs");
        assertThatThrownBy(() -> create(sim, "n", PASS, MachineType.STANDARD, "ALL"))
                .hasMessage("Invalid Logging Configuration: Log Destination not found.");
        create(sim, "n", PASS, MachineType.STANDARD, "OFF", "g");
    }

    @Test
    void withoutASinkThereIsNoLogGroup() {
        var sim = sim(10, FeedSinks.NONE);

        assertThatThrownBy(() -> create(sim, "n", PASS, MachineType.STANDARD, "ALL"))
                .hasMessage("Invalid Logging Configuration: Log Destination not found.");
    }

    @Test
    void whatWaitsForASinkThatIsNotConfiguredAnyMoreIsDroppedAndCounted() {
        var sim = sim(11, sinks.all());
        var machine = create(sim, "m", PASS, MachineType.STANDARD, "ALL");
        sinks.kill("logs");
        sinks.kill("bus");
        sinks.kill("webhook");
        sim.start(machine, "e");
        sim.advance(Duration.ofSeconds(1));
        assertThat(sim.rows(Table.FEED)).isEqualTo(1 + 2 * 2);

        sim.node().crash();
        sim.node().configure(RuntimeOptions.DEFAULT, TokenKeys.of(new byte[32]));
        sim.node().restart();
        sim.advance(Duration.ofSeconds(10));

        assertThat(sim.rows(Table.FEED)).isZero();
        assertThat(sim.node().gradus().metrics().feedDropped()).isEqualTo(5);
    }

    @Test
    void aStatusEventIsWhatEventBridgeWouldDeliver() {
        var sim = sim(12, sinks.all());
        var machine = create(sim, "m", PASS, MachineType.STANDARD, "OFF");

        sim.start(machine, "e");
        sim.advance(Duration.ofSeconds(1));

        var view = sim.describe(Sim.execution(machine, "e"));
        var before =
                """
                {"executionArn":"arn:aws:states:us-east-1:123456789012:execution:m:e",\
                "stateMachineArn":"arn:aws:states:us-east-1:123456789012:stateMachine:m","name":"e",\
                "status":"%s","startDate":%d,"stopDate":%s,"input":%s,\
                "inputDetails":{"included":true},"output":%s,"outputDetails":%s,\
                "stateMachineVersionArn":null,"stateMachineAliasArn":null,"redriveCount":0,\
                "redriveDate":null,"redriveStatus":"NOT_REDRIVABLE",\
                "redriveStatusReason":"Execution is %s and cannot be redriven","error":null,"cause":null}\
                """;
        var input = Json.of(RandomWorld.input(2)).text();
        long start = view.startMillis();
        assertThat(sinks.published().stream().map(StatusEvent::detail))
                .containsExactly(
                        before.formatted(
                                "RUNNING", start, "null", input, "null", "null", "RUNNING"),
                        before.formatted(
                                "SUCCEEDED",
                                start,
                                view.stopMillis().orElseThrow(),
                                input,
                                input,
                                "{\"included\":true}",
                                "SUCCEEDED"));
        assertThat(sinks.published().stream().map(StatusEvent::id)).doesNotHaveDuplicates();
        assertThat(sinks.posted()).isEqualTo(sinks.published());
    }

    @Test
    void aFailedExecutionIsRedrivableAndSaysWhy() {
        var sim = sim(13, sinks.all());
        var machine = create(sim, "m", WAIT, MachineType.STANDARD, "OFF");

        sim.start(machine, "e");
        sim.advance(Duration.ofMinutes(1));

        var last = detail(sinks.published().getLast());
        assertThat(last.text())
                .endsWith(
                        "\"redriveStatus\":\"REDRIVABLE\",\"redriveStatusReason\":\"Execution is FAILED"
                                + " and is redrivable\",\"error\":\"E\",\"cause\":\"c\"}");
    }

    @Test
    void dataThatIsTooLongIsLeftOutOfAStatusEvent() {
        var sim = sim(14, sinks.all());
        var machine = create(sim, "m", PASS, MachineType.STANDARD, "OFF");
        var large = Json.of("x".repeat(200_000)).text();
        var quotes = Json.of("\"".repeat(100_000)).text(); // Two bytes each here, four in an event.

        for (var input : List.of(large, quotes)) {
            var request =
                    new ExecutionRequests.Start(machine, Optional.empty(), input, Optional.empty());
            sim.ask(gradus -> gradus.executions().start(request));
        }
        sim.advance(Duration.ofSeconds(5));

        assertThat(sinks.published().stream().map(event -> detail(event).without("input")))
                .extracting(
                        detail -> detail.get("status").orElseThrow().text(),
                        detail -> detail.get("inputDetails").orElseThrow().text(),
                        detail -> detail.get("outputDetails").orElseThrow().text())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                "\"RUNNING\"", "{\"included\":true}", "null"),
                        org.assertj.core.groups.Tuple.tuple(
                                "\"SUCCEEDED\"", "{\"included\":false}", "{\"included\":true}"),
                        org.assertj.core.groups.Tuple.tuple(
                                "\"RUNNING\"", "{\"included\":false}", "null"),
                        org.assertj.core.groups.Tuple.tuple(
                                "\"SUCCEEDED\"", "{\"included\":false}", "{\"included\":false}"));
    }
}
