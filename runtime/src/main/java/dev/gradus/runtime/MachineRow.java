package dev.gradus.runtime;

import dev.gradus.asl.MachineType;
import dev.gradus.runtime.StateMachineView.Logging;
import dev.gradus.runtime.StateMachineView.Revision;
import dev.gradus.runtime.StateMachineView.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One state machine as its row shows it. Every shard has a copy, so that a start never leaves its
 * shard; the revision's own row, with the definition, is copied to a shard at its first use there.
 *
 * @param arn the machine
 * @param status whether new executions may start
 * @param type fixed at creation
 * @param creationMillis in milliseconds since the epoch
 * @param revision key of the current revision
 */
record MachineRow(
        Arn.StateMachine arn,
        Status status,
        MachineType type,
        long creationMillis,
        RevisionKey revision) {
    private static final int VERSION = 1;
    private static final int REVISION_VERSION = 1;

    /** Kind letters of catalog keys. */
    static final char MACHINE = 'M';

    static final char REVISION = 'R';
    static final char ACTIVITY = 'A';

    byte[] encode() {
        return new RowWriter(128)
                .u8(VERSION)
                .text(arn.place().partition())
                .text(arn.place().region())
                .text(arn.place().account())
                .text(arn.name())
                .u8(status.ordinal())
                .u8(type.ordinal())
                .number(creationMillis)
                .fixed(revision.hash())
                .done();
    }

    static MachineRow decode(byte[] bytes) {
        var row = new RowReader(bytes).version(VERSION);
        var place = new Arn.Place(row.text(), row.text(), row.text());
        return new MachineRow(
                new Arn.StateMachine(place, row.text()),
                Status.values()[row.u8()],
                MachineType.values()[row.u8()],
                row.number(),
                new RevisionKey(row.fixed(RevisionKey.BYTES)));
    }

    MachineRow with(Status next) {
        return new MachineRow(arn, next, type, creationMillis, revision);
    }

    MachineRow with(RevisionKey next) {
        return new MachineRow(arn, status, type, creationMillis, next);
    }

    StateMachineView view(Revision contents, Map<String, List<String>> variableReferences) {
        return new StateMachineView(
                arn, status, type, creationMillis, contents, variableReferences);
    }

    StateMachineView.Summary summary() {
        return new StateMachineView.Summary(arn, type, creationMillis);
    }

    static byte[] encodeRevision(Revision revision) {
        var row = new RowWriter(revision.definition().length() + 256).u8(REVISION_VERSION);
        row.optionalText(revision.id()).text(revision.definition()).text(revision.roleArn());
        row.text(revision.logging().level()).flag(revision.logging().includeExecutionData());
        var destinations = revision.logging().destinations();
        row.flag(destinations.isPresent());
        destinations.ifPresent(arns -> {
            row.number(arns.size());
            arns.forEach(row::text);
        });
        return row.flag(revision.tracingEnabled()).number(revision.updateMillis()).done();
    }

    static Revision decodeRevision(byte[] bytes) {
        var row = new RowReader(bytes).version(REVISION_VERSION);
        var id = row.optionalText();
        var definition = row.text();
        var roleArn = row.text();
        var logging = new Logging(row.text(), row.flag(), destinations(row));
        return new Revision(id, definition, roleArn, logging, row.flag(), row.number());
    }

    private static Optional<List<String>> destinations(RowReader row) {
        if (!row.flag()) {
            return Optional.empty();
        }
        int count = row.smallNumber();
        var arns = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            arns.add(row.text());
        }
        return Optional.of(List.copyOf(arns));
    }
}
