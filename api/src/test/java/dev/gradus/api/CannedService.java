package dev.gradus.api;

import dev.gradus.asl.MachineType;
import dev.gradus.engine.EventDetails;
import dev.gradus.engine.EventType;
import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.Failure;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.engine.Stage;
import dev.gradus.engine.StateTestResult;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.ActivityView;
import dev.gradus.runtime.AliasRequests;
import dev.gradus.runtime.AliasView;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.ExecutionView;
import dev.gradus.runtime.MapRunRequests;
import dev.gradus.runtime.MapRunView;
import dev.gradus.runtime.Page;
import dev.gradus.runtime.StateMachineRequests;
import dev.gradus.runtime.StateMachineView;
import dev.gradus.runtime.StateTestRequest;
import dev.gradus.runtime.StateTestView;
import dev.gradus.runtime.SyncExecutionView;
import dev.gradus.runtime.VersionView;
import dev.gradus.runtime.spi.HttpExchange;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * Answers every call with everything an answer can hold, and remembers what it was asked: the
 * answers that a real runtime gives cannot be made complete, equal and broken at will.
 */
final class CannedService implements Service {
    static final long MILLIS = 1_700_000_000_123L;

    /** What the handlers asked for, in order. */
    final List<Object> asked = new ArrayList<>();

    /** Thrown into the next stages instead of an answer. */
    Optional<Throwable> failure = Optional.empty();

    /** Whether lists go on. */
    Optional<String> next = Optional.of("position-2");

    /** Held back until the test completes it, when set. */
    Optional<CompletableFuture<Optional<ActivityView.Task>>> poll = Optional.empty();

    private static final ExecutionView.Redrives REDRIVES =
            new ExecutionView.Redrives(1, OptionalLong.of(MILLIS + 500));
    private static final StateMachineView.Revision REVISION =
            new StateMachineView.Revision(
                    Optional.of("5e0e1a1e-0000-4000-8000-000000000000"),
                    "{\"StartAt\":\"A\"}",
                    "arn:aws:iam::123456789012:role/r",
                    new StateMachineView.Logging(
                            "OFF", false, Optional.of(List.of("arn:aws:logs:g:*"))),
                    true,
                    MILLIS + 1);

    private <T> CompletionStage<T> answer(Object question, T answer) {
        asked.add(question);
        return failure.<CompletionStage<T>>map(CompletableFuture::failedFuture)
                .orElseGet(() -> CompletableFuture.completedFuture(answer));
    }

