package dev.gradus.runtime;

import dev.gradus.asl.StateMachine;
import dev.gradus.runtime.StateMachineView.Revision;
import dev.gradus.runtime.spi.Table;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One shard's copy of the control plane: every machine, version, alias and activity, and the
 * revisions that were used here.
 *
 * <p>Used by the shard's loop alone.
 */
final class Catalog {
    private static final int CACHED = 1_000;

    private final ShardRows rows;
    private final Definitions definitions;
    private final Function<RevisionKey, Optional<byte[]>> owner;
    private final Map<String, Optional<MachineRow>> machines = bounded();
    private final Map<String, Boolean> activities = bounded();
    private final Map<Arn.StateMachineVersion, Optional<VersionRow>> versions = bounded();
    private final Map<Arn.StateMachineAlias, Optional<AliasRow>> aliases = bounded();
    private final LinkedHashMap<RevisionKey, Revision> revisions =
            new LinkedHashMap<>(16, 0.75f, true);
    private long revisionChars;

    /**
     * Opens a shard's copy.
     *
     * @param owner reads a revision's row from shard 0
     */
    Catalog(
            ShardRows rows,
            Definitions definitions,
            Function<RevisionKey, Optional<byte[]>> owner) {
        this.rows = rows;
        this.definitions = definitions;
        this.owner = owner;
    }

    Optional<MachineRow> machine(String arn) {
        return machines.computeIfAbsent(
                arn, key -> rows.get(Table.CATALOG, machineKey(key)).map(MachineRow::decode));
    }

    Optional<VersionRow> version(Arn.StateMachineVersion arn) {
        return versions.computeIfAbsent(
                arn, key -> rows.get(Table.CATALOG, versionKey(key)).map(VersionRow::decode));
    }

    Optional<AliasRow> alias(Arn.StateMachineAlias arn) {
        return aliases.computeIfAbsent(
                arn, key -> rows.get(Table.CATALOG, aliasKey(key)).map(AliasRow::decode));
    }

    /** Returns all aliases of a machine, by name. */
    List<AliasRow> aliasesOf(Arn.StateMachine machine) {
        return rows.scan(Table.CATALOG, aliasPrefix(machine)).values().stream()
                .map(AliasRow::decode)
                .toList();
    }

    boolean activityExists(String arn) {
        return activities.computeIfAbsent(
                arn, key -> rows.get(Table.CATALOG, activityKey(key)).isPresent());
    }

    Optional<ActivityRow> activity(String arn) {
        return rows.get(Table.CATALOG, activityKey(arn)).map(ActivityRow::decode);
    }

    /**
     * Returns a revision that something here refers to, and keeps a copy of its row in this shard.
     */
    Revision revision(RevisionKey key) {
        var known = revisions.get(key);
        if (known != null) {
            return known;
        }
        var rowKey = revisionKey(key);
        var row =
                rows.get(Table.CATALOG, rowKey)
                        .orElseGet(() -> {
                            var copy =
                                    owner.apply(key)
                                            .orElseThrow(() ->
                                                    new IllegalStateException(
                                                            "no revision " + key));
                            rows.insert(Table.CATALOG, rowKey, copy);
                            return copy;
                        });
        var revision = MachineRow.decodeRevision(row);
        remember(key, revision);
        return revision;
    }

    private void remember(RevisionKey key, Revision revision) {
        revisions.put(key, revision);
        revisionChars += revision.definition().length();
        var oldest = revisions.values().iterator();
        while (revisionChars > RuntimeLimits.REVISION_CHARS && revisions.size() > 1) {
            revisionChars -= oldest.next().definition().length();
            oldest.remove();
        }
    }

    StateMachine definition(RevisionKey key) {
        return definitions.of(key, () -> revision(key).definition());
    }

    /** Writes a machine's row here. */
    void put(MachineRow machine) {
        var arn = machine.arn().text();
        rows.put(Table.CATALOG, machineKey(arn), machine.encode());
        machines.put(arn, Optional.of(machine));
    }

