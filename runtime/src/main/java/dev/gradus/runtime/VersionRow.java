package dev.gradus.runtime;

import java.util.Optional;

/**
 * One published version as its row shows it; every shard has a copy, so that a start by its ARN
 * never leaves the execution's shard.
 *
 * @param revision key of what was published
 * @param creationMillis in milliseconds since the epoch
 */
record VersionRow(
        Arn.StateMachineVersion arn,
        RevisionKey revision,
        Optional<String> description,
        long creationMillis) {
    private static final int VERSION = 1;

    byte[] encode() {
        return StoredArns.version(new RowWriter(160).u8(VERSION), arn)
                .fixed(revision.hash())
                .optionalText(description)
                .number(creationMillis)
                .done();
    }

    static VersionRow decode(byte[] bytes) {
        var row = new RowReader(bytes).version(VERSION);
        return new VersionRow(
                StoredArns.version(row),
                new RevisionKey(row.fixed(RevisionKey.BYTES)),
                row.optionalText(),
                row.number());
    }

    VersionView view() {
        return new VersionView(arn, creationMillis);
    }
}
