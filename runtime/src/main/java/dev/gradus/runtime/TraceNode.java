package dev.gradus.runtime;

import dev.gradus.engine.Failure;
import dev.gradus.runtime.spi.Trace.Kind;
import dev.gradus.runtime.spi.Trace.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A span while its trace is being built. Belongs to its {@link TraceBuilder}. */
final class TraceNode {
    private static final long OPEN = -1;

    private final long eventId;
    private final Optional<TraceNode> parent;
    private final String name;
    private final Kind kind;
    private final Map<String, String> annotations = new HashMap<>();
    private final List<TraceNode> children = new ArrayList<>();
    private int run;
    private long startMillis;
    private long endMillis = OPEN;
    private Outcome outcome = Outcome.OK;
    private Failure failure = Failure.NONE;
    private Failure lastInside = Failure.NONE;

    /** What a node is of. */
    record What(String name, Kind kind) {}

    /**
     * Begins one.
     *
     * @param eventId of the event that begins it, 0 for the execution
     * @param run how often the execution was redriven before
     */
    TraceNode(long eventId, Optional<TraceNode> parent, What what, int run, long startMillis) {
        this.eventId = eventId;
        this.parent = parent;
        this.name = what.name();
        this.kind = what.kind();
        this.run = run;
        this.startMillis = startMillis;
        parent.ifPresent(outer -> outer.children.add(this));
    }

    void annotate(String key, String value) {
        annotations.put(key, value);
    }

    long eventId() {
        return eventId;
    }

    Optional<TraceNode> parent() {
        return parent;
    }

    String name() {
        return name;
    }

    Kind kind() {
        return kind;
    }

    Map<String, String> annotations() {
        return annotations;
    }

    int run() {
        return run;
    }

    long startMillis() {
        return startMillis;
    }

    long endMillis() {
        return endMillis;
    }

    boolean isOpen() {
        return endMillis == OPEN;
    }

    Outcome outcome() {
        return outcome;
    }

    Failure failure() {
        return failure;
    }

    /** What failed last in it and was not made good, {@link Failure#NONE} otherwise. */
    Failure lastInside() {
        return lastInside;
    }

    void failedInside(Failure why) {
        lastInside = why;
    }

    /** Something happens in it in that run: it goes on there, and what it is in too. */
    void goOn(int inRun, long sinceMillis) {
        if (run != inRun) {
            run = inRun;
            startMillis = sinceMillis;
            endMillis = OPEN;
            succeed();
            parent.ifPresent(outer -> outer.goOn(inRun, sinceMillis));
        }
    }

    /** Ends it if it is open. */
    void end(long millis) {
        if (isOpen()) {
            endMillis = Math.max(startMillis, millis);
        }
    }

    void fail(Outcome how, Failure why) {
        outcome = how;
        failure = why;
        lastInside = why;
    }

    /** Whatever is open in it is given up. */
    void cutOff(long millis) {
        for (var child : children) {
            if (child.isOpen()) {
                child.fail(Outcome.ERROR, Failure.NONE);
                child.end(millis);
                child.cutOff(millis);
            }
        }
    }

    /** It came through after all. */
    void succeed() {
        fail(Outcome.OK, Failure.NONE);
    }

    /** Returns the innermost of it and what it is in that is meant. */
    Optional<TraceNode> nearest(Predicate<TraceNode> meant) {
        var at = Optional.of(this);
        while (at.isPresent() && !meant.test(at.get())) {
            at = at.get().parent;
        }
        return at;
    }

    /** Visits it and what it is in, up to one of these and with it. */
    void upTo(TraceNode last, Consumer<TraceNode> each) {
        var node = this;
        while (node != last) {
            each.accept(node);
            node = node.parent.orElse(last);
        }
        each.accept(last);
    }
}
