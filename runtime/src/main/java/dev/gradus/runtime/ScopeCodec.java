package dev.gradus.runtime;

import dev.gradus.engine.ExecutionState.Counters;
import dev.gradus.engine.Failure;
import dev.gradus.engine.Scope;
import dev.gradus.engine.Variables;
import dev.gradus.expressions.Payload;
import java.util.ArrayList;
import java.util.OptionalInt;

/**
 * The stored form of a scope.
 *
 * <p>Each row also holds the execution's counters of the moment when it was written. Every decision
 * writes at least one scope, so the largest of them are the execution's own, without a further row
 * for each transition.
 */
final class ScopeCodec {
    private static final int VERSION = 2;

    /** The format before variables. */
    private static final int WITHOUT_VARIABLES = 1;

    /** A scope as read, with the counters beside it. */
    record Stored(Scope scope, Counters counters) {}

    static byte[] encode(Scope scope, Counters counters, PayloadRows.Sink payloads) {
        var row = new RowWriter(128).u8(VERSION);
        row.number(counters.nextEventId())
                .number(counters.nextEffect())
                .number(counters.nextScope());
        row.number(scope.id())
                .number(scope.parent().isPresent() ? scope.parent().getAsInt() + 1L : 0);
        row.number(scope.index()).number(scope.lastEventId());
        row.number(scope.variables().assignments().size());
        scope.variables().assignments().forEach(assigned -> payloads.write(row, assigned));
        switch (scope.phase()) {
            case Scope.Ready phase -> {
                row.u8(0).text(phase.state());
                payloads.write(row, phase.input());
            }
            case Scope.Waiting phase -> {
                visit(row.u8(1), phase.visit(), payloads);
                row.number(phase.effect()).number(phase.dueMillis());
            }
            case Scope.Working phase -> {
                visit(row.u8(2), phase.visit(), payloads);
                attempt(row, phase.attempt(), payloads);
            }
            case Scope.BackingOff phase -> {
                visit(row.u8(3), phase.visit(), payloads);
                row.number(phase.effect()).number(phase.dueMillis());
            }
            case Scope.Forked phase -> {
                visit(row.u8(4), phase.visit(), payloads);
                fork(row, phase.fork(), payloads);
            }
            case Scope.Finished phase -> payloads.write(row.u8(5), phase.output());
        }
        return row.done();
    }

    static Stored decode(byte[] bytes, PayloadRows.Source payloads) {
        var row = new RowReader(bytes);
        int version = row.version(WITHOUT_VARIABLES, VERSION);
        var counters = new Counters(row.number(), row.number(), row.smallNumber());
        int id = row.smallNumber();
        int parentAndOne = row.smallNumber();
        var parent = parentAndOne == 0 ? OptionalInt.empty() : OptionalInt.of(parentAndOne - 1);
        int index = row.smallNumber();
        long lastEventId = row.number();
        var variables = version == WITHOUT_VARIABLES ? Variables.NONE : variables(row, payloads);
        return new Stored(
                new Scope(id, parent, index, lastEventId, variables, phase(row, payloads)),
                counters);
    }

    private static Variables variables(RowReader row, PayloadRows.Source payloads) {
        int count = row.smallNumber();
        var assignments = new ArrayList<Payload>();
        for (int i = 0; i < count; i++) {
            assignments.add(payloads.read(row));
        }
        return new Variables(assignments);
    }

    private static Scope.Phase phase(RowReader row, PayloadRows.Source payloads) {
        int kind = row.u8();
        return switch (kind) {
            case 0 -> new Scope.Ready(row.text(), payloads.read(row));
            case 1 -> new Scope.Waiting(readVisit(row, payloads), row.number(), row.number());
            case 2 -> new Scope.Working(readVisit(row, payloads), readAttempt(row, payloads));
            case 3 -> new Scope.BackingOff(readVisit(row, payloads), row.number(), row.number());
            case 4 -> new Scope.Forked(readVisit(row, payloads), readFork(row, payloads));
            case 5 -> new Scope.Finished(payloads.read(row));
            default -> throw new IllegalStateException("scope phase of unknown kind " + kind);
        };
    }

    private static void visit(RowWriter row, Scope.Visit visit, PayloadRows.Sink payloads) {
        row.text(visit.state()).number(visit.enteredEventId()).number(visit.enteredAtMillis());
        payloads.write(row, visit.input());
        row.number(visit.retries().size());
        visit.retries().forEach(row::number);
    }

    private static Scope.Visit readVisit(RowReader row, PayloadRows.Source payloads) {
        var state = row.text();
        long enteredEventId = row.number();
        long enteredAt = row.number();
        var input = payloads.read(row);
        int count = row.smallNumber();
        var retries = new ArrayList<Integer>(count);
        for (int i = 0; i < count; i++) {
            retries.add(row.smallNumber());
        }
        return new Scope.Visit(state, enteredEventId, enteredAt, input, retries);
    }

    private static void attempt(RowWriter row, Scope.Attempt attempt, PayloadRows.Sink payloads) {
        row.number(attempt.effect()).block(attempt.nonce().bytes());
        row.optionalNumber(attempt.timeoutAtMillis()).optionalNumber(attempt.heartbeatAtMillis());
        switch (attempt.progress()) {
            case Scope.Progress.Scheduled _ -> row.u8(0);
            case Scope.Progress.Started _ -> row.u8(1);
            case Scope.Progress.Submitted _ -> row.u8(2);
            case Scope.Progress.AnsweredEarly answer -> {
                payloads.writeOptional(row.u8(3), answer.output());
                row.optionalText(answer.failure().error()).optionalText(answer.failure().cause());
            }
        }
    }

    private static Scope.Attempt readAttempt(RowReader row, PayloadRows.Source payloads) {
        long effect = row.number();
        var nonce = new Scope.Nonce(row.block());
        var timeoutAt = row.optionalNumber();
        var heartbeatAt = row.optionalNumber();
        int kind = row.u8();
        Scope.Progress progress =
                switch (kind) {
                    case 0 -> new Scope.Progress.Scheduled();
                    case 1 -> new Scope.Progress.Started();
                    case 2 -> new Scope.Progress.Submitted();
                    case 3 ->
                            new Scope.Progress.AnsweredEarly(
                                    payloads.readOptional(row),
                                    new Failure(row.optionalText(), row.optionalText()));
                    default ->
                            throw new IllegalStateException(
                                    "attempt progress of unknown kind " + kind);
                };
        return new Scope.Attempt(effect, nonce, timeoutAt, heartbeatAt, progress);
    }

    private static void fork(RowWriter row, Scope.Fork fork, PayloadRows.Sink payloads) {
        row.number(fork.firstChild()).number(fork.total()).number(fork.started());
        row.number(fork.finished()).number(fork.concurrency());
        payloads.writeOptional(row, fork.items());
    }

    private static Scope.Fork readFork(RowReader row, PayloadRows.Source payloads) {
        return new Scope.Fork(
                row.smallNumber(),
                row.smallNumber(),
                row.smallNumber(),
                row.smallNumber(),
                row.smallNumber(),
                payloads.readOptional(row));
    }

    private ScopeCodec() {}
}
