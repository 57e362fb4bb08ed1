package dev.gradus.runtime;

import dev.gradus.engine.Execution;
import dev.gradus.expressions.Payload;
import java.util.Optional;

/**
 * That an Express execution was started: all that is stored of one, from its start until it ends.
 *
 * @param versionArn set when started through a version or an alias
 * @param aliasArn set when started through an alias
 * @param revision key of the machine revision in force at its start
 * @param startedAtMillis in milliseconds since the epoch
 * @param inputAsGiven the caller's text byte for byte
 */
record ExpressRow(
        Arn.ExpressExecution arn,
        Optional<String> versionArn,
        Optional<String> aliasArn,
        RevisionKey revision,
        long startedAtMillis,
        Payload input,
        Payload inputAsGiven,
        Optional<String> traceHeader) {
    private static final int VERSION = 1;

    byte[] encode() {
        boolean sameText = inputAsGiven.equals(input);
        var row = new RowWriter(256 + input.bytes()).u8(VERSION);
        row.text(arn.place().partition()).text(arn.place().region()).text(arn.place().account());
        row.text(arn.machine()).text(arn.name()).text(arn.id());
        row.optionalText(versionArn).optionalText(aliasArn);
        row.fixed(revision.hash()).number(startedAtMillis);
        row.block(input.utf8()).flag(sameText);
        if (!sameText) {
            row.block(inputAsGiven.utf8());
        }
        return row.optionalText(traceHeader).done();
    }

    static ExpressRow decode(byte[] bytes) {
        var row = new RowReader(bytes).version(VERSION);
        var place = new Arn.Place(row.text(), row.text(), row.text());
        var arn = new Arn.ExpressExecution(place, row.text(), row.text(), row.text());
        var versionArn = row.optionalText();
        var aliasArn = row.optionalText();
        var revision = new RevisionKey(row.fixed(RevisionKey.BYTES));
        long startedAt = row.number();
        var input = Payload.ofCompactUtf8(row.block());
        var inputAsGiven = row.flag() ? input : Payload.ofCompactUtf8(row.block());
        return new ExpressRow(
                arn,
                versionArn,
                aliasArn,
                revision,
                startedAt,
                input,
                inputAsGiven,
                row.optionalText());
    }

    Arn.StateMachine machine() {
        return new Arn.StateMachine(arn.place(), arn.machine());
    }

    /** Returns the same execution when it is run anew: its clocks start again. */
    ExpressRow startingAt(long millis) {
        return new ExpressRow(
                arn, versionArn, aliasArn, revision, millis, input, inputAsGiven, traceHeader);
    }

    /** Returns what the interpreter knows of it. */
    Execution facts(String roleArn, Execution.Kind kind) {
        var machine = machine();
        return new Execution(
                arn.text(),
                arn.name(),
                machine.text(),
                machine.name(),
                versionArn,
                aliasArn,
                roleArn,
                arn.place().region(),
                startedAtMillis,
                input,
                inputAsGiven,
                kind,
                Execution.Redrives.NONE);
    }
}
