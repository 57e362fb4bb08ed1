package dev.gradus.runtime;

import dev.gradus.asl.MachineType;
import dev.gradus.engine.Command;
import dev.gradus.engine.EffectId;
import dev.gradus.engine.EventDetails;
import dev.gradus.engine.EventType;
import dev.gradus.engine.Execution;
import dev.gradus.engine.ExecutionState.Counters;
import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.engine.Failure;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.engine.Scope;
import dev.gradus.engine.Timer;
import dev.gradus.engine.Variables;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/** One of everything that rows hold, drawn from a seed; and the payload rows beside them. */
final class Samples {
    private final Random random;
    private final Map<String, byte[]> payloadRows = new HashMap<>();

    Samples(long seed) {
        this.random = new Random(seed);
    }

    /** Keeps the rows of what was referenced, as the writer does. */
    void store(PayloadRows.Sink sink) {
        for (var payload : sink.referenced()) {
            payloadRows.put(key(Keys.payload(0, payload.digest())), PayloadRows.row(payload));
        }
    }

    PayloadRows.Source source() {
        return new PayloadRows.Source(
                0, (_, key) -> Optional.ofNullable(payloadRows.get(key(key))));
    }

    private static String key(byte[] bytes) {
        return Arrays.toString(bytes);
    }

