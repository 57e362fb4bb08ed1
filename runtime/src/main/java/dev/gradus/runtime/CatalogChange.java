package dev.gradus.runtime;

import java.nio.charset.StandardCharsets;

/**
 * What shards tell each other about the control plane, in the form in which it travels through
 * outbox and inbox.
 */
sealed interface CatalogChange {

    /** A machine is new, or changed. */
    record MachineIs(MachineRow machine) implements CatalogChange {}

    /** A machine is gone with its versions and aliases; nothing runs of it any more. */
    record MachineGone(String arn) implements CatalogChange {}

    /**
     * From a shard to shard 0: no execution of that deleted machine is open here.
     *
     * @param creationMillis of the machine that is meant: a later one may have its name
     */
    record MachineDrained(String arn, long creationMillis) implements CatalogChange {}

    record ActivityIs(ActivityRow activity) implements CatalogChange {}

    record ActivityGone(String arn) implements CatalogChange {}

    /** A version was published. */
    record VersionIs(VersionRow version) implements CatalogChange {}

    record VersionGone(Arn.StateMachineVersion arn) implements CatalogChange {}

    /** An alias is new, or changed. */
    record AliasIs(AliasRow alias) implements CatalogChange {}

    record AliasGone(Arn.StateMachineAlias arn) implements CatalogChange {}

    default byte[] encode() {
        return switch (this) {
            case MachineIs change -> new RowWriter().u8(1).block(change.machine().encode()).done();
            case MachineGone change -> new RowWriter().u8(2).text(change.arn()).done();
            case MachineDrained change ->
                    new RowWriter().u8(3).text(change.arn()).number(change.creationMillis()).done();
            case ActivityIs change ->
                    new RowWriter().u8(4).block(change.activity().encode()).done();
            case ActivityGone change -> new RowWriter().u8(5).text(change.arn()).done();
            case VersionIs change -> new RowWriter().u8(6).block(change.version().encode()).done();
            case VersionGone change ->
                    StoredArns.version(new RowWriter().u8(7), change.arn()).done();
            case AliasIs change -> new RowWriter().u8(8).block(change.alias().encode()).done();
            case AliasGone change -> StoredArns.alias(new RowWriter().u8(9), change.arn()).done();
        };
    }

    static CatalogChange decode(byte[] bytes) {
        var row = new RowReader(bytes);
        int kind = row.u8();
        return switch (kind) {
            case 1 -> new MachineIs(MachineRow.decode(row.block()));
            case 2 -> new MachineGone(row.text());
            case 3 -> new MachineDrained(row.text(), row.number());
            case 4 -> new ActivityIs(ActivityRow.decode(row.block()));
            case 5 -> new ActivityGone(row.text());
            case 6 -> new VersionIs(VersionRow.decode(row.block()));
            case 7 -> new VersionGone(StoredArns.version(row));
            case 8 -> new AliasIs(AliasRow.decode(row.block()));
            case 9 -> new AliasGone(StoredArns.alias(row));
            default -> throw new IllegalStateException("catalog change of unknown kind " + kind);
        };
    }

    /** The part of a catalog key that names a resource. */
    static byte[] id(String arn) {
        return arn.getBytes(StandardCharsets.UTF_8);
    }
}
