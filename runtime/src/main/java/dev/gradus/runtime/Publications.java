package dev.gradus.runtime;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What shard 0 keeps of one machine's versions beside their rows.
 *
 * @param lastNumber of the version published last, also of one that was deleted; 0 before the first
 * @param count how many there are now
 * @param current what the revision published last became, unless that version was deleted
 * @param atCreation how CreateStateMachine asked to publish: a repeated call must ask alike
 */
record Publications(
        long lastNumber,
        int count,
        Optional<Current> current,
        Optional<StateMachineRequests.Publish> atCreation) {
    private static final int VERSION = 1;
    static final Publications NONE = new Publications(0, 0, Optional.empty(), Optional.empty());

    /** A revision and the number of the version that it is. */
    record Current(RevisionKey revision, long number) {}

    byte[] encode() {
        var row = new RowWriter(64).u8(VERSION).number(lastNumber).number(count);
        row.flag(current.isPresent());
        current.ifPresent(is -> row.fixed(is.revision().hash()).number(is.number()));
        row.flag(atCreation.isPresent());
        atCreation.ifPresent(publish -> row.optionalText(publish.description()));
        return row.done();
    }

    static Publications decode(byte[] bytes) {
        var row = new RowReader(bytes).version(VERSION);
        long last = row.number();
        int count = row.smallNumber();
        var current =
                row.flag()
                        ? Optional.of(
                                new Current(
                                        new RevisionKey(row.fixed(RevisionKey.BYTES)),
                                        row.number()))
                        : Optional.<Current>empty();
        var atCreation =
                row.flag()
                        ? Optional.of(new StateMachineRequests.Publish(row.optionalText()))
                        : Optional.<StateMachineRequests.Publish>empty();
        return new Publications(last, count, current, atCreation);
    }

    /** The number of the version that a revision was published as. */
    OptionalLong numberOf(RevisionKey revision) {
        return current.filter(is -> is.revision().equals(revision))
                .map(is -> OptionalLong.of(is.number()))
                .orElse(OptionalLong.empty());
    }

    Publications createdWith(Optional<StateMachineRequests.Publish> publish) {
        return new Publications(lastNumber, count, current, publish);
    }

    /** A revision has become the next version. */
    Publications published(RevisionKey revision) {
        long number = lastNumber + 1;
        return new Publications(
                number, count + 1, Optional.of(new Current(revision, number)), atCreation);
    }

    /** A version is gone; its number is never given again. */
    Publications deleted(long number) {
        return new Publications(
                lastNumber, count - 1, current.filter(is -> is.number() != number), atCreation);
    }
}