    @SuppressWarnings("NullAway") // a stage of Void has no other value
    private CompletionStage<Void> done(Object question) {
        asked.add(question);
        return failure.<CompletionStage<Void>>map(CompletableFuture::failedFuture)
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    @Override
    public CompletionStage<StateMachineRequests.Created> create(
            StateMachineRequests.Create request) {
        return answer(
                request,
                new StateMachineRequests.Created(
                        request.arn(), MILLIS, request.publish().map(_ -> version(request.arn()))));
    }

    @Override
    public CompletionStage<StateMachineRequests.Updated> update(
            StateMachineRequests.Update request) {
        return answer(
                request,
                new StateMachineRequests.Updated(
                        MILLIS, REVISION.id(), request.publish().map(_ -> version(request.arn()))));
    }

    @Override
    public CompletionStage<Void> delete(Arn.StateMachine arn) {
        return done(arn);
    }

    @Override
    public CompletionStage<StateMachineView> describe(Arn.Startable arn) {
        return answer(
                arn,
                new StateMachineView(
                        arn,
                        StateMachineView.Status.ACTIVE,
                        MachineType.STANDARD,
                        MILLIS,
                        REVISION,
                        arn instanceof Arn.StateMachineVersion
                                ? Optional.of("described")
                                : Optional.empty(),
                        Map.of("S", List.of("a", "b"))));
    }

    @Override
    public CompletionStage<Page<StateMachineView.Summary>> stateMachines(
            Arn.Place place, Page.Request page) {
        var one =
                new StateMachineView.Summary(
                        new Arn.StateMachine(place, "m"), MachineType.EXPRESS, MILLIS);
        return answer(page, new Page<>(List.of(one), next));
    }

    @Override
    public CompletionStage<VersionView> publishVersion(
            StateMachineRequests.PublishVersion request) {
        return answer(request, new VersionView(version(request.machine()), MILLIS));
    }

    @Override
    public CompletionStage<Void> deleteVersion(Arn.StateMachineVersion arn) {
        return done(arn);
    }

    @Override
    public CompletionStage<Page<VersionView>> versions(
            Arn.StateMachine machine, Page.Request page) {
        var one = new VersionView(version(machine), MILLIS);
        return answer(List.of(machine, page), new Page<>(List.of(one), next));
    }

    @Override
    public CompletionStage<AliasView> createAlias(AliasRequests.Create request) {
        return answer(request, alias(request.arn()));
    }

    @Override
    public CompletionStage<AliasView> describeAlias(Arn.StateMachineAlias arn) {
        return answer(arn, alias(arn));
    }

    @Override
    public CompletionStage<AliasView> updateAlias(AliasRequests.Update request) {
        return answer(request, alias(request.arn()));
    }

    @Override
    public CompletionStage<Void> deleteAlias(Arn.StateMachineAlias arn) {
        return done(arn);
    }

    @Override
    public CompletionStage<Page<AliasView.Summary>> aliases(AliasRequests.ListOf request) {
        var machine = request.of().unqualified();
        var one =
                new AliasView.Summary(
                        new Arn.StateMachineAlias(machine.place(), machine.name(), "live"), MILLIS);
        return answer(request, new Page<>(List.of(one), next));
    }

    @Override
    public CompletionStage<Void> tag(Arn.Taggable resource, Map<String, String> tags) {
        return done(List.of(resource, tags));
    }

    @Override
    public CompletionStage<Void> untag(Arn.Taggable resource, List<String> keys) {
        return done(List.of(resource, keys));
    }

    @Override
    public CompletionStage<Map<String, String>> tags(Arn.Taggable resource) {
        return answer(resource, Map.of("k", ""));
    }

    private static Arn.StateMachineVersion version(Arn.StateMachine machine) {
        return new Arn.StateMachineVersion(machine.place(), machine.name(), 1);
    }

    private static AliasView alias(Arn.StateMachineAlias arn) {
        var route = new AliasView.Route(version(arn.unqualified()), 100);
        return new AliasView(arn, Optional.of("about"), List.of(route), MILLIS, MILLIS + 1);
    }

    @Override
    public CompletionStage<ExecutionRequests.Started> start(ExecutionRequests.Start request) {
        var arn =
                new Arn.Execution(
                        request.machine().place(),
                        request.machine().name(),
                        request.name().orElse("made"));
        return answer(request, new ExecutionRequests.Started(arn, MILLIS));
    }

    @Override
    public CompletionStage<SyncExecutionView> startSync(ExecutionRequests.Start request) {
        var machine = request.machine().unqualified();
        return answer(
                request,
                new SyncExecutionView(
                        new Arn.ExpressExecution(machine.place(), machine.name(), "e", "id"),
                        machine,
                        ExecutionState.Status.SUCCEEDED,
                        MILLIS,
                        MILLIS + 250,
                        request.input(),
                        Optional.of("[1.10]"),
                        Failure.of("E", "because"),
                        Optional.of("Root=1-2-3"),
                        300,
                        64));
    }

    @Override
    public CompletionStage<ExecutionView> describe(Arn.Execution arn) {
        return answer(
                arn,
                new ExecutionView(
                        arn,
                        ExecutionState.Status.SUCCEEDED,
                        MILLIS,
                        OptionalLong.of(MILLIS + 250),
                        Optional.of(arn.stateMachine().text() + ":1"),
                        Optional.of(arn.stateMachine().text() + ":live"),
                        Optional.of("Root=1-2-3"),
                        " {\"a\" : 1} ",
                        Optional.of("[1.10]"),
                        Failure.of("E", "because"),
                        new ExecutionView.Redrive(
                                REDRIVES,
                                Optional.of("Execution is SUCCEEDED and cannot be redriven"))));
    }

    @Override
    public CompletionStage<ExecutionView.Definition> definitionOf(Arn.Execution arn) {
        return answer(
                arn,
                new ExecutionView.Definition(
                        arn.stateMachine(), REVISION, Map.of("S", List.of("a"))));
    }

    @Override
    public CompletionStage<Long> stop(ExecutionRequests.Stop request) {
        return answer(request, MILLIS);
    }

    @Override
    public CompletionStage<Long> redrive(ExecutionRequests.Redrive request) {
        return answer(request, MILLIS);
    }

    @Override
    public CompletionStage<ExecutionRequests.Released> release(Arn.Execution arn) {
        return answer(arn, new ExecutionRequests.Released(3, 1));
    }

    @Override
    public CompletionStage<Page<ExecutionView.Summary>> executions(
            ExecutionRequests.ListOf request) {
        var machine = request.machine().unqualified();
        var one =
                new ExecutionView.Summary(
                        new Arn.Execution(machine.place(), machine.name(), "e"),
                        ExecutionState.Status.TIMED_OUT,
                        MILLIS,
                        OptionalLong.of(MILLIS + 1000),
                        Optional.of(machine.text() + ":1"),
                        Optional.of(machine.text() + ":live"),
                        REDRIVES);
        return answer(request, new Page<>(List.of(one), next));
    }

    @Override
    public CompletionStage<Page<HistoryEvent>> history(ExecutionRequests.HistoryOf request) {
        var entered =
                new HistoryEvent(
                        2,
                        0,
                        MILLIS,
                        EventType.PASS_STATE_ENTERED,
                        new EventDetails.StateEntered("A", Payload.ofText("{ \"a\": 1 }")));
        return answer(request, new Page<>(List.of(entered), next));
    }

    @Override
    public CompletionStage<MapRunView> describe(Arn.MapRun arn) {
        return answer(arn, run(arn, new Arn.Execution(arn.place(), arn.machine(), "e")));
    }

    @Override
    public CompletionStage<Page<MapRunView>> mapRuns(MapRunRequests.ListOf request) {
        var of = request.execution();
        var arn = new Arn.MapRun(of.place(), of.machine(), "label", "id");
        return answer(request, new Page<>(List.of(run(arn, of)), next));
    }

    @Override
    public CompletionStage<Void> update(MapRunRequests.Update request) {
        return done(request);
    }

    private static MapRunView run(Arn.MapRun arn, Arn.Execution execution) {
        return new MapRunView(
                arn,
                execution,
                MapRunView.Status.FAILED,
                MILLIS,
                OptionalLong.of(MILLIS + 1000),
                new MapRunView.Settings(2, 12.5f, 3),
                new MapRunView.Counts(1, 2, 3, 4, 5, 6, 21, 3, 1, 2),
                new MapRunView.Counts(6, 5, 4, 3, 2, 1, 21, 4, 2, 1),
                REDRIVES);
    }

    @Override
    public CompletionStage<ActivityView> create(Arn.Activity arn, Map<String, String> tags) {
        return answer(List.of(arn, tags), new ActivityView(arn, MILLIS));
    }

    @Override
    public CompletionStage<ActivityView> describe(Arn.Activity arn) {
        return answer(arn, new ActivityView(arn, MILLIS));
    }

    @Override
    public CompletionStage<Void> delete(Arn.Activity arn) {
        return done(arn);
    }

    @Override
    public CompletionStage<Page<ActivityView>> activities(Arn.Place place, Page.Request page) {
        var one = new ActivityView(new Arn.Activity(place, "a"), MILLIS);
        return answer(page, new Page<>(List.of(one), next));
    }

    @Override
    public CompletionStage<Optional<ActivityView.Task>> poll(
            Arn.Activity arn, Optional<String> workerName, BooleanSupplier open) {
        var task = answer(List.of(arn, workerName), Optional.of(new ActivityView.Task("t", "{}")));
        return poll.<CompletionStage<Optional<ActivityView.Task>>>map(held -> held).orElse(task);
    }

    @Override
    public CompletionStage<Void> succeed(Arn.Place caller, String taskToken, Payload output) {
        return done(List.of(caller, taskToken, output));
    }

    @Override
    public CompletionStage<Void> fail(Arn.Place caller, String taskToken, Failure failed) {
        return done(List.of(caller, taskToken, failed));
    }

    @Override
    public CompletionStage<Void> heartbeat(Arn.Place caller, String taskToken) {
        return done(List.of(caller, taskToken));
    }

    @Override
    public CompletionStage<StateTestView> test(StateTestRequest request) {
        var stages = new EnumMap<Stage, Payload>(Stage.class);
        for (var stage : Stage.values()) {
            stages.put(stage, Payload.ofText("[" + stage.ordinal() + "]"));
        }
        var inspected =
                new StateTestResult.Inspected(
                        stages,
                        Optional.of(Payload.ofText("{\"v\":1}")),
                        new StateTestResult.MapFigures(
                                OptionalLong.of(0), OptionalLong.of(2), OptionalDouble.of(1)),
                        Optional.of(
                                new StateTestResult.Remedy(
                                        OptionalInt.of(1), OptionalInt.of(2), OptionalLong.of(3))));
        var result =
                new StateTestResult(
                        StateTestResult.Status.CAUGHT_ERROR,
                        Optional.of(Payload.ofText("7")),
                        Failure.of("E", "C"),
                        Optional.of("N"),
                        inspected);
        var exchange =
                new HttpExchange(
                        new HttpExchange.Request(
                                "HTTP/1.1", "GET", "https://h/p", "a: b", Optional.of("{}")),
                        Optional.of(
                                new HttpExchange.Response(
                                        "HTTP/1.1", "200", "OK", "c: d", Optional.of("[]"))));
        return answer(request, new StateTestView(result, "{ }", Optional.of(exchange)));
    }
}
