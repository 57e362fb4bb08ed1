package dev.gradus.runtime;

import dev.gradus.engine.EventDetails;
import dev.gradus.engine.EventType;
import dev.gradus.engine.Execution;
import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.engine.Failure;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.runtime.spi.Trace;
import dev.gradus.runtime.spi.Trace.Kind;
import dev.gradus.runtime.spi.Trace.Outcome;
import dev.gradus.runtime.spi.Trace.Span;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Makes the trace of an execution's last run from its whole history, shown event by event: a span
 * for each visit of a state, each iteration and each attempt of a task. What was over before the
 * last redrive is not in it. Payloads are not kept. For one thread at a time.
 *
 * <p>Each event stands at the innermost span that is open behind it on its line of control; the
 * next event of the line finds its place by {@link HistoryEvent#previousEventId}.
 */
final class TraceBuilder {
    private static final int ID_BYTES = 8;
    private static final String STATE_TYPE = "state_type";
    private static final List<String> THROTTLING =
            List.of("throttl", "toomanyrequests", "requestlimitexceeded", "throughputexceeded");

    private final Execution facts;
    private final TraceHeader header;
    private final TraceNode root;
    private final List<TraceNode> places = new ArrayList<>(); // behind event 1, 2, …
    private TraceNode failedAt;
    private int run;
    private long runSinceMillis;
    private int spans;
    private int omitted;

    /** How the run ended. */
    record End(Status status, long atMillis, Failure failure) {}

    TraceBuilder(Execution facts, Optional<String> header) {
        this.facts = facts;
        this.header = TraceHeader.of(header, identity(facts), facts.startedAtMillis());
        this.runSinceMillis = facts.startedAtMillis();
        var what = new TraceNode.What(facts.stateMachineName(), Kind.EXECUTION);
        this.root = new TraceNode(0, Optional.empty(), what, 0, runSinceMillis);
        root.annotate("execution_arn", facts.arn());
        root.annotate("state_machine_arn", facts.stateMachineArn());
        this.failedAt = root;
    }

    private static String identity(Execution facts) {
        return facts.arn() + " " + facts.startedAtMillis();
    }

    /** Shows the next events, without a gap and from the first on; too many are ignored. */
    void add(List<HistoryEvent> events) {
        for (var event : events) {
            if (!isFull()) {
                var before = place(event.previousEventId());
                before.goOn(run, runSinceMillis);
                places.add(after(event, before));
            }
        }
    }

    boolean isFull() {
        return places.size() >= RuntimeLimits.TRACE_EVENTS;
    }

    private TraceNode place(long eventId) {
        return eventId == 0 || eventId > places.size() ? root : places.get((int) eventId - 1);
    }

    /** Returns where the line of control is behind an event. */
    private TraceNode after(HistoryEvent event, TraceNode at) {
        return switch (event.details()) {
            case EventDetails.ExecutionStarted _ -> root;
            case EventDetails.ExecutionRedriven _ -> redriven(event);
            case EventDetails.StateEntered entered -> entered(event, at, entered.name());
            case EventDetails.StateExited exited -> exited(event, at, exited.name());
            case EventDetails.TaskScheduled task ->
                    scheduled(
                            event,
                            at,
                            task.resourceType() + ":" + task.resource(),
                            task.resource());
            case EventDetails.LambdaFunctionScheduled task ->
                    scheduled(event, at, "lambda", task.resource());
            case EventDetails.ActivityScheduled task ->
                    scheduled(event, at, "activity", task.resource());
            case EventDetails.MapStateStarted _ -> begun(event, at);
            case EventDetails.TaskStarted _, EventDetails.ActivityStarted _ -> at;
            case EventDetails.TaskOutput _ ->
                    event.type() == EventType.TASK_SUBMITTED ? at : succeeded(event, at);
            case EventDetails.Output _ ->
                    event.type() == EventType.EXECUTION_SUCCEEDED ? root : succeeded(event, at);
            case EventDetails.TaskFailed failed ->
                    attemptFailed(event, at, new Failure(failed.error(), failed.cause()));
            case EventDetails.Failed(var error, var cause) ->
                    failed(event, at, new Failure(error, cause));
            case EventDetails.EvaluationFailed failed -> {
                var why = Failure.of(failed.error(), failed.cause());
                at.nearest(TraceBuilder::isState).ifPresent(state -> state.fail(outcome(why), why));
                yield at;
            }
            case EventDetails.MapIteration iteration -> iteration(event, at, iteration);
            case EventDetails.None _ -> forked(event, at);
        };
    }

    // Runs

    private TraceNode redriven(HistoryEvent event) {
        run++;
        runSinceMillis = event.atMillis();
        spans = 0;
        omitted = 0;
        failedAt = root;
        root.goOn(run, runSinceMillis);
        return root;
    }

    private TraceNode failed(HistoryEvent event, TraceNode at, Failure why) {
        return switch (end(event.type())) {
            case EXECUTION -> {
                failedAt = at;
                yield root;
            }
            case STATE -> cameUp(event, at, isStateOf(event.type()));
            case ATTEMPT, ITERATION -> attemptFailed(event, at, why);
        };
    }

    /** What an event with an error tells the end of. */
    private static Kind end(EventType type) {
        if (type == EventType.EXECUTION_FAILED
                || type == EventType.EXECUTION_ABORTED
                || type == EventType.EXECUTION_TIMED_OUT) {
            return Kind.EXECUTION;
        }
        return type == EventType.MAP_RUN_FAILED ? Kind.STATE : Kind.ATTEMPT;
    }

    /** Opens a span; empty if there are too many, and its parent stands for it. */
    private Optional<TraceNode> open(HistoryEvent event, TraceNode parent, TraceNode.What what) {
        if (spans >= RuntimeLimits.TRACE_SPANS) {
            omitted++;
            return Optional.empty();
        }
        spans++;
        var node = new TraceNode(event.id(), Optional.of(parent), what, run, event.atMillis());
        return Optional.of(node);
    }

    // States

    private TraceNode entered(HistoryEvent event, TraceNode at, String name) {
        var node = open(event, at, new TraceNode.What(name, Kind.STATE));
        node.ifPresent(state -> state.annotate(STATE_TYPE, stateType(event.type())));
        return node.orElse(at);
    }

    /** {@code Pass} of {@code PassStateEntered}, {@code Map} of {@code MapRunFailed}. */
    private static String stateType(EventType type) {
        return type.text().split("State|Run", -1)[0];
    }

    private static boolean isState(TraceNode node) {
        return node.kind() == Kind.STATE;
    }

    private static Predicate<TraceNode> isStateOf(EventType type) {
        var wanted = Optional.of(stateType(type));
        return node ->
                isState(node)
                        && Optional.ofNullable(node.annotations().get(STATE_TYPE)).equals(wanted);
    }

    private static TraceNode exited(HistoryEvent event, TraceNode at, String name) {
        var state = at.nearest(node -> isState(node) && node.name().equals(name));
        state.filter(node -> !node.lastInside().equals(Failure.NONE))
                .ifPresent(caught -> {
                    var why = caught.lastInside();
                    caught.fail(outcome(why), why);
                });
        return over(event, at, node -> isState(node) && node.name().equals(name));
    }

    /** What is meant is over, and everything of it on the way there; its parent goes on. */
    private static TraceNode over(HistoryEvent event, TraceNode at, Predicate<TraceNode> meant) {
        var found = at.nearest(meant);
        if (found.isEmpty()) {
            return at; // Its span was one too many.
        }
        at.upTo(found.get(), node -> node.end(event.atMillis()));
        found.get().cutOff(event.atMillis());
        return found.get().parent().orElse(found.get());
    }

    /** Events of Parallel and Map states, and others without members. */
    private static TraceNode forked(HistoryEvent event, TraceNode at) {
        var type = event.type();
        if (type == EventType.PARALLEL_STATE_SUCCEEDED
                || type == EventType.MAP_STATE_SUCCEEDED
                || type == EventType.MAP_RUN_SUCCEEDED) {
            var joined = at.nearest(isStateOf(type));
            joined.ifPresent(TraceNode::succeed);
            return joined.orElse(at);
        }
        if (type == EventType.PARALLEL_STATE_FAILED || type == EventType.MAP_STATE_FAILED) {
            return cameUp(event, at, isStateOf(type));
        }
        if (type == EventType.PARALLEL_STATE_STARTED) {
            return begun(event, at);
        }
        return at; // Events of what is aborted point to the failure that is its reason.
    }

    /** A Parallel or Map begins, for the first time or after its branches have failed. */
    private static TraceNode begun(HistoryEvent event, TraceNode at) {
        var isIt = isStateOf(event.type());
        return isIt.test(at) ? at : cameUp(event, at, isIt);
    }

    /** A failure has come up to what is meant, which may be tried again or left by a catcher. */
    private static TraceNode cameUp(HistoryEvent event, TraceNode at, Predicate<TraceNode> meant) {
        var found = at.nearest(meant);
        if (found.isEmpty()) {
            return at;
        }
        var why = at.lastInside();
        at.upTo(
                found.get(),
                node -> {
                    node.fail(outcome(why), why);
                    if (node != found.get()) {
                        node.end(event.atMillis());
                    }
                });
        found.get().cutOff(event.atMillis());
        return found.get();
    }

    // Iterations

    private TraceNode iteration(
            HistoryEvent event, TraceNode at, EventDetails.MapIteration iteration) {
        var name = "Iteration #" + iteration.index();
        Predicate<TraceNode> isIt =
                node -> node.kind() == Kind.ITERATION && node.name().equals(name);
        if (event.type() == EventType.MAP_ITERATION_STARTED) {
            var map =
                    at.nearest(node -> isState(node) && node.name().equals(iteration.name()))
                            .orElse(at);
            return open(event, map, new TraceNode.What(name, Kind.ITERATION)).orElse(map);
        }
        if (event.type() == EventType.MAP_ITERATION_ABORTED) {
            return at;
        }
        if (event.type() == EventType.MAP_ITERATION_FAILED) {
            var why = at.lastInside();
            var map = over(event, cameUp(event, at, isIt), isIt);
            map.failedInside(why);
            return map;
        }
        return over(event, at, isIt);
    }

    // Attempts

    private static boolean isAttempt(TraceNode node) {
        return node.kind() == Kind.ATTEMPT;
    }

    private TraceNode scheduled(HistoryEvent event, TraceNode at, String name, String resource) {
        var state = at.nearest(TraceBuilder::isState).orElse(at);
        var node = open(event, state, new TraceNode.What(name, Kind.ATTEMPT));
        node.ifPresent(attempt -> attempt.annotate("resource", resource));
        return node.orElse(state);
    }

    private static TraceNode succeeded(HistoryEvent event, TraceNode at) {
        var state = over(event, at, TraceBuilder::isAttempt);
        state.failedInside(Failure.NONE);
        return state;
    }

    /** Where it could not even be scheduled, there is no attempt, and its state bears it. */
    private static TraceNode attemptFailed(HistoryEvent event, TraceNode at, Failure why) {
        at.fail(outcome(why), why);
        if (!isAttempt(at)) {
            return at;
        }
        var state = over(event, at, TraceBuilder::isAttempt);
        state.failedInside(why);
        return state;
    }

    private static Outcome outcome(Failure why) {
        var error = why.error().orElse("").toLowerCase(Locale.ROOT);
        return THROTTLING.stream().anyMatch(error::contains) ? Outcome.THROTTLED : Outcome.FAULT;
    }

    // The end

    /** Returns the trace of the last run; nothing is added after that. */
    Trace finish(End end) {
        var shown = inThisRun();
        var why = end.failure();
        switch (end.status()) {
            case FAILED -> {
                failedAt.upTo(
                        root,
                        node -> {
                            node.fail(outcome(why), why);
                            node.end(end.atMillis());
                        });
                root.cutOff(end.atMillis());
            }
            case TIMED_OUT -> unfinished(shown, Outcome.FAULT, why);
            case ABORTED -> unfinished(shown, Outcome.ERROR, why);
            case SUCCEEDED, RUNNING -> root.succeed();
        }
        root.end(end.atMillis());
        annotate();
        var done = new ArrayList<Span>();
        for (var node : shown) {
            var parent = node.parent().orElse(root);
            node.end(parent.endMillis());
            done.add(span(node, Optional.of(id(parent))));
        }
        return new Trace(header.root(), span(root, header.parentId()), done);
    }

    private void annotate() {
        if (run > 0) {
            root.annotate("redrive_count", Integer.toString(run));
        }
        if (omitted > 0) {
            root.annotate("omitted_spans", Integer.toString(omitted));
        }
        if (isFull()) {
            root.annotate("read_events", Integer.toString(places.size()));
        }
    }

    private void unfinished(List<TraceNode> shown, Outcome outcome, Failure why) {
        root.fail(outcome, why);
        for (var node : shown) {
            if (node.isOpen()) {
                node.fail(outcome, why);
            }
        }
    }

    /** What this run began, or went on with, in the order of their first events. */
    private List<TraceNode> inThisRun() {
        var shown = new TreeMap<Long, TraceNode>();
        for (var place : places) {
            var at = Optional.of(place).filter(node -> node.run() == run);
            while (at.isPresent()
                    && at.get() != root
                    && shown.put(at.get().eventId(), at.get()) == null) {
                at = at.get().parent();
            }
        }
        return List.copyOf(shown.values());
    }

    private Span span(TraceNode node, Optional<String> parentId) {
        return new Span(
                id(node),
                parentId,
                node.name(),
                node.kind(),
                node.startMillis(),
                node.endMillis(),
                node.outcome(),
                new Failure(node.failure().error(), node.failure().cause().map(TraceBuilder::cut)),
                Map.copyOf(node.annotations()));
    }

    private static String cut(String cause) {
        return cause.length() <= RuntimeLimits.TRACE_CAUSE_CHARS
                ? cause
                : cause.substring(0, RuntimeLimits.TRACE_CAUSE_CHARS);
    }

    private String id(TraceNode node) {
        var text = identity(facts) + " " + run + " " + node.eventId();
        return HexFormat.of().formatHex(Keys.hash128(text), 0, ID_BYTES);
    }
}
