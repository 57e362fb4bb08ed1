package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.MachineType;
import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.engine.Failure;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.Quotas;
import dev.gradus.runtime.RuntimeOptions;
import dev.gradus.runtime.RuntimeOptions.OnLostCall;
import dev.gradus.runtime.StateMachineRequests;
import dev.gradus.runtime.StateMachineView.Logging;
import dev.gradus.runtime.TokenKeys;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.Trace;
import dev.gradus.runtime.spi.Trace.Span;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Traces of executions: what spans they have, and that every execution has one, come what may. */
final class TraceTest {
    private static final String LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:";
    private static final String ROOT = "1-6553f100-0123456789abcdef01234567";
    private static final String WHOLE =
            """
            {"StartAt":"P","States":{
              "P":{"Type":"Parallel","ResultPath":null,"Next":"M","Branches":[
                {"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":1,"End":true}}},
                {"StartAt":"B","States":{"B":{"Type":"Pass","Next":"C"},"C":{"Type":"Pass","End":true}}}]},
              "M":{"Type":"Map","ItemsPath":"$.items","MaxConcurrency":1,"ResultPath":null,"Next":"T",
                   "ItemProcessor":{"StartAt":"E","States":{"E":{"Type":"Task","Resource":"%1$secho","End":true}}}},
              "T":{"Type":"Task","Resource":"%1$sbroken",
                   "Retry":[{"ErrorEquals":["Broken"],"IntervalSeconds":1,"MaxAttempts":1}],
                   "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":null,"Next":"U"}],"End":true},
              "U":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                   "Parameters":{"FunctionName":"broken"},"End":true}}}\
            """
                    .formatted(LAMBDA);
    private static final String FORKS =
            """
            {"StartAt":"P","States":{
              "P":{"Type":"Parallel","End":true,
                   "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":1,"MaxAttempts":1}],
                   "Catch":[{"ErrorEquals":["States.ALL"],"Next":"Z"}],"Branches":[
                {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":9,"End":true}}},
                {"StartAt":"V","States":{"V":{"Type":"Wait","Seconds":1,"Next":"F"},
                                         "F":{"Type":"Fail","Error":"E"}}}]},
              "Z":{"Type":"Succeed"}}}\
            """;
    private static final String WAIT =
            """
            {"StartAt":"W","States":{
              "W":{"Type":"Wait","Seconds":2,"Next":"T"},
              "T":{"Type":"Task","Resource":"%sbroken","End":true}}}\
            """
                    .formatted(LAMBDA);

    private final SimSinks sinks = new SimSinks();

    private static Sim sim(long seed, SimSinks sinks) {
        return new Sim(
                seed,
                SimFaults.delaysOnly(),
                new RuntimeOptions(OnLostCall.FAIL, Quotas.AWS, sinks.tracesOnly()));
    }

    private static Arn.StateMachine create(
            Sim sim, String definition, MachineType type, boolean traced) {
        var arn = new Arn.StateMachine(Machine.PLACE, traced ? "m" : "untraced");
        var request =
                new StateMachineRequests.Create(
                        arn,
                        definition,
                        "arn:aws:iam::123456789012:role/r",
                        type,
                        Logging.OFF,
                        traced,
                        Optional.empty(),
                        Map.of());
        sim.ask(gradus -> gradus.stateMachines().create(request));
        return arn;
    }

    private static void start(Sim sim, Arn.StateMachine machine, String name, String header) {
        var request =
                new ExecutionRequests.Start(
                        machine,
                        Optional.of(name),
                        "{\"items\":[1,2]}",
                        Optional.of(header).filter(text -> !text.isEmpty()));
        sim.ask(gradus -> gradus.executions().start(request));
    }