    /** Writes a new revision's row here, and returns its key. */
    RevisionKey put(Revision revision) {
        var row = MachineRow.encodeRevision(revision);
        var key = new RevisionKey(Keys.sha256(row));
        rows.put(Table.CATALOG, revisionKey(key), row);
        return key;
    }

    void put(VersionRow version) {
        rows.put(Table.CATALOG, versionKey(version.arn()), version.encode());
        versions.put(version.arn(), Optional.of(version));
    }

    void put(AliasRow alias) {
        rows.put(Table.CATALOG, aliasKey(alias.arn()), alias.encode());
        aliases.put(alias.arn(), Optional.of(alias));
    }

    void put(ActivityRow activity) {
        var arn = activity.arn().text();
        rows.put(Table.CATALOG, activityKey(arn), activity.encode());
        activities.put(arn, true);
    }

    /** Removes a machine with its versions and aliases. */
    void removeMachine(String arn) {
        machine(arn)
                .map(MachineRow::arn)
                .ifPresent(machine -> {
                    for (var prefix : List.of(versionPrefix(machine), aliasPrefix(machine))) {
                        rows.scan(Table.CATALOG, prefix)
                                .keySet()
                                .forEach(key -> rows.delete(Table.CATALOG, key));
                    }
                    versions.keySet().removeIf(version -> version.unqualified().equals(machine));
                    aliases.keySet().removeIf(alias -> alias.unqualified().equals(machine));
                });
        rows.delete(Table.CATALOG, machineKey(arn));
        machines.remove(arn);
    }

    void remove(Arn.StateMachineVersion arn) {
        rows.delete(Table.CATALOG, versionKey(arn));
        versions.remove(arn);
    }

    void remove(Arn.StateMachineAlias arn) {
        rows.delete(Table.CATALOG, aliasKey(arn));
        aliases.remove(arn);
    }

    void removeActivity(String arn) {
        rows.delete(Table.CATALOG, activityKey(arn));
        activities.remove(arn);
    }

    static byte[] machineKey(String arn) {
        return Keys.catalog(MachineRow.MACHINE, CatalogChange.id(arn));
    }

    static byte[] activityKey(String arn) {
        return Keys.catalog(MachineRow.ACTIVITY, CatalogChange.id(arn));
    }

    /** What the keys of a machine's versions start with; the newest comes first. */
    static byte[] versionPrefix(Arn.StateMachine machine) {
        return Keys.catalog(MachineRow.PUBLISHED, CatalogChange.id(machine.text() + ":"));
    }

    static byte[] versionKey(Arn.StateMachineVersion arn) {
        var newestFirst = HexFormat.of().toHexDigits(~arn.number());
        return Keys.catalog(
                MachineRow.PUBLISHED,
                CatalogChange.id(arn.unqualified().text() + ":" + newestFirst));
    }

    /** What the keys of a machine's aliases start with; they come by name. */
    static byte[] aliasPrefix(Arn.StateMachine machine) {
        return Keys.catalog(MachineRow.ALIAS, CatalogChange.id(machine.text() + ":"));
    }

    static byte[] aliasKey(Arn.StateMachineAlias arn) {
        return Keys.catalog(MachineRow.ALIAS, CatalogChange.id(arn.text()));
    }

    static byte[] publicationsKey(Arn.StateMachine machine) {
        return Keys.catalog(MachineRow.PUBLICATIONS, CatalogChange.id(machine.text()));
    }

    static byte[] tagsKey(Arn.Taggable resource) {
        return Keys.catalog(MachineRow.TAGS, CatalogChange.id(resource.text()));
    }

    static byte[] revisionKey(RevisionKey key) {
        return Keys.catalog(MachineRow.REVISION, key.hash());
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > CACHED;
            }
        };
    }
}
