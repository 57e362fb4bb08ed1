package dev.gradus.engine;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One scope while it has its turn: a cursor that runs through states until something blocks it.
 *
 * <p>Lives within one step. What it did becomes durable when it is parked: the scope is then
 * written back with its last event and its phase.
 */
final class Line {
    private final Scope scope;
    private long lastEventId;
    private Variables variables;
    private Scope.@Nullable Visit visit;

    Line(Scope scope) {
        this.scope = scope;
        this.lastEventId = scope.lastEventId();
        this.variables = scope.variables();
    }

    /** A line that goes on in the state that its scope is in. */
    Line(Scope scope, Scope.Visit visit) {
        this(scope);
        this.visit = visit;
    }

    int id() {
        return scope.id();
    }

    OptionalInt parent() {
        return scope.parent();
    }

    int index() {
        return scope.index();
    }

    boolean isRoot() {
        return scope.parent().isEmpty();
    }

    /** Returns the id that the next event of this line points to. */
    long lastEventId() {
        return lastEventId;
    }

    /** Sets the event that the next one of this line points to. */
    void follow(long eventId) {
        lastEventId = eventId;
    }

    /** Returns the stay in the state that the line is in. */
    Scope.Visit visit() {
        var current = visit;
        if (current == null) {
            throw new IllegalStateException("scope " + id() + " is in no state");
        }
        return current;
    }

    void visit(Scope.Visit current) {
        visit = current;
    }

    /** Returns what the states of this line assigned so far. */
    Variables variables() {
        return variables;
    }

    void variables(Variables current) {
        variables = current;
    }

    /** Returns the scope as it is to be kept. */
    Scope parked(Scope.Phase phase) {
        return new Scope(scope.id(), scope.parent(), scope.index(), lastEventId, variables, phase);
    }
}