    /** One line for each span, indented by its depth, of name, kind, outcome and error. */
    private static String outline(Trace trace) {
        var depths = new HashMap<String, Integer>(Map.of(trace.root().id(), 0));
        var spans = new HashMap<String, Span>(Map.of(trace.root().id(), trace.root()));
        var lines = new StringBuilder(line(trace.root(), 0));
        for (var span : trace.spans()) {
            var parent = span.parentId().orElseThrow();
            int depth = depths.getOrDefault(parent, -100) + 1;
            depths.put(span.id(), depth);
            spans.put(span.id(), span);
            lines.append(line(span, depth));
            assertThat(Optional.ofNullable(spans.get(parent)))
                    .hasValueSatisfying(outer ->
                            assertThat(span.startMillis())
                                    .isGreaterThanOrEqualTo(outer.startMillis()))
                    .hasValueSatisfying(outer ->
                            assertThat(span.endMillis())
                                    .isBetween(span.startMillis(), outer.endMillis()));
        }
        return lines.toString();
    }

    private static String line(Span span, int depth) {
        return "%s%s %s %s %s"
                        .formatted(
                                "  ".repeat(depth),
                                span.name(),
                                span.kind(),
                                span.outcome(),
                                span.failure().error().orElse(""))
                        .stripTrailing()
                + "\n";
    }

