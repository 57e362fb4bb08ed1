package dev.gradus.runtime;

import dev.gradus.engine.Execution;
import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.engine.Failure;
import dev.gradus.expressions.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One execution as its row shows it: what is fixed at its start, and how it ended.
 *
 * @param arn parsed form of {@code execution.arn()}
 * @param execution what the interpreter knows of it
 * @param revision key of the machine revision in force at its start
 * @param traceHeader as the caller sent it
 * @param end absent while it runs
 * @param redriveTokens with which it was redriven last, the oldest first
 */
record ExecutionRow(
        Arn.Execution arn,
        Execution execution,
        RevisionKey revision,
        Optional<String> traceHeader,
        Optional<End> end,
        List<ClientToken> redriveTokens) {
    private static final int VERSION = 1;

    /** The format of one that was redriven. */
    private static final int REDRIVEN = 2;

    private static final Status[] STATUSES = Status.values();

    /**
     * How an execution ended.
     *
     * @param nextEventId where its history stopped
     */
    record End(
            Status status,
            long stoppedAtMillis,
            Optional<Payload> output,
            Failure failure,
            long nextEventId) {}

    /**
     * A token of RedriveExecution.
     *
     * @param atMillis date of the redrive that was asked for with it
     */
    record ClientToken(String text, long atMillis) {}

    static ExecutionRow started(
            Arn.Execution arn,
            Execution execution,
            RevisionKey revision,
            Optional<String> traceHeader) {
        return new ExecutionRow(arn, execution, revision, traceHeader, Optional.empty(), List.of());
    }

    /** What lists it: its machine, and the version and alias that it was started by. */
    List<String> listedUnder() {
        if (execution.versionArn().isEmpty()) {
            return List.of(execution.stateMachineArn());
        }
        var arns = new ArrayList<String>(3);
        arns.add(execution.stateMachineArn());
        execution.versionArn().ifPresent(arns::add);
        execution.aliasArn().ifPresent(arns::add);
        return arns;
    }

    Status status() {
        return end.map(End::status).orElse(Status.RUNNING);
    }

    ExecutionRow ended(End how) {
        return new ExecutionRow(
                arn, execution, revision, traceHeader, Optional.of(how), redriveTokens);
    }

    /** Returns it as it is from a redrive on, with the tokens that are still remembered. */
    ExecutionRow redriven(long atMillis, List<ClientToken> tokens) {
        return new ExecutionRow(
                arn,
                execution.redriven(atMillis),
                revision,
                traceHeader,
                Optional.empty(),
                List.copyOf(tokens));
    }

    byte[] encode(PayloadRows.Sink payloads) {
        var redrives = execution.redrives();
        var row = new RowWriter(256).u8(redrives.count() == 0 ? VERSION : REDRIVEN);
        row.text(arn.place().partition()).text(arn.place().region()).text(arn.place().account());
        row.text(arn.machine()).text(arn.name());
        row.optionalText(execution.versionArn())
                .optionalText(execution.aliasArn())
                .text(execution.roleArn());
        row.number(execution.startedAtMillis());
        payloads.write(row, execution.input());
        boolean sameText = execution.inputAsGiven().equals(execution.input());
        row.flag(sameText);
        if (!sameText) {
            payloads.write(row, execution.inputAsGiven());
        }
        row.fixed(revision.hash()).optionalText(traceHeader);
        row.flag(end.isPresent());
        end.ifPresent(how -> {
            row.u8(how.status().ordinal()).number(how.stoppedAtMillis());
            payloads.writeOptional(row, how.output());
            row.optionalText(how.failure().error()).optionalText(how.failure().cause());
            row.number(how.nextEventId());
        });
        if (redrives.count() > 0) {
            row.number(redrives.count()).number(redrives.lastAtMillis());
            row.number(redriveTokens.size());
            redriveTokens.forEach(token -> row.text(token.text()).number(token.atMillis()));
        }
        return row.done();
    }

    static ExecutionRow decode(byte[] bytes, PayloadRows.Source payloads) {
        var row = new RowReader(bytes);
        boolean redriven = row.version(VERSION, REDRIVEN) == REDRIVEN;
        var place = new Arn.Place(row.text(), row.text(), row.text());
        var arn = new Arn.Execution(place, row.text(), row.text());
        var versionArn = row.optionalText();
        var aliasArn = row.optionalText();
        var roleArn = row.text();
        long startedAt = row.number();
        var input = payloads.read(row);
        var inputAsGiven = row.flag() ? input : payloads.read(row);
        var revision = new RevisionKey(row.fixed(RevisionKey.BYTES));
        var traceHeader = row.optionalText();
        var end = row.flag() ? Optional.of(readEnd(row, payloads)) : Optional.<End>empty();
        var redrives =
                redriven
                        ? new Execution.Redrives(row.smallNumber(), row.number())
                        : Execution.Redrives.NONE;
        var tokens = redriven ? readTokens(row) : List.<ClientToken>of();
        var execution =
                new Execution(
                        arn.text(),
                        arn.name(),
                        arn.stateMachine().text(),
                        arn.machine(),
                        versionArn,
                        aliasArn,
                        roleArn,
                        place.region(),
                        startedAt,
                        input,
                        inputAsGiven,
                        Execution.Kind.STANDARD,
                        redrives);
        return new ExecutionRow(arn, execution, revision, traceHeader, end, tokens);
    }

    private static List<ClientToken> readTokens(RowReader row) {
        int count = row.smallNumber();
        var tokens = new ArrayList<ClientToken>(count);
        for (int i = 0; i < count; i++) {
            tokens.add(new ClientToken(row.text(), row.number()));
        }
        return tokens;
    }

    private static End readEnd(RowReader row, PayloadRows.Source payloads) {
        return new End(
                STATUSES[row.u8()],
                row.number(),
                payloads.readOptional(row),
                new Failure(row.optionalText(), row.optionalText()),
                row.number());
    }

    /**
     * @param notRedrivable why it cannot be redriven now, absent when it can
     */
    ExecutionView view(Optional<String> notRedrivable) {
        return new ExecutionView(
                arn,
                status(),
                execution.startedAtMillis(),
                stopMillis(),
                execution.versionArn(),
                execution.aliasArn(),
                traceHeader,
                execution.inputAsGiven().text(),
                end.flatMap(End::output).map(Payload::text),
                end.map(End::failure).orElse(Failure.NONE),
                new ExecutionView.Redrive(redrives(), notRedrivable));
    }

    private ExecutionView.Redrives redrives() {
        var redrives = execution.redrives();
        return new ExecutionView.Redrives(
                redrives.count(),
                redrives.count() == 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(redrives.lastAtMillis()));
    }

    ExecutionView.Summary summary() {
        return new ExecutionView.Summary(
                arn,
                status(),
                execution.startedAtMillis(),
                stopMillis(),
                execution.versionArn(),
                execution.aliasArn(),
                redrives());
    }

    private OptionalLong stopMillis() {
        return end.map(how -> OptionalLong.of(how.stoppedAtMillis())).orElse(OptionalLong.empty());
    }
}