    long number() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(200);
            case 2 -> random.nextLong() >>> 20;
            default -> random.nextLong() >>> 1;
        };
    }

    int small() {
        return random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(1_000);
    }

    String text() {
        var text = new StringBuilder();
        for (int left = random.nextInt(12); left > 0; left--) {
            text.appendCodePoint(
                    random.nextInt(5) == 0
                            ? 0x1F600 + random.nextInt(50)
                            : 'a' + random.nextInt(26));
        }
        return text.toString();
    }

    Payload payload() {
        int length = random.nextInt(3) == 0 ? 600 : random.nextInt(20);
        return Payload.of(new JsonString((text() + "x").repeat(1 + length / 4)));
    }

    <T> Optional<T> maybe(T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }

    OptionalLong maybeNumber() {
        return random.nextBoolean() ? OptionalLong.of(number()) : OptionalLong.empty();
    }

    Failure failure() {
        return new Failure(maybe(text()), maybe(text()));
    }

    EffectId effect() {
        return new EffectId(small(), number());
    }

    Scope.Nonce nonce() {
        var bytes = new byte[Scope.Nonce.BYTES];
        random.nextBytes(bytes);
        return random.nextInt(4) == 0 ? Scope.Nonce.NONE : new Scope.Nonce(bytes);
    }

    private Scope.Visit visit() {
        var retries = new ArrayList<Integer>();
        for (int left = random.nextInt(3); left > 0; left--) {
            retries.add(small());
        }
        return new Scope.Visit(text(), number(), number(), payload(), retries);
    }

    List<Scope.Phase> phases() {
        return List.of(
                new Scope.Ready(text(), payload()),
                new Scope.Waiting(visit(), number(), number()),
                new Scope.Working(visit(), attempt(new Scope.Progress.Scheduled())),
                new Scope.Working(visit(), attempt(new Scope.Progress.Started())),
                new Scope.Working(visit(), attempt(new Scope.Progress.Submitted())),
                new Scope.Working(
                        visit(),
                        attempt(new Scope.Progress.AnsweredEarly(maybe(payload()), failure()))),
                new Scope.BackingOff(visit(), number(), number()),
                new Scope.Forked(
                        visit(),
                        new Scope.Fork(
                                small(), small(), small(), small(), small(), maybe(payload()))),
                new Scope.Finished(payload()));
    }

    private Scope.Attempt attempt(Scope.Progress progress) {
        return new Scope.Attempt(number(), nonce(), maybeNumber(), maybeNumber(), progress);
    }

    List<Scope> scopes() {
        return phases().stream()
                .map(phase ->
                        new Scope(
                                small(),
                                random.nextBoolean()
                                        ? OptionalInt.of(random.nextInt(1_000))
                                        : OptionalInt.empty(),
                                small(),
                                number(),
                                Variables.NONE,
                                phase))
                .toList();
    }

    /** What scopes hold since variables; drawn apart, so that older exhibits stay as they are. */
    List<Scope> scopesWithVariables() {
        return scopes().stream()
                .map(scope ->
                        new Scope(
                                scope.id(),
                                scope.parent(),
                                scope.index(),
                                scope.lastEventId(),
                                new Variables(
                                        random.nextInt(4) == 0
                                                ? List.of()
                                                : List.of(assigned("a"), assigned("b"))),
                                scope.phase()))
                .toList();
    }

    private Payload assigned(String name) {
        return Payload.of(JsonObject.of(name, payload().json()));
    }

    /** An event as it is since variables. */
    List<HistoryEvent> historyWithVariables() {
        var details = new EventDetails.StateExited(text(), payload(), Optional.of(assigned("x")));
        var failed = new EventDetails.EvaluationFailed(text(), text(), maybe(text()), text());
        long at = number();
        return List.of(
                new HistoryEvent(7, 6, at, EventType.PASS_STATE_EXITED, details),
                new HistoryEvent(8, 6, at + 5, EventType.EVALUATION_FAILED, failed));
    }

    Counters counters() {
        return new Counters(number(), number(), small());
    }

    List<EventDetails> details() {
        return List.of(
                new EventDetails.None(),
                new EventDetails.ExecutionStarted(payload(), text(), maybe(text()), maybe(text())),
                new EventDetails.Output(payload()),
                new EventDetails.Failed(maybe(text()), maybe(text())),
                new EventDetails.StateEntered(text(), payload()),
                new EventDetails.StateExited(text(), payload(), Optional.empty()),
                new EventDetails.TaskScheduled(
                        text(),
                        text(),
                        text(),
                        payload(),
                        maybeNumber(),
                        maybeNumber(),
                        maybe(text())),
                new EventDetails.TaskStarted(text(), text()),
                new EventDetails.TaskOutput(text(), text(), payload()),
                new EventDetails.TaskFailed(text(), text(), maybe(text()), maybe(text())),
                new EventDetails.LambdaFunctionScheduled(
                        text(), payload(), maybeNumber(), maybe(text())),
                new EventDetails.ActivityScheduled(text(), payload(), maybeNumber(), maybeNumber()),
                new EventDetails.ActivityStarted(maybe(text())),
                new EventDetails.MapStateStarted(number()),
                new EventDetails.MapIteration(text(), number()));
    }

    /** Events as one decision makes them: ids without gaps, times that never go back. */
    List<HistoryEvent> history() {
        long id = 1L + random.nextInt(20_000);
        long at = 1_700_000_000_000L + random.nextInt();
        var events = new ArrayList<HistoryEvent>();
        for (var details : details()) {
            long previous = random.nextInt(4) == 0 ? 0 : random.nextLong(id);
            var type = EventType.values()[random.nextInt(EventType.values().length)];
            at += random.nextInt(3) == 0 ? random.nextInt(5_000) : 0;
            events.add(new HistoryEvent(id, previous, at, type, details));
            id++;
        }
        return events;
    }

    List<Command> commands() {
        long at = number();
        long seed = random.nextLong();
        return List.of(
                new Command.StartExecution(at, seed),
                new Command.Continue(at, seed),
                new Command.TaskSubmitted(at, seed, effect(), payload()),
                new Command.TaskSucceeded(
                        at, seed, effect(), Command.Answerer.INTEGRATION, payload()),
                new Command.TaskSucceeded(at, seed, effect(), Command.Answerer.TOKEN, payload()),
                new Command.TaskFailed(at, seed, effect(), Command.Answerer.TOKEN, failure()),
                new Command.ActivityStarted(at, seed, effect(), maybe(text())),
                new Command.Heartbeat(at, seed, effect()),
                new Command.TimersFired(
                        at,
                        seed,
                        Arrays.stream(Timer.Kind.values())
                                .map(kind -> new Timer(effect(), kind, number()))
                                .toList()),
                new Command.StopExecution(at, seed, failure()));
    }

    RevisionKey revisionKey() {
        var hash = new byte[RevisionKey.BYTES];
        random.nextBytes(hash);
        return new RevisionKey(hash);
    }

    private Arn.Place place() {
        return new Arn.Place("aws", text(), "123456789012");
    }

    ExecutionRow executionRow() {
        var arn = new Arn.Execution(place(), text(), text());
        var input = payload();
        var execution =
                new Execution(
                        arn.text(),
                        arn.name(),
                        arn.stateMachine().text(),
                        arn.machine(),
                        maybe(text()),
                        maybe(text()),
                        text(),
                        arn.place().region(),
                        number(),
                        input,
                        random.nextBoolean() ? input : payload(),
                        Execution.Kind.STANDARD,
                        Execution.Redrives.NONE);
        var status = Status.values()[random.nextInt(Status.values().length)];
        var end = new ExecutionRow.End(status, number(), maybe(payload()), failure(), number());
        return new ExecutionRow(
                arn, execution, revisionKey(), maybe(text()), maybe(end), List.of());
    }

    /** One that was redriven, and ended again or not. */
    ExecutionRow redrivenRow() {
        var row = executionRow();
        var tokens =
                random.nextBoolean()
                        ? List.<ExecutionRow.ClientToken>of()
                        : List.of(
                                new ExecutionRow.ClientToken(text(), number()),
                                new ExecutionRow.ClientToken(text(), number()));
        var redriven = row.redriven(number(), tokens);
        return row.end().map(redriven::ended).orElse(redriven);
    }

    List<FeedRow> feedRows() {
        return List.of(
                new FeedRow.Events(number(), number(), text(), revisionKey(), number()),
                // An execution's row has a collection of its own.
                new FeedRow.Status(number(), Keys.sha256(text().getBytes(StandardCharsets.UTF_8))));
    }

    MachineRow machineRow() {
        return new MachineRow(
                new Arn.StateMachine(place(), text()),
                StateMachineView.Status.values()[random.nextInt(2)],
                MachineType.values()[random.nextInt(2)],
                number(),
                revisionKey());
    }

    ActivityRow activityRow() {
        return new ActivityRow(new Arn.Activity(place(), text()), number());
    }

    StateMachineView.Revision revision() {
        var logging =
                new StateMachineView.Logging(
                        text(), random.nextBoolean(), maybe(List.of(text(), text())));
        return new StateMachineView.Revision(
                maybe(text()), text(), text(), logging, random.nextBoolean(), number());
    }

    DispatchedRows.Call call() {
        return new DispatchedRows.Call(
                0, effect(), payload(), maybe(text()), maybeNumber(), random.nextBoolean());
    }

    private Arn.StateMachineVersion version() {
        return new Arn.StateMachineVersion(place(), text(), number());
    }

    private Arn.StateMachineAlias alias() {
        return new Arn.StateMachineAlias(place(), text(), text());
    }

    VersionRow versionRow() {
        return new VersionRow(version(), revisionKey(), maybe(text()), number());
    }

    AliasRow aliasRow() {
        var shares =
                List.of(new AliasRow.Share(number(), 30), new AliasRow.Share(number(), small()));
        return new AliasRow(
                alias(),
                maybe(text()),
                random.nextBoolean() ? shares : shares.subList(0, 1),
                number(),
                number());
    }

    Publications publications() {
        return new Publications(
                number(),
                random.nextInt(1_000),
                maybe(new Publications.Current(revisionKey(), number())),
                maybe(new StateMachineRequests.Publish(maybe(text()))));
    }

    TagRow tagRow() {
        return TagRow.NONE.with(Map.of(text(), text())).with(Map.of(text(), ""));
    }

    List<CatalogChange> changesOfVersions() {
        return List.of(
                new CatalogChange.VersionIs(versionRow()),
                new CatalogChange.VersionGone(version()),
                new CatalogChange.AliasIs(aliasRow()),
                new CatalogChange.AliasGone(alias()));
    }

    List<CatalogChange> changes() {
        return List.of(
                new CatalogChange.MachineIs(machineRow()),
                new CatalogChange.MachineGone(text()),
                new CatalogChange.MachineDrained(text(), number()),
                new CatalogChange.ActivityIs(activityRow()),
                new CatalogChange.ActivityGone(text()));
    }
}