    @Test
    void aTraceHasASpanForEachStateIterationAndAttempt() {
        var sim = sim(1, sinks);
        var machine = create(sim, WHOLE, MachineType.STANDARD, true);

        start(sim, machine, "e", "");
        sim.advance(Duration.ofMinutes(1));

        assertThat(sinks.traces()).hasSize(1);
        var trace = sinks.traces().getFirst();
        assertThat(outline(trace))
                .isEqualTo(
                        """
                        m EXECUTION FAULT Broken
                          P STATE OK
                            A STATE OK
                            B STATE OK
                            C STATE OK
                          M STATE OK
                            Iteration #0 ITERATION OK
                              E STATE OK
                                lambda ATTEMPT OK
                            Iteration #1 ITERATION OK
                              E STATE OK
                                lambda ATTEMPT OK
                          T STATE FAULT Broken
                            lambda ATTEMPT FAULT Broken
                            lambda ATTEMPT FAULT Broken
                          U STATE FAULT Broken
                            lambda:invoke ATTEMPT FAULT Broken
                        """);
        var view = sim.describe(Sim.execution(machine, "e"));
        assertThat(trace.root())
                .returns(Optional.empty(), Span::parentId)
                .returns(view.startMillis(), Span::startMillis)
                .returns(view.stopMillis().orElseThrow(), Span::endMillis)
                .returns(Failure.of("Broken", "as drawn"), Span::failure)
                .returns(
                        Map.of(
                                "execution_arn", Sim.execution(machine, "e").text(),
                                "state_machine_arn", machine.text()),
                        Span::annotations);
        assertThat(trace.traceId())
                .matches("1-%08x-[0-9a-f]{24}".formatted(view.startMillis() / 1_000));
        var wait = trace.spans().get(1);
        assertThat(wait.endMillis() - wait.startMillis()).isBetween(1_000L, 1_500L);
        assertThat(trace.spans().stream().map(Span::id))
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).matches("[0-9a-f]{16}"));
        assertThat(sim.rows(Table.FEED)).isZero();
    }

    @Test
    void branchesThatAFailureCutsOffEndWithIt() {
        var sim = sim(2, sinks);
        var machine = create(sim, FORKS, MachineType.STANDARD, true);

        start(sim, machine, "e", "");
        sim.advance(Duration.ofMinutes(1));

        assertThat(outline(sinks.traces().getFirst()))
                .isEqualTo(
                        """
                        m EXECUTION OK
                          P STATE FAULT
                            W STATE ERROR
                            V STATE OK
                            F STATE FAULT
                            W STATE ERROR
                            V STATE OK
                            F STATE FAULT
                          Z STATE OK
                        """);
    }

    @Test
    void theHeaderSaysWhoseTraceItIsAndWhetherThereIsOne() {
        var sim = sim(3, sinks);
        var machine = create(sim, WAIT, MachineType.STANDARD, true);
        var untraced = create(sim, WAIT, MachineType.STANDARD, false);
        var header = "Root=" + ROOT + ";Parent=53995c3f42cd8ad8;Sampled=";

        start(sim, machine, "sampled", header + "1");
        start(sim, machine, "unsampled", header + "0");
        start(sim, machine, "undecided", " sampled=? ; root=" + ROOT + ";Self=x");
        start(sim, machine, "malformed", "Root=1-5-6;Parent=53995c3f42cd8ad8");
        start(sim, untraced, "untraced", header + "1");
        sim.advance(Duration.ofMinutes(1));

        var byName = new HashMap<String, Trace>();
        for (var trace : sinks.traces()) {
            var arn = trace.root().annotations().getOrDefault("execution_arn", "");
            byName.put(arn.substring(arn.lastIndexOf(':') + 1), trace);
        }
        assertThat(byName).containsOnlyKeys("sampled", "undecided", "malformed");
        assertThat(byName.get("sampled"))
                .returns(ROOT, Trace::traceId)
                .returns(Optional.of("53995c3f42cd8ad8"), trace -> trace.root().parentId());
        assertThat(byName.get("undecided"))
                .returns(ROOT, Trace::traceId)
                .returns(Optional.empty(), trace -> trace.root().parentId());
        assertThat(byName.get("malformed"))
                .returns(Optional.empty(), trace -> trace.root().parentId())
                .doesNotReturn(ROOT, Trace::traceId);
    }

    @Test
    void aRedriveIsASegmentOfItsOwnInTheSameTrace() {
        var sim = sim(4, sinks);
        var machine = create(sim, WAIT, MachineType.STANDARD, true);
        start(sim, machine, "e", "");
        sim.advance(Duration.ofMinutes(1));

        long date =
                sim.ask(gradus ->
                        gradus.executions()
                                .redrive(
                                        new ExecutionRequests.Redrive(
                                                Sim.execution(machine, "e"), Optional.empty())));
        sim.advance(Duration.ofMinutes(1));

        assertThat(sinks.traces()).hasSize(2);
        var first = sinks.traces().getFirst();
        var second = sinks.traces().getLast();
        assertThat(outline(first))
                .isEqualTo(
                        """
                        m EXECUTION FAULT Broken
                          W STATE OK
                          T STATE FAULT Broken
                            lambda ATTEMPT FAULT Broken
                        """);
        assertThat(outline(second))
                .isEqualTo(
                        """
                        m EXECUTION FAULT Broken
                          T STATE FAULT Broken
                            lambda ATTEMPT FAULT Broken
                        """);
        assertThat(second.traceId()).isEqualTo(first.traceId());
        assertThat(second.root().id()).isNotEqualTo(first.root().id());
        assertThat(second.root().startMillis()).isEqualTo(date);
        assertThat(second.spans().getFirst().startMillis()).isEqualTo(date);
        assertThat(second.root().annotations()).containsEntry("redrive_count", "1");
    }

    @Test
    void whatIsStoppedIsAnErrorWithEverythingThatWasOpen() {
        var sim = sim(5, sinks);
        var machine = create(sim, WAIT, MachineType.STANDARD, true);
        start(sim, machine, "e", "");

        sim.ask(gradus ->
                gradus.executions()
                        .stop(
                                new ExecutionRequests.Stop(
                                        Sim.execution(machine, "e"), Failure.of("Stopped"))));
        sim.advance(Duration.ofMinutes(1));

        assertThat(outline(sinks.traces().getFirst()))
                .isEqualTo(
                        """
                        m EXECUTION ERROR Stopped
                          W STATE ERROR Stopped
                        """);
    }

    @Test
    void expressExecutionsAreTracedFromMemory() {
        var sim = sim(6, sinks);
        var machine = create(sim, WHOLE, MachineType.EXPRESS, true);
        var request =
                new ExecutionRequests.Start(
                        machine, Optional.of("e"), "{\"items\":[1]}", Optional.of("Root=" + ROOT));

        var ended = sim.ask(gradus -> gradus.executions().startSync(request));
        sim.advance(Duration.ofMinutes(1));

        assertThat(ended.status()).isEqualTo(Status.FAILED);
        assertThat(sinks.traces()).hasSize(1);
        assertThat(sinks.traces().getFirst().traceId()).isEqualTo(ROOT);
        assertThat(outline(sinks.traces().getFirst()).lines())
                .startsWith("m EXECUTION FAULT Broken", "  P STATE OK", "    A STATE OK")
                .hasSize(14);
        assertThat(sim.rows(Table.FEED)).isZero();
    }

    @Test
    void tooManySpansAreLeftOutAndCounted() {
        var sim = sim(7, sinks);
        var machine =
                create(
                        sim,
                        """
                        {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{
                          "StartAt":"E","States":{"E":{"Type":"Pass","End":true}}}}}}\
                        """,
                        MachineType.STANDARD,
                        true);
        var items = "[" + "0,".repeat(2_999) + "0]";
        var request =
                new ExecutionRequests.Start(machine, Optional.of("e"), items, Optional.empty());

        sim.ask(gradus -> gradus.executions().start(request));
        sim.advance(Duration.ofMinutes(5));

        var trace = sinks.traces().getFirst();
        assertThat(trace.spans()).hasSize(5_000);
        assertThat(trace.root().annotations()).containsEntry("omitted_spans", "1001");
        assertThat(outline(trace).lines())
                .hasSize(5_001)
                .contains("    Iteration #0 ITERATION OK", "      E STATE OK")
                .doesNotContain("    Iteration #2999 ITERATION OK");
    }

    @Test
    void everyTracedExecutionIsExportedWhateverCrashes() {
        for (long seed = 1; seed <= 30; seed++) {
            var world = new SimSinks();
            var random = new Random(seed);
            var sim = sim(seed, world);
            var machine = create(sim, WAIT, MachineType.STANDARD, true);
            for (int i = 0; i < 4; i++) {
                start(sim, machine, "e" + i, "");
            }
            for (int crash = 0; crash < 4; crash++) {
                if (random.nextBoolean()) {
                    world.kill("traces");
                }
                int[] left = {random.nextInt(120)};
                sim.scheduler().runUntil(() -> left[0]-- <= 0, 1_000);
                sim.node().crash();
                sim.advance(Duration.ofMillis(random.nextInt(800)));
                world.revive("traces");
                sim.node().restart(seed % 2 == 0 ? SimFaults.nasty() : SimFaults.delaysOnly());
            }
            sim.advance(Duration.ofMillis(random.nextInt(5_000)));
            sim.node().crash();
            sim.node().restart(SimFaults.delaysOnly());
            sim.advance(Duration.ofMinutes(2));

            assertThat(world.traces().stream().distinct().map(TraceTest::execution))
                    .as("seed %s", seed)
                    .containsExactlyInAnyOrder("e0", "e1", "e2", "e3");
            assertThat(sim.rows(Table.FEED)).as("seed %s", seed).isZero();
        }
    }

    private static String execution(Trace trace) {
        var arn = trace.root().annotations().getOrDefault("execution_arn", "");
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    @Test
    void withoutASinkNothingIsQueuedAndWhatWaitsIsDropped() {
        var sim = sim(8, sinks);
        var machine = create(sim, WAIT, MachineType.STANDARD, true);
        sinks.kill("traces");
        start(sim, machine, "e", "");
        sim.advance(Duration.ofSeconds(20));
        assertThat(sim.rows(Table.FEED)).isEqualTo(1);

        sim.node().crash();
        sim.node().configure(RuntimeOptions.DEFAULT, TokenKeys.of(new byte[32]));
        sim.node().restart();
        sim.advance(Duration.ofSeconds(10));
        start(sim, machine, "f", "");
        sim.advance(Duration.ofSeconds(20));

        assertThat(sim.rows(Table.FEED)).isZero();
        assertThat(sim.node().gradus().metrics().feedDropped()).isEqualTo(1);
        assertThat(List.copyOf(sinks.traces())).isEmpty();
    }
}
